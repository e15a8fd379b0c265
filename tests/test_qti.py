"""QTI 3 and 2.1: what is written is read again by the specification, and earns there what it earns here."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import by_scoring
import numpy as np
import pytest
import qti_reader
import qti_values
import sample_sheets
from conftest import GALLERY
from hypothesis import given
from hypothesis import strategies as st
from qti_trials import blank_pictures, trials
from sample_sheets import HOSTILE, p

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import LANGS, Lang, Printed
from qbank.outputs import Written, _media, qti3, qti21
from qbank.outputs._qti import rules
from qbank.sheets import Answer, Foreseen, Items, Pool, Variant, Worked
from qbank.waist import (
    Cells,
    Choice,
    ExtendedText,
    Interval,
    Mistaken,
    Numbers,
    Options,
    Orders,
    Pairing,
    Scoring,
    TextEntry,
    Texts,
    UnitName,
    Units,
    Unscored,
    Wording,
)

SECOND = GALLERY.parent / "second_bank"
BANKS = (bank.load(resources.folder("questions")), bank.load(GALLERY), bank.load(SECOND))
COUNT = 2
SEED = "qti"
TOLERANCE = 1e-9


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def exported(source: Bank, item: Item, lang: Lang = "zh") -> Pool:
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    return pool


def packages(pool: Pool, lang: Lang = "zh") -> tuple[Written, dict[str, qti_values.Item]]:
    """What version 3 holds; version 2.1 holds the same tree, but that a person marks, and what is a table."""
    found = []
    for writer in (qti3, qti21):
        written = writer.written(Items(lang, "bank", (pool,)))
        found.append((written, qti_reader.package(written.content)))
    (written, read), (before, earlier) = found
    assert written.losses == before.losses
    for name, one in read.items():
        for each in one.root.iter():
            for attribute in ("external-scored", "class"):
                each.attrib.pop(attribute, None)
        assert qti_reader.told(one.root) == qti_reader.told(earlier[name].root)
    return written, read


# --- by the rules of its package an item earns what it earns here ------------------------------------------------


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_by_its_rules_what_it_earns_here(
    source: Bank, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right, wrong, edge and mistaken answers to every part whose mark is not named among the losses."""
    monkeypatch.setattr(_media, "pictures", blank_pictures)
    lang = item.languages[0]
    pool = exported(source, item, lang)
    drawn = variants.make(item, SEED, np.arange(COUNT))
    written, read = packages(pool, lang)
    lost = {(loss.part, loss.what.partition(":")[0]) for loss in written.losses}
    assert len(read) == len(pool.variants) == written.count
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        one = read[f"item-{variant.code}"]
        assert variant.code in one.text
        for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True), 1):
            tried = list(trials(answer, place))
            if not tried or (part.id, "the mark") in lost or (part.id, "blanks in any order") in lost:
                continue
            texts = {each.id: [trial.text if each is part else "" for trial in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            own = (marked.credit * float(part.marks)).tolist()
            there = [one.scored(trial.responses)[f"SCORE_{place}"] for trial in tried]
            differ = [(trial, mark, other) for trial, mark, other in zip(tried, own, there, strict=True)
                      if abs(mark - other) > TOLERANCE]  # fmt: skip
            assert differ == []


# --- what the package says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_whole_topic_is_packed_with_its_pictures(lang: Lang) -> None:
    """Every variant shows its code and its figures; the same items give the same bytes."""
    source = BANKS[0]
    chosen = [item for item in source.items.values() if item.topic.startswith("electronics/bjt")][:12]
    pools = tuple(papers.pools(chosen, source.circuits, seed=SEED, count=2, lang=lang))

    for writer in (qti3, qti21):
        written = writer.written(Items(lang, "bank", pools))
        read = qti_reader.package(written.content)

        assert len(read) == written.count == sum(len(pool.variants) for pool in pools)
        assert all(one.root.attrib["title"] in one.text for one in read.values())
        assert any(one.root.find(".//img") is not None for one in read.values())
        assert writer.written(Items(lang, "bank", pools)) == written


def test_an_exam_is_written_with_the_values_of_its_papers(exam: papers.Exam) -> None:
    made = papers.items(exam, "en")

    read = qti_reader.package(qti3.written(made).content)

    codes = [variant.code for pool in made.pools for variant in pool.variants]
    assert sorted(read) == sorted(f"item-{code}" for code in codes)
    worth = {f"item-{variant.code}": sum(float(part.marks) for part in variant.worked.question.parts)
             for pool in made.pools for variant in pool.variants}  # fmt: skip
    assert {name: one.outcomes["MAXSCORE"].start for name, one in read.items()} == worth


def one(scoring: Scoring, interaction: Any = None, mistakes: tuple[Foreseen, ...] = (), stem: Any = None,
        follows: tuple[str, ...] = ()) -> Items:  # fmt: skip
    """Items of one question with one part."""
    asked = sample_sheets.question(1, stem or (p("题"),), sample_sheets.part("a", interaction or TextEntry()))
    printed = Printed("1", "1", "1", "1")
    worked = Worked(asked, "x.y", "题", (Answer(asked.parts[0], printed, "", mistakes, scoring, follows),), ())
    return Items("zh", "库/一", (Pool("x.y", "题", "t", (Variant("AAAA-1", worked),)),))


def read_alone(items: Items) -> qti_values.Item:
    """The only item of a package of version 3, when version 2.1 can be read as well."""
    for writer in (qti21, qti3):
        (found,) = qti_reader.package(writer.written(items).content).values()
    return found


NUMBER = Interval(0.99, 1.01, 1.0)
VOLTS = Units((UnitName("V"), UnitName("mV", 0.001)), missing=0.8, other=0.0)
ENDLESS = Interval(math.inf, math.inf, math.inf)
PICKED = "the unit as it is written: it is picked from a list there"
BOXES = "it has more numbers than there are boxes, or an infinite one"


@pytest.mark.parametrize(("scoring", "interaction", "losses"), [
    (Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.37, "m"))), None, []),
    (Numbers((NUMBER,), VOLTS), None, [PICKED]),
    (Numbers((NUMBER,), replace(VOLTS, printed=True)), TextEntry(unit="V"), []),
    (Numbers((NUMBER,), untold=("figures",)), None, ["how many figures are shown"]),
    (Numbers((NUMBER,), untold=("fraction",)), None,
     ["the mark: the key is written as a fraction; a person marks it there"]),
    (Texts((Wording("a"), Wording("b|c", pattern=True))), None, [("a pattern: only the listed spellings are right "
                                                                 "there")]),
    (Texts((Wording("b|c", pattern=True),)), None,
     ["the mark: no spelling of the answer can be written; a person marks it there"]),
    (Texts((Wording("nFET"),), spaces="remove", near=0.5), None,
     ["spaces inside a word: only the spellings with and without them count there",
      "near-misses in spelling"]),
    (Cells(1, 2, (NUMBER, ENDLESS), brackets="[)"), None,
     ["the mark: an infinite end cannot be typed; a person marks it there"]),
    (Cells(1, 2, (NUMBER, Interval(2, 2, 2)), mistakes=(Mistaken("m", (NUMBER, ENDLESS)),), brackets="[]"), None,
     [f"the foreseen mistake 'm': {BOXES}"]),
    (Cells(1, 2, (NUMBER, Interval(2, 2, 2)), any_order=True), None,
     ["any number of numbers: there is one box for each, and one more"]),
    (Cells(1, 2, (NUMBER, NUMBER), any_order=True), None,
     ["the mark: numbers in any order that are too close to each other; a person marks it there"]),
    (Orders((0,) * 9 + (1,) * 3, run=True), Pairing((), ((p("a"),),) * 12),
     ["part marks for a sequence that is right"]),
    (Unscored("a formula is compared by its values"), None,
     ["the mark: a formula is compared by its values; a person marks it there"]),
    (Unscored("a long answer is marked by a person", person=True), ExtendedText(), []),
])  # fmt: skip
def test_what_it_cannot_hold_is_named(scoring: Scoring, interaction: Any, losses: list[str]) -> None:
    items = one(scoring, interaction)

    found = read_alone(items)

    for writer in (qti3, qti21):
        assert [loss.what for loss in writer.written(items).losses] == losses
    person = any("a person marks it" in what for what in losses) or getattr(scoring, "person", False)
    assert found.person == ({"SCORE", "SCORE_1"} if person else set())


