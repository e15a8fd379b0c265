"""Answers come back from other systems: each as it would have been written for qbank, and marked by qbank's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import canvas_reader
import moodle_reader
import moodle_report
import numpy as np
import pytest
import qti_trials
from moodle_reader import plain
from moodle_trials import trials
from qti_trials import blank_pictures
from test_canvas import trials as canvas_trials
from test_moodle import BANKS, COUNT, SEED, asked, exported, width

from qbank import marking, papers, variants
from qbank.bank import Bank
from qbank.bank.item import Item, Part
from qbank.intake import Sheet
from qbank.model import Lang, Problem
from qbank.outputs import Given, Known, Output, _media, _webtext, canvas, moodle, qti3
from qbank.outputs._qti.item import identifier
from qbank.outputs.canvas import question
from qbank.sheets import Answer, Items, Pool
from qbank.variants import Variants
from qbank.waist import Pairing

PICKED = ("tick", "pair", "order")
"""Sorts of answers of which none waits because it could not be told which option was meant."""


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_media, "pictures", lambda items: {
        block: replace(each, content=b"\x89PNG") for block, each in blank_pictures(items).items()})


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def known(pool: Pool, lang: Lang) -> Known:
    codes = {variant.code: ((lang, variant),) for variant in pool.variants}
    return Known(lambda code: codes.get(code, ()))


def table(rows: Sequence[tuple[str, str]]) -> Sheet:
    """Moodle's table with one question, a row for each (text of the question, response)."""
    return Sheet("moodle.csv", ("ID number", "Question 1", "Response 1"),
                 [[str(at), *each] for at, each in enumerate(rows)], range(2, len(rows) + 2))  # fmt: skip


def read(output: Output, sheet: Sheet, pool: Pool, lang: Lang) -> list[Given]:
    told = output.returned
    assert told is not None
    found = list(told(sheet, known(pool, lang)) or ())
    assert not [each for each in found if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, Given)]


def differ(item: Item, drawn: Variants, row: int, part: Part, tried: Sequence[tuple[str, str, str]]) -> list[Any]:
    """What of the answers (sort, as it is written here, as it came back) is marked otherwise, or waits otherwise."""
    wanted, found = (
        marking.mark(item, drawn, {each.id: own if each is part else [""] * len(own) for each in item.parts},
                     np.full(len(own), row))[part.id]
        for own in ([here for _, here, _ in tried], [back for _, _, back in tried])
    )  # fmt: skip
    return [each for each, *marks in zip(tried, wanted.credit.tolist(), found.credit.tolist(), wanted.waits.tolist(),
                                         found.waits.tolist(), strict=True)
            if each[0] != "garbage"
            and (marks[0] != marks[1] or (marks[2] != marks[3] and each[0] in PICKED))]  # fmt: skip


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_what_is_answered_in_moodle_is_marked_as_if_it_was_written_here(source: Bank, item: Item) -> None:
    """Right, wrong, edge and foreseen answers to every part of every item, through Moodle's table of responses."""
    lang = item.languages[0]
    pool, written = exported(source, item, lang)
    questions = {question.id: question for question in moodle_reader.read(written.content)}
    drawn = variants.make(item, SEED, np.arange(COUNT))
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        for place, there, first, answer in asked(variant, questions, lang):
            fields = there.fields[first : first + width(there, answer)]
            tried = [] if fields[0].sort == "essay" else list(trials(answer, fields))
            given: list[list[Any]] = [[None] * len(there.fields) for _ in tried]
            for each, one in zip(given, tried, strict=True):
                each[first : first + len(one.given)] = one.given
            rows = [(moodle_report.question(there), moodle_report.response(there, each)) for each in given]
            back = read(moodle.OUTPUT, table(rows), pool, lang)
            assert [each.variant for each in back] == [variant] * len(tried)
            part = item.parts[place]
            told = [(one.sort, one.text, each.texts[part.id]) for one, each in zip(tried, back, strict=True)]
            assert differ(item, drawn, row, part, told) == []


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_what_is_answered_in_canvas_is_marked_as_if_it_was_written_here(source: Bank, item: Item) -> None:
    """The same through Canvas's student analysis, where the text of a question is the heading of its answers."""
    lang = item.languages[0]
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=1, lang=lang)
    questions = {question.id: question for question in canvas_reader.read(canvas.written(
        Items(lang, "bank", (pool,))).content)}  # fmt: skip
    drawn, (variant,) = variants.make(item, SEED, np.arange(1)), pool.variants
    for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True)):
        asked = questions[f"{variant.code}_{place + 1}"]
        tried = [] if asked.sort == "essay" else list(canvas_trials(answer, asked, zero=True))
        head = f"4711: {unescape(re.sub('<[^>]*>', '', asked.text))}"
        sheet = Sheet("canvas.csv", ("name", "id", "sis_id", head, "2.0"),
                      [["", str(at), str(at), canvas_report(asked, answer, there), "0.0"]
                       for at, (there, _) in enumerate(tried)], range(2, len(tried) + 2))  # fmt: skip
        back = read(canvas.OUTPUT, sheet, pool, lang)
        told = [("tick", here, each.texts[part.id]) for (_, here), each in zip(tried, back, strict=True)]
        if question.pictured(answer):  # no table says which picture it was: that is named as lost, and a person sees it
            assert all(text != "" for _, _, text in told)
            continue
        assert differ(item, drawn, 0, part, told) == []


def canvas_report(question: canvas_reader.Question, answer: Answer, given: Any) -> str:
    """An answer as the student analysis has it: texts joined by commas, those within them behind a backslash."""
    texts = {own: unescape(re.sub("<[^>]*>", "", html)).replace(",", "\\,") for own, html in question.options}
    if question.sort == "true_false":
        return str(given[0]).capitalize()
    if isinstance(given, dict):
        assert isinstance(answer.part.interaction, Pairing)
        lefts = (plain(_webtext.alone(each, "zh")).replace(",", "\\,") for each in answer.part.interaction.left)
        return ",".join(f"{left}=>{texts[right]}" for left, right in zip(lefts, given.values(), strict=True))
    if isinstance(given, str):
        return given
    (one,) = [*given] if question.sort == "multiple_choice" else [None]
    return texts[one].replace("\\,", ",") if one else ",".join(texts[own] for own in given)


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_what_is_answered_in_a_player_of_qti_is_marked_as_if_it_was_written_here(source: Bank, item: Item) -> None:
    """The same through results of QTI, with the score that the item's own rules give."""
    lang = item.languages[0]
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=1, lang=lang)
    drawn, (variant,) = variants.make(item, SEED, np.arange(1)), pool.variants
    for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True), 1):
        tried = list(qti_trials.trials(answer, place))
        names = list(dict.fromkeys(name for one in tried for name in one.responses))
        sheet = Sheet("results", ("id", *(f"{identifier(variant.code)} {name}" for name in names)),
                      [[str(at), *(_joined(one.responses.get(name, "")) for name in names)]
                       for at, one in enumerate(tried)], range(1, len(tried) + 1))  # fmt: skip
        back = {each.row: each.texts[part.id] for each in (read(qti3.OUTPUT, sheet, pool, lang) if names else ())}
        told = [(one.sort, one.text, back.get(at, "")) for at, one in enumerate(tried)]
        assert differ(item, drawn, 0, part, told) == []


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
