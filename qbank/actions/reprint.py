"""Find the sheet of one candidate, or of one code, as it was sealed, and copy it out to be printed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qbank import intake, messages, papers, roll, store
from qbank.actions import _filenames as filenames
from qbank.actions import _volumes
from qbank.actions.deliver import deliver_all
from qbank.actions.grade import sealed
from qbank.model import Refused
from qbank.papers import Exam


def reprint(folder: Path, who: str, target: Path | None = None) -> tuple[Path, ...]:
    """The sheets of a candidate (by number, also a corrected one) or of a paper's code, in each language.

    They are compared with the seal, and copied into the folder `target`, or to that file where there is one sheet.
    Without a target, the paths in the exam. Raises Refused for a person who has no paper here, for a sheet that is
    missing or was changed, and for a file that is there and is another one.
    """
    opened = store.opened(folder)
    exam = sealed(opened, figures=False)
    now = papers.enrolled(exam, roll.parsed(store.journal(folder, roll.RECORD)))
    names = filenames.sheets(exam)
    found = [path for place in dict.fromkeys(_places(exam, now, who)) for path in _files(exam, names[place])
             if path in opened.sheets]  # fmt: skip
    if not found and not opened.sheets:
        raise Refused(messages.tell("{folder} was sealed without its papers; to print them: qbank print {folder} "
                                    "-o FOLDER", folder=folder))  # fmt: skip
    if not found:
        raise Refused(messages.tell("{folder}: there is no paper of {who!r}; name a candidate's number or the code "
                                    "on a paper", folder=folder, who=who))  # fmt: skip
    contents = {path: opened.read(path) for path in found}
    if target is None:
        return tuple(folder / path for path in contents)
    single = target.suffix.casefold() == ".pdf"
    if single and len(contents) > 1:
        raise Refused(messages.tell("{who} has {count} sheets; name a folder (-o folder/)", who=who,
                                    count=len(contents)))  # fmt: skip
    if not single and target.is_file():
        raise Refused(messages.tell("{target} is a file; name a folder, or a file that ends with .pdf", target=target))
    written = {target if single else target / Path(path).name: content for path, content in contents.items()}
    deliver_all(written)
    return tuple(written)


def _places(exam: Exam, now: Exam, who: str) -> Iterator[int]:
    """The places among the printed papers: of the form that a candidate has now, else of that code."""
    number = now.number(intake.identity(who))
    row = next((row for row, each in enumerate(now.candidates) if each.id == number), None)
    form = int(now.form_of[row]) if row is not None else now.form(who)
    if form is None:
        return
    if row is not None and row < len(exam.candidates) and int(exam.form_of[row]) == form:
        yield exam.taken()[row]
        return
    yield from (place for place, (own, _) in enumerate(exam.printed()) if own == form)


def _files(exam: Exam, name: str) -> Iterator[str]:
    yield from (f"sheets/{name}{ending}.pdf" for ending in _volumes.tongues(exam))
