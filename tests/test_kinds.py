"""Every kind of answer: its own examples, and the laws that hold for all of them.

A kind is found by its file name; a new file is tested here without a word added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank import algebra, answers, registry
from qbank.draws import Chance
from qbank.model import BLANK, LANGS, READ, UNREADABLE, Bilingual, Column, Columns, Example, Rules, Steps, take
from qbank.variants import Scope
from qbank.waist import Choice, EntryGrid, ExtendedText, Pairing, Scoring, TextEntry

KINDS = registry.tags("answers")
VARIANTS = 5
CASES = [
    pytest.param(kind, example, id=f"{kind}-{number}-{example.response[:20]}")
    for kind in KINDS
    for number, example in enumerate(answers.kind_of(kind).examples)
]
SPECS = [
    pytest.param(kind, example, id=f"{kind}-{number}")
    for kind in KINDS
    for number, example in enumerate({one.answer: one for one in answers.kind_of(kind).examples[::-1]}.values())
]
"""One case for each answer that the examples have."""
HOSTILE = [
    "", " ", "\u3000", "\x00", "\ud800", "=cmd|' /C calc'!A0", "__import__('os')", "9^9^9^9", "(" * 500, "1" * 1000,
    "1e999999999", "nan", "Infinity", "٣", "²", "①", "Ⅷ", "½", "㎏", "ﷺ", "𝟙", "🙂", "A" * 1001, "-", "–", ",", "，",
    "[[", "]]", "1-", "a-", "→", "√" * 30, "()", "[]", "1,,2", ";;", "\n", "\r\n1", "\u202e1", "e", "π", "1b", "b1",
    "0",
]  # fmt: skip


def Values(given: Mapping[str, float | Sequence[float] | Sequence[Sequence[float]]], n: int) -> Scope:
    """The values of an example's names, the same on every variant."""
    columns = {name: np.repeat(np.asarray(value, dtype=np.float64)[None], n, axis=0) for name, value in given.items()}
    return Scope(n, {name: Column(values) for name, values in columns.items()})


@dataclass(frozen=True)
class Part:
    """An example's answer, bound on some variants."""

    kind: answers.Kind[answers.Spec, answers.Reading]
    spec: Any
    arrangement: Columns
    key: Columns

    def marked(self, texts: Sequence[str], rows: Sequence[int]) -> Steps:
        reading = self.kind.read(self.spec, texts, Rules())
        places = np.array(rows, dtype=np.int64)
        return self.kind.mark(self.spec, reading, take(self.key, places), take(self.arrangement, places), Rules())


def part(kind: str, example: Example) -> Part:
    spec = answers.read(yaml.load(example.answer, Loader=yaml.BaseLoader))
    module = answers.kind_of(kind)
    scope = Values(example.given, VARIANTS)
    arrangement = module.arranged(spec, scope, Chance("seed", "item"), "part", np.arange(VARIANTS))
    key = module.bind(spec, scope, arrangement)
    return Part(module, spec, arrangement, key)


def last(steps: Steps, row: int = 0) -> str:
    return list(steps.of(row))[-1][0]


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_an_example_earns_what_it_says_and_says_why(kind: str, example: Example) -> None:
    tried = part(kind, example)

    steps = tried.marked([example.response], [0])

    assert last(steps) == example.note, example.remark
    assert steps.credit[0] == pytest.approx(example.credit), example.remark
    for lang in LANGS:
        for note, _, details in steps.of(0):
            assert tried.kind.reason(tried.spec, note, details, lang).strip(), f"{note} has no {lang} sentence"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_examples_and_a_tag(kind: str) -> None:
    module = answers.kind_of(kind)

    assert len(module.examples) >= 3
    for example in module.examples:
        assert answers.read(yaml.load(example.answer, Loader=yaml.BaseLoader)).kind == kind


@pytest.mark.parametrize(("kind", "example"), SPECS)
def test_right_spellings_earn_full_marks_and_wrong_ones_their_notes(kind: str, example: Example) -> None:
    """The printed key earns full marks on every variant."""
    tried = part(kind, example)
    sound = tried.kind.possible(tried.spec, tried.key, VARIANTS)
    assert sound.shape == (VARIANTS,)
    for row in np.flatnonzero(sound).tolist():
        right = tried.kind.spellings(tried.spec, tried.key, tried.arrangement, row)
        steps = tried.marked(right, [row] * len(right))
        assert dict(zip(right, steps.credit.tolist(), strict=True)) == dict.fromkeys(right, 1.0)

        wrong = tried.kind.wrong(tried.spec, tried.key, tried.arrangement, row)
        steps = tried.marked([text for text, _ in wrong], [row] * len(wrong))
        assert [(text, last(steps, place)) for place, (text, _) in enumerate(wrong)] == wrong


@pytest.mark.parametrize(("kind", "example"), SPECS)
def test_what_cannot_be_read_says_what_was_expected(kind: str, example: Example) -> None:
    tried = part(kind, example)
    texts = tried.kind.unreadable(tried.spec)
    reading = tried.kind.read(tried.spec, texts, Rules())

    assert dict(zip(texts, reading.state.tolist(), strict=True)) == dict.fromkeys(texts, UNREADABLE)
    for row, text in enumerate(texts):
        assert 1 <= reading.stop[row] <= len(text) + 1
        assert all(reading.expected(row, lang) for lang in LANGS), text
    steps = tried.marked(texts, [0] * len(texts))
    assert {last(steps, row) for row in range(len(texts))} <= {"unreadable"}
    assert not steps.credit.any()


