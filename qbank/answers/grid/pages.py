"""What a grid says to pages, reports and checks: what its entries say, in brackets."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qbank import messages, units, waist
from qbank.answers._readings import spoken
from qbank.answers.grid.marks import of
from qbank.answers.grid.spec import Spec
from qbank.model import Columns, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """Every entry as its own kind prints it, with the unit after the bracket."""
    return _together(spec, _entries(spec, spec.cells, key, "", row, lang))


def _entries(spec: Spec, cells: Sequence[Any], key: Columns, prefix: str, row: int, lang: Lang) -> list[Printed]:
    return [spec.scalar.show(cell, of(key, f"{prefix}{place}."), {}, row, lang) for place, cell in enumerate(cells)]


def _together(spec: Spec, entries: Sequence[Printed]) -> Printed:
    text = _bracketed(spec, [entry.bare_text for entry in entries])
    width = 1 if len(spec.shape) == 1 else spec.shape[1]
    lines = [entries[at : at + width] for at in range(0, len(entries), width)]
    body = r"\\".join("&".join(entry.bare_tex for entry in line) for line in lines)
    tex = rf"\begin{{bmatrix}}{body}\end{{bmatrix}}"
    unit = str(spec.entries.get("unit", ""))
    if not unit:
        return Printed(text, tex, text, tex)
    return Printed(f"{text} {units.text(unit)}", rf"{tex}\,{units.tex(unit)}", text, tex)


def _bracketed(spec: Spec, entries: Sequence[str]) -> str:
    if len(spec.shape) == 1:
        return f"({', '.join(entries)})"
    width = spec.shape[1]
    rows = (", ".join(entries[at : at + width]) for at in range(0, len(entries), width))
    return f"[{', '.join(f'[{row}]' for row in rows)}]"


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """What counts of every entry."""
    found = [spec.scalar.accepted(cell, of(key, f"{place}."), {}, row, lang) for place, cell in enumerate(spec.cells)]
    return " | ".join(found)


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(_wrong(spec, key, name, row, lang).text, spoken(mistake.text, lang), mistake.credit, name)
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def _wrong(spec: Spec, key: Columns, name: str, row: int, lang: Lang) -> Printed:
    return _together(spec, _entries(spec, spec.wrong[name], key, f"mistake.{name}.", row, lang))


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.EntryGrid | waist.TextEntry:
    """A blank for every entry where the size may be shown, else one line."""
    if spec.size is None or not spec.grid:
        return waist.TextEntry(width=20.0)
    rows, columns = (1, *spec.size) if len(spec.size) == 1 else spec.size
    return waist.EntryGrid(rows, columns, width=8.0)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """Nothing: elsewhere there are no grids of such entries."""
    return waist.Unscored(messages.tell("a grid of complex numbers or formulas is marked entry by entry"))


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As printed, in other brackets, with semicolons and lines, with entries variously spelt."""
    printed = _entries(spec, spec.cells, key, "", row, "en")
    ways = [spec.scalar.spellings(cell, of(key, f"{place}."), {}, row) for place, cell in enumerate(spec.cells)]
    found = [show(spec, key, arrangement, row, lang).text for lang in ("zh", "en")]
    texts = [entry.text for entry in printed]
    width = len(texts) if len(spec.shape) == 1 else spec.shape[1]
    lines = [", ".join(texts[at : at + width]) for at in range(0, len(texts), width)]
    found += ["[" + "; ".join(lines) + "]", "\n".join(lines), f"np.array({_bracketed(spec, texts)})"]
    found += [_bracketed(spec, [way[number] for way in ways])
              for number in range(min(4, *map(len, ways))) if not any(_parting(way[number]) for way in ways)]
    return list(dict.fromkeys(found))


def _parting(text: str) -> bool:
    """Whether a spelling of an entry has signs that part entries, outside brackets or not."""
    return bool({",", ";", "，", "；"} & set(text)) or text != text.strip() or "=" in text


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, and one entry too many."""
    texts = [entry.text for entry in _entries(spec, spec.cells, key, "", row, "en")]
    found = [(f"({', '.join([*texts, texts[0]])})", "grid.shape")]
    found += [(_wrong(spec, key, name, row, "en").text, f"grid.mistake.{name}")
              for name in list(spec.mistakes)[:1] if key[f"applies.{name}"][row]]
    return found


def unreadable(spec: Spec) -> list[str]:
    """Ragged rows, brackets that do not match or hold nothing, words."""
    return ["[[1, 2], [3]]", "(1, 2", "1, 2)", "(1, 2]", "[]", "[[]]", "1,,2", "不知道", "1+, 2"]
