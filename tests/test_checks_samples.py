"""Every check finds what its own examples say, and nothing in the plain item that they change."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from qbank import bank, checks, registry
from qbank.bank import Bank, Source
from qbank.checks import _sample
from qbank.model import Problem

QUESTIONS = Path(__file__).parents[1] / "questions"
SAMPLES = [
    (tag, number)
    for tag in checks.tags()
    for number in range(len(getattr(registry.load("checks", tag), "EXAMPLES", ())))
]


@cache
def library() -> Bank:
    """The topics, points and circuits of the bank, without its items."""
    return bank.load(QUESTIONS, only=[QUESTIONS / "topics.yaml"])


def of(text: str) -> Bank:
    """A bank of one item."""
    source = Source("sample.yaml", text.encode())
    item, problems = bank.read_item(source, library().circuits)
    assert item is not None, "\n".join(map(str, problems))
    return replace(library(), items={item.id: item}, sources={item.id: source})


def found(tag: str, text: str) -> list[Problem]:
    sample = of(text)
    return list(registry.load("checks", tag).check(checks.scene(sample, next(iter(sample.items)), 200)))


@pytest.mark.parametrize("tag", checks.tags())
def test_every_check_says_why_and_what_to_do(tag: str) -> None:
    module = registry.load("checks", tag)

    assert module.__doc__ and module.__doc__.splitlines()[0].endswith(".")
    assert module.RATIONALE.endswith(".")
    assert module.PROPOSAL
    assert hasattr(module, "check") or hasattr(module, "check_bank")


@pytest.mark.parametrize(("tag", "number"), SAMPLES, ids=[f"{tag}-{number}" for tag, number in SAMPLES])
def test_the_bad_snippet_is_found_and_the_good_one_is_not(tag: str, number: int) -> None:
    sample = registry.load("checks", tag).EXAMPLES[number]

    bad = found(tag, _sample.over(sample.bad))
    good = found(tag, _sample.over(sample.good))

    assert sample.code in {problem.code for problem in bad}, bad
    assert sample.code not in {problem.code for problem in good}, good
    assert all(problem.place is not None for problem in bad)


def test_no_check_finds_anything_in_the_plain_item() -> None:
    assert list(checks.of_item(of(_sample.PLAIN), "sample.item", seats=200)) == []


def test_a_problem_says_the_command_that_shows_it_again() -> None:
    bad = registry.load("checks", "tolerance").EXAMPLES[1].bad
    problem = next(each for each in found("tolerance", _sample.over(bad)) if each.code == "tolerance.zero")

    assert problem.path == "$.parts[0].answer.tolerance"
    assert "qbank show sample.item --seed check --seat " in problem.message
