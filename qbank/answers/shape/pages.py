"""What a shape says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from qbank import waist
from qbank.answers._readings import spoken
from qbank.answers.shape.marks import Spec
from qbank.answers.shape.written import written
from qbank.model import Array, Columns, Lang, Printed, Rules
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """(8, 5, 16)"""
    text = written(key["sizes"][row])
    return Printed(text, text, text, text)


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The shape, in either way of writing it."""
    sizes = key["sizes"][row]
    times = "×".join(f"{size:.0f}" for size in sizes)
    if len(sizes) < 2:
        return written(sizes)
    return f"{written(sizes)} 或 {times}" if lang == "zh" else f"{written(sizes)} or {times}"


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The named mistakes, with their shapes."""
    return tuple(
        Foreseen(written(key[f"mistake.{name}"][row]), spoken(mistake.text, lang), 0.0, name)
        for name, mistake in spec.mistakes.items()
    )


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """One blank, however many axes there are."""
    return waist.TextEntry(width=9.0)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Cells:
    """The sizes, all or nothing; how many there are is asked too."""
    sizes = key["sizes"][row]
    mistakes = tuple(
        waist.Mistaken(name, _whole(key[f"mistake.{name}"][row]))
        for name, mistake in spec.mistakes.items() if len(mistake.value) == len(sizes)
    )  # fmt: skip
    return waist.Cells(1, len(sizes), _whole(sizes), each=False, mistakes=mistakes)


def _whole(sizes: Array) -> tuple[waist.Interval, ...]:
    return tuple(waist.Interval(size, size, size) for size in sizes.tolist())


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """In brackets of every sort, with commas, crosses or spaces, as a program prints it, full width."""
    sizes = [f"{size:.0f}" for size in key["sizes"][row]]
    inner = ", ".join(sizes)
    found = [written(key["sizes"][row]), f"[{inner}]", f"torch.Size([{inner}])", f"shape = ({','.join(sizes)})"]
    if sizes:
        found += [between.join(sizes) for between in (", ", "×", "x", " * ", " ")]
        found += [f"（{'，'.join(sizes)}）", f"({inner},)"]
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The named mistakes, one axis more, and a size that is one too large."""
    sizes = key["sizes"][row]
    named = {written(key[f"mistake.{name}"][row]): f"shape.mistake.{name}" for name in reversed(spec.mistakes)}
    others = {written([*sizes, 1]): "shape.rank"}
    if len(sizes):
        others[written([*sizes[:-1], sizes[-1] + 1])] = "shape.wrong"
    return list({**others, **named}.items())


def unreadable(spec: Spec) -> list[str]:
    """Words, fractions, signs, brackets that do not match, two kinds of separator."""
    return ["(8, 5", "8, 5]", "(8, 5]", "8,5×16", "8.5", "-8", "batch", "8,,5", "8×"]
