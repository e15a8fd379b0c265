"""Papers: a blueprint becomes an exam, or says all that is wrong; no sheet holds a key; the bytes are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
import pytest
from conftest import CLASS, SEED
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject

from qbank import __version__, answers, bank, markup, papers
from qbank.answers.truth.marks import balance
from qbank.bank import Bank, Source
from qbank.bank.blueprint import Blueprint, share
from qbank.draws import Chance
from qbank.model import LANGS, Candidate, Lang, Refused
from qbank.outputs import html, pdf
from qbank.papers import Exam

HEAD = """
id: quiz
title: {zh: 小测, en: Quiz}
minutes: 30
"""

NEW_LINE = "\n"


def plan(text: str) -> Blueprint:
    blueprint, problems = bank.read(Source("quiz.yaml", (HEAD + text).encode()), Blueprint)
    assert blueprint is not None, "\n".join(map(str, problems))
    return blueprint


def section(marks: object, items: str, more: str = "") -> str:
    return f"  - title: {{zh: 题, en: Questions}}\n    marks: {marks}\n{more}    items: {items}\n"


def composed(gallery: Bank, text: str, seed: str = "seed", count: int = 1) -> Exam:
    forms = tuple(f"F{form}" for form in range(count))
    return papers.compose(plan(text), gallery, seed=seed, forms=forms)


FAULTS = [
    (
        f"total: 3\nsections:\n{section(4, '[gallery.number]')}",
        [
            ("blueprint quiz: section 'Questions' has 4 marks, but its items have 3\n"
            "  → change marks: of the section or of an item"),
            "blueprint quiz: total: is 3 marks, but the sections have 4\n  → change total: or the sections' marks",
        ],
        "neither the section nor the total adds up",
    ),
    (
        f"total: 6\nsections:\n{section(6, '[gallery.nubmer, gallery.number]')}",
        ["the item 'gallery.nubmer' is not known; did you mean 'gallery.number'?"],
        "an unknown item, and nothing said of the marks that are missing with it",
    ),
    (
        f"total: 9\nsections:\n{section(9, '[{draw: 9, topic: gallery/statements, level: [1], marks: 1}]')}",
        [
            ("draw: 9 (topic gallery/statements, level 1), but only 5 items fit\n"
            "  → ask for fewer items, or widen topic:, level: or kind:")
        ],
        "a pool that is too small",
    ),
    (
        f"total: 3\nsections:\n{section(3, '[gallery.number]', '    answer_grid: yes' + NEW_LINE)}",
        [
            ("blueprint quiz: section 'Questions' has an answer grid, but none of its questions is answered by a "
            "letter, √ or ×\n  → leave out answer_grid:"),
        ],
        "a grid for letters where nothing is answered by a letter",
    ),
    (
        f"total: 1\nsections:\n{section(1, '[{draw: 1, topic: gallery/opamp, marks: 1}]')}",
        ["no item has the topic 'gallery/opamp'"],
        "a topic that is empty",
    ),
    (
        f"total: 3\nsections:\n{section(3, '[{item: gallery.blanks, marks: 3}]')}",
        [
            ("gallery.blanks: 3 marks shared among the parts give 0.75 + 0.75 + 0.75 + 0.75, "
             "which are not multiples of 0.5\n"
             "  → give the item other marks, or give the marks of each part: parts: {id: marks}"),
        ],
        "marks that cannot be shared in halves",
    ),
    (
        f"total: 6\nsections:\n{section(6, '[gallery.number, gallery.number]')}",
        ["blueprint quiz names gallery.number 2 times\n  → name it once; every form has one variant of an item"],
        "an item twice",
    ),
    (
        f"total: 6\nsections:\n{section(6, '[{item: gallery.chain, parts: {P: 2}}]')}",
        [
            ("gallery.chain: parts: 'P' is not known; the known ones are: p, q, r\n"
            "  → use the names of the item's parts")
        ],
        "marks for a part that is not there",
    ),
    (
        (f"total: 9\nsections:\n{section(2, '[gallery.x]')}{section(3, '[{draw: 9, marks: 1, kind: essay}]')}"
        f"{section(5, '[gallery.number]')}"),
        [
            "the item 'gallery.x' is not known; did you mean 'gallery.set'?",
            "draw: 9 (kind essay), but only 1 item fits\n  → ask for fewer items, or widen topic:, level: or kind:",
            ("blueprint quiz: section 'Questions' has 5 marks, but its items have 3\n"
            "  → change marks: of the section or of an item"),
            "blueprint quiz: total: is 9 marks, but the sections have 10\n  → change total: or the sections' marks",
        ],
        "four faults in one go",
    ),
]


@pytest.mark.parametrize(("text", "expected", "remark"), FAULTS, ids=[row[2] for row in FAULTS])
def test_a_blueprint_that_cannot_be_met_says_everything_at_once(
    gallery: Bank, text: str, expected: list[str], remark: str
) -> None:
    with pytest.raises(Refused) as refused:
        composed(gallery, text)

    assert [str(problem) for problem in refused.value.problems] == expected, remark


def test_a_form_for_each_needs_a_roster(gallery: Bank) -> None:
    with pytest.raises(Refused) as refused:
        papers.compose(gallery.blueprint("everything"), gallery, seed="seed", each=True)

    assert str(refused.value) == (
        "a form for each candidate needs a roster (--roster FILE); for named forms: --forms A,B"
    )


def test_forms_go_round_or_everyone_has_their_own(gallery: Bank, exam: Exam) -> None:
    own = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, each=True)

    assert (exam.forms, exam.form_of.tolist()) == (("A", "B"), [0, 1, 0])
    assert (own.forms, own.form_of.tolist()) == (("001", "002", "003"), [0, 1, 2])
    assert [len(drawn) for drawn in own.drawn.values()] == [3] * len(own.drawn)
    numbers = own.drawn["gallery.number"].columns
    assert len(set(zip(numbers["R1"].values, numbers["Rf"].values, strict=True))) == 3


def test_one_more_candidate_changes_nobodys_paper(gallery: Bank) -> None:
    blueprint = gallery.blueprint("everything")
    few = papers.compose(blueprint, gallery, seed=SEED, candidates=CLASS, each=True)
    more = papers.compose(blueprint, gallery, seed=SEED, candidates=(*CLASS, Candidate("2004")), each=True)

    for form, candidate in enumerate(CLASS):
        assert papers.sheet(few, form, "zh", candidate) == papers.sheet(more, form, "zh", candidate)


def test_items_are_drawn_by_the_seed_and_each_once(gallery: Bank) -> None:
    text = f"total: 3\nsections:\n{section(3, '[{draw: 3, topic: gallery/statements}]')}"
    drawn = [[placed.item.id for _, placed in composed(gallery, text, seed).placed()] for seed in "abcdefgh"]

    assert [[placed.item.id for _, placed in composed(gallery, text, seed).placed()] for seed in "abcdefgh"] == drawn
    assert all(len(set(names)) == 3 for names in drawn)
    assert len({name for names in drawn for name in names}) == 5
    assert len(set(map(tuple, drawn))) > 3


def test_a_drawn_item_is_never_one_that_is_named(gallery: Bank) -> None:
    items = "[{draw: 4, topic: gallery/statements}, gallery.truth_3]"
    for seed in "abcdef":
        exam = composed(gallery, f"total: 5\nsections:\n{section(5, items)}", seed)
        names = [placed.item.id for _, placed in exam.placed()]
        assert sorted(names) == [f"gallery.truth_{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("weights", "marks", "expected"),
    [([2, 2, 2], 3, [1, 1, 1]), ([1, 2], 1.5, [0.5, 1]), ([0, 3], 2, [0, 2]), ([3], 7, [7])],
)
def test_marks_are_shared_in_proportion(weights: list[int], marks: float, expected: list[float]) -> None:
    assert share([Fraction(each) for each in weights], Fraction(marks)) == [Fraction(each) for each in expected]


def test_marks_of_parts_that_are_all_worth_nothing_cannot_be_shared() -> None:
    with pytest.raises(ValueError, match=r"^the parts have no marks, so that nothing can be shared in proportion$"):
        share([Fraction(0)], Fraction(1))


def test_rules_of_a_section_stand_over_the_papers(gallery: Bank) -> None:
    more = "    marking: {unit_missing: 0.5}\n"
    text = f"marking: {{round_to: 1, unit_missing: 0.1}}\ntotal: 3\nsections:\n{section(3, '[gallery.number]', more)}"
    exam = composed(gallery, text)

    assert exam.rules.unit_missing == 0.1
    assert exam.sections[0].rules.unit_missing == 0.5
    assert exam.sections[0].rules.round_to == 1


Answer: TypeAlias = dict[str, Any]
STATEMENT: Answer = {"kind": "truth", "right": "yes"}
PLAIN, TURNED = {"right": "yes", "zh": "对", "en": "so"}, {"right": "no", "zh": "反", "en": "not so"}
TWINS: Answer = {"kind": "truth", "twins": {"a": PLAIN, "b": TURNED}}
TRIPLET: Answer = {"kind": "truth", "twins": {"a": PLAIN, "b": TURNED, "c": {**TURNED, "zh": "又反"}}}
OPEN: Answer = {"kind": "truth", "twins": {"a": {**PLAIN, "right": "x > 0"}, "b": {**TURNED, "right": "x <= 0"}}}


def trues(specs: list[Answer], seed: str = "seed", forms: int = 60) -> list[set[int]]:
    """For each form, the places of the statements whose verdict is true (of those that are certain)."""
    read: list[Any] = [answers.read(spec) for spec in specs]
    arranged = balance(read, Chance(seed, "paper"), np.arange(forms))
    for spec, arrangement in zip(read, arranged, strict=True):
        assert set(arrangement) == {"twin"}
        assert arrangement["twin"].dtype == np.uint8
        assert arrangement["twin"].max() < len(spec.statements)
    return [
        {place for place, (spec, arrangement) in enumerate(zip(read, arranged, strict=True))
         if spec.statements[arrangement["twin"][form]].right is True}
        for form in range(forms)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "allowed"),
    [(10, {4, 5, 6}), (5, {2, 3}), (4, {2}), (2, {1}), (1, {0, 1}), (3, {1, 2}), (8, {4}), (20, {8, 9, 10, 11, 12})],
)
def test_two_to_three_fifths_of_the_statements_are_true_on_every_form(count: int, allowed: set[int]) -> None:
    drawn = trues([TWINS] * count, forms=200)

    assert {len(each) for each in drawn} == allowed, "every allowed number is drawn"
    assert {place for each in drawn for place in each} == set(range(count)), "and every statement is true on some form"


def test_statements_that_stand_alone_keep_their_verdict_and_are_counted() -> None:
    drawn = trues([STATEMENT, TWINS, TRIPLET, STATEMENT, TWINS], forms=100)

    assert all({0, 3} <= each for each in drawn)
    assert {len(each) for each in drawn} == {2, 3}


def test_a_verdict_that_depends_on_values_is_left_to_chance_and_not_counted() -> None:
    drawn = trues([OPEN, TWINS, TWINS, TWINS, TWINS], forms=50)

    assert {len(each) for each in drawn} == {2}


def test_too_many_true_statements_turn_every_twin_false() -> None:
    assert trues([STATEMENT] * 7 + [TWINS] * 2, forms=20) == [set(range(7))] * 20


def test_nothing_to_balance_is_balanced() -> None:
    assert balance([], Chance("seed", "paper"), np.arange(3)) == []


@given(count=st.integers(1, 30), seed=st.text(max_size=4))
def test_any_number_of_twins_is_near_half(count: int, seed: str) -> None:
    for each in trues([TWINS] * count, seed, forms=3):
        assert 0.4 * count - 1 < len(each) < 0.6 * count + 1


def test_a_section_that_says_balance_has_balanced_keys_on_every_form(gallery: Bank) -> None:
    text = f"total: 5\nsections:\n{section(5, '[{draw: 5, topic: gallery/statements}]', '    balance: yes' + chr(10))}"
    exam = composed(gallery, text, count=40)

    right = np.array([drawn.keys["verdict"]["right"] for drawn in exam.drawn.values()])
    assert set(right.sum(axis=0).tolist()) <= {2, 3}
    for drawn in exam.drawn.values():
        part = drawn.item.parts[0]
        statements = [twin.right for twin in part.answer.statements]  # type: ignore[attr-defined]
        twins = drawn.arrangements["verdict"]["twin"]
        assert drawn.keys["verdict"]["right"].tolist() == [statements[twin] for twin in twins], "bound anew"


# --- what a candidate sees ---------------------------------------------------------------------------------------


def secrets(exam: Exam, form: int, lang: Lang) -> Iterator[str]:
    """What no sheet may hold: the seed, items' names, keys, mistakes, reasons, solutions."""
    yield exam.seed
    for worked in papers.book(exam, form, lang).worked:
        yield worked.item
        for answer in worked.answers:
            yield from (markup.plain_line(foreseen.text) for foreseen in answer.mistakes)
            told = [answer.printed.text]
            if worked.item != "gallery.vector":  # an entry of its key may be one of the matrix, too
                told += re.split(r" … | \(|; ", answer.accepted)
            if worked.item not in ("gallery.choice", "gallery.several", "gallery.matching", "gallery.ordering"):
                yield from (text for text in told if len(text) >= 4)
    yield from ("heat raises the current", "温度使电流增大", "it is the other way round", "正好相反")


