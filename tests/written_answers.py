"""Numbers as candidates write them: what each text is read as. Every odd row carries a remark."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """One text and what it is read as; `figures` low and high, (0, 0) where there are none to count."""

    text: str
    value: float
    figures: tuple[int, int] = (0, 0)
    unit: str = ""
    remark: str = ""


class Refused(NamedTuple):
    """One text that is no number: the column where reading stopped, and why."""

    text: str
    column: int
    reason: str
    remark: str = ""


class Marked(NamedTuple):
    """One answer to a part whose `answer:` is given: its credit and the last step's note."""

    part: str
    text: str
    credit: float
    note: str
    remark: str = ""


NUMBERS = [
    Written("-10", -10, (1, 2), remark="trailing zeros of an integer are indefinite"),
    Written("−10", -10, (1, 2), remark="the true minus sign"),
    Written("－１０", -10, (1, 2), remark="full width"),
    Written("–10", -10, (1, 2), remark="en dash"),
    Written("—10", -10, (1, 2), remark="em dash"),
    Written("- 10", -10, (1, 2)),
    Written("(-10)", -10, (1, 2)),
    Written("-(10)", -10, (1, 2)),
    Written("（−10）", -10, (1, 2)),
    Written("100", 100, (1, 3)),
    Written("100.", 100, (3, 3), remark="a trailing point makes all digits count"),
    Written("1200", 1200, (2, 4)),
    Written(".5", 0.5, (1, 1)),
    Written("-.5", -0.5, (1, 1)),
    Written("5.", 5, (1, 1)),
    Written("5.e3", 5000, (1, 1)),
    Written("+5", 5, (1, 1)),
    Written("007", 7, (1, 1), remark="leading zeros never count"),
    Written("0.050", 0.05, (2, 2)),
    Written("0", 0, (1, 1)),
    Written("0.", 0, (1, 1)),
    Written("0.0", 0, (1, 1)),
    Written("0.00", 0, (2, 2), remark="a zero has one figure per decimal"),
    Written("-0.000", 0, (3, 3)),
    Written("1.50e3", 1500, (3, 3)),
    Written("1.50E+3", 1500, (3, 3)),
    Written("1.50×10^3", 1500, (3, 3)),
    Written("1.50 × 10^3", 1500, (3, 3)),
    Written("1.50*10**3", 1500, (3, 3)),
    Written("1.50·10³", 1500, (3, 3)),
    Written("1.50x10^+3", 1500, (3, 3)),
    Written("1.50×10^(3)", 1500, (3, 3)),
    Written("1.50×10⁻³", 0.0015, (3, 3)),
    Written("10^-3", 0.001, (1, 1)),
    Written("10⁻³", 0.001, (1, 1)),
    Written("-10^3", -1000, (1, 1)),
    Written("1e-3", 0.001, (1, 1)),
    Written("1e99", 1e99, (1, 1)),
    Written("4.7k", 4.7, (2, 2), "k", remark="what a bare prefix means is the part's word"),
    Written("4k7", 4.7, (2, 2), "k", remark="as 4.7k"),
    Written("4K7", 4.7, (2, 2), "K"),
    Written("10k0", 10, (3, 3), "k"),
    Written("4.7 kΩ", 4.7, (2, 2), "kΩ"),
    Written("4.7 kΩ", 4.7, (2, 2), "kΩ", remark="the ohm sign U+2126"),
    Written("4.7㏀", 4.7, (2, 2), "kΩ", remark="one character for kΩ"),
    Written("4700Ω", 4700, (2, 4), "Ω"),
    Written("0.0047 MΩ", 0.0047, (2, 2), "MΩ"),
    Written("R47", 0.47, (2, 2), "R"),
    Written("4R7", 4.7, (2, 2), "R"),
    Written("2M2", 2.2, (2, 2), "M"),
    Written("4u7", 4.7, (2, 2), "u"),
    Written("4µ7F", 4.7, (2, 2), "µF"),
    Written("4μ7 F", 4.7, (2, 2), "µF", remark="the Greek mu"),
    Written("3,5", 3.5, (2, 2)),
    Written("1,5 V", 1.5, (2, 2), "V"),
    Written("1，5", 1.5, (2, 2), remark="the full-width comma"),
    Written("0,123", 0.123, (3, 3), remark="no group of thousands begins with 0"),
    Written("1234,567", 1234.567, (7, 7), remark="four digits are no group"),
    Written(",5", 0.5, (1, 1)),
    Written("1,234,567.8", 1234567.8, (8, 8)),
    Written("1,234.5", 1234.5, (5, 5)),
    Written("1 234 567", 1234567, (7, 7)),
    Written("1\u2009234\u2009567", 1234567, (7, 7), remark="thin spaces"),
    Written("12 000 Hz", 12000, (2, 5), "Hz"),
    Written("1/3", 1 / 3),
    Written("-100/9", -100 / 9),
    Written("(1/3)", 1 / 3),
    Written("½", 0.5),
    Written("2/3 V", 2 / 3, unit="V"),
    Written("√2", 2**0.5),
    Written("√(2)/2", 0.5**0.5),
    Written("sqrt(3)", 3**0.5),
    Written("0.5π", 1.5707963267948966),
    Written("π/4 rad", 0.7853981633974483, unit="rad"),
    Written("2e^-1", 0.7357588823428847),
    Written("ln(2)", 0.6931471805599453),
    Written("1 - 0.25", 0.75),
    Written("50%", 50, (1, 2), "%"),
    Written("５０％", 50, (1, 2), "%"),
    Written("A_u = -10", -10, (1, 2)),
    Written("Au=-10", -10, (1, 2)),
    Written("A_{u} ≈ −10", -10, (1, 2)),
    Written("$A_u$ = -10", -10, (1, 2)),
    Written("= -10", -10, (1, 2)),
    Written("-10倍", -10, (1, 2), "倍"),
    Written("约-10", -10, (1, 2)),
    Written("≈ -10", -10, (1, 2)),
    Written("-10。", -10, (1, 2)),
    Written("5 V.", 5, (1, 1), "V", remark="the full stop of a sentence"),
    Written("１２", 12, (2, 2)),
    Written("٣.٥", 3.5, (2, 2), remark="any Unicode digit"),
    Written("20 dB", 20, (1, 2), "dB"),
    Written("5 N*m", 5, (1, 1), "N*m"),
    Written("5 N·m", 5, (1, 1), "N*m"),
    Written("0 V*m/A", 0, (1, 1), "V*m/A"),
    Written("4.7 V/mA", 4.7, (2, 2), "V/mA"),
    Written("5/s", 5, (1, 1), "/s"),
    Written("5 1/s", 5, (1, 1), "1/s"),
    Written("3 m/s²", 3, (1, 1), "m/s^(2)"),
    Written("25 ℃", 25, (2, 2), "°C"),
    Written("5 V 有效值", 5, (1, 1), "V 有效值"),
    Written("3 R", 3, (1, 1), "R"),
    Written("  7 ", 7, (1, 1)),
    Written("0.30000000000000004", 0.30000000000000004, (17, 17)),
]

