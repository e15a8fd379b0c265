"""Choice: how ticks are read, shuffled, and earn by each rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError

from qbank import algebra, waist
from qbank.answers.choice import KIND as choice
from qbank.answers.choice import ticks
from qbank.answers.choice.marks import feasible
from qbank.answers.choice.spec import Spec as ChoiceSpec
from qbank.draws import Chance
from qbank.model import Column, Paragraph, Rules, Steps, Text


class Labels:
    """A scope with one column of labels, `case`."""

    def __init__(self, *codes: int) -> None:
        self.n = len(codes)
        self.columns = {"case": Column(np.array(codes), ("cut", "active", "sat"))}

    def evaluate(self, expression: algebra.Expression) -> Column:
        return algebra.evaluate(expression, self.columns, self.n)


def option(right: str, **more: Any) -> dict[str, Any]:
    return {"right": right, "zh": "甲", "en": "one", **more}


def spec(options: dict[str, Any], **fields: Any) -> ChoiceSpec:
    return choice.spec.model_validate({"kind": "choice", "options": options, **fields})


def marked(part: ChoiceSpec, texts: list[str], scope: Labels | None = None, rules: Rules | None = None) -> Steps:
    rules, scope = rules or Rules(), scope or Labels(*[0] * len(texts))
    arrangement = choice.arranged(part, scope, Chance("seed", "item"), "part", np.arange(scope.n))
    key = choice.bind(part, scope, arrangement)
    return choice.mark(part, choice.read(part, texts, rules), key, arrangement, rules)


FOUR = {name: option("no") for name in "abcd"} | {"a": option("yes")}
READS = [
    ("A", "A", ""),
    ("Ａ", "A", "full width"),
    ("ⓐ", "A", "circled"),
    ("⒜", "A", "in a bracketed sign"),
    ("我选 a。", "A", ""),
    ("Answer: C", "C", ""),
    ("option b", "B", ""),
    ("(A)(C)", "AC", ""),
    ("a+c", "AC", ""),
    ("A和C", "AC", ""),
    ("134", "ACD", "a run of digits names an option each"),
    ("①③", "AC", ""),
    ("DCBA", "ABCD", "order says nothing"),
]


@pytest.mark.parametrize(("text", "letters", "remark"), READS)
def test_ticks_are_read_however_they_are_written(text: str, letters: str, remark: str) -> None:
    part = spec(FOUR, several="yes")

    reading = choice.read(part, [text], Rules())

    assert reading.state.tolist() == [2], remark
    assert int(reading.columns["ticks"][0]) == sum(1 << ord(letter) - ord("A") for letter in letters)


UNREAD = [
    ("A-C", 2, "A～D 中的字母", "letters from A to D", "a range or a correction"),
    ("A/B", 2, "A～D 中的字母", "letters from A to D", "a doubt"),
    ("E", 1, "A～D 中的字母", "letters from A to D", "there are four options"),
    ("5", 1, "A～D 中的字母", "letters from A to D", ""),
    ("B 饱和", 3, "A～D 中的字母", "letters from A to D", ""),
    ("，。", 3, "A～D 中的字母", "letters from A to D", "nothing but signs"),
    ("A" * 1001, 1001, "不超过 1000 个字符", "at most 1000 characters", ""),
]


@pytest.mark.parametrize(("text", "stop", "zh", "en", "remark"), UNREAD)
def test_what_is_not_ticks_says_where_and_why(text: str, stop: int, zh: str, en: str, remark: str) -> None:
    reading = choice.read(spec(FOUR), [text], Rules())

    assert (reading.state[0], reading.stop[0]) == (1, stop), remark
    assert (reading.expected(0, "zh"), reading.expected(0, "en")) == (zh, en)


def test_none_of_these_stands_alone_and_keeps_its_place() -> None:
    part = spec({"x": option("no", none="yes"), **FOUR}, several="yes")

    reading = choice.read(part, ["E", "AE", "AB"], Rules())
    orders = choice.arranged(part, Labels(*[0] * 50), Chance("seed", "item"), "part", np.arange(50))["order"]

    assert reading.state.tolist() == [2, 1, 2]
    assert reading.expected(1, "en") == "only 'none of these'"
    assert set(orders[:, 4].tolist()) == {0}
    assert len(set(map(tuple, orders.tolist()))) > 10


NONE = {"x": option("no", none="yes")}
TWO = {"a": option("yes"), "b": option("no")}


@pytest.mark.parametrize(
    ("options", "fields", "shown", "places"),
    [
        (TWO, {}, 2, {0, 1}),
        ({**NONE, **TWO}, {}, 3, {0, 1}),
        (FOUR, {}, 4, {0, 1, 2, 3}),
        (FOUR, {"show": "2"}, 2, {0, 1}),
        ({**NONE, **FOUR}, {"show": "3"}, 3, {0, 1}),
    ],
    ids=["two", "two and none of these", "four", "two of four", "two of four and none of these"],
)
def test_the_right_option_is_at_each_place_on_some_paper(
    options: dict[str, Any], fields: dict[str, Any], shown: int, places: set[int]
) -> None:
    part = spec(options, **fields)
    orders = choice.arranged(part, Labels(*[0] * 60), Chance("seed", "item"), "part", np.arange(60))["order"]

    assert orders.shape == (60, shown)
    assert {row.tolist().index(list(options).index("a")) for row in orders} == places
    assert "x" not in options or set(orders[:, -1].tolist()) == {0}, "none of these is the last"


def test_the_letter_follows_the_shuffle_and_the_note_the_option() -> None:
    part = spec({"cut": option("case == 'cut'", mistake="off"), "active": option("case == 'active'"),
                 "sat": option("case == 'sat'", mistake="hard")})  # fmt: skip
    scope = Labels(0, 1, 2, 0, 1, 2)
    arrangement = choice.arranged(part, scope, Chance("seed", "item"), "part", np.arange(6))
    key = choice.bind(part, scope, arrangement)
    sat = ["ABC"[row.tolist().index(2)] for row in arrangement["order"]]

    steps = choice.mark(part, choice.read(part, sat, Rules()), key, arrangement, Rules())

    assert feasible(part, key).all()
    assert [list(steps.of(row))[-1][0] for row in range(6)] == [
        "choice.mistake.hard", "choice.mistake.hard", "choice.right"] * 2  # fmt: skip
    assert steps.steps[-1].details["options"].tolist() == ["sat"] * 6


def test_a_variant_with_two_right_options_of_one_is_not_drawn() -> None:
    part = spec({"low": option("case != 'sat'"), "high": option("case != 'cut'")})
    scope = Labels(0, 1, 2)

    assert feasible(part, choice.bind(part, scope, {})).tolist() == [True, False, True]


def test_the_rule_of_the_part_wins_over_that_of_the_paper() -> None:
    options = {"a": option("yes"), "b": option("yes"), "c": option("no"), "d": option("no")}

    by_paper = marked(spec(options, several="yes", shuffle="no"), ["A"], rules=Rules(several="china"))
    by_part = marked(spec(options, several="exact", shuffle="no"), ["A"], rules=Rules(several="china"))

    assert (by_paper.credit[0], by_part.credit[0]) == (0.5, 0.0)


def test_a_named_distractor_among_several_ticks_is_noted_beside_the_verdict() -> None:
    options = {"a": option("yes"), "b": option("no", mistake="mixed-up"), "c": option("yes")}

    steps = marked(spec(options, several="net", shuffle="no"), ["ABC"])

    assert [note for note, _, _ in steps.of(0)] == ["choice.mistake.mixed-up", "choice.wrong"]


def masks(width: int) -> st.SearchStrategy[NDArray[np.bool_]]:
    return st.lists(st.booleans(), min_size=width, max_size=width).map(lambda row: np.array([row]))


@pytest.mark.parametrize("rule", ticks.RULES)
@given(ticked=masks(5), right=masks(5))
def test_no_rule_gives_more_than_all_and_each_gives_all_for_the_key(
    rule: str, ticked: NDArray[np.bool_], right: NDArray[np.bool_]
) -> None:
    assert ticks.credit(rule, ticked, right)[0] <= 1
    if right.any():
        assert ticks.credit(rule, right, right)[0] == 1


@pytest.mark.parametrize("rule", ticks.ADDITIVE)
@given(ticked=masks(5), right=masks(5))
def test_an_additive_rule_is_the_sum_of_what_its_options_add(
    rule: str, ticked: NDArray[np.bool_], right: NDArray[np.bool_]
) -> None:
    added = ticks.additions(rule, right[0])[ticked[0]].sum()

    assert ticks.credit(rule, ticked, right)[0] == pytest.approx(added)


NEITHER, BOTH = ({"a": option(right), "b": option(right)} for right in ("no", "yes"))
REFUSED = [
    ({}, BOTH, "a single choice has one right option, not 2; write 'several: yes' if several may be ticked"),
    ({}, NEITHER, "a single choice has one right option, not 0; write 'several: yes' if several may be ticked"),
    ({"several": "yes"}, NEITHER, "no option is right"),
    ({"several": "chian"}, FOUR, "'chian' is not known; did you mean 'china'?"),
    ({"weights": {"e": "1"}}, FOUR, "weights: 'e' is not an option"),
    ({"negative": "2"}, FOUR, "'2' is not a share of the marks between -1 and 1"),
    ({"several": "yes", "floor": "0.5"}, FOUR, "'0.5' is not a floor; write 0, a negative share of the marks, or none"),
    ({"max_ticks": "2"}, FOUR, "min_ticks: and max_ticks: need 'several: yes'"),
    ({"several": "yes", "negative": "1/3"}, FOUR,
     "negative: is for a single choice; with several:, the rule and floor: decide what wrong ticks cost"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "options", "message"), REFUSED)
def test_a_choice_that_cannot_be_asked_is_refused(fields: dict[str, Any], options: Any, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(options, **fields)

    assert [error["msg"].removeprefix("Value error, ") for error in refused.value.errors()] == [message]


def test_pages_hear_of_options_in_the_order_of_the_variant() -> None:
    part = spec({"a": option("yes", zh="对的"), "b": option("no", zh="错的", why="因为")}, negative="1/4")
    swapped = {"order": np.array([[1, 0]], dtype=np.uint8)}
    key = choice.bind(part, Labels(0), swapped)

    asked = choice.interaction(part, swapped, 0, "zh")

    assert asked == waist.Choice(((Paragraph((Text("错的"),)),), (Paragraph((Text("对的"),)),)))
    assert choice.show(part, key, swapped, 0, "zh").text == "B"
    assert choice.scoring(part, key, swapped, 0, Rules()) == waist.Options(
        (False, True), credits=(-0.25, 1.0), floor=None
    )
    assert [(one.printed, one.text, one.credit) for one in choice.foreseen(part, key, swapped, 0, "zh")] == [
        ("A", (Text("因为"),), -0.25)
    ]


def test_the_candidate_reads_what_was_picked_what_was_right_and_why() -> None:
    why = {"zh": "漏了 $R_E$", "en": "$R_E$ is forgotten"}
    part = spec({"a": option("yes"), "b": option("no", why=why)}, shuffle="no")
    steps = marked(part, ["B"])
    note, _, details = next(steps.of(0))

    assert choice.reason(part, note, details, "zh") == "选了 B，应选 A，漏了 R_E。"
    assert choice.reason(part, note, details, "en") == "B was picked; A is right, R_E is forgotten."


def test_right_must_be_true_or_false_on_each_variant() -> None:
    part = spec({"a": option("2 + 2"), "b": option("no")})

    with pytest.raises(ValueError) as refused:
        choice.bind(part, Labels(0), {})

    assert str(refused.value) == "right: 2 + 2 is neither true nor false; write a comparison, such as case == 'sat'"


def test_a_wrong_option_without_a_penalty_earns_a_plain_zero() -> None:
    credit = marked(spec(FOUR, shuffle="no"), ["B"]).credit

    assert np.signbit(credit).tolist() == [False]
