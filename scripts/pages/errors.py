"""What the loader and the checks say to an author who slips: a sound item, spoilt in one place, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pages.bank_pages import ROOT, shipped
from pages.tables import fenced
from pages.words import say
from qbank import bank, messages, papers
from qbank.bank import Source
from qbank.bank.blueprint import Blueprint
from qbank.model import Refused

ITEM = "questions/electronics/opamp/opamp.inverting.gain.yaml"


class Slip(NamedTuple):
    """A slip: what is exchanged in the item for what, and what to do about it."""

    old: str
    new: str
    advice: str


SLIPS = (
    Slip("tolerance: 1%", "tolerance: 1 pct", "The ways to write one are under [Tolerances](#tolerances)."),
    Slip("      tolerance: 1%\n", "", "A tolerance is always required: it cannot be guessed what you would accept."),
    Slip("kind: number", "kind: nubmer", "The tags are listed under [Kinds of answer](#kinds-of-answer)."),
    Slip("level: 1", "levle: 1", "A misspelt field is always reported."),
    Slip("key: A\n", "key: Rf/R\n", "Every name of an expression is a parameter or a derived value."),
    Slip("key: A\n", "key: sqr(A)\n", "The functions are listed under [Expressions](#expressions)."),
    Slip("series: E24, from: 1k", "series: E25, from: 1k", "The series are those of IEC 60063."),
    Slip("$R_f = {{ Rf }}$。求", "$R_f = {{ R_f }}$。求", "Braces need the name, not the printed symbol."),
    Slip("闭环电压放大倍数 $A_{uf}$", "闭环电压放大倍数 $\\Auf$", "Commands are those of the [formulas](#formulas)."),
    Slip("  zh: 反相比例运算电路的电压放大倍数", "  zh: 反相: 放大倍数", "Quote it, or put it under `zh: |`."),
    Slip("  en: Gain of the inverting amplifier\n", "", "Every text is needed in each language of the item."),
    Slip("circuit: inverting, values", "circuit: invertign, values", "Circuits are listed in [circuits](circuits.md)."),
    Slip("{{ Rf }}$。求", "{{ A }}$。求", "What a stem prints is used by later parts: write how it is rounded."),
    Slip("  - 1.5 <= Rf/R1 <= 100", "  - 1.5 =< Rf/R1", "Comparisons are written as in Python."),
)  # fmt: skip


def errors() -> str:
    """Each slip's message, and what to do."""

    def said(text: str) -> list[str]:
        return [str(problem) for problem in bank.read_item(Source("gain.yaml", text.encode()), shipped().circuits)[1]]

    return _pieces((ROOT / ITEM).read_text(encoding="utf-8"), SLIPS, said)


BLUEPRINT_SLIPS = (
    Slip("total: 5", "total: 6", "The marks of the sections make the total."),
    Slip("    marks: 5", "    marks: 4", "The marks of the items make the section's."),
    Slip("item: opamp.noninv.gain", "item: opamp.nonnv.gain", "The items are listed by `qbank list`."),
    Slip("item: opamp.noninv.gain", "item: opamp.inverting.gain", "Every form has one variant of an item."),
    Slip("{item: opamp.noninv.gain, marks: 2}", "{draw: 40, topic: electronics/opamp, kind: number, marks: 2}",
         "Items that are named elsewhere on the paper are not in the pool."),
    Slip("minutes: 20", "minutes: 20\nmarking: {several: chnia}",
         "The rules are those of [grading](grading.md#several-ticks)."),
)  # fmt: skip

CIRCUIT_SLIPS = (
    Slip("{R: R_2, from: R_1.2, to", "{R: R_2, from: R_1.3, to",
         "An element between two points has the pins `1` and `2`."),
    Slip("to: R_1.2 down 2}", "to: R_1.2}", "Both ends are the same point."),
    Slip("  - {ground: R_2.2}\n", "", "A pin touches nothing: join it, or name the point instead of typing numbers."),
    Slip("  - {ground: R_2.2}", "  - {ground: R_2.2}\n  - {wire: [R_1.1, R_1.2]}", "A wire joins two names."),
    Slip("at: R_1.2 right 1, to: R_1.2,", "at: R_2.2,", "One net has two names: something is in the wrong place."),
    Slip("at: R_1.2 right 1, to: R_1.2,", "at: R_1.2 right 1,", "A port needs `to:`, or a place on a wire."),
)  # fmt: skip


def blueprint_errors() -> str:
    """What is said of the page's first blueprint, spoilt in one place."""

    def said(text: str) -> list[str]:
        plan, problems = bank.read(Source("opamp-test.yaml", text.encode()), Blueprint)
        try:
            papers.compose(plan, shipped(), seed="shown") if plan else None
        except Refused as refused:
            problems = list(refused.problems)
        return [str(problem) for problem in problems]

    return _pieces(_shown("blueprints.md", "blueprint"), BLUEPRINT_SLIPS, said)


def circuit_errors() -> str:
    """What is said of the page's first circuit, spoilt in one place."""

    def said(text: str) -> list[str]:
        return [str(problem) for problem in bank.read_circuits({"divider": Source("divider.yaml", text.encode())})[1]]

    return _pieces(_shown("circuits.md", "circuit"), CIRCUIT_SLIPS, said)


def _shown(page: str, word: str) -> str:
    """The first listing of a sort on a page, which must be sound."""
    text = (ROOT / "docs" / "_parts" / messages.language() / page).read_text(encoding="utf-8")
    return text.partition(f"```yaml {word}\n")[2].partition("```")[0]


def _pieces(sound: str, slips: Sequence[Slip], said: Callable[[str], list[str]]) -> str:
    if wrong := said(sound):
        raise SystemExit(f"what the page shows is not sound: {wrong}")
    pieces = []
    for slip in slips:
        told = said(sound.replace(slip.old, slip.new, 1)) if slip.old in sound else []
        if not told:
            raise SystemExit(f"{slip.new!r} is no slip any more: correct scripts/pages/errors.py")
        lines = [line.rstrip() for text in told for line in text.split("\n")]
        pieces.append(fenced("\n".join(lines)) + "\n\n" + say(slip.advice))
    return "\n\n".join(pieces)


INSERTS: Mapping[str, Callable[..., str]] = {
    "errors": errors, "blueprint-errors": blueprint_errors, "circuit-errors": circuit_errors,
}  # fmt: skip
