"""What a file of Moodle XML says: losses that are named, whatever is not named is there, hostile texts, pictures."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import gift_reader
import moodle_reader
import pytest
import sample_sheets
from conftest import GALLERY, Run
from hypothesis import given
from hypothesis import strategies as st
from moodle_cloze import Spoilt
from moodle_reader import Question, plain
from sample_sheets import HOSTILE, p

from qbank import bank, papers, resources
from qbank.bank import Bank
from qbank.model import LANGS, Lang, Printed
from qbank.outputs import Loss, Written, _media, _webtext, gift, moodle
from qbank.sheets import Answer, Foreseen, Items, Pool, Variant, Worked
from qbank.waist import (
    Cells,
    Choice,
    EntryGrid,
    ExtendedText,
    Interval,
    Numbers,
    Options,
    Orders,
    Pairing,
    Pairs,
    Scoring,
    TextEntry,
    Texts,
    UnitName,
    Units,
    Unscored,
    Wording,
)

NUMBER = Interval(0.99, 1.01, 1.0)
VOLTS = (UnitName("V"), UnitName("mV", 1e-3), UnitName("µV", 1e-6))
ASKED = Units(VOLTS, missing=0.8, unknown=0.8)
CHOICE = Choice(((p("a"),), (p("b"),), (p("c"),)), several=True)
LINE = "one question with the other parts: a person marks one of them, so each is a question by itself"


def items(*parts: tuple[Scoring, Any], mistakes: tuple[Foreseen, ...] = (), stem: Any = None, marks: Any = 2) -> Items:
    """Items of one question with these parts."""
    several = len(parts) > 1
    shown = [sample_sheets.part("abcdef"[at], asked or TextEntry(), label=f"({at + 1})" if several else "", marks=marks)
             for at, (_, asked) in enumerate(parts)]  # fmt: skip
    asked = sample_sheets.question(1, stem or (p("题"),), *shown)
    printed = Printed("1", "1", "1", "1")
    answers = tuple(Answer(part, printed, "", mistakes, scoring)
                    for part, (scoring, _) in zip(asked.parts, parts, strict=True))  # fmt: skip
    worked = Worked(asked, "x.y", "题", answers, (p("解"),))
    return Items("zh", "库/一", (Pool("x.y", "题", "t", (Variant("AAAA-1", worked),)),))


def only(made: Items) -> Question:
    (question,) = moodle_reader.read(moodle.written(made).content)
    return question


# --- losses ------------------------------------------------------------------------------------------------------

SEVERAL = Cells(1, 2, (NUMBER, NUMBER), each=True, shown=True)


@pytest.mark.parametrize(("scoring", "interaction", "losses"), [
    (Numbers((NUMBER,)), None, []),
    (Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.37, "m"))), None, ["a credit of 0.37: it is 0.4 there"]),
    (Numbers((NUMBER,), untold=("figures",)), None, ["how many figures are shown"]),
    (Numbers((NUMBER,), untold=("fraction",)), None,
     ["the mark: the key is a fraction, and only decimals can be typed there; a person marks it there"]),
    (Numbers((Interval(9e-31, 9.2e-31, 9.1e-31),)), None,
     [("the mark: the number is so small that 0 would be right there; ask in another unit; "
       "a person marks it there")]),
    (Numbers((NUMBER, Interval(10, 11, 10.5, bare=True))), None, ["the ratio that may be given instead of the level"]),
    (Numbers((NUMBER,), Units(VOLTS, missing=0.0, unknown=0.0)), None, []),
    (Numbers((NUMBER,), ASKED), None, ["what a wrong unit costs: as much as a missing one there, 20%"]),
    (Numbers((NUMBER,), Units(VOLTS, missing=0.8, unknown=0.5, alone=0.1, prefix=0.2)), None,
     ["what a wrong unit costs: as much as a missing one there, 20%",
      "what an unknown unit costs: as much as a missing one there, 20%",
      "what the right unit earns beside a wrong number",
      "what a number earns that is right except for the prefix of its unit"]),
    (Numbers((NUMBER,), Units((UnitName("pF"), UnitName("GF", 1e21), UnitName("x" * 51)), missing=0, unknown=0)), None,
     [f"the unit {'x' * 51}: its name is too long there",
      "units that differ by more than 10^12: GF are unknown there"]),
    (Numbers((NUMBER,), Units((UnitName("K"), UnitName("°C", 1, 273.15)), missing=0, unknown=0)), None,
     ["a number in another unit than the one that is asked: it is wrong there"]),
    (Texts((Wording("a"), Wording("b|c", pattern=True))), None, [("a pattern: only the listed spellings are right "
                                                                 "there")]),
    (Texts((Wording("a -> b"),)), None, []),
    (Texts((Wording("\u200b"),)), None,
     ["a spelling without a visible character",
      "the mark: no spelling of the answer can be written; a person marks it there"]),
    (Texts((Wording("nFET"),), case=True, spaces="remove", near=0.5), None,
     ["spaces: remove", "near-misses in spelling"]),
    (Options((True, False, True), "china"), CHOICE,
     ["the rule 'china': any wrong tick earns nothing there, as with 'cancel'"]),
    (Options((True, False, True), "cancel"), CHOICE, []),
    (Options((True, False, False), "weights", (0.5, -1.0, 0.25)), CHOICE,
     ["weights that do not add up to the whole credit: they are scaled to it there"]),
    (Options((True, False), "net", (1.0, -1.0), floor=None, most=1, lone=1),
     Choice(((p("a"),), (p("b"),)), several=True, fixed=(1,)),
     ["marks below zero", "how many options may be ticked", "that 'none of these' excludes the other options"]),
    (Pairs((0, 1), each=False), Pairing(((p("a"),), (p("b"),)), ((p("c"),), (p("d"),))),
     ["all or nothing: every pair earns its share there"]),
    (Orders((0,) * 5), Pairing((), ((p("a"),),) * 5),
     ["the mark: more than 24 orders are right; a person marks it there"]),
    (Orders((0, 1, 2), run=True), Pairing((), ((p("a"),),) * 3), ["part marks for a sequence that is right"]),
    (SEVERAL, EntryGrid(1, 2), []),
    (Cells(1, 2, (NUMBER, NUMBER), each=False, units=Units(VOLTS), brackets="[)"), EntryGrid(1, 2),
     ["the unit: the text gives it, and only the number is typed",
      "that the number of numbers is not shown: the fields show it",
      "all or nothing: every number earns its share there",
      "the brackets: the text prints them, and each end counts by itself"]),
    (Cells(1, 2, (NUMBER, NUMBER), shown=True, any_order=True), EntryGrid(1, 2),
     ["any order: the text asks for ascending order"]),
    (Cells(1, 3, (NUMBER,) * 3, shown=True), EntryGrid(1, 3),
     ["the marks: it is worth 3 there and not 2; set them in the quiz"]),
    (Cells(1, 2, (Interval(2, 2, 2), Interval(3, 3, 3)), each=False), TextEntry(),
     ["other ways to write several numbers: only '(2, 3)' and the like are read there"]),
    (Unscored("a formula is compared by its values"), None,
     ["the mark: a formula is compared by its values; a person marks it there"]),
    (Unscored("a long answer is marked by a person", person=True), ExtendedText(5), []),
])  # fmt: skip
def test_what_it_cannot_hold_is_named(scoring: Scoring, interaction: Any, losses: list[str]) -> None:
    written = moodle.written(items((scoring, interaction)))

    assert [loss.what for loss in written.losses] == losses
    (question,) = moodle_reader.read(written.content)
    assert (question.type == "essay") == (isinstance(scoring, Unscored) or any("the mark:" in each for each in losses))


def test_parts_are_one_question_unless_a_person_marks_one_of_them() -> None:
    number, essay = (Numbers((NUMBER,), ASKED), None), (Unscored("", person=True), ExtendedText(4))

    together, apart = moodle.written(items(number, number)), moodle.written(items(number, essay))

    (one,) = moodle_reader.read(together.content)
    assert (one.type, one.marks, [each.weight for each in one.fields]) == ("cloze", 4, [2, 2])
    assert [str(loss) for loss in together.losses] == [
        f"x.y ({part}): the unit: the text gives it, and only the number is typed" for part in "ab"]
    assert [(each.id, each.type, each.category) for each in moodle_reader.read(apart.content)] == [
        ("AAAA-1.1", "numerical", "$course$/top/库//一/x.y/a"), ("AAAA-1.2", "essay", "$course$/top/库//一/x.y/b")]
    assert Loss("x.y", "b", LINE) in apart.losses


def test_weights_are_whole_numbers_in_the_proportion_of_the_marks() -> None:
    made = items((Numbers((NUMBER,)), None), (Cells(1, 3, (NUMBER,) * 3, shown=True), EntryGrid(1, 3)),
                 marks=Fraction(3, 2))  # fmt: skip

    written = moodle.written(made)

    assert [each.weight for each in only(made).fields] == [3, 1, 1, 1]
    assert [str(loss) for loss in written.losses] == [
        "x.y: the marks: it is worth 6 there and not 3; set them in the quiz"]


def test_a_unit_is_typed_as_it_is_written_or_with_the_sign_that_looks_like_it() -> None:
    (field,) = only(items((Numbers((NUMBER,), ASKED), None))).fields

    typed = ("1 V", "1V", "1000 mV", "1e6 µV", "1e6 \u03bcV", "1", "1 A", "2 V")
    assert [field.fraction(each) for each in typed] == [1, 1, 1, 1, 1, 0.8, 0.8, 0]


@pytest.mark.parametrize("size", [1e-14, 1.6e-19, 1.38e-23, 1.1e-26])
def test_a_small_number_keeps_its_interval(size: float) -> None:
    """Moodle adds 1e-28 to both sides of what is below 1e-14."""
    (field,) = only(items((Numbers((Interval(size * 0.95, size * 1.05, size),)), None))).fields

    assert [field.fraction(f"{size * share:.15g}") for share in (0.9501, 1.0499, 0.9499, 1.0501, 0)] == [1, 1, 0, 0, 0]


def test_a_long_title_makes_a_category_that_the_database_takes() -> None:
    made = replace(items((Numbers((NUMBER,)), None)), title="期末/" * 200)

    assert len(only(made).category.split("//")) > 50


# --- what is not named is there ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sources() -> dict[str, Bank]:
    return {"shipped": bank.load(resources.folder("questions")), "gallery": bank.load(GALLERY)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["shipped", "gallery"])
def test_whatever_is_not_named_as_lost_is_in_the_file(
    sources: dict[str, Bank], name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes, marks, reasons of mistakes and solutions of every item, read again."""
    monkeypatch.setattr(_media, "pictures", _undrawn)
    source = sources[name]
    pools = tuple(papers.pools(list(source.items.values()), source.circuits, seed="s", count=1, lang=lang))

    written = moodle.written(Items(lang, "bank", pools))

    read = moodle_reader.read(written.content)
    assert len(read) == written.count
    assert all(f"<small>{question.id}</small>" in question.text for question in read)
    lost = {loss.item: [each.what for each in written.losses if each.item == loss.item] for loss in written.losses}
    for pool in pools:
        (variant,) = pool.variants
        own = [question for question in read if question.id.split(".")[0] == variant.code]
        assert own
        told = lost.get(pool.item, [])
        if not any(what.startswith("the marks") for what in told):
            assert sum(question.marks for question in own) == pytest.approx(float(variant.worked.question.marks))
        solution = plain(_webtext.html(variant.worked.explained, lang, _webtext.Manner(figure=lambda *_: "")))
        assert all(plain(question.general) == solution for question in own)
        said = {plain(choice.feedback) for question in own for field in question.fields for choice in field.choices}
        said |= {plain(question.grader) for question in own}
        for answer in variant.worked.answers:
            reasons = {plain(_webtext.line(each.text)) for each in answer.mistakes if each.name}
            if isinstance(answer.scoring, Numbers):
                used = {each.mistake for each in answer.scoring.intervals}
                reasons = {plain(_webtext.line(each.text)) for each in answer.mistakes if each.name in used - {""}}
                assert all(any(reason in text for text in said) for reason in reasons), (pool.item, reasons)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["shipped", "gallery"])
