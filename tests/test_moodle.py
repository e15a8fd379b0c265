"""Moodle XML: what is written is read again as Moodle reads it, and earns there what it earns here, or is a loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import moodle_reader
import numpy as np
import pytest
from conftest import GALLERY
from moodle_cloze import Spoilt
from moodle_reader import Field

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import LANGS, Lang
from qbank.outputs import Written, moodle
from qbank.sheets import Answer, Items, Pool
from qbank.waist import Choice, Numbers, Options, Texts, Wording

BANKS = (bank.load(resources.folder("questions")), bank.load(GALLERY), bank.load(Path(__file__).parent / "second_bank"))
COUNT = 2
SEED = "moodle"


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def exported(source: Bank, item: Item, lang: Lang) -> tuple[Pool, Written]:
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    return pool, moodle.written(Items(lang, "bank", (pool,)))


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_in_moodle_what_it_earns_here(source: Bank, item: Item) -> None:
    """Every question is one that Moodle imports; right, wrong, edge and foreseen answers earn what they earn here."""
    lang: Lang = "zh" if "zh" in item.languages else "en"
    pool, written = exported(source, item, lang)
    read = moodle_reader.read(written.content)
    lost = {part.id: [loss.what for loss in written.losses if loss.part == part.id] for part in item.parts}
    drawn = variants.make(item, SEED, np.arange(COUNT))

    assert len(read) == written.count
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        own = [question for question in read if question.id.split(".")[0] == variant.code]
        assert all(f"<small>{variant.code}</small>" in question.text for question in own)
        fields = [field for question in own for field in question.fields]
        if len(fields) != len(item.parts):  # a vector has several fields
            continue
        for field, part, answer in zip(fields, item.parts, variant.worked.answers, strict=True):
            if field.sort in ("essay", "matching") or any("rule" in what or "order" in what for what in lost[part.id]):
                continue
            tried = list(trials(answer, field))
            texts = {each.id: [here if each.id == part.id else "" for _, here in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            snapped = any(what.startswith("a credit of") for what in lost[part.id])
            for (there, here), credit in zip(tried, marked.credit.tolist(), strict=True):
                earned = field.fraction(there)
                least = 0.0 if field.sort == "multichoice" and not field.single else -1.0
                near = 0.11 if snapped else 1e-5
                assert earned == pytest.approx(max(credit, least), abs=near), (variant.code, part.id, there, here)


def trials(answer: Answer, field: Field) -> Iterator[tuple[Any, str]]:
    """Answers as they are given in Moodle, and as they are written for qbank."""
    match answer.scoring:
        case Numbers(intervals, units):
            unit = units.names[0].name if units.names and not units.printed else ""
            typed_there = field.units[0][0] if field.units else ""
            for each in intervals:
                width = each.high - each.low
                beside = max(width / 7, abs(each.value) * 1e-9)
                inside = [each.low + width * 1e-6, each.high - width * 1e-6] if width > abs(each.value) * 1e-9 else []
                for value in (each.value, *inside, each.high + beside, each.low - beside, -each.value, each.value * 10):
                    if not each.bare:
                        yield f"{value:.15g}{typed_there}", f"{value:.15g} {unit}".strip()
            yield "abc", ""
        case Texts(wordings, case):
            for one in (*wordings, Wording("☂☂☂")):
                if not one.pattern:
                    yield one.text, one.text
                    if not case:
                        yield one.text.upper(), one.text.upper()
        case Options() if field.sort == "truefalse":
            yield from (("√", "√"), ("×", "×"))
        case Options(right, rule):
            asked = answer.part.interaction
            letters = "√×" if isinstance(asked, Choice) and asked.style == "truth" else "ABCDEFGHIJ"
            count = len(right)
            sets = [[place] for place in range(count)] if rule == "single" else [
                [place for place in range(count) if bits >> place & 1] for bits in range(1, 1 << count)]
            yield from ((ticked, "".join(letters[place] for place in ticked)) for ticked in sets)
        case _:
            return


@pytest.mark.parametrize("lang", LANGS)
def test_an_exam_is_written_with_the_values_of_its_papers(exam: papers.Exam, lang: Lang) -> None:
    read = moodle_reader.read(moodle.written(papers.items(exam, lang)).content)

    assert {question.id.split(".")[0] for question in read} == {
        f"{code}-{placed.number}" for code in exam.forms for _, placed in exam.placed()
    } - _alike(exam, lang)


def _alike(exam: papers.Exam, lang: Lang) -> set[str]:
    """The codes of variants that a form before has as well."""
    shown = {variant.code for pool in papers.items(exam, lang).pools for variant in pool.variants}
    return {f"{code}-{placed.number}" for code in exam.forms for _, placed in exam.placed()} - shown


def test_pictures_lie_in_the_element_that_shows_them() -> None:
    source = BANKS[0]
    item = next(each for each in source.items.values() if each.circuits)
    _, written = exported(source, item, "zh")
    files = [content for question in moodle_reader.read(written.content) for content in question.files.values()]

    assert files
    assert all(content.startswith(b"\x89PNG") for content in files)


def test_the_same_seed_writes_the_same_bytes() -> None:
    source = BANKS[1]
    item = source.item("gallery.number")
    assert exported(source, item, "zh")[1].content == exported(source, item, "zh")[1].content


@pytest.mark.parametrize(
    ("found", "instead"),
    [(b'fraction="100"', b'fraction="37"'), (b"</quiz>", b""), (b"<idnumber>", b"<idnumber>" + b"y" * 101)],
)
def test_the_reader_refuses_what_moodle_refuses(found: bytes, instead: bytes) -> None:
    content = exported(BANKS[1], BANKS[1].item("gallery.number"), "zh")[1].content
    assert found in content
    with pytest.raises(Spoilt):
        moodle_reader.read(content.replace(found, instead, 1))
