"""Whose paper was photographed, from a few of the numbers on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sat_exam import sealed

from qbank import bank, cli, papers, resources
from qbank.bank import visible
from qbank.model import Candidate, Refused
from qbank.papers import Exam
from qbank.variants import printed

CLASS = tuple(Candidate(f"{2000 + place}", f"S{place}") for place in range(30))


@pytest.fixture(scope="module")
def each() -> Exam:
    """A paper of four questions on amplifiers, another variant for each of thirty."""
    source = bank.load(resources.folder("questions"))
    plan = source.blueprint("opamp-quiz")
    return papers.compose(plan, source, seed="a seed of enough letters", candidates=CLASS, forms=(), each=True)


def numbers(exam: Exam, form: int) -> list[str]:
    """The numbers with their units as one paper prints them."""
    found = []
    for _, placed in exam.placed():
        drawn = exam.drawn[placed.item.id]
        shown = printed(drawn, form, "en")
        found += [shown[name].text for name in sorted(visible.visible(placed.item) & set(drawn.columns))
                  if not drawn.columns[name].labels and not np.ndim(drawn.columns[name].values[form])]  # fmt: skip
    return found


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_paper_is_among_those_that_have_all_its_numbers(each: Exam, data: st.DataObject) -> None:
    form = data.draw(st.integers(0, len(CLASS) - 1))
    own = data.draw(st.lists(st.sampled_from(numbers(each, form)), min_size=1, max_size=6))
    for texts in (own, [text.split()[0] for text in own]):  # the units may have been cut off
        found = papers.sightings(each, texts)
        assert found.most == len(texts)
        assert each.forms[form] in [sighting.form for sighting in found.best]
        assert CLASS[form] in [who for sighting in found.best for who in sighting.candidates]
        assert all(0 < seen.papers <= len(CLASS) and seen.places for seen in found.seen)


def test_all_numbers_of_a_paper_lead_to_nobody_else(each: Exam) -> None:
    found = papers.sightings(each, numbers(each, 7))
    assert [sighting.candidates for sighting in found.best] == [(CLASS[7],)]
    assert found.chance < 0.05


def test_a_number_that_was_misread_counts_within_the_tolerance(each: Exam) -> None:
    own = next(text for text in numbers(each, 3) if text.endswith("kΩ"))
    value = float(own.split()[0])
    misread = f"{value * 1.01:.6g} kΩ"
    assert papers.sightings(each, [misread]).most == 0
    assert "004" in [each.form for each in papers.sightings(each, [misread], within=0.02).best]


@pytest.mark.parametrize(("text", "other"), [("kΩ", "kV"), ("kΩ", "k"), ("kΩ", "Ω")])
def test_a_unit_that_was_seen_counts(each: Exam, text: str, other: str) -> None:
    own = next(each for each in numbers(each, 3) if each.endswith(text))
    found = papers.sightings(each, [own.replace(text, other)])
    assert (found.most == 1) is (other == "k")  # a prefix alone fits every unit


@pytest.mark.parametrize("texts", [[], ["abc"], ["4.7 kgoo"], ["__import__('os')"]])
def test_what_is_no_number_is_refused(each: Exam, texts: list[str]) -> None:
    with pytest.raises(Refused):
        papers.sightings(each, texts)


def test_the_command_says_who_and_how_many_others(each: Exam, tmp_path: Path) -> None:
    folder = sealed(each, tmp_path / "exam")
    seen = [part for text in numbers(each, 7) for part in ("--seen", text)]
    done = CliRunner().invoke(cli.group, ["trace", str(folder), *seen])
    assert done.exit_code == 0, done.exception
    assert "paper 008:" in done.output
    assert "  2007  S7\n" in done.output
    assert "1 candidate;" in done.output
    nothing = CliRunner().invoke(cli.group, ["trace", str(folder), "--seen", "77777"])
    assert "none of these numbers is on any of the 30 papers" in nothing.output
    both = CliRunner().invoke(cli.group, ["trace", str(folder), "--seen", "3", "--where", "R1 = 3"])
    assert both.exit_code == 2
    assert CliRunner().invoke(cli.group, ["trace", str(folder), "--seen", "3", "--within", "70%"]).exit_code == 2
