"""What a graded exam measured, and its sitting kept beside the items of a bank of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path

from qbank import bank, files, messages, store
from qbank.actions.grade import grading
from qbank.actions.history import history
from qbank.bank import Sitting, Source
from qbank.bank import sittings as kept
from qbank.model import Refused
from qbank.reports import measures
from qbank.reports.measures import Paper

LEAST = 5
"""The measures of fewer candidates than this would be those of persons, and are not kept."""
DIGITS = 16
"""How many digits of the digest of its seal distinguish an exam from another of that id and number."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The marks of a graded exam as tables, and the sitting that a bank may keep of it.

    `dated` tells whether the exam names its date; else the sitting has the first that its files and records tell.
    """

    paper: Paper
    sitting: Sitting
    dated: bool


def stats(folder: Path, *, unsealed: bool = False) -> Measured:
    """What the exam measured, by the marks that count now. Raises Refused for one not graded, or not as sealed."""
    done = grading(folder, unsealed=unsealed)
    paper = measures.of(done.graded)
    said = done.graded.exam.imprint.date
    on = day.fromisoformat(said) if said else _first(folder)
    seal = done.basis.seal[0][:DIGITS] if done.basis.seal else ""
    return Measured(paper, measures.sitting(paper, on, seal), bool(said))


def own(banks: Iterable[Path]) -> Path:
    """The last of the banks that is not the shipped one. Raises Refused where there is none, with what to do."""
    found = [path for path in banks if not _is_shipped(path)]
    if not found:
        raise Refused(messages.tell("the bank that comes with qbank is never written to; name one of your own: "
                                    "--into FOLDER ('qbank new bank FOLDER' makes one)"))  # fmt: skip
    return found[-1]


def keep(found: Measured, home: Path) -> tuple[Path, bool]:
    """Write the sitting into a bank; the file, and whether it takes the place of an earlier one of this exam.

    Raises Refused where it would not be true or not be safe: answers still wait for a person, fewer than LEAST sat the
    exam, the folder is not a bank of one's own.
    """
    sitting, waiting = found.sitting, found.paper.graded.undecided[0]
    if waiting:
        raise Refused(messages.tell_many(
            waiting, "{count} answer waits for a person and would count 0; mark it first: qbank review EXAM",
            "{count} answers wait for a person and would count 0; mark them first: qbank review EXAM",
        ))  # fmt: skip
    if sitting.candidates < LEAST:
        raise Refused(messages.tell("only {count} sat the exam; measures of fewer than {least} candidates would be "
                                    "about individuals", count=sitting.candidates, least=LEAST))  # fmt: skip
    if not home.is_dir():
        raise Refused(messages.tell("there is no folder {folder}; --into takes the folder of a bank ('qbank new bank "
                                    "{folder}' makes one)", folder=home))  # fmt: skip
    if _is_shipped(home):
        raise Refused(messages.tell("{folder} is the bank that comes with qbank, which is never written to; name one "
                                    "of your own: --into FOLDER", folder=home))  # fmt: skip
    if store.is_exam(home):
        raise Refused(messages.tell("{folder} is the folder of an exam; --into takes the folder of a bank",
                                    folder=home))  # fmt: skip
    place = home / bank.SITTINGS
    path, replaced = _free(place, sitting)
    place.mkdir(exist_ok=True)
    files.put(path, kept.written(sitting))
    return path, replaced


def _free(place: Path, sitting: Sitting) -> tuple[Path, bool]:
    """The file of this very exam, if there is one, else the first name that no other exam of that number has."""
    number = 1
    while True:
        path = place / f"{sitting.name}{f'-{number}' if number > 1 else ''}.yaml"
        if not path.exists() and not path.is_symlink():
            return path, False
        known, problems = bank.read(Source(str(path), path.read_bytes()), Sitting, sealed=True)
        if known is None:
            raise Refused(*problems)
        if (known.exam, known.number, known.seal) == (sitting.exam, sitting.number, sitting.seal):
            return path, True
        number += 1


def _is_shipped(path: Path) -> bool:
    return path.resolve().is_relative_to(bank.named(bank.SHIPPED).resolve())


def _first(folder: Path) -> day:
    """The day of the first thing that is known to have happened to the exam."""
    return day.fromisoformat(min(event.at for event in history(folder).events if event.at)[:10])
