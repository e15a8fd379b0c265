"""Moodle XML: what is written is read again as Moodle reads it, and earns there what it earns here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import moodle_reader
import numpy as np
import pytest
from conftest import GALLERY
from moodle_reader import Question
from moodle_trials import Trial, trials
from qti_trials import blank_pictures

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Lang
from qbank.outputs import Written, _media, _webtext, moodle
from qbank.sheets import Answer, Items, Pool, Variant
from qbank.waist import Unscored

BANKS = tuple(bank.load(each) for each in (resources.folder("questions"), GALLERY, GALLERY.parent / "second_bank"))
COUNT = 2
SEED = "moodle"
EXPLAINED: Mapping[str, tuple[str, ...]] = {
    "what a wrong unit costs": ("wrong unit", "unknown unit"),
    "what an unknown unit costs": ("unknown unit",),
    "all or nothing": ("one wrong", "mistake"),
    "foreseen mistakes of several numbers": ("mistake",),
    "the brackets": ("turned round",),
    "capitals": ("text",),
    "spaces": ("text",),
    "near-misses in spelling": ("text",),
    "the rule": ("tick",),
    "marks below zero": ("tick",),
    "a pattern": ("text",),
    "a number in another unit than the one that is asked": ("right", "mistake", "edge", "wrong"),
}
"""The sorts of answers whose marks differ where a loss is named, by the beginning of what it says."""


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def exported(source: Bank, item: Item, lang: Lang) -> tuple[Pool, Written]:
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    return pool, moodle.written(Items(lang, "bank", (pool,)))


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Figures take time and earn no marks: they are drawn where a test asks for them."""
    if "drawn" not in request.keywords:
        monkeypatch.setattr(_media, "pictures", lambda items: {
            block: replace(each, content=b"\x89PNG") for block, each in blank_pictures(items).items()})


# --- as Moodle marks, so does qbank ------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_in_moodle_what_it_earns_here(source: Bank, item: Item) -> None:
    """Right, wrong, foreseen and edge answers, but for the sorts that a loss of the part names."""
    lang = item.languages[0]
    pool, written = exported(source, item, lang)
    read = {question.id: question for question in moodle_reader.read(written.content)}
    drawn = variants.make(item, SEED, np.arange(COUNT))
    lost = {part.id: [loss.what for loss in written.losses if loss.part == part.id] for part in item.parts}

    assert len(read) == written.count
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        for place, question, first, answer in asked(variant, read, lang):
            part = item.parts[place]
            fields = question.fields[first : first + width(question, answer)]
            if fields[0].sort == "essay":
                assert any(what.startswith("the mark") for what in lost[part.id]) or (
                    isinstance(answer.scoring, Unscored) and answer.scoring.person)
                continue
            differ = tuple(sort for what in lost[part.id] for sort in explained(what))
            tried = [each for each in trials(answer, fields) if each.sort not in differ]
            assert tried or differ
            texts = {each.id: [one.text if each is part else "" for one in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            waits = [any(note.endswith("waits") for note, _, _ in marked.steps.of(at)) for at in range(len(tried))]
            floor = 0.0 if fields[0].sort == "multichoice" and not fields[0].single else -1.0
            found = [(one, own, there(question, first, one)) for one, own in zip(
                tried, (max(own, floor) for own in marked.credit.tolist()), strict=True)]
            found = [each for each, waiting in zip(found, waits, strict=True) if not waiting]
            assert [each for each in found if abs(each[1] - each[2]) > snap(lost[part.id])] == [], question.text


def asked(variant: Variant, read: Mapping[str, Question], lang: Lang) -> Iterator[tuple[int, Question, int, Answer]]:
    """Each part with its question there, and the number of the first of its fields."""
    answers = variant.worked.answers
    if variant.code not in read:
        for place, answer in enumerate(answers):
            yield place, read[f"{variant.code}.{place + 1}"], 0, answer
        return
    question, first = read[variant.code], 0
    places = list(order(variant, lang))
    assert sorted(places) == list(range(len(answers)))
    for place in places:
        yield place, question, first, answers[place]
        first += width(question, answers[place])
    assert first == len(question.fields)


def order(variant: Variant, lang: Lang) -> Iterator[int]:
    """The places of the parts in the order in which their fields stand in the text."""
    parts = variant.worked.question.parts
    manner = _webtext.Manner(figure=lambda *_: "", blank=lambda name: f"[[{name}]]")
    shown = _webtext.html(variant.worked.question.stem, lang, manner)
    for part in parts:
        shown += _webtext.html(part.ask, lang, manner) + ("" if part.inline else f"[[{part.id}]]")
    names = [part.id for part in parts]
    yield from (names.index(name) for name in re.findall(r"\[\[([^\]]*)\]\]", shown))


def width(question: Question, answer: Answer) -> int:
    """In how many fields of a question a part is asked."""
    from qbank.outputs import _moodle
    from qbank.outputs.moodle import cloze

    if question.type != "cloze":
        return 1
    return cloze.count(_moodle.lowered(answer, "en", _moodle.Means(units=False)).asked)


def there(question: Question, first: int, trial: Trial) -> float:
    """The share of the part's own weight that an answer earns in Moodle, with all other fields empty."""
    given: list[Any] = [None] * len(question.fields)
    given[first : first + len(trial.given)] = trial.given
    own = sum(each.weight for each in question.fields[first : first + len(trial.given)])
    return question.fraction(given) * sum(each.weight for each in question.fields) / own


def explained(what: str) -> tuple[str, ...]:
    return next((sorts for begins, sorts in EXPLAINED.items() if what.startswith(begins)), ())


def snap(lost: list[str]) -> float:
    """How far a credit may be from qbank's: where one is snapped, by what its loss says."""
    pairs = [re.match(r"a credit of (.*): it is (.*) there", what) for what in lost]
    return max((abs(float(found[1]) - float(found[2])) for found in pairs if found), default=0.0) + 1e-5
