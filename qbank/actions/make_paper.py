"""Make an exam: compose it, print every sheet and answer book, seal it on disk."""

from __future__ import annotations

import dataclasses
import operator
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from qbank import __version__, intake, messages, papers, resources, store
from qbank.actions import _filenames as filenames
from qbank.actions import _printing as printing
from qbank.actions import _targets, _templates, _volumes, next_paper
from qbank.actions._printing import marking_rows, responses_form, sheets
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import open_exam
from qbank.bank import Bank
from qbank.model import Candidate, Lang, Refused
from qbank.papers import Exam, Past

if TYPE_CHECKING:
    from qbank.outputs import Loss

__all__ = ["MANY", "Made", "form_codes", "make_paper", "make_papers", "marking_rows", "quiet",
           "replaced", "responses_form", "sheets"]  # fmt: skip
MANY = 10
"""With more forms than this, web pages and full answer books are made only where they are asked for."""


def quiet(kept: Path) -> None:
    """Tells nothing about the exam that was replaced."""


@dataclass(frozen=True, slots=True)
class Made:
    """An exam that was sealed, and what the outputs that were asked for besides cannot hold of it."""

    exam: Exam
    losses: tuple[Loss, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    """The pages of each printed paper, by the name of its file."""

    def printing(self) -> str:
        """What a print shop asks: the pages and sheets of a paper, how many papers, and the sheets of them all.

        A named form is printed once for each candidate who has it, and once where no candidate is named.
        """
        on, exam = self.exam.imprint.imposition, self.exam
        copies = [count for count in _copies(exam) for _ in _volumes.tongues(exam)]
        pages = list(self.pages.values())
        sheets = [on.sheets(each) for each in pages]
        papers, total = sum(copies), sum(map(operator.mul, copies, sheets))
        each, leaves, size = _pages(pages), _sheets(sheets), on.size
        if papers == 1:
            return messages.tell("{pages} on {sheets} of {size}", pages=each, sheets=leaves, size=size)
        return messages.tell("{pages} on {sheets} of {size}; {papers} papers, {total} sheets", pages=each,
                             sheets=leaves, size=size, papers=papers, total=total)  # fmt: skip


def make_paper(source: Bank, blueprint: str, folder: Path, **asked: Any) -> Made:
    """The exam of a blueprint, sealed in a folder. See `make_papers`, which makes forms of different items as well.

    Raises Refused for a blueprint of such forms besides.
    """
    made = make_papers(source, blueprint, folder, **asked)
    if len(made) > 1:
        raise Refused(messages.tell("the blueprint {blueprint} made {count} exams, in folders of {folder}",
                                    blueprint=blueprint, count=len(made), folder=folder))  # fmt: skip
    return made[0]


def make_papers(
    source: Bank,
    blueprint: str,
    folder: Path,
    *,
    candidates: Sequence[Candidate] = (),
    forms: str = "A",
    spares: int = 0,
    langs: Sequence[Lang] = ("zh",),
    seed: str | None = None,
    web_pages: int | None = None,
    books: bool | None = None,
    also: Sequence[str] = (),
    strict: bool = False,
    unprinted: bool = False,
    side_by_side: bool | None = None,
    replace: bool = False,
    sat: bool = False,
    templates: Path | None = None,
    avoid: Past | None = None,
    like: Exam | None = None,
    kept: Callable[[Path], object] = quiet,
    watch: Watch = quietly,
) -> tuple[Made, ...]:
    """The exam of a blueprint, sealed in a folder; with `parallel:`, an exam for each form, in its folders A, B, …

    `forms` is "each" (one for every candidate, and `spares` more) or names such as "A,B". Without a seed a secret
    one is drawn. Web pages are made of the first `web_pages` forms, and answer books of all where `books` asks for
    them; the default is all of up to ten forms, and beyond that no web page and one answer book. An exam that stays
    `unprinted` has no sheet; `print_papers` prints them. `also` names further
    outputs by their tags: of every sheet and answer book, or of the items for another system; with `strict` they must
    hold everything. `templates` is a folder of page templates that take the place of ours. With `side_by_side`, both
    languages are on one paper; the blueprint decides by default. Items of the exams to `avoid` are not drawn, and named
    ones have other values. With an exam that it is to be `like`, the blueprint is not used: other items, or other
    values, take the place of those of that exam.
    `replace` puts it in the place of an exam that is not used yet; with `sat`, also of one with
    answers or results. The earlier exam is never deleted: `kept` is called with the folder where it is now, for its
    keys are those of papers that may be printed. Where both have a form for each candidate, everyone keeps their seat;
    the seed stays as well if none is given.
    Raises Refused for every fault of the blueprint, the candidates or the folder; nothing is left behind then.
    """
    outputs = _targets.of_papers(also)
    if unprinted and (web_pages or any(output.sheet is not None for output in outputs.values())):
        raise Refused(messages.tell("--unprinted seals no sheets, so leave out --html and the --also of sheets; qbank "
                                    "print makes PDF files"))  # fmt: skip
    own = _templates.read(templates) if templates is not None else ()
    each = forms.strip().casefold() == "each"
    plan = papers.again(like) if like is not None else source.blueprint(blueprint)
    places = [folder / letter for letter in ascii_uppercase[: plan.parallel.forms]] if plan.parallel else [folder]
    earlier = [replaced(place, plan.id) if replace and each else None for place in places]
    if seed is None:
        seed = next((before.seed for before in earlier if before is not None and not plan.parallel), None)
    exams = papers.composed(
        plan,
        source,
        seed=seed or secrets.token_hex(16),
        candidates=candidates,
        forms=() if each else form_codes(forms),
        each=each,
        spares=spares,
        earlier=earlier,
        langs=langs,
        side_by_side=side_by_side,
        avoid=avoid or Past(),
        like=like,
        measured=next_paper.measured(source),
    )
    exams = tuple(
        dataclasses.replace(exam, imprint=dataclasses.replace(exam.imprint, templates=own)) for exam in exams
    )
    elsewhere = [
        {f"private/items{printing.suffix(exam, lang)}{output.suffix}": output.items(papers.items(exam, lang))
         for output in outputs.values() if output.items is not None for lang in langs}
        for exam in exams
    ]  # fmt: skip
    losses = [tuple(dict.fromkeys(loss for written in each.values() for loss in written.losses)) for each in elsewhere]
    if strict:
        _targets.complete(tuple(loss for each in losses for loss in each))
    made = []
    for exam, place, beside, lost in zip(exams, places, elsewhere, losses, strict=True):
        names = filenames.sheets(exam)
        few = len(names) <= MANY
        pages = (len(names) if few else 0) if web_pages is None else web_pages
        counts = {"pdf": len(names), "html": pages} | dict.fromkeys(outputs, len(names))
        printed: dict[str, int] = {}
        content = {path: written.content for path, written in beside.items()}
        contents = _contents(exam, counts, content, printed, sheets=not unprinted,
                             books=few if books is None else books, watch=watch)  # fmt: skip
        before = store.seal(place, store.chained(_about(exam), contents), replace=replace, sat=sat)
        if before is not None:
            kept(before)
        made.append(Made(exam, lost, printed))
    return tuple(made)


def _copies(exam: Exam) -> list[int]:
    """How often each sheet is printed: a named form for each of its candidates, apart from those with large print."""
    if exam.each or not exam.candidates:
        return [1] * len(exam.printed())
    taken = Counter(exam.taken())
    return [taken[place] for place in range(len(exam.forms) + len(exam.large_prints()))]


def _pages(numbers: Sequence[int]) -> str:
    """One number of pages, or the smallest and the largest: "7 pages", "7 to 8 pages"."""
    low, high = min(numbers, default=0), max(numbers, default=0)
    if low < high:
        return messages.tell("{low} to {high} pages", low=low, high=high)
    return messages.tell_many(high, "{count} page", "{count} pages")


def _sheets(numbers: Sequence[int]) -> str:
    """The same of sheets."""
    low, high = min(numbers, default=0), max(numbers, default=0)
    if low < high:
        return messages.tell("{low} to {high} sheets", low=low, high=high)
    return messages.tell_many(high, "{count} sheet", "{count} sheets")


def replaced(folder: Path, blueprint: str) -> Exam | None:
    """The exam that is in the folder, if it is of the same blueprint and has a form for each candidate."""
    store.recover(folder)
    if not store.is_exam(folder):
        return None
    exam = open_exam(folder, figures=False)
    return exam if exam.each and exam.id == blueprint else None


def form_codes(text: str) -> tuple[str, ...]:
    """The codes of the forms, as the user named them. Raises Refused for an empty or a repeated one.

    >>> form_codes("A, B")
    ('A', 'B')
    """
    codes = tuple(code.strip() for code in re.split(r"[,，;\s]+", text.strip()) if code.strip())
    if not codes or len(set(codes)) < len(codes) or any(not re.fullmatch(r"\w{1,8}", code) for code in codes):
        raise Refused(messages.tell("{text!r} does not name forms; write each, or codes such as A,B", text=text))
    return codes


def _contents(
    exam: Exam, counts: Mapping[str, int], elsewhere: Mapping[str, bytes], pages: dict[str, int], *, sheets: bool,
    books: bool, watch: Watch,
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Every file of the exam folder, the private half first; what seals them comes last. Fills in the pages."""
    from qbank import outputs

    written = [(outputs.of(tag), count) for tag, count in counts.items()]
    everyone = printing.everyone(exam)
    yield from papers.files(exam)
    yield from elsewhere.items()
    yield "responses.csv", intake.csv_bytes(responses_form(exam))
    with outputs.workers(resources.processors()) as workers:
        for output, count in written:
            if output.sheet is not None and sheets:
                yield from printing.sheet_files(exam, output, everyone[:count], pages, workers, watch=watch)
        yield from printing.data_files(exam, everyone if sheets else (), watch=watch)
        chosen = everyone if books else everyone[:1]
        yield from printing.books(exam, [(output, chosen[:count]) for output, count in written], watch=watch)
        for output, _ in written:
            if len(exam.printed()) > 1:
                yield from printing.marking_lists(exam, output, everyone, workers)


def _about(exam: Exam) -> dict[str, Any]:
    """What exam.yaml holds of the exam besides its seal: what was asked, and by which version."""
    return {
        "exam": exam.id,
        "title": {lang: exam.title[lang] for lang in exam.title.langs},
        "made by": f"qbank {__version__}",
        "format": papers.FORMAT,
        "languages": list(exam.langs),
        "minutes": exam.minutes,
        "total": float(exam.total),
        "forms": "one for each candidate" if exam.each else list(exam.forms),
        "candidates": len(exam.candidates),
        "code on the pages": f"{papers.exam_number(exam):06d}",
    }
