"""What happened to an exam: when it was sealed, by which version, its reviews, regrades and gradings; and a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from qbank import complaints, papers, regrades, reviews, roll, store
from qbank.actions import _sources
from qbank.actions._sources import Sources
from qbank.complaints import Complaint, Outcome
from qbank.model import STANDINGS, Refused
from qbank.roll import Correction, Entry, Handed, Status
from qbank.store import Checked

What: TypeAlias = Literal[
    "sealed", "addition", "status", "correction", "paper", "complaint", "review", "regrade", "graded"
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: the time in UTC, empty where no record has it; `told` says more in a few words."""

    at: str
    what: What
    told: str


@dataclass(frozen=True, slots=True)
class History:
    """An exam's events, its sealing and then the oldest first, and what in its folder is not as it was written.

    `untouched` says whether responses.csv is still the empty form.
    """

    exam: str
    title: str
    untouched: bool
    events: tuple[Event, ...]
    differences: tuple[str, ...]


def history(folder: Path, *, verify: bool = False) -> History:
    """What happened to the exam in a folder, with what differs from its seal; `verify` looks at every file.

    Without it, exam.yaml and private/ are checked, as at every opening. Raises Refused when the folder is no exam.
    """
    found = store.look(folder)
    differences = list(store.verified(folder) if verify else found.differences)
    about = found.about
    made = f"by {about.made_by}" if about is not None else ""
    if about is not None and about.anonymised:
        made += f", an anonymised copy, {about.anonymised}"
    events = [Event(_written(folder / store.EXAM), "sealed", made)]
    events += [_added(found, f"{store.ADDITIONS}/{number}") for number in range(1, len(found.chain))]
    for read in (_enrolled, _complained, _reviewed, _regraded):
        try:
            events += read(folder)
        except Refused as error:
            differences.append(error.problems[0].message)
    latest: dict[str, Event] = {}
    for place in _results(folder):
        try:
            event, sources = _graded(folder, place)
        except Refused as error:
            differences.append(error.problems[0].message)
            continue
        if sources is None and about is not None and about.format > 1:
            differences.append(f"{place}/sources.json (it is missing)")
        latest[event.at] = event  # the pages of feedback are added to results that are there
        if verify and sources is not None:
            differences += _changed(folder, place, sources)
        if place == "results" and sources is not None:
            differences += _sources.lost(sources, found.chain, _sources.journals(folder))
    events += latest.values()
    title = next(iter(about.title.values()), "") if about is not None else ""
    return History(
        about.exam if about is not None else "", title, about is None or store.untouched(folder, about),
        tuple(sorted(events, key=lambda event: (event.what != "sealed", event.at))), tuple(dict.fromkeys(differences)),
    )  # fmt: skip


def _reviewed(folder: Path) -> Iterator[Event]:
    """Verdicts given together count as one event."""
    kept = reviews.parsed(store.journal(folder, reviews.RECORD), reviews.RECORD)
    for (at, by), group in groupby(kept, key=lambda review: (review.at, review.by)):
        parts = [review.part for review in group]
        yield Event(at, "review", f"{len(parts)} of {', '.join(dict.fromkeys(parts))}, by {by or 'somebody'}")


def _regraded(folder: Path) -> Iterator[Event]:
    for each in regrades.parsed(store.journal(folder, regrades.RECORD), regrades.RECORD):
        what = " ".join((each.item, *each.parts))
        told = f"{what}, {each.policy}, by {each.by or 'somebody'}{_because(each.why)}"
        yield Event(each.at, "regrade", told)


def _enrolled(folder: Path) -> Iterator[Event]:
    """States of several candidates that were recorded together count as one event."""
    for (at, by, why, what, told), group in groupby(roll.parsed(store.journal(folder, roll.RECORD)), key=_told):
        who = ", ".join(each.candidate for each in group)
        yield Event(at, what, f"{who}: {told}, by {by}{_because(why)}")


def _told(entry: Entry) -> tuple[str, str, str, What, str]:
    """When, by whom, why, which event it is, and what is said of the candidate."""
    match entry:
        case Status(state=state):
            what: What = "status"
            told = STANDINGS[state].word.en or "taken back"
        case Correction(candidate=was, number=number, name=name):
            what = "correction"
            told = ", ".join([*([f"now {number}"] if number != was else []), f"name {name!r}"])
        case Handed(paper=paper):
            what, told = "paper", f"given the spare paper {paper}"
        case other:
            assert_never(other)
    return entry.at, entry.by, entry.why, what, told


def _complained(folder: Path) -> Iterator[Event]:
    for each in complaints.parsed(store.journal(folder, complaints.RECORD)):
        match each:
            case Complaint():
                told = f"no. {each.number}, candidate {each.candidate}, {each.part}: {each.text}; taken by {each.by}"
            case Outcome():
                changed = f" ({', '.join(each.changed)})" if each.changed else ""
                outcome = complaints.WORDS[each.outcome].en
                told = f"no. {each.number}: {outcome}{changed}, by {each.by}{_because(each.why)}"
            case other:
                assert_never(other)
        yield Event(each.at, "complaint", told)


def _added(found: Checked, base: str) -> Event:
    """An addition of candidates, by its record; another one by its folder."""
    content = found.private.get(f"{base}/{papers.ADDED}")
    if content is None:
        return Event("", "addition", base)
    added = papers.addition(content, f"{base}/{papers.ADDED}")
    who = [f"{seat.id} ({seat.name})" if seat.name else seat.id for seat in added.candidates]
    told = [f"candidates {', '.join(who)}"] * bool(who) + [f"{len(added.spares)} spare papers"] * bool(added.spares)
    return Event(added.at, "addition", f"{base}: {'; '.join(told)}; by {added.by}{_because(added.why)}")


def _because(why: str) -> str:
    return f": {why}" if why else ""


def _results(folder: Path) -> Iterator[str]:
    """The folders of results, oldest first."""
    earlier = [path.name for path in (folder / "results/history").glob("*") if path.name.isdecimal()]
    yield from (f"results/history/{number}" for number in sorted(earlier, key=int))
    if (folder / "results").is_dir():
        yield "results"


def _graded(folder: Path, place: str) -> tuple[Event, Sources | None]:
    record = folder / place / "sources.json"
    if not record.is_file():
        return Event(_written(folder / place / "marks.csv"), "graded", f"{place}, by an early version"), None
    sources = _sources.parsed(store.read(folder, f"{place}/sources.json"), f"{place}/sources.json")
    given = f", {sources.responses.file}" if sources.responses is not None else ""
    spite = f"; not as written: {'; '.join(sources.differences)}" if sources.differences else ""
    return Event(sources.at, "graded", f"{place}, by qbank {sources.version}{given}{spite}"), sources


def _changed(folder: Path, place: str, sources: Sources) -> Iterator[str]:
    """The results that are missing, or were changed after they were made."""
    for path, digest in sources.files.items():
        own = f"{place}/{path.removeprefix('results/')}"
        if not (folder / own).is_file():
            yield f"{own} (it is missing)"
        elif store.fingerprint(store.read(folder, own)) != digest:
            yield f"{own} (changed after it was made)"


def _written(file: Path) -> str:
    """When a file was written, as its folder says; nothing where it is not there."""
    if not file.exists():
        return ""
    return _sources.stamp(datetime.fromtimestamp(file.stat().st_mtime, UTC))