def test_whatever_gift_does_not_name_as_lost_is_in_the_file(sources: dict[str, Bank], name: str, lang: Lang) -> None:
    """Reasons of mistakes and solutions of every part that is not left out."""
    source = sources[name]
    pools = tuple(papers.pools(list(source.items.values()), source.circuits, seed="s", count=1, lang=lang))

    written = gift.written(Items(lang, "bank", pools))

    read = {question.id: question for question in gift_reader.read(written.content)}
    left_out = {(loss.item, loss.part) for loss in written.losses if loss.what.startswith("left out")}
    drawn = {(loss.item, loss.part) for loss in written.losses if "figure" in loss.what}
    for pool in pools:
        (variant,) = pool.variants
        for place, answer in enumerate(variant.worked.answers):
            own = (pool.item, answer.part.id)
            question = read.get(variant.code + (f".{place + 1}" if len(variant.worked.answers) > 1 else ""))
            assert (question is None) == (own in left_out)
            if question is None:
                continue
            if own not in drawn:
                assert plain(question.general) == plain(_webtext.html(variant.worked.explained, lang))
            if isinstance(answer.scoring, Numbers):
                used = {each.mistake for each in answer.scoring.intervals if not each.bare} - {""}
                reasons = {plain(_webtext.line(each.text)) for each in answer.mistakes if each.name in used}
                assert reasons == {plain(choice.feedback) for choice in question.choices} - {""}


