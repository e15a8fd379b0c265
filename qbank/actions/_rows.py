"""Whose row of a department's table is whose: by number, with zeros that a spreadsheet dropped where one can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qbank import attendance, intake, messages
from qbank.grading import Summary
from qbank.intake import Line, Template
from qbank.model import Candidate, Problem, Refused

SHOWN = 8
_MARK = re.compile(r"\d{1,6}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """`candidate` is whose a line is, by place; `strange` are lines of no candidate, `left` candidates without one."""

    candidate: Mapping[Line, int]
    strange: tuple[Line, ...]
    left: tuple[int, ...]
    problems: tuple[Problem, ...]


def key(number: str) -> str:
    """A candidate's number as it is compared."""
    return intake.restored(number) or intake.identity(number)


def mark(text: str) -> Fraction | None:
    """The exact mark in a cell, None where it holds none.

    >>> mark("87.5"), mark("优")
    (Fraction(175, 2), None)
    """
    return Fraction(text) if _MARK.fullmatch(text) else None


def matched(template: Template, candidates: Sequence[Candidate], former: Mapping[str, int]) -> Matched:
    """The lines of a table and the candidates, put together.

    A number that was corrected, which is the candidate's of that place by `former`, is theirs where the names agree.
    """
    places = {key(candidate.id): place for place, candidate in enumerate(candidates)}
    own = {line: places[line.number] for line in template.lines if line.number in places}
    short: dict[str, list[int]] = {}
    for number, place in places.items():
        if number.startswith("0"):
            short.setdefault(number.lstrip("0"), []).append(place)
    before = {line: former[line.number] for line in template.lines if line not in own and line.number in former
              and former[line.number] not in own.values()
              and attendance.agree(line.name, candidates[former[line.number]].name)}  # fmt: skip
    own |= before
    taken = set(own.values())
    mended: dict[Line, int] = {}
    for line in template.lines:
        found = short.get(line.number, [])
        if line not in own and len(found) == 1 and found[0] not in taken and _same(line, candidates[found[0]]):
            mended[line] = found[0]
    everyone = own | mended
    strange = tuple(line for line in template.lines if line not in everyone)
    left = tuple(sorted(set(places.values()) - set(everyone.values())))
    return Matched(everyone, strange, left, tuple(_problems(template, candidates, own, mended, before)))


def _same(line: Line, candidate: Candidate) -> bool:
    """Whether the names agree, as far as there are any."""
    return not (line.name and candidate.name) or attendance.plain(line.name) == attendance.plain(candidate.name)


def _problems(
    template: Template, candidates: Sequence[Candidate], own: Mapping[Line, int], mended: Mapping[Line, int],
    before: Mapping[Line, int],
) -> Iterator[Problem]:  # fmt: skip
    if before:
        told = some([messages.tell("{short} is {number}", short=line.number, number=candidates[place].id)
                     for line, place in before.items()])  # fmt: skip
        message = messages.tell("{file}: numbers as they were before they were corrected ({numbers})",
                                file=template.file, numbers=told)  # fmt: skip
        yield Problem("template.corrected", message, severity="warning",
                      proposal=messages.tell("check that these are the same people"))  # fmt: skip
    if mended:
        told = some(messages.tell("{short} is {number}", short=line.number, number=candidates[place].id)
                    for line, place in mended.items())  # fmt: skip
        message = messages.tell("{file}: numbers without their leading zeros, read as the full numbers ({numbers})",
                                file=template.file, numbers=told)  # fmt: skip
        yield Problem("template.zeros", message, severity="warning",
                      proposal=messages.tell("check that these are the same people"))  # fmt: skip
    apart = [messages.tell("{number} is {name!r}, here {other!r}", number=line.number, name=candidates[place].name,
                           other=line.name)
             for line, place in own.items() if not _same(line, candidates[place])]  # fmt: skip
    if apart:
        message = messages.tell("{file}: the same numbers have other names than in the exam ({numbers})",
                                file=template.file, numbers=some(apart))  # fmt: skip
        yield Problem("template.name", message, severity="warning",
                      proposal=messages.tell("check that these rows have the right numbers"))  # fmt: skip


def anonymous(
    how: str, candidates: Sequence[Candidate], exams: Mapping[str, Summary], rows: Mapping[str, NDArray[np.int64]]
) -> tuple[str, list[str]]:
    """What replaces each candidate in a list without people, and the kind of it: `code`, or `digits` for `last-N`.

    Raises Refused for anything else, for codes that several have, and for digits that two people share.
    """
    if how == "code":
        name, one = next(iter(exams.items()))
        if len(exams) > 1 or not one.exam.each:
            raise Refused(messages.tell("--anonymous code needs one exam in which every paper has its own code (qbank "
                                        "paper --forms each); use the last digits: --anonymous last-4"))  # fmt: skip
        return "code", [one.exam.forms[int(one.totals.rows[row])] if row >= 0 else "" for row in rows[name].tolist()]
    wanted = re.fullmatch(r"last-([1-9]\d?)", how)
    if wanted is None:
        raise Refused(messages.tell("--anonymous {how}: write code, or last-4 for the last four digits of the numbers",
                                    how=how))  # fmt: skip
    keys = [candidate.id[-int(wanted[1]) :] for candidate in candidates]
    longest = max((len(candidate.id) for candidate in candidates), default=0)
    if len(set(keys)) < len(keys):
        enough = next((count for count in range(1, longest)
                       if len({who.id[-count:] for who in candidates}) == len(candidates)), None)  # fmt: skip
        proposal = f"--anonymous last-{enough}" if enough else "--anonymous code"
        raise Refused(messages.tell("--anonymous {how}: two candidates share these digits; use {proposal}, which "
                                    "tells all apart", how=how, proposal=proposal))  # fmt: skip
    if any(len(key) == len(who.id) for key, who in zip(keys, candidates, strict=True)):
        raise Refused(messages.tell("--anonymous {how}: these are whole numbers, which identify people; use fewer "
                                    "digits", how=how))  # fmt: skip
    return "digits", keys


def some(texts: Iterator[str] | Sequence[str]) -> str:
    """The first of many, and how many more there are."""
    return messages.some(list(texts), SHOWN)