def test_an_error_carried_forward_is_lost() -> None:
    written = qti3.written(one(Numbers((NUMBER,)), follows=("b",)))

    assert [str(loss) for loss in written.losses] == [
        "x.y (a): the error carried forward: an earlier error counts again there"]


FOUR = Choice(tuple((p(sign),) for sign in "abcd"), several=True)
RULED = ("exact", "cancel", "china", "excess", "coverage", "each")


@pytest.mark.parametrize("rule", RULED)
def test_every_set_of_ticks_earns_by_a_rule_what_it_earns_by_the_scoring(rule: Any) -> None:
    scoring = Options((True, False, True, False), rule)
    worth = float(sample_sheets.part("a", FOUR).marks)
    found = read_alone(one(scoring, FOUR))

    for bits in range(1, 16):
        ticked = [place for place in range(4) if bits >> place & 1]
        score = found.scored({"RESPONSE_1": ["ABCD"[place] for place in ticked]})["SCORE"]
        assert score == pytest.approx(worth * by_scoring.credit(scoring, frozenset(ticked)))
    assert found.scored({})["SCORE"] == 0


@pytest.mark.parametrize(("ticked", "score"), [
    ("A", 0.5), ("AB", -0.5), ("ABC", 0.0), ("C", 0), ("D", -1.0), ("CD", 0),
])  # fmt: skip
def test_limits_of_ticks_and_marks_below_zero(ticked: str, score: float) -> None:
    """At most two; D stands alone; the sum is not below -1."""
    scoring = Options((True, False, True, False), "weights", (0.5, -1.0, 0.0, -3.0), floor=-1.0, most=2, lone=3)
    worth = float(sample_sheets.part("a", FOUR).marks)

    found = read_alone(one(scoring, FOUR))

    assert found.scored({"RESPONSE_1": list(ticked)})["SCORE"] == pytest.approx(worth * score)


