"""An exam that was sat: the gallery's paper sealed in a folder, and responses to it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from qbank import answers, papers, store
from qbank.papers import Exam


def sealed(exam: Exam, folder: Path) -> Path:
    """The exam in a folder, without its printed sheets."""
    store.seal(folder, store.chained({"exam": exam.id}, papers.files(exam)))
    return folder


def respond(exam: Exam, path: Path, changed: Mapping[tuple[str, str], str]) -> Path:
    """Responses that are right everywhere, and blank where nothing is, save as changed by candidate and column."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        extra = sorted({column for _, column in changed} - set(exam.columns()))
        rows.writerow(["candidate", *exam.columns(), *extra])
        for candidate, form in zip(exam.candidates, exam.form_of, strict=True):
            own = {column: changed.get((candidate.id, column), right(exam, column, int(form)))
                   for column in exam.columns()}  # fmt: skip
            rows.writerow([candidate.id, *own.values(), *(changed.get((candidate.id, name), "") for name in extra)])
    return path


def right(exam: Exam, column: str, form: int) -> str:
    """A right answer to one part on one form, nothing where there is none."""
    placed, part, _ = exam.columns()[column]
    drawn = exam.drawn[placed.item.id]
    found = answers.kind_of(part.kind).spellings(
        part.answer, drawn.keys[part.id], drawn.arrangements[part.id], form
    )
    return found[0] if found else ""


def digest(folder: Path) -> str:
    """One name for everything under a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    held = sorted((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return hashlib.sha256(repr(held).encode()).hexdigest()
