"""What the loader and the checks say to an author who slips: a sound item, spoilt in one place, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pages.bank_pages import ROOT, shipped
from pages.tables import fenced
from qbank import bank
from qbank.bank import Source

ITEM = "questions/electronics/opamp/opamp.inverting.gain.yaml"


class Slip(NamedTuple):
    """A slip: what is exchanged in the item for what, and what to do about it."""

    old: str
    new: str
    advice: str


SLIPS = (
    Slip("tolerance: 1%", "tolerance: 1 pct", "The ways to write one are under [Tolerances](#tolerances)."),
    Slip("      tolerance: 1%\n", "", "A tolerance is always written: nobody can guess what you would accept."),
    Slip("kind: number", "kind: nubmer", "The tags are listed under [Kinds of answer](#kinds-of-answer)."),
    Slip("level: 1", "levle: 1", "A misspelt field is never passed over in silence."),
    Slip("key: A\n", "key: Rf/R\n", "Every name of an expression is a parameter or a derived value."),
    Slip("key: A\n", "key: sqr(A)\n", "The functions are listed under [Expressions](#expressions)."),
    Slip("series: E24, from: 1k", "series: E25, from: 1k", "The series are those of IEC 60063."),
    Slip("$R_f = {{ Rf }}$。求", "$R_f = {{ R_f }}$。求", "Braces hold the item's name, not the printed symbol."),
    Slip("闭环电压放大倍数 $A_{uf}$", "闭环电压放大倍数 $\\Auf$", "Commands are those of the [formulas](#formulas)."),
    Slip("  zh: 反相比例运算电路的电压放大倍数", "  zh: 反相: 放大倍数", "Quote it, or put it under `zh: |`."),
    Slip("  en: Gain of the inverting amplifier\n", "", "Every text is in both languages."),
    Slip("circuit: inverting, values", "circuit: invertign, values", "Circuits are listed in [circuits](circuits.md)."),
    Slip("{{ Rf }}$。求", "{{ A }}$。求", "What a stem prints is what is used downstream: say how it is rounded."),
    Slip("  - 1.5 <= Rf/R1 <= 100", "  - 1.5 =< Rf/R1", "Comparisons are written as in Python."),
)  # fmt: skip


def errors() -> str:
    """Each slip's message, and what to do."""
    sound = (ROOT / ITEM).read_text(encoding="utf-8")
    pieces = []
    for slip in SLIPS:
        if sound.count(slip.old) < 1:
            raise SystemExit(f"{ITEM} has no {slip.old!r} any more: correct scripts/pages/errors.py")
        spoilt = sound.replace(slip.old, slip.new, 1)
        _, problems = bank.read_item(Source("gain.yaml", spoilt.encode()), shipped().circuits)
        if not problems:
            raise SystemExit(f"{slip.new!r} is no slip any more: correct scripts/pages/errors.py")
        said = "\n".join(line.rstrip() for problem in problems for line in str(problem).split("\n"))
        pieces.append(f"{fenced(said)}\n\n{slip.advice}")
    return "\n\n".join(pieces)


INSERTS: Mapping[str, Callable[..., str]] = {"errors": errors}
