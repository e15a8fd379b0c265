"""What an interval says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import math
import re

import numpy as np

from qbank import messages, waist
from qbank.answers import _lowering
from qbank.answers._fineness import AMPLE, between
from qbank.answers._readings import spoken
from qbank.answers.interval.comparing import band, near
from qbank.answers.interval.printing import show, written
from qbank.answers.interval.spec import ANY, Spec
from qbank.model import Columns, Floats, Lang, Rules
from qbank.sheets import Foreseen


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The interval, and how far each end may lie off."""
    unit = spec.asked_unit
    around = []
    for side, name in enumerate(("左端点", "右端点") if lang == "zh" else ("left end", "right end")):
        low, high = ((float(key[which][row, side]) - unit.offset) / unit.factor for which in ("low", "high"))
        if math.isfinite(low) and low != high:
            around.append(f"{name} {between(low, high)}")
    return "; ".join([show(spec, key, arrangement, row, lang).text, *around])


def foreseen(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(
            written(spec, key[f"mistake.{name}"][row], mistake.brackets or spec.printed, [AMPLE, AMPLE]).text,
            spoken(mistake.text, lang), mistake.credit, name,
        )
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """One line; the candidate writes the brackets."""
    width = 12.0 if spec.inequality else 10.0
    return waist.TextEntry(width=width, unit=spec.unit if spec.unit_given == "printed" else "")


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Cells | waist.Unscored:
    """The two ends, each with its bracket; an inequality has no brackets."""
    if spec.inequality:
        return waist.Unscored(messages.tell("an inequality is read as an interval"))
    unit, brackets = spec.asked_unit, "" if spec.brackets == ANY else spec.brackets
    mistakes = []
    for name, mistake in spec.mistakes.items():
        if key[f"applies.{name}"][row]:
            value = key[f"mistake.{name}"][[row]]
            cells = _lowering.intervals(unit, *band(spec, value), value)
            mistakes.append(waist.Mistaken(name, cells, mistake.credit, mistake.brackets or brackets))
    return waist.Cells(
        1, 2, _lowering.intervals(unit, key["low"][row], key["high"][row], key["ends"][row]), each=not spec.all,
        mistakes=tuple(mistakes), units=_lowering.own_units(spec, rules), shown=True, brackets=brackets,
    )  # fmt: skip


def _typed(spec: Spec, ends: Floats, brackets: str, infinity: str = "inf") -> str:
    unit = spec.asked_unit
    if spec.inequality:
        return written(spec, ends, brackets, [15, 15]).text
    words = [
        f"{(end - unit.offset) / unit.factor:.15g}" if math.isfinite(end) else f"{'-' * (end < 0)}{infinity}"
        for end in ends.tolist()
    ]
    return f"{brackets[0]}{', '.join(words)}{brackets[1]}" + (f" {spec.unit}" if spec.unit else "")


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As it prints, as it is typed, with infinity in words, with a semicolon, full width, each end with its unit."""
    ends = key["ends"][row]
    typed = _typed(spec, ends, spec.printed)
    found = [show(spec, key, arrangement, row, "zh").text]
    exact = spec.tolerance.exact or spec.tolerance.sf is not None
    if exact:
        return [*found, found[0].replace("−", "-")]
    if spec.inequality:
        return [*found, *_turned(spec, typed, ends)]
    found += [typed, *(_typed(spec, ends, spec.printed, word) for word in ("∞", "oo", "infinity"))]
    found += [typed.replace(",", ";"), typed.replace(", ", "，").replace("-", "−"), typed.replace(", ", ",")]
    if spec.name:
        found += [f"{spec.name} ∈ {typed}", f"{spec.name} = {typed}"]
    return found


def _turned(spec: Spec, typed: str, ends: Floats) -> list[str]:
    """An inequality with other signs, read from the right, without its letter, and as an interval."""
    plain = typed.replace("−", "-")
    found = [plain, plain.replace("≤", "<=").replace("≥", ">="), plain.replace("<", "＜").replace(">", "＞")]
    found += [re.sub(r"\s*([<>≤≥])\s*", r"\1", plain), plain.replace("≤", "⩽").replace("≥", r"\ge ")]
    sides = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
    pieces = re.split(r"\s*([<>≤≥])\s*", plain)
    found.append(" ".join(sides.get(each, each) for each in reversed(pieces)))
    if np.isinf(ends).sum() == 1:
        found += [plain.partition(" ")[2], plain.replace(">", "大于").replace("<", "小于")]
    return [*found, _typed(spec.model_copy(update={"inequality": "", "name": ""}), ends, spec.printed)]


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, the brackets turned round, both ends far off."""
    ends = key["ends"][row]
    made = [
        (f"interval.mistake.{name}", key[f"mistake.{name}"][row], mistake.brackets or spec.printed)
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    ]  # fmt: skip
    finite = ends[np.isfinite(ends)]
    far = np.where(np.isfinite(ends), ends + 10 * (np.abs(finite).max(initial=0) + np.ptp(finite) + 1), ends)
    turned = "".join(sign if math.isinf(end) else {"(": "[", "[": "(", ")": "]", "]": ")"}[sign]
                     for sign, end in zip(spec.printed, ends.tolist(), strict=True))  # fmt: skip
    trials = made if spec.brackets == ANY else [*made, ("interval.brackets", ends, turned)]
    if np.isfinite(ends).all():
        trials = [*trials, ("interval.wrong", far, spec.printed)]
    found: list[tuple[str, str]] = []
    for place, (note, value, brackets) in enumerate(trials):
        before = [other for _, other, signs in made[:place] if brackets == signs]
        alike = near(spec, np.tile(value, (len(before), 1)), np.array(before).reshape(-1, 2))
        earlier = bool(alike.all(axis=1).any())
        if not earlier and (note != "interval.brackets" or turned != spec.brackets):
            found.append((_typed(spec, value, brackets), note))
    return found


def unreadable(spec: Spec) -> list[str]:
    """No brackets, one end, ends the wrong way round, words."""
    odd = ["(1)", "(1, 2, 3)", "(3, 1)", "(, 3)", "(inf, 2)", "(a, b)", "()", "{1, 3}"]
    return ["(1, 3", "1, 3]", *odd, "不知道", *["1, 3"] * (spec.brackets != ANY)]
