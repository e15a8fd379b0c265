"""GIFT: what is written is read again as Moodle reads it, and earns there what it earns here, or the loss is named."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gift_reader
import numpy as np
import pytest
import sample_sheets
from conftest import GALLERY
from gift_reader import Question, Spoilt
from hypothesis import given
from hypothesis import strategies as st
from sample_sheets import HOSTILE, p

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import LANGS, Lang, Printed
from qbank.outputs import Written, gift
from qbank.sheets import Answer, Foreseen, Items, Pool, Variant, Worked
from qbank.waist import Choice, Interval, Numbers, Options, Orders, Pairing, Pairs, Scoring, TextEntry, Texts, Wording

BANKS = (bank.load(resources.folder("questions")), bank.load(GALLERY))
COUNT = 3
SEED = "gift"


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def exported(source: Bank, item: Item, lang: Lang) -> tuple[Pool, Written]:
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    return pool, gift.written(Items(lang, "bank", (pool,)))


# --- as Moodle marks, so does qbank ------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_in_moodle_what_it_earns_here(source: Bank, item: Item) -> None:
    """Right, wrong, foreseen and edge answers to every part that is not named among the losses of marks."""
    pool, written = exported(source, item, "zh")
    read = {question.id: question for question in gift_reader.read(written.content)}
    lost = {part.id: [loss.what for loss in written.losses if loss.part == part.id] for part in item.parts}
    drawn = variants.make(item, SEED, np.arange(COUNT))

    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True)):
            name = variant.code + (f".{place + 1}" if len(item.parts) > 1 else "")
            question = read.pop(name, None)
            left_out = any(what.startswith("left out") for what in lost[part.id])
            assert (question is None) == left_out
            if question is None or question.sort == "essay" or any("rule" in what for what in lost[part.id]):
                continue
            tried = list(trials(answer, question))
            texts = {each.id: [here if each.id == part.id else "" for _, here in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            least = 0.0 if question.sort == "multichoice" and not question.single else -1.0
            own = {repr(there): max(credit, least)
                   for (there, _), credit in zip(tried, marked.credit.tolist(), strict=True)}
            assert {repr(there): question.fraction(there) for there, _ in tried} == pytest.approx(own, abs=1e-5), name
    assert read == {}


def trials(answer: Answer, question: Question) -> Iterator[tuple[Any, str]]:
    """Answers as they are given in Moodle, and as they are written for qbank."""
    scoring = answer.scoring
    match scoring:
        case Numbers(intervals, units):
            unit = f" {units.names[0].name}" if units.names and not units.printed else ""
            for each in intervals:
                width = each.high - each.low
                beside = max(width / 7, abs(each.value) * 1e-9)
                inside = [each.low + width * 1e-6, each.high - width * 1e-6] if width > abs(each.value) * 1e-9 else []
                for value in (each.value, *inside, each.high + beside, each.low - beside, -each.value, each.value * 10):
                    if not each.bare:
                        typed = f"{value:.15g}"
                        yield typed, typed + unit
            yield "abc", ""
        case Texts(wordings):
            for one in (*wordings, Wording("☂☂☂")):
                yield from ((each, each) for each in (one.text, one.text.upper()) if not one.pattern)
        case Options(right, rule) if question.sort == "truefalse":
            yield from (("√", "√"), ("×", "×"))
        case Options(right, rule):
            letters = "√×" if len(right) == 2 and isinstance(answer.part.interaction, Choice) and (
                answer.part.interaction.style == "truth") else "ABCDEFGHIJ"
            count = len(right)
            sets = [[place] for place in range(count)] if rule == "single" else [
                [place for place in range(count) if bits >> place & 1] for bits in range(1, 1 << count)]
            yield from ((ticked, "".join(letters[place] for place in ticked)) for ticked in sets)
        case Pairs(right):
            lefts = [left for left, _ in question.pairs if left]
            rights = _rights(answer)
            for shift in range(len(rights)):
                chosen = [(place + shift) % len(rights) for place in right]
                there = {left: rights[place] for left, place in zip(lefts, chosen, strict=True)}
                yield there, "".join(chr(ord("a") + place) for place in chosen)
        case Orders(steps, run):
            right_order = "".join(chr(ord("a") + place) for place in np.argsort(steps, kind="stable"))
            groups = len(set(steps)) < len(steps)  # backwards, a group is still a run, whose marks are named as lost
            wrong_order = right_order[:1] if run and groups else right_order[::-1]
            yield from ((each, each) for each in (right_order, wrong_order))
        case _:
            return


def _rights(answer: Answer) -> list[str]:
    from qbank import markup

    assert isinstance(answer.part.interaction, Pairing)
    return [" ".join(markup.plain(text).split()) for text in answer.part.interaction.right]


# --- what the file says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("source", BANKS, ids=("shipped", "gallery"))
def test_the_whole_bank_is_read_again(source: Bank, lang: Lang) -> None:
    """Every text shows its code; every item is there, or its losses say that it is left out."""
    chosen = list(source.items.values())
    pools = tuple(papers.pools(chosen, source.circuits, seed=SEED, count=2, lang=lang))

    written = gift.written(Items(lang, "bank", pools))
    read = gift_reader.read(written.content)

    assert len(read) == written.count
    assert all(f"<small>{question.id}</small>" in question.text for question in read)
    there = {question.category.split("/")[3] for question in read}
    left_out = {loss.item for loss in written.losses if loss.what.startswith("left out")}
    assert {item.id for item in chosen} - there <= left_out


def test_an_exam_is_written_with_the_values_of_its_papers(exam: papers.Exam) -> None:
    made = papers.items(exam, "en")

    read = gift_reader.read(gift.written(made).content)

    for form, code in enumerate(exam.forms):
        book = papers.book(exam, form, "en")
        for worked, pool in zip(book.worked, made.pools, strict=True):
            code_there = f"{code}-{worked.question.number}"
            same = [variant for variant in pool.variants if variant.worked.question == worked.question]
            assert same, "a form that looks like another one stands there under the other's code"
            if same[0].code == code_there:
                assert [question for question in read if question.id.split(".")[0] == code_there] or pool.item in (
                    "gallery.vector", "gallery.shape")


def one(scoring: Scoring, interaction: Any = None, mistakes: tuple[Foreseen, ...] = (), stem: Any = None) -> Items:
    """Items of one question with one part."""
    asked = sample_sheets.question(1, stem or (p("题"),), sample_sheets.part("a", interaction or TextEntry()))
    printed = Printed("1", "1", "1", "1")
    worked = Worked(asked, "x.y", "题", (Answer(asked.parts[0], printed, "", mistakes, scoring),), ())
    return Items("zh", "库/一", (Pool("x.y", "题", "t", (Variant("AAAA-1", worked),)),))


NUMBER = Interval(0.99, 1.01, 1.0)


@pytest.mark.parametrize(("scoring", "interaction", "losses"), [
    (Numbers((NUMBER,)), None, []),
    (Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.37, "m"))), None, ["a credit of 0.37: it is 0.4 there"]),
    (Numbers((NUMBER,), untold=("figures",)), None, ["how many figures are shown"]),
    (Numbers((NUMBER,), untold=("fraction",)), None,
     ["left out: the key is a fraction, and only decimals can be typed there"]),
    (Numbers((Interval(9e-31, 9.2e-31, 9.1e-31),)), None,
     ["left out: the number is so small that 0 would be right there; ask in another unit"]),
    (Numbers((NUMBER, Interval(10, 11, 10.5, bare=True))), None, ["the ratio that may be given instead of the level"]),
    (Texts((Wording("a"), Wording("b|c", pattern=True))), None, [("a pattern: only the listed spellings are right "
                                                                 "there")]),
    (Texts((Wording("a -> b"),)), None,
     ["a spelling that contains '->'", "left out: no spelling of the answer can be written"]),
    (Texts((Wording("nFET"),), case=True, spaces="remove", near=0.5), None,
     ["capitals: they do not count there", "spaces: remove", "near-misses in spelling"]),
    (Options((True, False, True), "china"), Choice((p("a"),) * 3, several=True),  # type: ignore[arg-type]
     ["the rule 'china': any wrong tick earns nothing there, as with 'cancel'"]),
    (Options((True, False, True), "cancel"), Choice(((p("a"),), (p("b"),), (p("c"),)), several=True), []),
    (Options((True, False), "net", (1.0, -1.0), floor=None, most=1, lone=1),
     Choice(((p("a"),), (p("b"),)), several=True),
     ["marks below zero", "how many options may be ticked", "that 'none of these' excludes the other options"]),
    (Pairs((0, 1), each=False), Pairing(((p("a"),), (p("b"),)), ((p("c"),), (p("d"),))),
     ["all or nothing: every pair earns its share there"]),
    (Orders((0,) * 5), Pairing((), ((p("a"),),) * 5), ["left out: more than 24 orders are right"]),
    (Orders((0, 1, 2), run=True), Pairing((), ((p("a"),),) * 3), ["part marks for a sequence that is right"]),
])  # fmt: skip
def test_what_it_cannot_hold_is_named(scoring: Scoring, interaction: Any, losses: list[str]) -> None:
    if isinstance(interaction, Choice):
        interaction = replace(interaction, options=tuple((p(sign),) for sign in "abc"[: len(interaction.options)]))

    written = gift.written(one(scoring, interaction))

    assert [loss.what for loss in written.losses] == losses
    left_out = any(what.startswith("left out") for what in losses)
    assert len(gift_reader.read(written.content)) == written.count == (0 if left_out else 1)


def test_a_figure_is_named_in_the_text_and_among_the_losses() -> None:
    written = gift.written(one(Numbers((NUMBER,)), stem=(p("电路如图"), sample_sheets.amplifier())))

    assert [str(loss) for loss in written.losses] == ["x.y (a): the figure: GIFT has no images, the text names it"]
    assert "［图：反相比例运算电路，输入电阻接反相端］" in gift_reader.read(written.content)[0].text


@pytest.mark.parametrize(("text", "typed"), [
    ("a*b", "a*b"), ("a~b=c#d{e}:f", "a~b=c#d{e}:f"), ("a\\b", "a\\b"), ("%50%", "%50%"), ("[0.1]", "[0.1]"),
    ("T", "t"), ("\\neq", "\\neq"), ("=", "="), ("// x", "// x"),
])  # fmt: skip
def test_an_answer_is_what_was_written_whatever_signs_it_has(text: str, typed: str) -> None:
    (question,) = gift_reader.read(gift.written(one(Texts((Wording(text), Wording("other", 0.5))))).content)

    assert question.sort == "shortanswer"
    assert question.fraction(typed) == 1
    assert question.fraction(f"{typed}x") == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_they_are_written(text: str) -> None:
    told = Foreseen("2", (p(text).inlines), 0.0, "m")
    made = one(Numbers((NUMBER, Interval(1.9, 2.1, 2.0, 0.0, "m"))), mistakes=(told,), stem=(p(text),))

    (question,) = gift_reader.read(gift.written(made).content)

    assert html.unescape(re.sub(r"<[^>]*>", "", question.text)).startswith(text)
    assert html.unescape(question.choices[1].feedback) == text
    assert question.category == "$course$/top/库//一/x.y"


@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_any_text_is_read_again(stem: str, answer: str) -> None:
    written = gift.written(one(Texts((Wording("safe"), Wording(answer, 0.5))), stem=(p(stem),)))

    (question,) = gift_reader.read(written.content)

    assert question.sort == "shortanswer"
    assert question.fraction("safe") == 1


@pytest.mark.parametrize(("line", "error"), [
    ("=%37%1:0", "the fraction 37 is refused"), ("=%100%1,5:0", "'1,5:0' is not a number"),
    ("=%50%1:0", "nobody can solve it"),
])  # fmt: skip
def test_the_reader_refuses_what_moodle_refuses_or_spoils(line: str, error: str) -> None:
    text = f"$CATEGORY: $course$/top/a\n\n// [id:x]\n::x::[html]q{{#\n{line}\n}}\n"

    with pytest.raises(Spoilt, match=re.escape(error)):
        gift_reader.read(text.encode())


