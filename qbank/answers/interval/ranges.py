"""Intervals that do not say whether their ends belong to them: `3 ± 0.5 V`, `2.5 V ~ 3.5 V`, `2.5 到 3.5`.

    answer := [name ("=" | "∈" | ":")] (middle [unit] "±" half [unit] | low ("~" | "to" | 到 | 至) high | "between" …)

They are read as closed; where the key is open at an end, the answer waits for a person.
"""

from __future__ import annotations

import re
from decimal import Decimal

from qbank.answers._entries import Entry, Grid, sharing
from qbank.answers._readings import Stopped, fold
from qbank.answers.interval.written import WANTED, Written

_DIGITS = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
_UNIT = r"[^\W\d_][^\d±+~()]*|"
_AROUND = re.compile(
    rf"\(?\s*(?P<middle>[+-]?\s*{_DIGITS})\s*(?P<own>{_UNIT})\s*(?:±|\+\s?/?\s?-)\s*(?P<half>{_DIGITS})\s*(?P<unit>{_UNIT})"
    rf"\s*\)?\s*(?P<behind>{_UNIT})"
)
_END = r"[+-]?\s*[\d.][^~≈到至,;\[\]]*?"
_FROM_TO = re.compile(
    rf"(?:从|from\b)?\s*(?P<low>{_END})\s*(?:~|≈|到|至|\bto\b)\s*(?P<high>{_END})"
    rf"|(?:介于|between\b)\s*(?P<least>{_END})\s*(?:和|与|\band\b)\s*(?P<most>{_END})\s*(?:之间)?",
    re.IGNORECASE,
)


def parse(text: str, name: str = "") -> Written | None:
    """The interval that such a text is, None for any other text. Raises Stopped for two different units.

    >>> found = parse("3 ± 0.5 V")
    >>> found.brackets, [entry.text for entry in found.grid.rows[0]], found.unsaid
    ('[]', ['2.5 V', '3.5 V'], True)
    >>> parse("(1, 3]"), [entry.text for entry in parse("2.5 V~3.5 V").grid.rows[0]]
    (None, ['2.5 V', '3.5 V'])
    """
    folded = fold(text)
    body = folded.text.rstrip(" .。;")
    lead = re.match(rf"\s*(?:{re.escape(name)}\s*[∈=:]\s*)?" if name else r"\s*", body)
    assert lead is not None
    start = lead.end()
    if (around := _AROUND.fullmatch(body, start)) is not None:
        ends = _around(around)
        if ends is None:
            raise Stopped(folded.column(around.start("half")), WANTED)
    elif (found := _FROM_TO.fullmatch(body, start)) is not None:
        low, high = ("low", "high") if found["low"] else ("least", "most")
        ends = [Entry(found[each].strip(), found.start(each)) for each in (low, high)]
    else:
        return None
    entries = tuple(sharing(ends, ""))
    return Written("[]", Grid((entries,), folded.columns), (0.0, 0.0), folded.column(ends[0].at), unsaid=True)


def _around(found: re.Match[str]) -> list[Entry] | None:
    """The two ends around a middle; None where its two parts have different units, or one is a percentage of it."""
    written = {found[each].strip() for each in ("own", "unit", "behind")} - {""}
    if len(written) > 1:
        return None
    unit = written.pop() if written else ""
    middle, half = Decimal(found["middle"].replace(" ", "")), Decimal(found["half"])
    at = found.start("middle")
    return [Entry(f"{end:f} {unit}".strip(), at) for end in (middle - half, middle + half)]
