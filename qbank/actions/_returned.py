"""The responses to an exam, as our own table has them or as another system let them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from qbank import intake, messages, outputs, papers
from qbank.grading import Graded
from qbank.intake import People, Sheet, Table
from qbank.model import Lang, Problem, Refused
from qbank.papers import Exam, Placed
from qbank.registry import unknown
from qbank.reports.differences import differences
from qbank.sheets import Items, Pool, Variant

_SHOWN = 8
_TOP = 20
"""In this many rows at least one candidate has answered."""


def responses(
    exam: Exam, path: Path, whole: Callable[[], Exam], *, system: str = "", scores: Path | None = None
) -> Table:
    """The responses in a file: our own table, or that of the output of the tag `system`, or of whichever reads it.

    The exam may be without its figures; `whole` gives it with them, where texts of questions are needed. `scores`
    is a second table of the same candidates, with what each question earned there. Raises Refused for a table
    that nothing reads, and with every question that is given twice or has no code.
    """
    sheet, columns = intake.sheet(path), list(exam.columns())
    own, coded = intake.is_own(sheet, columns), _is_coded(sheet)
    if own and not coded and not system:  # Canvas heads points by a number, as we head answers
        return intake.responses(sheet, columns)
    people = intake.people(sheet, wanted=_wanted())
    if scores is not None:
        people = _beside(people, intake.people(intake.sheet(scores), wanted=_wanted()))
    known = outputs.Known(cache(lambda code: _variants(exam, whole, code)))
    for tag in _readers(system):
        read = outputs.of(tag).returned
        given = None if read is None else read(people.sheet, known)
        if given is not None:
            return _table(exam, people, tag, given)
    if system or (coded and not own):
        raise Refused(_not_of(path, system))
    return intake.responses(sheet, columns)


def is_elsewhere(path: Path) -> bool:
    """Whether the first rows of a file are what another system wrote, or responses that came from one."""
    top = intake.top(path)
    return _is_coded(top) or any(papers.is_mixture(cell) for at in range(len(top.lines)) for cell in top.row(at))


def _is_coded(sheet: Sheet) -> bool:
    """Whether the headings of a table, or its first rows, hold codes of questions."""
    rows = (sheet.row(at) for at in range(min(len(sheet.lines), _TOP)))
    return any(outputs.is_coded(cell) for row in (sheet.header, *rows) for cell in row)


def _readers(system: str) -> Sequence[str]:
    """The outputs that are tried. Raises Refused for one that reads no responses."""
    tags = outputs.tags(taking="returned")
    if system and system not in tags:
        raise Refused(messages.tell("responses of another system: {unknown}; the systems are: {tags}",
                                    unknown=unknown(system, tags), tags=messages.listed(tags)))  # fmt: skip
    return [system] if system else tags


def _wanted() -> str:
    return messages.tell("let the other system write the candidates' numbers (ID number, SIS ID) into the table")


def _not_of(path: Path, system: str) -> Problem:
    proposal = messages.tell("each question ends with its code (A-7-K3Q), so the table must contain the texts of the "
                             "questions: in Moodle tick 'question text' and 'response'")  # fmt: skip
    if system:
        message = messages.tell("{file} is not a table of responses written by {system}, or its questions are not "
                                "those of this exam", file=path, system=system)  # fmt: skip
    else:
        message = messages.tell("{file} is not a table of responses, or its questions are not those of this exam",
                                file=path)  # fmt: skip
    return Problem("responses.system", message, proposal=proposal)


def _variants(exam: Exam, whole: Callable[[], Exam], code: str) -> tuple[tuple[Lang, Variant], ...]:
    """The question of a code in each language; nothing for what is not a code of the exam."""
    found = papers.variant(exam, code, checked=True)
    return () if found is None else tuple((lang, _variant(whole(), *found, lang)) for lang in exam.langs)


def _variant(exam: Exam, form: int, number: int, lang: Lang) -> Variant:
    return papers.exported(exam, form, *exam.numbered()[number], lang, papers.question_name(exam, form, number))


def _beside(people: People, other: People) -> People:
    """The rows of the candidates with the columns of a second table that the first does not have."""
    sheet, more = people.sheet, other.sheet
    new = [at for at, head in enumerate(more.header) if head not in sheet.header]
    columns = [more.column(at) for at in new]
    places = {number: place for place, number in enumerate(other.numbers)}
    rows = [
        [*row, *[""] * (len(sheet.header) - len(row)),
         *(column[places[number]] if number in places else "" for column in columns)]
        for row, number in zip(map(sheet.row, range(len(sheet.lines))), people.numbers, strict=True)
    ]  # fmt: skip
    header = (*sheet.header, *(more.header[at] for at in new))
    return replace(people, sheet=replace(sheet, header=header, rows=rows, frame=None))


def _table(exam: Exam, people: People, system: str, given: Iterable[outputs.Given | Problem]) -> Table:
    """What was given, in the columns of the exam; the form of a candidate follows from the codes of their questions."""
    sheet, count = people.sheet, len(people.numbers)
    texts = {column: [""] * count for column in exam.columns()}
    shares: dict[str, list[str]] = {}
    codes: list[dict[int, str]] = [{} for _ in range(count)]
    seen: set[tuple[int, str]] = set()
    place_of = cache(partial(papers.variant, exam))
    told = messages.tell("{file}: read as responses of {system}", file=sheet.file, system=system)
    problems = [*sheet.problems, *people.problems, Problem("responses.system", told, severity="warning")]
    for each in given:
        if isinstance(each, Problem):
            problems.append(each)
            continue
        found = place_of(each.variant.code)
        assert found is not None
        _, question = exam.numbered()[found[1]]
        own = _columns(question, each.texts)
        earlier = codes[each.row].setdefault(question.number, each.variant.code)
        if earlier != each.variant.code or any((each.row, column) in seen for column in own):
            problems.append(_twice(people, each, earlier))
        seen |= {(each.row, column) for column in own}
        for column, text in own.items():
            texts[column][each.row] = text
        if each.earned is not None:
            whole = len(own) == len(question.item.parts)
            key = f"Q{question.number}" if whole else next(iter(own))
            shares.setdefault(key, [""] * count)[each.row] = f"{each.earned:.7g}"
    problems += _unseen(sheet, exam.numbered(), codes)
    forms = tuple(papers.mixture(exam, [own[number] for number in sorted(own)]) if own else "" for own in codes)
    return intake.of_system(sheet, people, texts, forms=forms, problems=problems, system=system,
                        shares={key: tuple(each) for key, each in shares.items()})  # fmt: skip


def _columns(question: Placed, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts by the columns of their parts."""
    return {question.column(part): texts[part.id] for part in question.item.parts if part.id in texts}


