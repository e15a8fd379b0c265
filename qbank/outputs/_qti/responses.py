"""The results of assessment items, a row for each candidate: what was typed and picked, as it is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from qbank.intake import Sheet
from qbank.model import Problem
from qbank.outputs import _returned
from qbank.outputs._qti import units
from qbank.outputs._returned import Given, Known
from qbank.sheets import Answer, Variant
from qbank.waist import Cells, Choice, EntryGrid, ExtendedText, Numbers, Pairing, TextEntry, Unscored

_ITEM = re.compile(r"item-(\S+) (\S+)")
_SIGN = re.compile(r"_([0-9a-f]+)_")
_BRACKETS = {"LEFT": {"open": "(", "closed": "["}, "RIGHT": {"open": ")", "closed": "]"}}


def returned(sheet: Sheet, known: Known) -> Iterator[Given | Problem] | None:
    """The answers in a table of results; None for a table of any other sort."""
    columns: dict[str, dict[str, int]] = {}
    for at, head in enumerate(sheet.header):
        if (match := _ITEM.fullmatch(head)) is not None:
            columns.setdefault(match[1], {})[match[2]] = at
    return _given(sheet, known, columns) if columns else None


def _given(sheet: Sheet, known: Known, columns: Mapping[str, Mapping[str, int]]) -> Iterator[Given | Problem]:
    for name, variables in columns.items():
        code = _SIGN.sub(lambda sign: chr(int(sign[1], 16)), name)
        variants = known.variants(code)
        if not variants:
            yield _returned.strange(sheet.file, name, code)
            continue
        _, variant = variants[0]
        cells = {variable: sheet.column(at) for variable, at in variables.items()}
        for row in range(len(sheet.lines)):
            values = {variable: own[row] for variable, own in cells.items() if own[row]}
            if values:
                yield Given(row, variant, dict(_texts(variant, values)), _share(variant, values.get("SCORE", "")))


def _share(variant: Variant, score: str) -> float | None:
    """The share of the marks that was earned; None where a person marks a part of it there."""
    if any(isinstance(answer.scoring, Unscored) for answer in variant.worked.answers):
        return None
    total = sum(float(answer.part.marks) for answer in variant.worked.answers)
    try:
        return float(score) / total
    except (ValueError, ZeroDivisionError):
        return None


def _texts(variant: Variant, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for place, answer in enumerate(variant.worked.answers, 1):
        yield answer.part.id, _text(answer, place, values)


def _text(answer: Answer, place: int, values: Mapping[str, str]) -> str:
    """The answer to one part; several values of a variable stand on lines of their own."""
    own = values.get(f"RESPONSE_{place}", "").split("\n")
    match answer.part.interaction:
        case Choice(style="truth"):
            return "".join({"yes": "√", "no": "×"}.get(each, _unknown(each)) for each in own)
        case Choice():
            return "".join(each if re.fullmatch("[A-Z]", each) else _unknown(each) for each in own)
        case Pairing(left=()):
            return "".join(own)
        case Pairing():
            pairs = (re.fullmatch(r"L(\d+) R([a-z])", each) for each in own)
            return " ".join(f"{pair[1]}{pair[2]}" for pair in pairs if pair)
        case TextEntry() | EntryGrid() | ExtendedText():
            typed = _cells(answer.scoring, place, values) if isinstance(answer.scoring, Cells) else "\n".join(own)
            return typed + _unit(answer, f"UNIT_{place}", values) if typed.strip() else ""
        case other:
            assert_never(other)


def _unknown(name: str) -> str:
    """An identifier that the item does not have: a person sees it; nothing was picked where it is empty."""
    return _returned.unclear(name) if name.strip() else ""


def _unit(answer: Answer, name: str, values: Mapping[str, str]) -> str:
    """The unit that was picked, as it is written behind a number."""
    picked = values.get(name, "")
    if not isinstance(answer.scoring, Numbers | Cells) or not picked:
        return ""
    offered = units.listed(answer.scoring.units)
    if not offered:
        return ""
    names = {f"U{at}": each.name for at, each in enumerate(offered)}
    names |= {f"X{at}": each for at, each in enumerate(units.others(offered[0].name))}
    return f" {names.get(picked, _unknown(picked))}"


def _cells(scoring: Cells, place: int, values: Mapping[str, str]) -> str:
    """What stands in the boxes, as one text; in one line where no boxes could be offered."""
    if f"RESPONSE_{place}" in values:
        return values[f"RESPONSE_{place}"]
    typed: Sequence[str] = [values.get(f"RESPONSE_{place}_{at}", "") for at in range(1, len(scoring.cells) + 2)]
    if scoring.any_order:
        typed = [each for each in typed if each.strip()]
    elif not typed[-1].strip() or scoring.shown or scoring.brackets or scoring.names:
        typed = typed[:-1]
    brackets = "".join(_BRACKETS[side].get(values.get(f"{side}_{place}", ""), "?") for side in _BRACKETS)
    return _returned.together(typed, scoring, brackets if scoring.brackets else "") if typed else ""