@pytest.mark.parametrize(("kind", "example"), SPECS)
def test_a_batch_marks_as_its_rows_do(kind: str, example: Example) -> None:
    tried = part(kind, example)
    texts = [example.response, *HOSTILE, *tried.kind.unreadable(tried.spec)]
    if tried.kind.possible(tried.spec, tried.key, VARIANTS)[0]:
        texts += tried.kind.spellings(tried.spec, tried.key, tried.arrangement, 0)
    rows = [place % VARIANTS for place in range(len(texts))]

    batch = tried.marked(texts, rows)

    assert batch.count == len(texts)
    assert (batch.credit <= 1).all()
    for place, (text, row) in enumerate(zip(texts, rows, strict=True)):
        alone = tried.marked([text], [row])
        assert [note for note, _, _ in batch.of(place)] == [note for note, _, _ in alone.of(0)], text
        assert batch.credit[place] == pytest.approx(alone.credit[0]), text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_given_is_blank_and_earns_nothing(kind: str) -> None:
    tried = part(kind, answers.kind_of(kind).examples[0])
    texts = ["", "  ", "\t", "\u3000", "\u200b", "\ufeff \u2060"]

    reading = tried.kind.read(tried.spec, texts, Rules())
    steps = tried.marked(texts, [0] * len(texts))

    assert reading.state.tolist() == [BLANK] * len(texts)
    assert [last(steps, row) for row in range(len(texts))] == ["blank"] * len(texts)
    assert not steps.credit.any()


@pytest.mark.parametrize("kind", KINDS)
def test_taken_readings_are_the_readings_of_the_taken_texts(kind: str) -> None:
    tried = part(kind, answers.kind_of(kind).examples[0])
    texts = [answers.kind_of(kind).examples[0].response, "", "\x00?"]
    rows = np.array([2, 0, 0, 1])

    taken = tried.kind.read(tried.spec, texts, Rules()).take(rows)
    again = tried.kind.read(tried.spec, [texts[row] for row in rows], Rules())

    assert taken.state.tolist() == again.state.tolist()
    assert taken.stop.tolist() == again.stop.tolist()
    assert [taken.expected(row, "en") for row in range(4)] == [again.expected(row, "en") for row in range(4)]
    places = np.zeros(4, dtype=np.int64)
    key, arrangement = take(tried.key, places), take(tried.arrangement, places)
    credits = [tried.kind.mark(tried.spec, reading, key, arrangement, Rules()).credit for reading in (taken, again)]
    assert credits[0].tolist() == credits[1].tolist()


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30) | st.text("0123456789abcABC()[]-,;:.×→√ 选对错=eπ/Ω", max_size=12))
def test_any_text_gives_a_mark_and_never_an_exception(kind: str, text: str) -> None:
    for example in answers.kind_of(kind).examples[:1]:
        tried = part(kind, example)
        reading = tried.kind.read(tried.spec, [text], Rules())
        steps = tried.marked([text], [0])

        assert reading.state[0] in (BLANK, UNREADABLE, READ)
        assert steps.credit.shape == (1,)
        assert steps.credit[0] <= 1
        if reading.state[0] != READ:
            assert steps.credit[0] == 0


@pytest.mark.parametrize(("kind", "example"), SPECS)
def test_a_kind_says_all_that_pages_need(kind: str, example: Example) -> None:
    tried = part(kind, example)
    module, spec, key, arrangement = tried.kind, tried.spec, tried.key, tried.arrangement
    for name, column in {**key, **arrangement}.items():
        assert len(column) == VARIANTS, name
    for text in module.facts(spec).texts:
        assert isinstance(text, Bilingual)
    for expression in module.facts(spec).expressions:
        assert isinstance(expression, algebra.Expression)
    assert isinstance(module.scoring(spec, key, arrangement, 0, Rules()), Scoring)
    for lang in LANGS:
        assert module.show(spec, key, arrangement, 0, lang).text
        assert module.accepted(spec, key, arrangement, 0, lang)
        for foreseen in module.foreseen(spec, key, arrangement, 0, lang):
            assert foreseen.printed
            assert foreseen.credit <= 1
        interaction = module.interaction(spec, arrangement, 0, lang)
        assert isinstance(interaction, TextEntry | Choice | EntryGrid | Pairing | ExtendedText)


def test_the_laws_of_chance_hold_for_what_is_arranged() -> None:
    """The same seats give the same arrangement, whoever else sits the exam."""
    for kind in KINDS:
        for example in answers.kind_of(kind).examples:
            spec = answers.read(yaml.load(example.answer, Loader=yaml.BaseLoader))
            chance, given = Chance("seed", "item"), example.given
            all_ = answers.kind_of(kind).arranged(spec, Values(given, 20), chance, "part", np.arange(20))
            some = answers.kind_of(kind).arranged(spec, Values(given, 2), chance, "part", np.array([3, 17]))
            for name, column in some.items():
                assert column.tolist() == all_[name][[3, 17]].tolist()
