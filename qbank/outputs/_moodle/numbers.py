"""Numbers as Moodle marks them: one in its interval, with units where the format has them, or several in fields."""

from __future__ import annotations

from itertools import product
from math import isfinite

from qbank import messages
from qbank.model import Bilingual, Lang
from qbank.outputs import _webtext
from qbank.outputs._moodle.asked import Fields, Impossible, Lowered, Means, Near, Numeric, Word, Words
from qbank.sheets import Answer
from qbank.waist import Cells, Interval, Numbers, UnitName, Units

HAIR = 1e-12
"""The share of its larger end by which an interval is widened: its ends stay inside when they are added up again."""
TINY = 1e-26
"""Below this Moodle's own slack of 1e-28 takes other numbers, and 0, for the key."""
SLACK = 1e-14
"""Moodle widens an interval by this share of its middle or its reach, at least by the square of it."""
LONGEST = 50
"""The most signs of a unit: a longer one ends the import with an error of the database."""
FARTHEST = 1e12
"""The most by which one unit may be another: the database keeps multipliers with 19 places before and behind."""
TWINS = str.maketrans({"\u00b5": "\u03bc", "\u03bc": "\u00b5", "\u03a9": "\u2126", "\u2126": "\u03a9"})
"""µ and Ω, each with the sign that looks the same and is another one to Moodle."""
UNIT = Bilingual(zh="（以 {} 为单位，只填数字）", en="(in {}; type the number alone)")
ASCENDING = Bilingual(zh="（按从小到大的顺序填写）", en="(in ascending order)")
SIZES = Bilingual(zh="（用逗号隔开，如 (2, 3)）", en="(separated by commas, such as (2, 3))")
SEPARATORS = (",", ", ", "，")
AROUND = ("()", "", "[]", "（）")


def number(answer: Answer, scoring: Numbers, lang: Lang, means: Means) -> Lowered:
    """One number in its intervals."""
    key = next(each for each in scoring.intervals if not each.mistake)
    if "fraction" in scoring.untold:
        return Lowered(Impossible(messages.tell("the key is a fraction, and only decimals can be typed there")))
    if _tiny(key):
        return Lowered(
            Impossible(messages.tell("the number is so small that 0 would be right there; ask in another unit"))
        )
    units = scoring.units
    lost = [messages.tell("how many figures are shown")] if "figures" in scoring.untold else []
    if any(each.bare for each in scoring.intervals):
        lost.append(messages.tell("the ratio that may be given instead of the level"))
    whys = {each.name: _webtext.line(each.text, means.manner) for each in answer.mistakes if each.name}
    nears = tuple(
        near(each, whys.get(each.mistake, "") if each.mistake else "")
        for each in scoring.intervals if not each.bare and not _tiny(each)
    )  # fmt: skip
    if not (means.units and units.names and not units.printed):
        lost += _without_unit(units)
        return Lowered(Numeric(nears), _told(units, lang), tuple(lost))
    listed, without = _listed(units)
    penalty = round(1 - units.missing, 9)
    lost += [*without, *_unlike(units, penalty)]
    return Lowered(Numeric(nears, listed, penalty), lost=tuple(lost))


def cells(answer: Answer, scoring: Cells, lang: Lang, means: Means) -> Lowered:
    """Several numbers: each in a field of its own, or sizes that are written in one line."""
    if not scoring.cells or not all(isfinite(end) for each in scoring.cells for end in (each.low, each.high)):
        return Lowered(Impossible(messages.tell("an infinite number, or no number at all")))
    if any(map(_tiny, scoring.cells)):
        return Lowered(Impossible(messages.tell("the number is so small that 0 would be right there; ask in another "
                                                "unit")))
    whys = {each.name: _webtext.line(each.text, means.manner) for each in answer.mistakes if each.name}
    if scoring.rows == 1 and not (scoring.each or scoring.shown or scoring.units.names or scoring.brackets):
        exact = [_whole(each) for each in scoring.cells]
        if None not in exact and not scoring.any_order:
            words = [Word(text, 1.0) for text in _spelt(exact)]
            for one in scoring.mistakes:
                made = [_whole(each) for each in one.cells]
                if None not in made:
                    words += [Word(text, one.credit, whys.get(one.mistake, "")) for text in _spelt(made)]
            return Lowered(
                Words(tuple(dict.fromkeys(words))),
                f"<p>{SIZES[lang]}</p>",
                (messages.tell("other ways to write several numbers: only '(2, 3)' and the like are read there"),),
            )
    if not means.fields:
        return Lowered(Impossible(messages.tell("several numbers in one answer")))
    lost = [messages.tell("how many figures are shown") if each == "figures"
            else messages.tell("whether the numbers are written as fractions") for each in scoring.untold]  # fmt: skip
    lost += _without_unit(scoring.units)
    told = _told(scoring.units, lang)
    asked = scoring.cells
    if scoring.any_order:
        asked = tuple(sorted(asked, key=lambda each: each.value))
        told += f"<p>{ASCENDING[lang]}</p>"
        lost.append(messages.tell("any order: the text asks for ascending order"))
    if not scoring.shown:
        lost.append(messages.tell("that the number of numbers is not shown: the fields show it"))
    if not scoring.each:
        lost.append(messages.tell("all or nothing: every number earns its share there"))
    if scoring.brackets:
        lost.append(messages.tell("the brackets: the text prints them, and each end counts by itself"))
    if scoring.mistakes:
        lost.append(messages.tell("foreseen mistakes of several numbers, with their reasons"))
    fields = Fields(scoring.rows, scoring.columns, tuple(near(each) for each in asked), scoring.names, scoring.brackets)
    return Lowered(fields, told, tuple(lost))