NOT_SECRET = {"true", "false", "正确", "错误"}


def readable(document: bytes) -> str:
    """What stands in a PDF for a reader: its text and its metadata."""
    reader = PdfReader(BytesIO(document))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return "\n".join([text, str(reader.metadata), str(reader.trailer["/Root"])])


def inside(document: bytes) -> str:
    """Every stream of a PDF as text; it is full of numbers, which are places on the page."""
    reader = PdfReader(BytesIO(document))
    streams = [
        each.get_data().decode("latin-1")
        for number in range(1, len(reader.xref[0]) + 1)
        if isinstance(each := reader.get_object(number), StreamObject)
    ]
    return "\n".join([*streams, document.decode("latin-1")])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", [0, 1])
def test_no_sheet_holds_a_key_a_seed_or_an_items_name(exam: Exam, form: int, lang: Lang) -> None:
    sheet = papers.sheet(exam, form, lang)
    page = re.sub(r"base64,[A-Za-z0-9+/=]+|[\d.]+(?=%|cqw)", "", html.sheet(sheet))  # pictures, and places on them
    paper = pdf.sheet(sheet)
    seen = {"the sheet": repr(sheet), "the PDF": readable(paper), "the web page": page}

    hidden = set(secrets(exam, form, lang)) - NOT_SECRET
    assert len(hidden) > 25
    for where, text in seen.items():
        assert {secret for secret in hidden if secret in text} == set(), where
    words = {secret for secret in hidden if not re.fullmatch(r"[−\d.,() -]+", secret)}
    assert len(words) > 20
    assert {secret for secret in words if secret in inside(paper)} == set()
    assert "gallery." not in "".join(seen.values()) + inside(paper)


