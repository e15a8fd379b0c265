"""The bank's checks find what they are for, at its place, and let the gallery pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import GALLERY

from qbank import bank, checks, registry
from qbank.actions.check import check
from qbank.bank import Bank
from qbank.model import Problem

SEATS = 40
TAGS = registry.tags("checks")


@pytest.mark.parametrize("tag", TAGS)
def test_a_check_says_why_it_matters_and_what_to_do(tag: str) -> None:
    module = registry.load("checks", tag)

    assert hasattr(module, "check") or hasattr(module, "check_bank")
    for text in (module.RATIONALE, module.PROPOSAL):
        assert len(text) > 20
        assert text == text.strip()


def test_the_order_of_the_checks_names_checks_that_exist() -> None:
    assert set(checks.ORDER) <= set(TAGS)


@pytest.mark.parametrize("name", sorted(path.stem for path in (GALLERY / "items").glob("*.yaml")))
def test_the_gallery_has_no_errors(gallery: Bank, name: str) -> None:
    found = list(checks.of_item(gallery, f"gallery.{name}", seats=SEATS))

    assert [str(problem) for problem in found if problem.severity == "error"] == []


def changed(tmp_path: Path, name: str, *changes: tuple[str, str]) -> list[Problem]:
    """The errors and warnings of a gallery's item with some lines changed."""
    folder = tmp_path / "bank"
    (folder / "circuits").mkdir(parents=True)
    text = (GALLERY / f"items/{name}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / f"gallery.{name}.yaml").write_text(text, encoding="utf-8")
    for shared in ("topics.yaml", "circuits/inverting.yaml"):
        (folder / shared).write_text((GALLERY / shared).read_text(encoding="utf-8"), encoding="utf-8")
    source = bank.load(folder)
    assert source.problems == ()
    return list(checks.of_item(source, f"gallery.{name}", seats=SEATS))


PARAMETERS = "{series: E12, from: 1k, to: 82k, unit: Ω, symbol: R_1}"


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "message", "line"),
    [
        ("number", "topic: gallery/electronics", "topic: gallery/electronic", "topic",
         "the topic 'gallery/electronic' is not known; did you mean 'gallery/electronics'?", 5),
        ("number", "1.5 <= Rf/R1 <= 100", "Rf/R1 > 1000", "variants.none",
         "none of its 576 combinations of values can be drawn: on all, 'Rf/R1 > 1000' is not met", 11),
        ("number", "value: -Rf/R1, symbol", "value: -Rf/(R1 + 1), symbol", "witness.disagrees", None, 25),
        ("number", 'answers: {gain: "-10"}, marks: 3', 'answers: {gain: "-11"}, marks: 3', "trials.marks",
         "the trial expects 3 marks, but gets 0 (number.wrong)", 40),
        ("number", "marks: 0, note: number.mistake.sign", "marks: 0, note: number.mistake.plus-one", "trials.note",
         "the trial expects the note number.mistake.plus-one, but gets number.mistake.sign", 41),
        ("number", "{given: {R1: 10k, Rf: 100k}, answers: {gain: \"-10\"}",
         "{given: {R1: 10k, Rf: 101k}, answers: {gain: \"-10\"}", "trial.given",
         "Rf: '101k' is not a value of its domain; the nearest is 100000", 40),
        ("choice", "en: saturation", "en: the active region", "variants.options",
         ("none of its 9 combinations of values can be drawn: on all, the options 'the active region' and "
          "'the active region' of part 'region' are the same"), 20),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)  # fmt: skip
def test_a_fault_is_found_where_it_stands(
    tmp_path: Path, name: str, old: str, new: str, code: str, message: str | None, line: int
) -> None:
    problems = [problem for problem in changed(tmp_path, name, (old, new)) if problem.code == code]

    assert problems, code
    first = problems[0]
    assert message is None or first.message.split(" (seat ")[0] == message
    assert first.item == f"gallery.{name}"
    assert first.place is not None
    assert abs(first.place.line - line) <= 1, str(first)


def test_a_problem_names_the_seat_that_shows_it(tmp_path: Path) -> None:
    found = changed(tmp_path, "number", ("value: -Rf/R1, symbol", "value: -Rf/(R1 + 1), symbol"))
    told = next(problem for problem in found if problem.code == "witness.disagrees")

    assert "qbank show gallery.number --seed check --seat " in str(told)


def test_a_broken_item_stops_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    good = (GALLERY / "items/truth_1.yaml").read_text(encoding="utf-8")
    (folder / "gallery.truth_1.yaml").write_text(good, encoding="utf-8")
    (folder / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    unmet = (GALLERY / "items/chain.yaml").read_text(encoding="utf-8").replace("derive:", "require: [a > b]\nderive:")
    (folder / "gallery.chain.yaml").write_text(unmet, encoding="utf-8")

    source = bank.load(folder)
    assert [problem.item for problem in source.problems] == ["bad"] * len(source.problems)
    codes = {problem.code for name in source.items for problem in checks.of_item(source, name, seats=5)}
    assert "variants.none" in codes


def test_checking_one_topic_checks_its_items_alone() -> None:
    names = {problem.item for problem in check([GALLERY], names=["gallery/networks"], seats=5).problems}

    assert names <= {"gallery.matching", "gallery.several", "gallery.set", "gallery.shape", "gallery.vector"}
