"""Add candidates and spare papers to a sealed exam: the next seats or the next named forms; no one else moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from qbank import intake, messages, outputs, papers, resources, store
from qbank.actions import _filenames as filenames
from qbank.actions import _printing as printing
from qbank.actions import _templates, _volumes
from qbank.actions._sources import now
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import open_exam, sealed
from qbank.model import Candidate, Problem, Refused
from qbank.papers import Exam
from qbank.store import Opened


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """What was added: the exam with it, the newcomers with the codes of their papers, and the codes of spare ones.

    `sheets` are the paths of the new sheets within the exam, `form` that of the responses form with the newcomers'
    rows, empty where there are none; `passed` are those who were on the roster already, and were passed over.
    """

    exam: Exam
    candidates: tuple[tuple[Candidate, str], ...]
    spares: tuple[str, ...]
    addition: str
    sheets: tuple[str, ...]
    form: str
    passed: tuple[Candidate, ...] = ()


def add(
    folder: Path, candidates: Sequence[Candidate] = (), *, spares: int = 0, by: str, why: str = "",
    only_new: bool = False, templates: Path | None = None, watch: Watch = quietly,
) -> Added:  # fmt: skip
    """Seal late candidates, and a number of spare papers, into an exam as its next addition.

    Their papers are drawn from the items and the seed that were sealed: those that these seats would have had from the
    first. With `only_new`, those on the roster are passed over. `templates` is the folder of page templates with which
    the exam was made. Raises Refused, and changes nothing, for a candidate on the roster, where no one is new, for
    an exam without a roster, and for spare papers of named forms.
    """
    with store.writing(folder) as writing:
        opened = store.opened(folder)
        before, known = sealed(opened, figures=True), open_exam(folder, figures=False)
        if not before.candidates and not before.each:
            raise Refused(messages.tell("{folder}: the exam has no roster, so everyone in the responses is graded; "
                                        "nothing was added", folder=folder))  # fmt: skip
        on_it = _known(before, known)
        late = [each for each in candidates if each.id not in on_it]
        passed = tuple(each for each in candidates if each.id in on_it)
        if passed and not only_new:
            raise Refused(*(_again(each, on_it) for each in passed))
        if not late and not spares and passed:
            raise Refused(messages.tell("nobody is new: everyone is on the roster already"))
        if not late and not spares:
            raise Refused(messages.tell("there is nobody to add"))
        exam = papers.enlarged(before, late, spares=spares)
        own = _templates.read(templates) if templates is not None else ()
        exam = replace(exam, imprint=replace(exam.imprint, templates=own))
        share = _Share(before, exam)
        files = _files(folder, opened, share, late, at=now(), by=by, why=why, watch=watch)
        addition = store.add(writing, opened.chain[-1], files)
    newcomers = range(len(before.candidates), len(exam.candidates))
    return Added(
        exam, tuple((exam.candidates[row], exam.forms[int(exam.form_of[row])]) for row in newcomers),
        tuple(exam.forms[form] for form in exam.spares if form >= len(before.forms)), addition, tuple(share.written),
        store.form_of(addition) if late else "", passed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Share:
    """What is printed of the larger exam: the sheets that the exam did not have; filled in as they are written."""

    before: Exam
    exam: Exam
    written: list[str] = field(default_factory=list)

    def places(self) -> list[int]:
        """The places of the new sheets among all."""
        had = set(filenames.sheets(self.before))
        return [place for place, name in enumerate(filenames.sheets(self.exam)) if name not in had]

    def forms(self) -> list[int]:
        """The places of the papers of new forms."""
        return [place for place in self.places() if place < len(self.exam.printed())] if self.exam.each else []


_Taken: TypeAlias = tuple[Literal["listed", "paper", "former"], str]
"""How a number is taken, with the code of the paper, or the number that the candidate has now."""


def _known(before: Exam, known: Exam) -> dict[str, _Taken]:
    """Every number that is taken, and how."""
    taken: dict[str, _Taken] = {each.id: ("listed", "") for each in before.candidates}
    taken |= {was: ("former", now) for was, now in known.numbers.items()}
    for each, form in zip(known.candidates, known.form_of.tolist(), strict=True):
        taken[each.id] = ("paper", known.forms[form])
    return taken


def _again(candidate: Candidate, known: dict[str, _Taken]) -> Problem:
    who = f"{candidate.id} ({candidate.name})" if candidate.name else candidate.id
    match known[candidate.id]:
        case "listed", _:
            message = messages.tell("{candidate} is on the roster already; nothing was added", candidate=who)
        case "paper", paper:
            message = messages.tell("{candidate} is on the roster already (paper {paper}); nothing was added",
                                    candidate=who, paper=paper)  # fmt: skip
        case _, number:
            message = messages.tell("{candidate} is the number that {number} had before it was corrected; nothing "
                                    "was added", candidate=who, number=number)  # fmt: skip
    proposal = messages.tell("leave only newcomers in the list, or pass over the others (--only-new)")
    return Problem("add.again", message, proposal=proposal)


def _files(
    folder: Path, opened: Opened, share: _Share, late: Sequence[Candidate], *, at: str, by: str, why: str, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """The files of the addition; the paths of the sheets are noted as they are written."""
    before, exam, places, forms = share.before, share.exam, share.places(), share.forms()
    pdf = outputs.of("pdf")
    yield from papers.added(before, exam, at=at, by=by, why=why)
    if late:
        yield "responses.csv", intake.csv_bytes(printing.responses_form(exam).tail(len(late)))
    with outputs.workers(resources.processors()) as workers:
        for tag in _tags(opened, before):
            first = len(printing.everyone(before))
            for path, content in printing.sheet_files(
                exam, outputs.of(tag), places, {}, workers, watch=watch, first=first
            ):  # fmt: skip
                share.written.append(path)
                yield path, content
        yield from printing.data_files(exam, forms, watch=watch)
        books = forms if _has_books(folder, before) else []
        private = list(printing.books(exam, [(pdf, books)], watch=watch))
        private += printing.marking_lists(exam, pdf, forms, workers) if forms else []
    yield from ((path.removeprefix("private/"), content) for path, content in private)


def _tags(opened: Opened, exam: Exam) -> list[str]:
    """The outputs in which every sheet of the exam was sealed; PDF always."""
    names = [f"{name}{ending}" for name in filenames.sheets(exam) for ending in _volumes.tongues(exam)]
    made = [
        tag for tag in outputs.tags(taking="sheet")
        if names and all(f"sheets/{name}{outputs.of(tag).suffix}" in opened.sheets for name in names)
    ]  # fmt: skip
    return list(dict.fromkeys(("pdf", *made)))


def _has_books(folder: Path, exam: Exam) -> bool:
    """Whether every form has an answer book."""
    ending = f"{printing.suffix(exam, exam.langs[0])}.pdf"
    codes = {exam.forms[form] for form, _ in exam.printed()}
    places = (folder / "private", *(base for base in (folder / store.ADDITIONS).glob("*")))
    return all(any((place / f"answer-book-{code}{ending}").is_file() for place in places) for code in codes)
