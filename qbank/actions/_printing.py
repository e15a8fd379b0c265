"""What is printed of an exam: sheets, data files, answer books, marking lists; of everybody, or of those named.

A paper is named by its place: in the order of `exam.printed()`, then the named forms in large print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qbank import messages, papers
from qbank.actions import _filenames as filenames
from qbank.actions import _volumes
from qbank.actions._watching import Watch
from qbank.model import Candidate, Lang
from qbank.papers import Exam
from qbank.sheets import Keys, Sheet

if TYPE_CHECKING:
    from qbank.outputs import Output, Workers


def everyone(exam: Exam) -> range:
    """The places of all papers."""
    return range(len(exam.printed()) + len(exam.large_prints()))


def sheet_files(
    exam: Exam, output: Output, places: Sequence[int], pages: dict[str, int], workers: Workers, *, watch: Watch,
    first: int = 0,
) -> Iterator[tuple[str, bytes]]:
    """The sheets at some places, and volumes of them for the printer where the output can join papers.

    `first` papers were printed before, in volumes of their own. Fills in the pages of each by the name of its file.
    Copies of named forms are joined where all forms are printed.
    """
    total = len(places) * len(_volumes.tongues(exam))
    printed: Iterable[tuple[str, bytes]] = output.printed(sheets(exam, places), workers)
    caption = messages.tell("papers ({format})", format=output.suffix.lstrip("."))
    printed = watch(printed, total, caption)
    if output.pages is not None:
        printed = _counted(printed, output.pages, pages)
    if output.together is not None and (exam.each or len(places) == len(everyone(exam))):
        printed = _volumes.with_volumes(exam, output, printed, total, workers, first=first)
    for name, content in printed:
        yield f"sheets/{name}{output.suffix}", content


def _counted(
    printed: Iterable[tuple[str, bytes]], count: Callable[[bytes], int], pages: dict[str, int]
) -> Iterator[tuple[str, bytes]]:
    for name, content in printed:
        pages[name] = count(content)
        yield name, content


def data_files(exam: Exam, places: Sequence[int], *, watch: Watch) -> Iterator[tuple[str, bytes]]:
    """The data files of the forms at some places, beside their sheets."""
    if any(placed.item.files for _, placed in exam.placed()):
        forms = [form for form, _ in _printed(exam, places)]
        for form in watch(forms, len(forms), messages.tell("data files")):
            for file in papers.attachments(exam, form):
                yield f"sheets/{file.name}", file.content


def books(
    exam: Exam, written: Sequence[tuple[Output, Sequence[int]]], *, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """The answer books of the forms at the places named with each output, in every language."""
    chosen = list(dict.fromkeys(place for _, places in written for place in places if place < len(exam.printed())))
    pairs = [(place, lang) for place in chosen for lang in exam.langs]
    for place, lang in watch(pairs, len(pairs), messages.tell("answer books")):
        form, _ = exam.printed()[place]
        book = papers.book(exam, form, lang)
        for output, places in written:
            if output.book is not None and place in places:
                name = f"private/answer-book-{exam.forms[form]}{suffix(exam, lang)}{output.suffix}"
                yield name, output.book(book)


def marking_lists(
    exam: Exam, output: Output, places: Sequence[int], workers: Workers
) -> Iterator[tuple[str, bytes]]:
    """The list of codes and keys of the papers at some places, in every language, where the output writes one."""
    marks = tuple(marks for _, _, marks in exam.columns().values())
    if output.keys is not None:
        for lang in exam.langs:
            rows = tuple(marking_rows(exam, lang, places))
            keys = Keys(lang, exam.title[lang], tuple(exam.columns()), marks, rows)
            yield f"private/marking-list{suffix(exam, lang)}{output.suffix}", output.keys(keys, workers)


def sheets(exam: Exam, places: Sequence[int] | None = None) -> Iterator[tuple[str, Sheet]]:
    """Every sheet, or those at some places, with the name of its file."""
    large = [(form, None, True) for form in exam.large_prints()]
    every = [*((form, candidate, False) for form, candidate in exam.printed()), *large]
    names = filenames.sheets(exam)
    for place in everyone(exam) if places is None else places:
        form, candidate, is_large = every[place]
        for ending, langs in _volumes.tongues(exam).items():
            drawn = papers.sheet(exam, form, langs[0], candidate, beside=langs[1:], large=is_large)
            yield f"{names[place]}{ending}", drawn


def marking_rows(
    exam: Exam, lang: Lang, places: Sequence[int] | None = None
) -> list[tuple[Candidate | None, str, tuple[str, ...]]]:
    """The key of every part for every paper, or those at some places: candidates, then the spare ones; or forms."""
    return [
        (candidate, exam.forms[form],
         tuple(papers.key(exam.drawn[placed.item.id], part, form, lang).text
               for placed, part, _ in exam.columns().values()))
        for form, candidate in _printed(exam, everyone(exam) if places is None else places)
    ]  # fmt: skip


def _printed(exam: Exam, places: Sequence[int]) -> list[tuple[int, Candidate | None]]:
    """The forms at some places with whose they are; a form in large print is that form."""
    printed = exam.printed()
    return [printed[place] for place in places if place < len(printed)]


def responses_form(exam: Exam) -> Any:
    """The empty form to fill in, as a Polars frame: who, absent, the form, a column a part, and marks by hand."""
    import polars as pl

    count = len(exam.candidates)
    forms = [exam.forms[form] for form in exam.form_of]
    columns: dict[str, list[str]] = {
        "candidate": [each.id for each in exam.candidates],
        "name": [each.name for each in exam.candidates],
        "absent": [""] * count,
        "form": forms,
    }
    columns |= {name: [""] * count for name in exam.columns()}
    columns |= {f"{name} marks": [""] * count for name, (placed, part, _) in exam.columns().items()
                if part.id not in placed.item.blank_parts("zh") and not part.facts.picked}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def suffix(exam: Exam, lang: Lang) -> str:
    """What the language of a file adds to its name, where there is more than one."""
    return f".{lang}" if len(exam.langs) > 1 else ""
