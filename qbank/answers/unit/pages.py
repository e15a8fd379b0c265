"""What a unit says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from qbank import messages, units, waist
from qbank.answers._readings import quoted, spoken
from qbank.answers.unit.spec import Spec, printed
from qbank.model import Columns, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The unit; of a pure number the word for none."""
    if not spec.key:
        word = "无单位" if lang == "zh" else "no unit"
        return Printed(word, quoted(word), word, quoted(word))
    return Printed(units.text(spec.key), units.tex(spec.key), units.text(spec.key), units.tex(spec.key))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The unit, and what else counts."""
    more = [f"只用 {'、'.join(spec.only)}" if lang == "zh" else f"in {', '.join(spec.only)} alone"] if spec.only else []
    if spec.unit_convert:
        more.append("其他词头及等价写法亦可" if lang == "zh" else "with any prefix, or an equal unit")
    else:
        more.append("等大的写法亦可" if lang == "zh" else "or a unit of the same size")
    between, link = ("；", "，") if lang == "zh" else ("; ", ", ")
    return show(spec, key, arrangement, row, lang).text + between + link.join(more)


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The named mistakes."""
    return tuple(Foreseen(printed(mistake.value), spoken(mistake.text, lang), mistake.credit, name)
                 for name, mistake in spec.mistakes.items())  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line as long as the longest unit that is foreseen."""
    longest = max(map(len, (spec.key, *(mistake.value for mistake in spec.mistakes.values()))))
    return waist.TextEntry(width=min(max(6.0, 0.7 * longest + 3), 16.0))


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """Nothing: a unit has more spellings than can be listed."""
    return waist.Unscored(messages.tell("a unit is compared by its dimension"))


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As it prints in both languages, as it is stored, in brackets, behind a lead, in full width."""
    shown = [show(spec, key, arrangement, row, lang).text for lang in ("zh", "en")]
    text = spec.key or "1"
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    found = [*shown, text, wide, f" {text} ", f"[{text}]", f"（{text}）", f"单位：{text}", f"unit: {text}."]
    return list(dict.fromkeys(found))


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes, a unit of another dimension, and a prefix where that counts."""
    found = [(mistake.value or "1", f"unit.mistake.{name}") for name, mistake in spec.mistakes.items()]
    made = [units.read(mistake.value) for mistake in spec.mistakes.values()]
    for other in ("kg", "mol"):
        unit = units.read(other)
        if unit.dimension != spec.asked_unit.dimension and not any(unit.fits(one) for one in made):
            found.append((other, "unit.dimension"))
    return found


def unreadable(spec: Spec) -> list[str]:
    """A number with the unit, a number alone, two units, words."""
    return ["3 V", "12", "V 或 A", "V or kg", "blah", "不知道", "V/", "(V", "V+A", "__import__('os')", "mhz", "9^9"]