NOT_NUMBERS = [
    Refused("5V 3", 4, "end"),
    Refused("1.2.3", 4, "end"),
    Refused("--3", 2, "number"),
    Refused("+-3", 2, "number"),
    Refused("±3", 1, "number"),
    Refused("0x10", 3, "end"),
    Refused("1_000", 2, "end"),
    Refused("1 2 3", 3, "end"),
    Refused("12 34", 4, "end"),
    Refused("1½", 2, "end", remark="a mixed number, or eleven halves"),
    Refused(".", 1, "number"),
    Refused(",", 1, "number"),
    Refused("-", 2, "number"),
    Refused("1,234", 2, "comma"),
    Refused("1,2,3", 2, "group"),
    Refused("1,23,456", 2, "group"),
    Refused("N*m", 1, "number"),
    Refused("nan", 1, "number"),
    Refused("Infinity", 1, "number"),
    Refused("inf", 1, "number"),
    Refused("1e999999999", 2, "exponent"),
    Refused("1e100", 2, "exponent"),
    Refused("99e99", 6, "range"),
    Refused("0.1e-99", 8, "range"),
    Refused("9^9^9^9", 4, "range"),
    Refused("2**2**2**2**2**2**2", 8, "range"),
    Refused("1" * 1000, 1001, "range"),
    Refused("1" * 1_000_000, 1001, "long"),
    Refused("(" * 900, 25, "deep"),
    Refused("__import__('os')", 1, "number"),
    Refused("=cmd|' /C calc'!A0", 2, "number"),
    Refused("A = -10", 1, "name", remark="another quantity's name"),
    Refused("x = 1", 1, "name"),
    Refused("((5", 2, "bracket"),
    Refused("5)", 2, "end"),
    Refused("1/0", 2, "zero"),
    Refused("√-2", 2, "number"),
    Refused("sqrt(0-2)", 1, "domain"),
    Refused("sin", 4, "bracket", remark="a bare function name"),
    Refused("10²³⁴", 1, "exponent"),
    Refused("−１．２．３", 5, "end", remark="the column is counted in what was written"),
    Refused("不会", 1, "number"),
    Refused("5 V, 3 A", 4, "end"),
    Refused("5 [V]", 3, "end"),
]
