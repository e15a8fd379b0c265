"""What numbers earn: the tests of the kind, its documentation, and the instructor's reference."""

from __future__ import annotations

from qbank.model import Example

_GAIN = """
kind: number
key: A
tolerance: 1%
mistakes:
  sign:
    value: -A
    zh: 漏掉负号
    en: the minus sign is missing
  plus-one:
    value: 1 - A
    zh: 误用同相比例公式
    en: the non-inverting formula was used
    credit: 0.25
"""


def _number(key: str, unit: str = "", **more: str) -> str:
    lines = ["kind: number", f"key: {key}"] + ([f"unit: {unit}"] if unit else [])
    return "\n".join([*lines, *(f"{name}: {text}" for name, text in more.items()), ""])


_A = {"A": -10.0}
_VOLTS = _number("5", "V", tolerance="1%")
_OHMS = _number("4.7k", "kΩ", tolerance="1%")
_LEVEL = _number("20", "dB", tolerance="0.1", level="amplitude")
_SHORT = "{short: {value: 0, zh: 误作短路, en: a short circuit}}"
_IDEAL = _number("r", "Ω", tolerance="1%", infinite="yes", mistakes=_SHORT)
_R = {"r": float("inf")}
_THREE = _number("1500", tolerance="1%", figures="3")

EXAMPLES: tuple[Example, ...] = (
    Example(_GAIN, "-10", 1, "number.right", given=_A),
    Example(_GAIN, "−9.9", 1, "number.right", "the edge of the tolerance is right", given=_A),
    Example(_GAIN, "-9.89", 0, "number.wrong", given=_A),
    Example(_GAIN, "10", 0, "number.mistake.sign", given=_A),
    Example(_GAIN, "11", 0.25, "number.mistake.plus-one", "a mistake can earn part of the marks", given=_A),
    Example(_GAIN, "-100", 0, "number.power-of-ten", given=_A),
    Example(_GAIN, "A = -10倍", 1, "number.right", "the part's own name, and a word for the unit", given=_A),
    Example(_GAIN, "-10 V", 0, "unit.dimension", "a gain has no unit", given=_A),
    Example(_GAIN, "-1000%", 1, "number.right", given=_A),
    Example(_GAIN, "--10", 0, "unreadable", given=_A),
    Example(_GAIN, " ", 0, "blank", given=_A),
    Example(_VOLTS, "5 V", 1, "number.right"),
    Example(_VOLTS, "5000mV", 1, "number.right"),
    Example(_VOLTS, "5", 0.8, "unit.missing"),
    Example(_VOLTS, "5 mV", 0, "unit.prefix"),
    Example(_VOLTS, "0 V*m/A", 0, "unit.dimension"),
    Example(_VOLTS, "5 A", 0, "unit.dimension"),
    Example(_VOLTS, "5 blah", 0.8, "unit.unknown", "an unknown word costs as much as a missing unit"),
    Example(_VOLTS, "5 v", 0, "unreadable", "case matters; waits for a person"),
    Example(_VOLTS, "9", 0, "number.wrong", "with a wrong number, the missing unit costs nothing more"),
    Example(_VOLTS + "unit_given: printed\n", "5", 1, "number.right", "the unit is printed after the blank"),
    Example(_VOLTS + "unit_share: 0.4\n", "9 V", 0.4, "number.wrong", "number and unit are marked separately"),
    Example(_VOLTS + "unit_share: 0.4\n", "5 A", 0.6, "unit.dimension"),
    Example(_VOLTS + "unit_convert: no\n", "5000 mV", 0, "unit.converted", "only this unit is accepted"),
    Example(_OHMS, "4k7", 1, "number.right"),
    Example(_OHMS, "4.7 V/mA", 1, "number.right", "units are compared by dimension"),
    Example(_OHMS, "0.0047 Mohm", 1, "number.right"),
    Example(_OHMS, "4.7", 0.8, "unit.missing", "a number without a unit is read in the part's unit"),
    Example(_LEVEL, "20 dB", 1, "number.right"),
    Example(_LEVEL, "10 dB", 0, "number.wrong"),
    Example(_LEVEL + "also: ratio\n", "10", 1, "number.right", "the ratio itself"),
    Example(_THREE, "1.50e3", 1, "number.right"),
    Example(_THREE, "1.5e3", 0, "number.figures", "too few figures"),
    Example(_THREE, "1500.0", 1, "number.right", "more figures are accepted"),
    Example(_THREE + "more: none\n", "1500.0", 0.8, "number.figures", "more figures are not accepted"),
    Example(_number("999", tolerance="sf 2"), "1000", 1, "number.right"),
    Example(_number("10", tolerance="sf 2"), "9.8", 1, "number.right"),
    Example(_number("10", tolerance="sf 2"), "9.5", 0, "number.wrong"),
    Example(_number("2652", tolerance="exact"), "2652.0", 1, "number.right"),
    Example(_number("2652", tolerance="exact"), "2652.00000000000000001", 0, "number.wrong", "compared exactly"),
    Example(_number("1/3", tolerance="exact"), "2/6", 1, "number.right"),
    Example(_number("1/3", tolerance="exact"), "0.3333333333333333", 0, "number.wrong", "no decimal equals a third"),
    Example(_number("2/3", tolerance="0.1%"), "0.66", 0, "number.truncated"),
    Example(_number("1/3", tolerance="0.1%"), "0.34", 0, "number.rounded"),
    Example(_number("0.5", tolerance="1% or 0.02"), "0.52", 1, "number.right", "one of the two is enough"),
    Example(_number("0.5", tolerance="1% and 0.02"), "0.52", 0, "number.wrong", "both are required"),
    Example(_number("0.5", tolerance="1%", places="2"), "0.5", 0, "number.figures", "two decimals must be written"),
    Example("kind: number\nkey: A\nrange: [A - 1, A + 0.5]\n", "-10.8", 1, "number.right", given=_A),
    Example(_number("0.25", tolerance="1%", form="decimal"), "1/4", 0, "unreadable", "must be worked out as a decimal"),
    Example(_number("sqrt(2)", tolerance="1%", form="constant"), "√2", 1, "number.right"),
    Example(_VOLTS + "accept: [key, {key: 7, credit: 0.5}]\n", "7 V", 0.5, "number.accepted"),
    Example(_IDEAL, "∞", 1, "number.right", "infinity needs no unit", given=_R),
    Example(_IDEAL, "+∞ Ω", 1, "number.right", given=_R),
    Example(_IDEAL, "无穷大", 1, "number.right", given=_R),
    Example(_IDEAL, "r = inf", 1, "number.right", given=_R),
    Example(_IDEAL, "-∞", 0, "number.sign", given=_R),
    Example(_IDEAL, "∞ V", 0, "unit.dimension", given=_R),
    Example(_IDEAL, "1e12 Ω", 0, "number.wrong", "a large number is not infinity", given=_R),
    Example(_IDEAL, "0", 0, "number.mistake.short", given=_R),
    Example(_IDEAL, "开路", 0, "unreadable", "a circuit, not a value", given=_R),
    Example(_IDEAL, "∞", 0, "number.wrong", "a finite key", given={"r": 4700.0}),
    Example(_VOLTS, "∞ V", 0, "unreadable", "the part does not have infinite: yes"),
)