def _undrawn(made: Items) -> dict[Any, _media.Picture]:
    blocks = (block for pool in made.pools for variant in pool.variants for block in _media._blocks(variant.worked))
    return {block: _media.Picture("figure.png", b"\x89PNG", 1, 1) for block in blocks if _webtext.figures([block])}


def test_a_figure_is_a_picture_beside_the_text_that_shows_it() -> None:
    figure = sample_sheets.amplifier()
    made = items((Numbers((NUMBER,)), None), (Options((True, False), credits=(1, 0)), Choice(((figure,), (p("b"),)))),
                 stem=(p("电路如图"), figure))  # fmt: skip

    question = only(made)

    ((name, content),) = question.files.items()
    assert content.startswith(b"\x89PNG")
    assert f'src="@@PLUGINFILE@@/{name}"' in question.text
    assert 'src="data:image/png;base64,' in question.fields[1].choices[0].text
    assert moodle.written(made).losses == ()


def test_a_data_file_is_handed_out_beside_the_text() -> None:
    source = bank.load(GALLERY.parent / "second_bank")
    chosen = [item for item in source.items.values() if item.files]
    pools = tuple(papers.pools(chosen, source.circuits, seed="s", count=2, lang=chosen[0].languages[0]))

    read = moodle_reader.read(moodle.written(Items("zh", "bank", pools)).content)

    first, second = read[:2]
    assert set(first.files) == set(second.files)
    assert first.files != second.files, "each variant has its own columns"
    assert re.search(r'<a href="@@PLUGINFILE@@/[^"]+\.csv">', first.text)