def _twice(people: People, given: outputs.Given, earlier: str) -> Problem:
    codes = messages.listed(dict.fromkeys((earlier, given.variant.code)))
    message = messages.tell("{file}, line {line}: candidate {candidate} has the same question twice ({codes})",
                            file=people.sheet.file, line=people.sheet.lines[given.row],
                            candidate=people.numbers[given.row], codes=codes)  # fmt: skip
    return Problem("responses.twice", message, proposal=messages.tell("remove one of them from the table"))


def _unseen(sheet: Sheet, numbers: Iterable[int], codes: Sequence[Mapping[int, str]]) -> Iterator[Problem]:
    """One warning for all questions that candidates did not get."""
    missing = {number: sum(number not in own for own in codes) for number in numbers}
    told = [f"{number} ({count})" for number, count in missing.items() if count]
    if told:
        listing = messages.listed(told, _SHOWN)
        message = messages.tell("{file}: some candidates did not get these questions (in brackets: how many): "
                                "{questions}; the answers count as blank", file=sheet.file,
                                questions=listing)  # fmt: skip
        yield Problem("responses.unseen", message, severity="warning")


def losses(graded: Graded, lang: Lang) -> Mapping[str, tuple[str, ...]]:
    """What the other system could not hold, by the columns of those questions that earned something else there.

    It is told in the language `lang`, whoever reads it: the results of an exam do not depend on that.
    """
    exam, table = graded.exam, graded.table
    numbers = {graded.exam.columns()[each.columns[0]][0].number for each in differences(graded)}
    write = outputs.of(table.system).items if table is not None and numbers else None
    if write is None:
        return {}
    placed = [each for _, each in exam.placed() if each.number in numbers]
    pools = tuple(Pool(each.item.id, "", "", (_variant(exam, 0, each.number, lang),)) for each in placed)
    found: dict[str, tuple[str, ...]] = {}
    with messages.speaking(lang):
        lost = write(Items(lang, exam.title[lang], pools)).losses
    for loss in lost:
        for each in placed:
            if each.item.id == loss.item:
                for part in each.item.parts:
                    if loss.part in ("", part.id):
                        column = each.column(part)
                        found[column] = (*found.get(column, ()), loss.what)
    return found