def near(interval: Interval, why: str = "") -> Near:
    """The middle of an interval and how far it reaches to either side, but for the slack that Moodle adds."""
    middle = (interval.low + interval.high) / 2
    reach = (interval.high - interval.low) / 2 + HAIR * max(abs(interval.low), abs(interval.high))
    slack = SLACK * max(reach, abs(middle), SLACK)
    reach = reach - slack if slack > SLACK * abs(middle) and reach > slack else reach
    return Near(middle, reach, interval.credit, why)


def _tiny(interval: Interval) -> bool:
    """Whether Moodle's slack would take other numbers for this one."""
    size = abs(interval.value)
    reach = (interval.high - interval.low) / 2
    return 0 < size < TINY or (0 < size < SLACK and reach < SLACK * SLACK and size * 1e-6 < SLACK * SLACK)


def _told(units: Units, lang: Lang) -> str:
    return f"<p>{_webtext.escaped(UNIT[lang].format(units.names[0].name))}</p>" if units.names else ""


def _without_unit(units: Units) -> list[str]:
    if not units.names or units.printed:
        return []
    return [messages.tell("the unit: the text gives it, and only the number is typed")]


def _listed(units: Units) -> tuple[tuple[UnitName, ...], list[str]]:
    """The units that Moodle can hold, under every sign that they are typed with; and what is lost."""
    found: dict[str, UnitName] = {}
    apart: list[str] = []
    lost = []
    for each in units.names:
        name = each.name.replace(" ", "")
        if each.credit != 1 or each.offset:
            lost.append(messages.tell("a number in another unit than the one that is asked: it is wrong there"))
        elif len(name) > LONGEST:
            lost.append(messages.tell("the unit {unit}: its name is too long there", unit=name))
        elif not 1 / FARTHEST <= each.factor <= FARTHEST:
            apart.append(each.name)
        else:
            for spelling in (name, name.translate(TWINS)):
                found.setdefault(spelling, UnitName(spelling, each.factor))
    if apart:
        alike = dict.fromkeys(name.replace("\u03bc", "\u00b5").replace("\u2126", "\u03a9") for name in apart)
        lost.append(messages.tell("units that differ by more than 10^12: {units} are unknown there",
                                  units=messages.listed(alike)))  # fmt: skip
    return tuple(found.values()), list(dict.fromkeys(lost))


def _unlike(units: Units, penalty: float) -> list[str]:
    """What other units, of which Moodle knows no kinds, cost here and not there."""
    kept = 1 - penalty
    lost = []
    if kept or units.other:
        lost.append(messages.tell("what a wrong unit costs: as much as a missing one there, {penalty:.0%}",
                                  penalty=penalty))  # fmt: skip
    if abs(units.unknown - kept) > 1e-9:
        lost.append(messages.tell("what an unknown unit costs: as much as a missing one there, {penalty:.0%}",
                                  penalty=penalty))  # fmt: skip
    if units.alone:
        lost.append(messages.tell("what the right unit earns beside a wrong number"))
    if units.prefix:
        lost.append(messages.tell("what a number earns that is right except for the prefix of its unit"))
    return lost


def _whole(interval: Interval) -> int | None:
    """The only whole number in an interval, where nothing else is meant."""
    value = round(interval.value)
    return value if value == interval.value and interval.high - interval.low < 1 else None


def _spelt(values: list[int | None]) -> list[str]:
    """The usual ways to write whole numbers in a row: (2, 3) and 2,3."""
    ways = product(AROUND, SEPARATORS)
    return [f"{around[:1]}{between.join(map(str, values))}{around[1:]}" for around, between in ways]