def test_an_exam_is_written_with_the_values_of_its_papers(exam: papers.Exam) -> None:
    read = {question.id.split(".")[0] for question in moodle_reader.read(
        moodle.written(papers.items(exam, "en")).content)}

    assert {code.split("-")[0] for code in read} == set(exam.forms)
    assert len(read) == sum(len(pool.variants) for pool in papers.items(exam, "en").pools)


# --- hostile texts -----------------------------------------------------------------------------------------------

NASTY = (
    *HOSTILE, "{1:SA:=x}", "{#1}", "a}b", "~%50%", "\\}", "\\#", "=", "&#125;", "]]>]]>", "\x00\x08a", "}{", "%100%",
)


@pytest.mark.parametrize("text", NASTY)
def test_hostile_texts_are_shown_as_they_are_written(text: str) -> None:
    told = Foreseen("2", (p(text).inlines), 0.0, "m")
    option = Options((True, False), credits=(1.0, 0.0)), Choice(((p(text),), (p("b"),)))
    number = Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.0, "m"))), None
    seen = text.replace("\x00", "").replace("\x08", "")
    for parts in ((number,), (option,), (number, option)):
        question = only(items(*parts, mistakes=(told,), stem=(p(text),)))

        assert plain(question.text).startswith(seen)
        assert question.category == "$course$/top/库//一/x.y"
        for field in question.fields:
            if field.sort == "numerical":
                assert plain(field.choices[1].feedback) == seen
            else:
                assert plain(field.choices[0].text).removeprefix("A. ") == seen


@pytest.mark.parametrize("text", ["a*b", "a~b=c#d{e}:f", "a\\b", "%50%", "\\neq", "=", "a\\}b", "\\#", "&amp;", "<b>"])
def test_an_answer_is_what_was_written_whatever_signs_it_has(text: str) -> None:
    words = Texts((Wording(text), Wording("other", 0.5))), None
    for parts in ((words,), (words, words)):
        field = only(items(*parts)).fields[-1]

        assert (field.sort, field.fraction(text), field.fraction(f"{text}x")) == ("shortanswer", 1, 0)


