"""Verdicts and words: true or false, spellings, lists of words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from qbank import algebra
from qbank.answers.essay import KIND as essay
from qbank.answers.text import KIND as text
from qbank.answers.text.holding import holds
from qbank.answers.text.marks import feasible as text_feasible
from qbank.answers.text.spec import Spec as TextSpec
from qbank.answers.text.words import Folding, slipped
from qbank.answers.text.wrapping import glosses
from qbank.answers.truth import KIND as truth
from qbank.answers.truth.spec import Spec as TruthSpec
from qbank.draws import Chance
from qbank.model import Column, Rules, Steps


class Labels:
    """A scope with one column of labels, `case`."""

    def __init__(self, *codes: int) -> None:
        self.n = len(codes)
        self.columns = {"case": Column(np.array(codes), ("cut", "active", "sat"))}

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, self.n)


def words(**fields: Any) -> TextSpec:
    return text.spec.model_validate({"kind": "text", **fields})


def notes(part: TextSpec, given: list[str], scope: Labels | None = None) -> list[tuple[str, float]]:
    key = text.bind(part, scope or Labels(*[0] * len(given)), {})
    steps = text.mark(part, text.read(part, given, Rules()), key, {}, Rules())
    return [(list(steps.of(row))[-1][0], float(steps.credit[row])) for row in range(len(given))]


# --- true or false -----------------------------------------------------------------------------------------------


def twins(**more: Any) -> TruthSpec:
    pair = {"a": {"right": "no", "zh": "甲", "en": "one", "why": "因为"}}
    pair["b"] = {"right": "yes", "zh": "乙", "en": "two"}
    return truth.spec.model_validate({"kind": "truth", "twins": pair, **more})


def judged(part: TruthSpec, given: list[str]) -> Steps:
    scope = Labels(*[0] * len(given))
    arrangement = truth.arranged(part, scope, Chance("seed", "item"), "part", np.arange(len(given)))
    key = truth.bind(part, scope, arrangement)
    return truth.mark(part, truth.read(part, given, Rules()), key, arrangement, Rules())


def test_one_twin_is_drawn_for_each_variant_and_its_key_counts() -> None:
    part = twins()
    twin = truth.arranged(part, Labels(*[0] * 40), Chance("seed", "item"), "part", np.arange(40))["twin"]

    steps = judged(part, ["对"] * 40)

    assert 10 < twin.sum() < 30
    assert steps.credit.tolist() == twin.tolist()
    wrong = int(np.flatnonzero(twin == 0)[0])
    note, _, details = next(steps.of(wrong))
    assert truth.reason(part, note, details, "zh") == "判断有误，该说法错误，因为。"
    assert truth.reason(part, note, details, "en") == "Misjudged: the statement is false, 因为."


@pytest.mark.parametrize("given", ["1", "0", "○", "√×", "是否", "对错", "true false", "×，应为反相", "T?"])
def test_what_may_mean_either_verdict_is_for_a_person(given: str) -> None:
    reading = truth.read(twins(), [given], Rules())

    assert reading.state.tolist() == [1]
    assert reading.expected(0, "en") == "✓ or ✗ (true, false, T, F)"


TRUTHS = [
    ({}, "needs twins:, or right: yes or no"),
    ({"twins": {"a": {"right": "no", "zh": "甲", "en": "one"}}},
     "there is only one twin: write its right:, zh: and en: under answer:"),
    ({"twins": {name: {"right": "no", "zh": "甲", "en": "one"} for name in "ab"}},
     "twins must have opposite keys: one right, one wrong"),
    ({"right": "yes", "zh": "甲"}, "the statement in en is missing (en:)"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "message"), TRUTHS)
def test_a_statement_that_cannot_be_judged_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        truth.spec.model_validate({"kind": "truth", **fields})

    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {message}"]


# --- words -------------------------------------------------------------------------------------------------------

FOLDED = [
    (Folding(), "Common Emitter", "common  emitter", True, "case, and runs of spaces"),
    (Folding(), "共射", "共 射", True, "spaces between Chinese characters mean nothing"),
    (Folding(), "NPN 管", "npn管", True, ""),
    (Folding(), "cut-off", "cut–off", True, "any dash"),
    (Folding(), "∞", "∞。", True, "a full stop at the end"),
    (Folding(), "cutoff", "cut off", False, "a space between letters counts"),
    (Folding(spaces="remove"), "cutoff", "cut off", True, ""),
    (Folding(spaces="trim"), "a b", "a  b", False, "inner spaces as they are"),
    (Folding(spaces="trim"), "a b", " a b ", True, ""),
    (Folding(spaces="exact"), "a b", "a b ", False, ""),
    (Folding(case="keep"), "nFET", "NFET", False, ""),
    (Folding(), "ß", "SS", True, "case folding, not lower case"),
]


@pytest.mark.parametrize(("folding", "asked", "given", "same", "remark"), FOLDED)
def test_spellings_are_one_after_folding(folding: Folding, asked: str, given: str, same: bool, remark: str) -> None:
    assert (folding.of(asked) == folding.of(given)) is same, remark


NEAR = [
    ("饱合", "饱和", True, ""),
    ("saturaton", "saturation", True, "a letter less"),
    ("satturation", "saturation", True, "a letter more"),
    ("saturatoin", "saturation", True, "two letters changed about"),
    ("saturatino n", "saturation", False, "two edits"),
    ("大", "小", False, "one character is another word"),
    ("pnp", "npn", False, "three letters are too few to tell a slip"),
    ("saturation", "saturation", False, "no slip at all"),
]


@pytest.mark.parametrize(("given", "asked", "close", "remark"), NEAR)
def test_a_slip_of_the_pen_is_one_edit_in_a_word_that_is_long_enough(
    given: str, asked: str, close: bool, remark: str
) -> None:
    assert slipped(given, asked) is close, remark


def test_a_named_mistake_comes_before_a_slip() -> None:
    mistake = {"accept": "负反馈", "zh": "符号相反", "en": "the opposite sign"}
    part = words(zh="正反馈", mistakes={"opposite": mistake}, spelling_credit="0.5")

    assert notes(part, ["正反馈", "负反馈", "正反溃", "反馈器"]) == [
        ("text.right", 1.0), ("text.mistake.opposite", 0.0), ("text.spelling", 0.5), ("text.wrong", 0.0)]  # fmt: skip


def test_what_is_known_is_no_slip_of_the_pen() -> None:
    """A mistake and a right answer may be one letter from an accepted spelling: neither earns less for it."""
    mistake = {"accept": "effect", "zh": "名词", "en": "the noun", "credit": "0.5"}
    part = words(en=["affect", "affects"], mistakes={"noun": mistake}, spelling_credit="0.5")
    near = words(en=["saturation", "saturation region"], spelling_credit="0.5")

    assert notes(part, ["affects", "effect", "affact"]) == [
        ("text.right", 1.0), ("text.mistake.noun", 0.5), ("text.spelling", 0.5),
    ]  # fmt: skip
    assert notes(near, ["saturation regon", "saturaton"]) == [("text.near.waits", 0.0), ("text.spelling", 0.5)]


def test_a_bracket_that_nothing_opens_is_no_gloss() -> None:
    assert ("虚", "ground") not in glosses("虚地ground)", Folding())
    assert ("虚", "ground") not in glosses("虚地grounds", Folding())
    assert ("虚地", "ground") in glosses("虚地(ground)", Folding())


def test_a_label_may_say_which_words_are_right() -> None:
    part = words(by="case", words={"cut": {"zh": "截止", "en": ["cut-off"]}, "sat": {"zh": "饱和", "en": "saturation"}})

    assert text_feasible(part, text.bind(part, Labels(0, 1, 2), {})).tolist() == [True, False, True]
    assert notes(part, ["截止", "截止", "Saturation"], Labels(0, 2, 2)) == [
        ("text.right", 1.0), ("text.wrong", 0.0), ("text.right", 1.0)]  # fmt: skip


LISTS = [
    ("no", "cut,active,sat", 1.0, ""),
    ("no", "sat；cut、active", 1.0, "any order, any comma"),
    ("no", "cut,cut,cut", 1 / 3, "a word given thrice counts once"),
    ("no", "cut,active,sat,triode", 2 / 3, "one too many"),
    ("no", "x,y,z,w", 0.0, ""),
    ("yes", "cut,active,sat", 1.0, ""),
    ("yes", "active,cut,sat", 1 / 3, "only the last stands in its place"),
]


@pytest.mark.parametrize(("ordered", "given", "credit", "remark"), LISTS)
def test_a_list_earns_its_right_words_less_the_surplus(ordered: str, given: str, credit: float, remark: str) -> None:
    keys = [{"accept": word} for word in ("cut", "active", "sat")]
    part = words(list={"words": keys, "ordered": ordered})

    assert notes(part, [given])[0][1] == pytest.approx(credit), remark


NESTED = [
    ("深度饱和、x", "text.partial", "the word that is right holds the other, and is no reason to wait"),
    ("深度饱和、轻度饱和", "text.near.waits", "a word beside the right one"),
    ("深度饱和、饱和、x", "text.partial", "one too many"),
    ("饱和、深度饱和", "text.right", ""),
    ("甲、乙", "text.wrong", ""),
]


@pytest.mark.parametrize(("given", "note", "remark"), NESTED)
def test_a_list_waits_for_words_that_hold_a_right_one_and_are_not_right(given: str, note: str, remark: str) -> None:
    part = words(list={"words": [{"accept": "饱和"}, {"accept": "深度饱和"}]})

    assert notes(part, [given])[0][0] == note, remark


HELD = [
    ("non-inverting", "inverting", True, "a hyphen is no sign"),
    ("non-q3", "q3", True, "nor before a letter with a digit"),
    ("ab-c", "c", True, ""),
    ("-b", "b", False, "a sign"),
    ("a+b", "b", False, "another answer"),
    ("u = -10 v", "-10", True, ""),
    ("u = -10 v", "10", False, ""),
    ("1,5", "5", False, "a comma within a number"),
    ("x = a,5", "5", True, "a comma between two"),
    ("2:5", "5", False, "a ratio"),
    ("a:5 v", "5", True, ""),
    ("一个大", "大", True, "a word that says little"),
    ("甲大型", "大", False, "a word that says something"),
    ("学大", "大", False, ""),
]


@pytest.mark.parametrize(("given", "asked", "held", "remark"), HELD)
def test_a_word_is_held_as_a_whole(given: str, asked: str, held: bool, remark: str) -> None:
    assert holds(given, asked) is held, remark


TEXTS = [
    ({}, "write the right answer in exactly one way: spellings (zh:, en:, accept:), a list:, or by: and words:"),
    ({"zh": "甲", "by": "case", "words": {"cut": {"zh": "乙"}}},
     "write the right answer in exactly one way: spellings (zh:, en:, accept:), a list:, or by: and words:"),
    ({"by": "case"}, "by: and words: need each other"),
    ({"zh": "甲", "mistakes": {"m": {"accept": "甲", "zh": "错", "en": "wrong"}}},
     "'甲' is both right and the mistake 'm'"),
    ({"zh": "甲", "regex": "b+", "mistakes": {"m": {"accept": "BB", "zh": "错", "en": "wrong"}}},
     "'BB' is both right and the mistake 'm'"),
    ({"regex": "a+"},
     "write the right answer in exactly one way: spellings (zh:, en:, accept:), a list:, or by: and words:"),
    ({"regex": "a+", "by": "case", "words": {"cut": {"zh": "乙"}}},
     "regex: belongs beside the spellings that it adds to; write it under words:"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "message"), TEXTS)
def test_words_that_cannot_be_marked_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        words(**fields)

    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {message}"]


PATTERNS = [
    ({}, "colou?r", "Colour.", "text.right", "case and a stop at the end fall away first"),
    ({}, "COLOU?R", "color", "text.right", "capitals in the pattern too"),
    ({"case": "keep"}, "nFETs?", "nFETs", "text.right", ""),
    ({"case": "keep"}, "nFETs?", "NFETS", "text.wrong", "capitals are asked"),
    ({}, "a|b", "ab", "text.wrong", "the whole answer, not a piece"),
    ({}, "共(发)?射(极)?", "共 发 射 极", "text.right", "spaces beside Chinese vanish first"),
    ({"spaces": "remove"}, "push-?pull", "push – pull", "text.right", "any dash"),
    ({}, "[0-9]+", "１２", "text.right", "full width"),
    ({}, "[a-z]", "\ud800", "text.wrong", "half a character is no error"),
    ({}, "(a+)+$", "a" * 999 + "!", "text.wrong", "in linear time"),
    ({}, "(.*a){20}", "a" * 1000, "text.right", "in linear time"),
    ({}, ["x", "y"], "Y", "text.right", "any of several"),
]


@pytest.mark.parametrize(("fields", "regex", "given", "note", "remark"), PATTERNS)
def test_a_pattern_is_right_where_the_whole_folded_answer_matches(
    fields: dict[str, Any], regex: str | list[str], given: str, note: str, remark: str
) -> None:
    part = words(accept="☂", regex=regex, **fields)

    assert notes(part, [given, "☂"]) == [(note, float(note == "text.right")), ("text.right", 1.0)], remark


REFUSED = [
    ("(a)\\1", r"Value error, '(a)\\1' is not a pattern of RE2: invalid escape sequence: \1"),
    ("a(?=b)", "Value error, 'a(?=b)' is not a pattern of RE2: invalid perl operator: (?="),
    ("(?<!a)b", "Value error, '(?<!a)b' is not a pattern of RE2: invalid perl operator: (?<!"),
    ("(", "Value error, '(' is not a pattern of RE2: missing ): ("),
    ("(a{99}){99}", "Value error, '(a{99}){99}' is not a pattern of RE2: invalid repetition size: {99}"),
    (r"\pL{1,900}", r"Value error, '\\pL{1,900}' is not a pattern of RE2: pattern too large - compile failed"),
    ("ａ+", "Value error, 'ａ+' cannot match: answers are compared in half-width characters; write 'a+'"),
    ("a" * 301, "String should have at most 300 characters"),
    ("", "String should have at least 1 character"),
]  # fmt: skip


@pytest.mark.parametrize(("regex", "message"), REFUSED)
def test_a_pattern_that_is_unsound_is_refused_when_it_is_read(regex: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        words(zh="甲", regex=regex)

    assert [error["msg"] for error in refused.value.errors()] == [message]


def test_a_pattern_may_stand_for_each_label_and_each_word_of_a_list() -> None:
    cut = {"accept": "cut-off", "regex": "cut.*"}
    by = words(by="case", words={"cut": cut, "sat": {"accept": "saturation"}})
    several = words(list={"words": [cut, {"accept": "cutting", "regex": "c.*"}, {"accept": "sat"}]})

    assert notes(by, ["cut off", "cut off"], Labels(0, 2)) == [("text.right", 1.0), ("text.wrong", 0.0)]
    assert [credit for _, credit in notes(several, ["sat,cx,cuts", "cuts", "cuts,cuts,sat", "cuts,cx,sat,no"])] == (
        pytest.approx([1, 1 / 3, 2 / 3, 2 / 3])), "one word fills one place"  # fmt: skip


def test_the_book_prints_the_patterns_after_the_spellings() -> None:
    part = words(zh="无穷大", en="infinite", regex=["inf.*", "∞+"])
    key = text.bind(part, Labels(0), {})

    assert text.accepted(part, key, {}, 0, "zh") == "无穷大 / infinite 或匹配 inf.* / ∞+"
    assert text.accepted(part, key, {}, 0, "en") == "infinite / 无穷大 or matches inf.* / ∞+"


def test_the_book_prints_the_language_of_the_page_and_every_spelling() -> None:
    part = words(zh=["无穷大", "无限大"], en="infinite", accept="∞")
    key = text.bind(part, Labels(0), {})

    assert (text.show(part, key, {}, 0, "zh").text, text.show(part, key, {}, 0, "en").text) == ("无穷大", "infinite")
    assert text.accepted(part, key, {}, 0, "zh") == "无穷大 / 无限大 / ∞ / infinite"
    assert text.accepted(part, key, {}, 0, "en") == "infinite / 无穷大 / 无限大 / ∞"


# --- long answers ------------------------------------------------------------------------------------------------


def test_a_long_answer_of_any_length_waits_for_a_person() -> None:
    part = essay.spec.model_validate({"kind": "essay"})
    key = essay.bind(part, Labels(0, 0), {})

    steps = essay.mark(part, essay.read(part, ["长" * 50_000, ""], Rules()), key, {}, Rules())

    assert [[note for note, _, _ in steps.of(row)] for row in range(2)] == [["essay.waits"], ["blank"]]
    assert essay.accepted(part, key, {}, 0, "zh") == "见评分标准"
