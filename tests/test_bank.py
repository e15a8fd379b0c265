"""The shipped bank: every check on every item, each item for itself, and every blueprint makes a paper."""

from __future__ import annotations

from functools import cache

import pytest

from qbank import bank, checks, papers, resources
from qbank.bank import Bank
from qbank.model import LANGS, Problem, Refused

SEATS = 25
"""Few, so that the whole bank is checked in a minute; `qbank check` looks at hundreds."""
FOLDER = resources.folder("questions")


@cache
def shipped() -> Bank:
    return bank.load(FOLDER)


ITEMS = sorted(shipped().items)


def errors(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [f"{problem} [{problem.code}]" for problem in problems if problem.severity == "error"]


def test_every_file_can_be_read() -> None:
    assert errors(shipped().problems) == []


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_passes_every_check(name: str) -> None:
    assert errors(list(checks.of_item(shipped(), name, seats=SEATS))) == []


@pytest.mark.parametrize("name", sorted(shipped().blueprints))
def test_a_blueprint_makes_a_paper(name: str) -> None:
    try:
        exam = papers.compose(shipped().blueprint(name), shipped(), seed="check", forms=("A", "B"))
    except Refused as refused:
        pytest.fail(str(refused))
    for lang in LANGS:
        for form in (0, 1):
            book = papers.book(exam, form, lang)
            assert book.sheet.marks == sum(section.marks for section in book.sheet.sections)
            assert sum(worked.question.marks for worked in book.worked) == exam.total


def test_items_are_named_after_their_files() -> None:
    told = {name: source.file.rsplit("/", 1)[-1].removesuffix(".yaml") for name, source in shipped().sources.items()}

    assert {name: file for name, file in told.items() if name != file} == {}


def test_every_circuit_that_an_item_draws_is_there() -> None:
    used = {
        name for item in shipped().items.values() for figure in item.figures.values()
        for name in getattr(figure, "names", ())
    }  # fmt: skip

    assert used <= set(shipped().circuits)