def _mark(text: str) -> str:
    """A printed key, with the mark of a judgement as Chinese papers write it."""
    return {"✓": "√", "✗": "×"}.get(text, text)


@pytest.mark.parametrize("form", [0, 1])
def test_both_languages_ask_the_same_of_the_same_form(exam: Exam, form: int) -> None:
    """The same numbers in the same places, the same order of options, the same keys."""
    books = {lang: papers.book(exam, form, lang) for lang in LANGS}

    for zh, en in zip(books["zh"].worked, books["en"].worked, strict=True):
        assert zh.item == en.item
        assert (zh.question.number, zh.question.marks) == (en.question.number, en.question.marks)
        numbers = [sorted(re.findall(r"\d+(?:\.\d+)?", repr(each.question.stem))) for each in (zh, en)]
        if zh.item not in ("gallery.truth_1", "gallery.blanks"):
            assert numbers[0] == numbers[1]
        for first, second in zip(zh.answers, en.answers, strict=True):
            if zh.item not in ("gallery.blanks", "gallery.essay"):
                assert _mark(first.printed.text) == _mark(second.printed.text)
            assert first.part.marks == second.part.marks


def test_the_same_seed_gives_the_same_bytes(gallery: Bank, exam: Exam) -> None:
    again = papers.compose(
        gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=("A", "B"), langs=("zh", "en")
    )

    assert dict(papers.files(again)) == dict(papers.files(exam))
    for lang in LANGS:
        sheet, other = papers.sheet(again, 1, lang), papers.sheet(exam, 1, lang)
        assert pdf.sheet(sheet) == pdf.sheet(other)
        assert html.sheet(sheet) == html.sheet(other)
        assert pdf.book(papers.book(again, 1, lang)) == pdf.book(papers.book(exam, 1, lang))