def test_a_mistake_and_the_solution_are_said_afterwards() -> None:
    told = Foreseen("2", p("反了").inlines, 0.5, "m")
    found = read_alone(one(Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.5, "m"))), mistakes=(told,)))

    assert found.scored({"RESPONSE_1": "2"})["FEEDBACK_1"] == "mistake_1"
    assert found.feedback == {("FEEDBACK_1", "mistake_1"): "反了"}
    assert found.scored({"RESPONSE_1": "1"})["FEEDBACK_1"] is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_they_are_written(text: str) -> None:
    told = Foreseen("2", p(text).inlines, 0.0, "m")
    wordings = Texts((Wording("safe"), Wording(text, 0.5, "m")))

    found = read_alone(one(wordings, mistakes=(told,), stem=(p(text),)))

    assert found.text.startswith(text)
    assert found.feedback["FEEDBACK_1", "mistake_1"] == text
    assert found.scored({"RESPONSE_1": text})["SCORE"] == 0.5 * found.outcomes["MAXSCORE"].start  # type: ignore[operator]


@given(st.text(max_size=40), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=12))
def test_any_text_is_read_again(stem: str, answer: str, code: str) -> None:
    items = one(Texts((Wording("safe"), Wording(answer, 0.5))), stem=(p(stem),))
    (pool,) = items.pools
    coded = replace(pool, variants=(replace(pool.variants[0], code=code),))

    found = read_alone(replace(items, pools=(coded,)))

    assert found.scored({"RESPONSE_1": "safe"})["SCORE"] == found.outcomes["MAXSCORE"].start


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_a_number_is_written_with_a_point_and_is_the_same(value: float) -> None:
    assert qti_values.FLOAT(rules.number(value))
    assert float(rules.number(value)) == value


@pytest.mark.parametrize(("before", "after", "error"), [
    ("0.0</qti-value>", "1e5</qti-value>", "'1e5' has no decimal point"),
    ("<qti-item-body>", "<qti-item-body><qti-prompt/>", "<qti-prompt> is not an element"),
    ("<qti-item-body>", "<qti-item-body>text", "<qti-item-body> may not hold text"),
    ('identifier="SCORE_1" cardinality', 'identifier="SCORE" cardinality', "SCORE is declared twice"),
    ('<qti-variable identifier="RESPONSE_1"/></qti-is-null>', '<qti-variable identifier="SCORE"/></qti-is-null>',
     "RESPONSE_1 is compared though it may be empty"),
    ('expected-length="12"', 'expectedLength="12"', "expectedLength is not a name of this version"),
])  # fmt: skip
def test_the_reader_refuses_what_clients_spoil(before: str, after: str, error: str) -> None:
    with zipfile.ZipFile(io.BytesIO(qti3.written(one(Numbers((NUMBER,)))).content)) as archive:
        xml = archive.read("items/item-AAAA-1.xml").decode()
    assert before in xml

    with pytest.raises(qti_values.Spoilt, match=re.escape(error)):
        qti_reader.item(xml.replace(before, after, 1).encode())
