"""How numbers, units, verdicts and letters are read: tables that the program itself fills in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields

import numpy as np

from pages.tables import code, listed, table
from pages.verdicts import tried, values
from pages.words import of, say
from qbank import messages, numerals, units
from qbank.answers import _bands, _readings
from qbank.answers._mistakes import Mistake
from qbank.answers._two_readings import BECAUSE
from qbank.answers.choice import ticks
from qbank.answers.number.marks import bind
from qbank.answers.number.spec import Spec
from qbank.answers.truth.marks import FALSE, TRUE
from qbank.model import READ, Example, Marks, Rules
from qbank.units import symbols

NUMBERS: tuple[tuple[str, str], ...] = (
    ("-10", "trailing zeros of an integer are indefinite"), ("−１０", "any minus sign, full width"), ("- 10", ""),
    ("(-10)", ""), ("100", "counts as 1, 2 or 3 figures"), ("100.", "the point makes all digits count"),
    ("007", "leading zeros never count"), (".5", ""), ("5.", ""), ("5.e3", "exponents do not count"), ("0", ""),
    ("0.00", "a zero has one figure for each decimal"), ("1.50e3", ""), ("1.50×10^3", ""), ("1.50·10³", ""),
    ("1.50x10**+3", ""), ("10^-3", ""), ("4.7k", "where the part has a unit or `prefix: yes`"), ("4k7", ""),
    ("R47", ""), ("2M2", ""), ("4u7", ""), ("4µ7F", ""), ("4.7 kΩ", ""), ("0.0047 MΩ", ""), ("3,5", ""),
    ("1,5 V", "a decimal comma"), ("1,234", "it could be two numbers: a person decides"), ("1,234,567.8", "thousands"),
    ("1 234 567", "thousands"), ("1 234,5", "one reading"),
    ("1.234,5", "one reading"), ("1,2,3", "not a number"), ("1/3", "`form: fraction` (the default) or `constant`"),
    ("√2", "only where `form: constant`"), ("0.5π", "only where `form: constant`"),
    ("50%", "0.5 where the key is a pure number"), ("A_u = -10", "the part's own name"),
    ("-10倍", ""), ("约-10", ""), ("≈ -10", ""), ("-10。", ""), ("3 R", "R after a number means ohm"),
    ("5V 3", ""), ("1.2.3", ""), ("--3", ""), ("0x10", ""), ("1_000", ""), ("1 2 3", ""), (".", ""), ("nan", ""),
    ("Infinity", ""), ("1e100", "exponents go to ±99"), ("9^9^9^9", ""), ("N*m", "not a number"),
)  # fmt: skip
"""Texts and remarks; what they are read as is asked of the program."""

UNITS: tuple[tuple[str, str, str], ...] = (
    ("kΩ", "kOhm", ""), ("kΩ", "kilohms", ""), ("kΩ", "V/mA", "dimensions are real"), ("kΩ", "千欧", ""),
    ("mA", "ma", "case matters"), ("MHz", "mhz", "it could be two units"), ("MHz", "khz", ""), ("V", "v", ""),
    ("V", "V*s", ""), ("V", "W/A", ""), ("m/s^2", "m/s/s", "`/` is left-associative"), ("m/s^2", "m s^-2", ""),
    ("V", "V有效值", ""), ("V", "Vrms", ""), ("Vrms", "Vpp", ""), ("V", "blah", "costs as a missing unit"),
    ("m", "in", "only with `extra: yes`"), ("m/s^2", "m/s2", "a digit after a symbol is its power"),
    ("m/s", "米每秒", ""), ("T m/A", "Tm/A", "symbols written together"), ("N m", "Nm", ""),
    ("N", "Nm", "of another kind: waits where the number is right"), ("N m", "mN", "stays millinewton"),
    ("J", "kWh", ""), ("J", "度", "by what is asked: °, °C or kWh"), ("°", "度", ""), ("°C", "度", ""),
    ("Hz", "rpm", ""), ("rad/s", "rpm", ""), ("Hz", "rad/s", ""), ("1/s", "rad/s", ""), ("mV/K", "mV/°C", ""),
    ("W", "hp", ""), ("W", "马力", ""), ("Ω", "Meg", ""), ("mol/L", "mM", "M is mol/L where a concentration is asked"),
    ("V", "V 左右", "a gloss without further meaning"),
    ("V", "V(上正下负)", "a gloss with a possible further meaning"), ("Pa", "hPa", "h is only used before m, g and L"),
)  # fmt: skip


def _remark(text: str) -> str:
    return say(text) if text else ""


def numbers() -> str:
    """How numbers are read, in a part with a unit, constants allowed."""
    rows = []
    for text, remark in NUMBERS:
        read = numerals.one(text, prefix=True, name="A_u")
        if read.state == READ:
            low, high = read.low, read.high
            figures = "" if not high else str(low) if low == high else say("{low} to {high}", low=low, high=high)
            unit = code(read.unit) if read.unit else ""
            rows.append((code(text), f"{read.value:.10g}", unit, figures, _remark(remark)))
        else:
            why = of(numerals.REASONS[read.expected]) + (f": {read.hint}" if read.hint else "")
            rows.append((code(text), say("**unreadable**"), "", "", "; ".join(filter(None, (why, _remark(remark))))))
    return table(("as written", "number", "unit text", "significant figures", "remark"), rows)


def unit_texts() -> str:
    """What unit texts count as in a part whose unit is given."""
    return table(
        ("the part's unit", "as written", "counts as", "remark"),
        ((code(asked), code(text), _counts_as(asked, text), _remark(remark)) for asked, text, remark in UNITS),
    )


def _counts_as(asked: str, text: str) -> str:
    """What one unit text is where another is asked for."""
    wanted = units.read(asked)
    found = units.meaning(numerals.normalise(text), units.Asked(wanted, prefixes=True))
    if found.status == "refused":
        guesses = found.error.guesses if found.error else ()
        guess = f"; {say('did you mean {guesses}?', guesses=say(' or ').join(guesses))}" if guesses else ""
        return say("**unreadable**") + guess
    if found.status == "unknown":
        return say("not known: `unit.unknown`")
    verdict = say("right dimension") if found.status == "fits" else say("another dimension: `unit.dimension`")
    if found.status == "fits" and not math.isclose(found.factor, wanted.factor):
        verdict += say(", {factor:.6g} of it", factor=found.factor / wanted.factor)
    if found.doubt:
        verdict += say("; a right answer waits")
    if found.seconds:
        verdict += say("; second reading: ") + messages.listed(of(BECAUSE[second.because]) for second in found.seconds)
    return verdict


def unit_list() -> str:
    """The units and prefixes that are read."""
    known = symbols.SYMBOLS

    def those(**asked: object) -> str:
        return listed(
            name for name, unit in known.items() if all(getattr(unit, key) == value for key, value in asked.items())
        )

    rows = [
        (say("with prefixes"), those(takes="most", customary=False) + ", " + those(takes="all", customary=False)),
        (say("without"), those(takes="none", customary=False)), (say("marked volts"), listed(symbols.MARKED)),
        (say("only with `extra: yes`"), those(customary=True)),
        (say("prefixes"), say("{prefixes}; {small} only before {units}", prefixes=listed(symbols.PREFIXES),
                              small=listed(symbols.SMALL), units=those(takes="all"))),
    ]  # fmt: skip
    return table(("", "units"), rows)


TWO_READINGS: tuple[tuple[str, str, str, str, str], ...] = (
    ("key: 82944; tolerance: exact", "82.944", "a point, or a decimal comma, before three digits", "829.44", ""),
    ("key: 0.785; tolerance: 1%", "78.5", "a percentage up to 100 where a ratio is asked", "785", ""),
    ("key: 0.25; unit: '%'; tolerance: 1%", "0.25", "a bare ratio where % is asked", "0.25 %", "the sign is written"),
    ("key: pi/4; unit: °; tolerance: 1%", "0.785", "a bare angle", "0.785°", "the sign is written"),
    ("key: 3m; unit: mm/s; tolerance: 1%", "3 m", "a prefix that is also a symbol of the asked unit", "3 mm", ""),
    ("key: 5m; unit: V; tolerance: 1%", "5 m V", "a prefix set off by a space", "5 s V", ""),
    ("key: 101300; unit: Pa; tolerance: 1%", "1013 hPa", "a prefix that the unit does not take", "1013 kPa", ""),
    ("key: 5m; unit: V; tolerance: 1%", "5 MV", "M and m", "5 kV", "no other prefix"),
    ("key: 5; unit: s; tolerance: 1%", "5 S", "a symbol in the other case", "6 S", "a wrong number"),
    ("key: 0.0032; tolerance: 1%", "3.2m", "a prefix where the part has no unit", "3.2 V", ""),
    ("key: 323.15; unit: °C; tolerance: 0.5", "50 C", "°C without its sign or its letter", "50 F", ""),
    ("key: 50; unit: K; tolerance: 1%", "50 °C", "a difference of temperatures", "50 mK", ""),
    ("key: 735.5; unit: W; tolerance: 0.1%", "1 hp", "the metric horsepower", "1 kW", ""),
    ("key: 25; unit: W/(m^2*K); tolerance: 1%", "25 W/m²·K", "all units below the stroke", "25 W/m·K", ""),
    ("key: 5; unit: N; tolerance: 1%", "5 Nm", "symbols written together, of another kind", "7 Nm", "a wrong number"),
)  # fmt: skip


def two_readings() -> str:
    """Every kind of second reading: an answer that waits for it, and one beside it that is wrong."""
    rows = []
    for part, waits, what, wrong, remark in TWO_READINGS:
        answer = "kind: number\n" + part.replace("; ", "\n") + "\n"
        notes = [tried("number", Example(answer, text, 0, "")).notes[-1] for text in (waits, wrong)]
        rows.append((code(part), say(what), code(waits), code(notes[0]), code(wrong), code(notes[1]), _remark(remark)))
    return table(("part", "second reading", "written", "note", "compare with", "note", "remark"), rows)


RULES = {
    "exact": "1 if exactly the right options, else 0", "net": "r/R − w/W", "balance": "(r − w)/R",
    "capped": "r/R − w/max(W, 2)", "cancel": "r/R; any wrong tick: 0",
    "china": "1 if exact; ½ for a proper part of the right options and no wrong tick; else 0", "free": "r/R",
    "excess": "(r − ticks beyond R)/R", "coverage": "(r/R)·(r/ticks)",
    "each": "share of the options in the right state",
}  # fmt: skip
TRIED = ("ABC", "AB", "A", "ABD", "D", "ABCDE")


def several() -> str:
    """The rules for several ticks, and what some ticks earn where A, B, C of five options are right."""
    right = np.array([[True, True, True, False, False]])
    rows = []
    for rule in ticks.RULES:
        credits = [ticks.credit(rule, np.array([[letter in text for letter in "ABCDE"]]), right)[0] for text in TRIED]
        rows.append((code(rule), say(RULES[rule]), *(f"{max(float(credit), 0.0):.3g}" for credit in credits)))
    return table(("rule", "earns", *TRIED), rows)


TOLERANCES = (
    ("key: -10", "tolerance: 1%"), ("key: 5n; unit: nA", "tolerance: 2%"), ("key: 0", "tolerance: 1%"),
    ("key: 10", "tolerance: 0.05"), ("key: 10; unit: V", "tolerance: 50 mV"), ("key: 2652", "tolerance: exact"),
    ("key: 999", "tolerance: sf 2"), ("key: 10", "tolerance: sf 2"), ("key: 0.0469", "tolerance: dp 2"),
    ("key: 4.70", "tolerance: last"), ("key: 0.5", "tolerance: 1% or 0.02"), ("key: 0.5", "tolerance: 1% and 0.02"),
    ("key: 0.5", "tolerance: 1% + 0.02"), ("key: 101.56", "tolerance: 0.2 or sf 3"), ("key: 10", "range: [9, 12]"),
)  # fmt: skip


def tolerances() -> str:
    """What each way of writing a tolerance accepts."""
    rows = []
    for key, tolerance in TOLERANCES:
        written = dict(pair.split(": ", 1) for pair in [*key.split("; "), tolerance])
        given = {name: text[1:-1].split(", ") if text.startswith("[") else text for name, text in written.items()}
        spec = Spec.model_validate({"kind": "number", **given})
        columns = bind(spec, values({}), {})
        low, high = (float(columns[end][0]) / spec.asked_unit.factor for end in ("low", "high"))
        rows.append((code(key), code(tolerance), f"{low:.6g} … {high:.6g} {spec.unit}".strip()))
    return table(("key", "as written", "right"), rows)


def rules() -> str:
    """What a paper decides where a part does not, and the default."""
    default = Rules()
    rows = [(code(field.name), code(f"{getattr(default, field.name)}")) for field in fields(Rules)]
    return table(("rule", "default"), rows)


def rounding() -> str:
    """Totals before and after the one rounding."""
    totals = np.array([71.24, 71.25, 71.3, 71.5, 71.74, 71.75])
    after = Marks.of(totals).rounded(Rules().round_to).floats
    header = ("sum of the parts", *(f"{total:g}" for total in totals))
    return table(header, [(say("total"), *(f"{each:g}" for each in after))])


def verdict_words() -> str:
    """The words for true and for false."""
    return table(("", "accepted words"), [(say("true"), listed(TRUE)), (say("false"), listed(FALSE))])


def limits() -> str:
    """Numbers that the rules name."""
    from qbank.bank._asked import MOST_IN_ANY_ORDER
    from qbank.marking._carried import NEAR

    return table(("what", "how much"), [
        (say("longest answer that is read, in characters (long answers apart)"), str(_readings.LONGEST)),
        (say("outward slack of a tolerance's edges, relative to the band's own width"), f"{_bands.SLACK:g}"),
        (say("a carried value lies within this factor of the key"), f"{NEAR:g}"),
        (say("blanks in any order, at most"), str(MOST_IN_ANY_ORDER)),
        (say("what a foreseen mistake earns without `credit:`"), f"{Mistake.model_fields['credit'].default:g}"),
    ])  # fmt: skip


INSERTS: Mapping[str, Callable[..., str]] = {
    "numbers": numbers, "unit-texts": unit_texts, "unit-list": unit_list, "two-readings": two_readings,
    "several": several, "tolerances": tolerances,
    "rules": rules, "rounding": rounding, "verdict-words": verdict_words, "limits": limits,
}  # fmt: skip