# --- the sealed half ---------------------------------------------------------------------------------------------


def test_an_exam_comes_back_whole_from_its_sealed_files(exam: Exam) -> None:
    kept = dict(papers.files(exam))

    back = papers.opened(lambda path: kept[path])

    for name in ("id", "title", "institution", "course", "notes", "minutes", "total", "langs", "candidates", "forms",
                 "each", "seed", "rules"):  # fmt: skip
        assert getattr(back, name) == getattr(exam, name), name
    assert back.form_of.tolist() == exam.form_of.tolist()
    assert list(back.columns()) == list(exam.columns())
    assert dict(papers.files(back)) == kept
    for form in (0, 1):
        for lang in LANGS:
            assert papers.book(back, form, lang) == papers.book(exam, form, lang)


def test_a_sealed_exam_of_a_later_version_is_not_guessed_at(exam: Exam) -> None:
    kept = dict(papers.files(exam))
    kept[papers.RECORD] = kept[papers.RECORD].replace(b'"format": 2', b'"format": 99').replace(
        b'"version": "', b'"version": "9')  # fmt: skip

    with pytest.raises(Refused) as refused:
        papers.opened(lambda path: kept[path])

    made = f"this exam was made by qbank 9{__version__}"
    assert str(refused.value) == f"{made}; this is qbank {__version__}: please update qbank"