@given(st.text(max_size=30), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_text_is_read_again(stem: str, answer: str, why: str) -> None:
    words = Texts((Wording("safe"), Wording(answer, 0.5, "m"))), None
    told = Foreseen("2", p(why).inlines, 0.5, "m")

    question = only(items(words, (Numbers((NUMBER,)), None), words, stem=(p(stem),), mistakes=(told,)))

    assert [each.sort for each in question.fields] == ["shortanswer", "numerical", "shortanswer"]
    assert question.fraction(["safe", "1", "safe"]) == 1


# --- the reader refuses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "error"), [
    ('fraction="100"', 'fraction="33.33"', "the fraction 33.33 is refused"),
    ('fraction="100"', 'fraction="50"', "nobody can solve it"),
    ("<![CDATA[1.0]]>", "<![CDATA[1,0]]>", "'1,0' ± "),
    ("<tolerance>0", "<tolerance>1%", "is not a number and its tolerance"),
    ("<multiplier>1.0<", "<multiplier>2.0<", "the units"),
    ("<unit_name><![CDATA[mV]]>", "<unit_name><![CDATA[m V]]>", "the unit 'm V'"),
    ("<unit_name><![CDATA[\u03bcV]]>", "<unit_name><![CDATA[uV]]>", "without the sign that looks like it"),
    ("<idnumber><![CDATA[", f"<idnumber><![CDATA[{'x' * 101}", "the id"),
    ('<questiontext format="html">', '<questiontext format="markdown">', "not marked as HTML"),
    ("<p>题</p>", "<p>\\(x<y\\)</p>", "not well-formed"),
    ("<p>题</p>", "<p onclick=''>题</p>", "an author's markup"),
    ("<p>题</p>", '<img src="@@PLUGINFILE@@/a.png"/>', "the files ['a.png']"),
    ("<p>题</p>", "<p>\x01</p>", "no XML"),
    ("$course$/top/", "/top/", "the category"),
])  # fmt: skip
def test_the_reader_refuses_what_moodle_refuses_or_spoils(old: str, new: str, error: str) -> None:
    content = moodle.written(items((Numbers((NUMBER,), ASKED), None))).content.decode()
    assert old in content

    with pytest.raises(Spoilt, match=re.escape(error)):
        moodle_reader.read(content.replace(old, new, 1).encode())


@pytest.mark.parametrize(("old", "new", "error"), [
    ("{2:NM:=", "{2:NM:=+", "a number with a plus sign"), ("{2:NM:=", "{2.5:NM:=", "read as a field"),
    ("{2:NM:=", "{2:NM:", "nobody can solve it"), ("{2:MCV:", "{2:MC:", "in a list to choose from is not shown"),
    ("<p>题</p>", "<p>{#1}</p>", "read as a field"),
])  # fmt: skip
def test_the_reader_refuses_fields_that_moodle_would_spoil(old: str, new: str, error: str) -> None:
    formula = Choice(((p(sample_sheets.m("x")),), (p("b"),)))
    made = items((Numbers((NUMBER,)), None), (Options((True, False), credits=(1.0, 0.0)), formula))
    content = moodle.written(made).content.decode()
    assert old in content

    with pytest.raises(Spoilt, match=re.escape(error)):
        moodle_reader.read(content.replace(old, new, 1).encode())


# --- the report --------------------------------------------------------------------------------------------------


def test_equal_losses_are_one_line_and_the_report_has_them_all(run: Run, tmp_path: Path) -> None:
    code, out, err = run("export", "gift", "-n", "1", "--seed", "s", "--lang", "en", "--losses", "losses.json")

    told = json.loads((tmp_path / "losses.json").read_text(encoding="utf-8"))
    losses = [Loss(**each) for each in told["losses"]]
    lines = err.splitlines()
    assert code == 0
    assert told["target"] == "gift"
    assert told["made by"].startswith("qbank ")
    assert told["counts"]["losses"] == len(losses) > len(lines)
    assert f"{told['counts']['items']} items, {told['counts']['questions']} questions, {len(losses)} losses" in out
    assert all(any(loss.what in line for line in lines) for loss in losses)


def test_a_whole_file_is_one_tree_with_its_declaration() -> None:
    content = moodle.written(items((Numbers((NUMBER,)), None))).content

    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>')
    assert [each.get("type") for each in ET.fromstring(content)] == ["category", "numerical"]
    assert html.unescape(content.decode()).count("AAAA-1") == 3


def test_both_formats_of_moodle_name_the_same_credits() -> None:
    made = items((Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.37, "m"))), None))
    written: list[Written] = [gift.written(made), moodle.written(made)]

    assert written[0].losses == written[1].losses
