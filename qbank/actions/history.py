"""What happened to an exam: when it was sealed, by which version, its reviews, regrades and gradings; and a check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from qbank import complaints, messages, papers, regrades, reviews, roll, store
from qbank.actions import _sources
from qbank.actions._sources import Sources
from qbank.complaints import Complaint, Outcome
from qbank.model import STANDINGS, Refused
from qbank.roll import Correction, Entry, Handed, Status
from qbank.store import Checked, Difference

What: TypeAlias = Literal[
    "sealed", "addition", "status", "correction", "paper", "complaint", "review", "regrade", "graded"
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: the time in UTC, empty where no record has it; `told` tells more in a few words."""

    at: str
    what: What
    told: str


@dataclass(frozen=True, slots=True)
class History:
    """An exam's events, its sealing and then the oldest first, and what in its folder is not as it was written.

    `untouched` tells whether responses.csv is still the empty form.
    """

    exam: str
    title: str
    untouched: bool
    events: tuple[Event, ...]
    differences: tuple[str, ...]


def history(folder: Path, *, verify: bool = False) -> History:
    """What happened to the exam in a folder, with what differs from its seal; `verify` looks at every file.

    Without it, exam.yaml and private/ are checked, as at every opening. Raises Refused when the folder is not an exam.
    """
    found = store.look(folder)
    differences = [each.told() for each in (store.verified(folder) if verify else found.differences)]
    about = found.about
    events = [_added(found, f"{store.ADDITIONS}/{number}") for number in range(1, len(found.chain))]
    guessed = []
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
            differences.append(Difference(f"{place}/sources.json", "missing").told())
        if sources is None:
            guessed.append(event)
            continue
        latest[event.at] = event  # the pages of feedback are added to results that are there
        if verify:
            differences += [each.told() for each in _changed(folder, place, sources)]
        if place == "results":
            lost = _sources.lost(sources, found.chain, _sources.journals(folder))
            differences += [each.told() for each in lost]
    events += latest.values()
    events += [_sealed(folder, found, events), *guessed]
    title = next(iter(about.title.values()), "") if about is not None else ""
    return History(
        about.exam if about is not None else "", title, about is None or store.untouched(folder, about),
        tuple(sorted(events, key=lambda event: (event.what != "sealed", event.at))), tuple(dict.fromkeys(differences)),
    )  # fmt: skip


def _sealed(folder: Path, found: Checked, recorded: Sequence[Event]) -> Event:
    """The sealing, by the time of its file: what is sealed has no date, so that a seed gives the same exam again.

    A file that is later than what was recorded since is a copy's, whose time tells nothing.
    """
    made, written = _made(found), _written(folder / store.EXAM)
    if not made:
        return Event(written, "sealed", "")
    if all(written <= event.at for event in recorded if event.at):
        told = messages.tell("{event}; the time is that of the file {file}, which a copy changes", event=made,
                             file=store.EXAM)  # fmt: skip
        return Event(written, "sealed", told)
    told = messages.tell("{event}; the file {file} was copied at {time}, and no record has the time of sealing",
                         event=made, file=store.EXAM, time=written)  # fmt: skip
    return Event("", "sealed", told)


def _made(found: Checked) -> str:
    """Which version sealed an exam, and whether it is a copy without people."""
    about = found.about
    if about is None:
        return ""
    made_by = about.made_by or messages.tell("an early version of qbank")
    if about.anonymised:
        return messages.tell("by {version}, an anonymised copy, {removed}", version=made_by, removed=about.anonymised)
    return messages.tell("by {version}", version=made_by)


def _reviewed(folder: Path) -> Iterator[Event]:
    """Verdicts given together count as one event."""
    kept = reviews.parsed(store.journal(folder, reviews.RECORD), reviews.RECORD)
    for (at, by), group in groupby(kept, key=lambda review: (review.at, review.by)):
        parts = [review.part for review in group]
        yield Event(at, "review", messages.tell_many(
            len(parts), "{count} review of {parts}, by {by}", "{count} reviews of {parts}, by {by}",
            parts=messages.listed(dict.fromkeys(parts)), by=_who(by),
        ))  # fmt: skip


def _regraded(folder: Path) -> Iterator[Event]:
    for each in regrades.parsed(store.journal(folder, regrades.RECORD), regrades.RECORD):
        what = " ".join((each.item, *each.parts))
        told = messages.tell("{item}, policy {policy}, by {by}", item=what, policy=each.policy, by=_who(each.by))
        yield Event(each.at, "regrade", _because(told, each.why))