def test_a_damaged_item_of_a_sealed_exam_is_told_with_its_place(exam: Exam) -> None:
    kept = dict(papers.files(exam))
    kept["private/items/gallery.chain.yaml"] = b"id: gallery.chain\ntitle: x\n"

    with pytest.raises(Refused) as refused:
        papers.opened(lambda path: kept[path])

    assert "private/items/gallery.chain.yaml:2:8: $.title: needs a text in each language" in str(refused.value)


def test_a_sheet_bears_the_candidate_where_it_is_theirs(exam: Exam) -> None:
    assert papers.sheet(exam, 0, "zh").candidate is None
    assert papers.sheet(exam, 0, "zh", CLASS[0]).candidate == CLASS[0]


@pytest.mark.parametrize(
    ("place", "lang", "expected"),
    [
        (0, "zh", "每空 1 分，共 4 分"), (0, "en", "1 mark for each blank, 4 marks in all"),
        (1, "zh", "共 2 题，每题 2 分，共 4 分"), (1, "en", "2 marks for each question, 4 marks in all"),
        (3, "zh", "共 7 题，共 21 分"), (3, "en", "7 questions, 21 marks in all"),
    ],
)  # fmt: skip
def test_a_section_says_what_its_questions_are_worth(exam: Exam, place: int, lang: Lang, expected: str) -> None:
    assert papers.sheet(exam, 0, lang).sections[place].note == expected


def test_more_sections_than_numerals_are_counted(exam: Exam) -> None:
    many = replace(exam, sections=exam.sections * 3)

    assert [each.label for each in papers.sheet(many, 0, "zh").sections][9:] == ["十", "11", "12"]