def _enrolled(folder: Path) -> Iterator[Event]:
    """States of several candidates that were recorded together count as one event."""
    for (at, by, why, what, told), group in groupby(roll.parsed(store.journal(folder, roll.RECORD)), key=_told):
        who = messages.listed(each.candidate for each in group)
        event = messages.tell("{candidates}: {event}, by {by}", candidates=who, event=told, by=by)
        yield Event(at, what, _because(event, why))


def _told(entry: Entry) -> tuple[str, str, str, What, str]:
    """When, by whom, why, which event it is, and what happened to the candidate."""
    match entry:
        case Status(state=state):
            what: What = "status"
            told = STANDINGS[state].word[messages.language()] or messages.tell("taken back")
        case Correction(candidate=was, number=number, name=name):
            what = "correction"
            told = (messages.tell("the number is now {number}, the name {name!r}", number=number, name=name)
                    if number != was else messages.tell("the name is now {name!r}", name=name))  # fmt: skip
        case Handed(paper=paper, withdrawn=True):
            what, told = "paper", messages.tell("the spare paper {paper} is taken back", paper=paper)
        case Handed(paper=paper):
            what, told = "paper", messages.tell("given the spare paper {paper}", paper=paper)
        case other:
            assert_never(other)
    return entry.at, entry.by, entry.why, what, told


def _complained(folder: Path) -> Iterator[Event]:
    for each in complaints.parsed(store.journal(folder, complaints.RECORD)):
        match each:
            case Complaint():
                told = messages.tell("no. {number}, candidate {candidate}, {part}: {text}; recorded by {by}",
                                     number=each.number, candidate=each.candidate, part=each.part, text=each.text,
                                     by=each.by)  # fmt: skip
            case Outcome():
                outcome = complaints.WORDS[each.outcome][messages.language()]
                if each.changed:
                    told = messages.tell("no. {number}: {outcome} ({changed}), by {by}", number=each.number,
                                         outcome=outcome, changed=messages.listed(each.changed),
                                         by=each.by)  # fmt: skip
                else:
                    told = messages.tell("no. {number}: {outcome}, by {by}", number=each.number, outcome=outcome,
                                         by=each.by)  # fmt: skip
                told = _because(told, each.why)
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
    told = []
    if who:
        told.append(messages.tell("candidates {candidates}", candidates=messages.listed(who)))
    if added.spares:
        told.append(messages.tell_many(len(added.spares), "{count} spare paper", "{count} spare papers"))
    event = messages.tell("{folder}: {added}; by {by}", folder=base, added="; ".join(told), by=added.by)
    return Event(added.at, "addition", _because(event, added.why))


def _who(by: str) -> str:
    return by or messages.tell("an unnamed person")


def _because(event: str, why: str) -> str:
    return messages.tell("{event}: {why}", event=event, why=why) if why else event


def _results(folder: Path) -> Iterator[str]:
    """The folders of results, oldest first."""
    earlier = [path.name for path in (folder / "results/history").glob("*") if path.name.isdecimal()]
    yield from (f"results/history/{number}" for number in sorted(earlier, key=int))
    if (folder / "results").is_dir():
        yield "results"


def _graded(folder: Path, place: str) -> tuple[Event, Sources | None]:
    record = folder / place / "sources.json"
    if not record.is_file():
        told = messages.tell("{place}, by an early version, which recorded no time; it is that of the file {file}",
                             place=place, file="marks.csv")  # fmt: skip
        return Event(_written(folder / place / "marks.csv"), "graded", told), None
    sources = _sources.parsed(store.read(folder, f"{place}/sources.json"), f"{place}/sources.json")
    told = messages.tell("{place}, by qbank {version}", place=place, version=sources.version)
    if sources.responses is not None:
        told = messages.tell("{event}, {file}", event=told, file=sources.responses.file)
    if sources.differences:
        told = messages.tell("{event}; not as written: {files}", event=told, files="; ".join(sources.differences))
    return Event(sources.at, "graded", told), sources


def _changed(folder: Path, place: str, sources: Sources) -> Iterator[Difference]:
    """The results that are missing, or were changed after they were made."""
    for path, digest in sources.files.items():
        own = f"{place}/{path.removeprefix('results/')}"
        if not (folder / own).is_file():
            yield Difference(own, "missing")
        elif store.fingerprint(store.read(folder, own)) != digest:
            yield Difference(own, "changed later")


def _written(file: Path) -> str:
    """When a file was written, as its folder records it; nothing where it is not there."""
    if not file.exists():
        return ""
    return _sources.stamp(datetime.fromtimestamp(file.stat().st_mtime, UTC))
