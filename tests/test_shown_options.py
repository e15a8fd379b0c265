"""A choice that shows some of its options: which, how they are marked, printed, tried, and what is refused."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_items import HEAD, item_of
from test_answers_choice import Labels, marked, option, spec

from qbank import marking, papers, variants
from qbank.answers.choice import KIND as choice
from qbank.answers.choice.spec import Spec
from qbank.draws import Chance
from qbank.model import Array, Refused, Rules

SEATS = 4000
EIGHT = {name: option("yes" if name in "abc" else "no") for name in "abcdefgh"}


def orders(part: Spec, scope: Labels | None = None, seed: str = "seed") -> Array:
    return choice.arranged(part, scope or Labels(*[0] * SEATS), Chance(seed, "item"), "part", np.arange(SEATS))["order"]


ADMISSIBLE: list[tuple[dict[str, Any], dict[str, str], int, str]] = [
    ({"show": "4"}, {}, 30, "one of 3 right ones, 3 of 5 wrong ones"),
    ({"show": "4", "several": "yes", "show_right": "2"}, {}, 30, "2 of 3, 2 of 5"),
    ({"show": "4", "several": "yes", "show_right": ["1", "2"]}, {}, 60, "1 or 2 right ones"),
    ({"show": "4", "several": "yes"}, {}, 65, "all sets but the 5 without a right one"),
    ({"show": "4", "several": "yes", "min_ticks": "2"}, {}, 35, "two ticks need two right ones"),
    ({"show": "7"}, {"b": "no", "c": "no"}, 7, "the one right option is on every variant"),
    ({"show": "4"}, {"none": "h"}, 3 * 6, "and so is an option that stays at the end"),
]


@pytest.mark.parametrize(("fields", "changed", "count", "remark"), ADMISSIBLE)
def test_every_admissible_set_of_options_is_as_likely_as_any_other(
    fields: dict[str, Any], changed: dict[str, str], count: int, remark: str
) -> None:
    options = {name: option(changed.get(name, each["right"])) for name, each in EIGHT.items()}
    if "none" in changed:
        options["h"] = option("no", none="yes")
    part = spec(options, **fields)

    shown = Counter(tuple(sorted(row)) for row in orders(part).tolist())
    expected = SEATS / count

    assert len(shown) == count, remark
    assert max(abs(each - expected) for each in shown.values()) < 5 * expected**0.5


def test_every_order_of_the_options_shown_is_as_likely_as_any_other() -> None:
    right = np.isin(orders(spec(EIGHT, show="4")), [0, 1, 2])

    assert np.abs(right.mean(axis=0) - 0.25).max() < 0.03


@pytest.mark.parametrize("last", ["none", "last"])
def test_options_that_stay_at_the_end_stay_there_in_the_order_of_the_file(last: str) -> None:
    options = {"x": option("no", **{last: "yes"}), **EIGHT, "y": option("no", last="yes")}

    for shuffle in ("yes", "no"):
        order = orders(spec(options, show="5", shuffle=shuffle))
        assert {tuple(row) for row in order[:, 3:].tolist()} == {(0, 9)}
        assert shuffle == "yes" or (np.diff(order[:, :3].astype(int), axis=1) > 0).all()


@given(st.integers(0, 10_000))
def test_a_seat_s_options_are_its_own_whoever_else_sits_the_exam(seat: int) -> None:
    part, scope = spec(EIGHT, show="5", several="yes"), Labels(0, 0, 0)
    seats = np.array([seat, 7, seat + 1])

    together = choice.arranged(part, scope, Chance("seed", "item"), "part", seats)["order"]
    alone = choice.arranged(part, Labels(0), Chance("seed", "item"), "part", seats[:1])["order"]

    assert together[0].tolist() == alone[0].tolist()


def test_these_draws_never_change() -> None:
    assert orders(spec(EIGHT, show="4"))[:4].tolist() == PINNED["one"]
    assert orders(spec(EIGHT, show="4", several="yes"))[:4].tolist() == PINNED["several"]


PINNED = {
    "one": [[5, 0, 7, 3], [7, 1, 4, 3], [3, 6, 2, 4], [6, 1, 7, 3]],
    "several": [[5, 0, 7, 3], [2, 1, 3, 7], [4, 0, 2, 6], [3, 1, 6, 2]],
}


def test_what_is_right_may_depend_on_the_values_of_a_variant() -> None:
    case = {name: option(f"case == {label!r}") for name, label in zip("abc", ("cut", "active", "sat"), strict=True)}
    part = spec({**case, **{name: option("no") for name in "defgh"}}, show="4")
    scope = Labels(*[0, 1, 2] * (SEATS // 3), 0)

    order = orders(part, scope)
    key = choice.bind(part, scope, {"order": order})

    assert choice.possible(part, key, SEATS).all()
    assert (key["right"].argmax(axis=1) == scope.columns["case"].values).all()


def test_a_variant_without_enough_right_options_is_not_drawn() -> None:
    part = spec({name: option("case == 'cut'" if name in "ab" else "no") for name in "abcdef"}, show="3",
                several="yes", show_right="2")  # fmt: skip
    scope = Labels(0, 1)
    arrangement = choice.arranged(part, scope, Chance("seed", "item"), "part", np.arange(2))
    key = choice.bind(part, scope, arrangement)

    assert choice.possible(part, key, 2).tolist() == [True, False]
    assert choice.impossible is not None
    assert choice.impossible(part, {"right": key["right"][1:]}) == "no option is right"


RULES = [
    ("exact", "AB", 1.0), ("net", "ABC", 0.5), ("each", "A", 0.75), ("each", "ABC", 0.75), ("china", "A", 0.5),
    ("capped", "ABC", 0.5), ("cancel", "B", 0.5), ("coverage", "ABC", 2 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "letters", "credit"), RULES)
def test_rules_for_ticks_count_the_options_that_are_shown(rule: str, letters: str, credit: float) -> None:
    part = spec(EIGHT, show="4", several=rule, show_right="2")
    shown = {"order": np.array([[0, 2, 5, 7]], dtype=np.uint8)}
    key = choice.bind(part, Labels(0), shown)

    steps = choice.mark(part, choice.read(part, [letters], Rules()), key, shown, Rules())

    assert steps.credit.tolist() == pytest.approx([credit])


def test_a_letter_beyond_those_shown_is_unreadable() -> None:
    assert choice.read(spec(EIGHT, show="4"), ["D", "E", "4", "5"], Rules()).state.tolist() == [2, 1, 2, 1]


def test_a_mark_names_the_options_that_were_picked() -> None:
    part = spec({**EIGHT, "d": option("no", mistake="swapped")}, show="4")
    order = orders(part)
    letters = ["ABCD"[row.index(3)] if 3 in row else "A" for row in order.tolist()]

    steps = marked(part, letters)

    for row in np.flatnonzero((order == 3).any(axis=1))[:20].tolist():
        note, _, details = list(steps.of(row))[-1]
        assert (note, details["options"]) == ("choice.mistake.swapped", "d")


REFUSED = [
    ({"show": "8"}, EIGHT, "show: 8 of 8 options shows all of them; remove show:, or write more options"),
    ({"show": "1"}, EIGHT, "Input should be greater than or equal to 2"),
    ({"show": "7"}, EIGHT, "no 7 of these 8 options have 1 right: 3 can be right and 5 can be wrong"),
    ({"show": "4", "show_right": "2"}, EIGHT,
     "a single choice shows one right option; show_right: needs 'several: yes'"),
    ({"several": "yes", "show_right": "2"}, EIGHT,
     "show_right: needs show:, the number of options that each variant shows"),
    ({"several": "yes", "show": "4", "show_right": "4"}, EIGHT,
     "no 4 of these 8 options have 4 right: 3 can be right and 5 can be wrong"),
    ({"several": "yes", "show": "4", "show_right": ["3", "2"]}, EIGHT,
     "show_right: must be a number from 1 to 4, or [least, most] of such numbers"),
    ({"several": "yes", "show": "4", "show_right": "3", "max_ticks": "2"}, EIGHT,
     "show_right:, min_ticks: and max_ticks: do not allow any number of right options"),
    ({"show": "2"}, {**EIGHT, "x": option("no", none="yes"), "y": option("no", last="yes")},
     "show: 2 leaves no place beside the 2 that stay at the end"),
    ({"show": "4", "weights": {"a": "1", "b": "1", "c": "0.5"}}, EIGHT,
     "weights: the right option 'c' weighs 0.5; with show:, each must weigh 1/1"),
    ({"show": "4", "several": "yes", "weights": {"a": "0.5", "b": "0.5", "c": "0.5"}}, EIGHT,
     "weights: and show: need show_right: with one number, so that the right options shown add up to 1"),
    ({}, {f"o{place}": option("yes" if not place else "no") for place in range(30)},
     "at most 26 options can have a letter; write show: with the number of the 30 options to show"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "options", "message"), REFUSED)
def test_a_choice_that_cannot_show_so_many_is_refused(
    fields: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        spec(options, **fields)

    assert [error["msg"].removeprefix("Value error, ") for error in refused.value.errors()] == [message]


def test_any_admissible_part_is_drawn_as_it_says() -> None:
    """Whatever the numbers of right and wrong options: each part that loads has a variant on every seat."""
    for right, wrong, show in product(range(1, 6), range(1, 6), range(2, 8)):
        options = {f"o{place}": option("yes" if place < right else "no") for place in range(right + wrong)}
        for fields in ({}, {"several": "yes"}, {"several": "yes", "show_right": "2"}):
            try:
                part = spec(options, show=str(show), **fields)
            except ValidationError:
                continue
            scope = Labels(*[0] * 50)
            arrangement = choice.arranged(part, scope, Chance("s", "i"), "p", np.arange(50))
            assert choice.possible(part, choice.bind(part, scope, arrangement), 50).all()


ITEM = f"""{HEAD}
stem: {{zh: 题, en: A question}}
parameters: {{n: {{integers: [1, 9]}}}}
parts:
  - id: one
    ask: {{zh: 哪一个？, en: Which?}}
    answer:
      kind: choice
      show: 3
      options:
        a: {{right: yes, zh: "{{{{ n }}}} 个", en: "{{{{ n }}}} of them"}}
        b: {{right: yes, zh: 乙, en: "b"}}
        c: {{zh: 5 个, en: 5 of them}}
        d: {{zh: 丁, en: "d"}}
        e: {{zh: 戊, en: "e"}}
  - id: several
    ask: {{zh: 哪些？, en: Which ones?}}
    answer:
      kind: choice
      several: exact
      show: 3
      show_right: 2
      options:
        a: {{right: yes, zh: 甲, en: "a"}}
        b: {{right: yes, zh: 乙, en: "b"}}
        c: {{right: yes, zh: 丙, en: "c"}}
        d: {{zh: 丁, en: "d"}}
        e: {{zh: 戊, en: "e"}}
"""


def test_options_that_are_alike_are_told_apart_whether_they_are_shown_or_not() -> None:
    assert not (variants.make(item_of(ITEM), "seed", np.arange(40)).columns["n"].values == 5).any()


def test_a_trial_finds_the_variant_that_shows_its_options() -> None:
    item = item_of(ITEM)

    for first in "ab":
        drawn = variants.given(item, {"n": "7"}, {"one": [first, "e"], "several": ["b", "c", "d"]})
        names = [[part.facts.options[place].name for place in drawn.arrangements[part.id]["order"][0].tolist()]
                 for part in item.parts]  # fmt: skip
        assert {first, "e"} <= set(names[0])
        assert set(names[1]) == {"b", "c", "d"}


def test_a_trial_of_options_that_are_never_together_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        variants.given(item_of(ITEM), {"n": "7"}, {"one": ["a", "b"]})

    told = [each.message for each in refused.value.problems]
    assert told == ["part 'one': no variant shows these options together: a, b"]


def test_marking_an_item_marks_the_options_of_its_variants() -> None:
    item = item_of(ITEM)
    drawn = variants.make(item, "seed", np.arange(200))
    keys = {part.id: [papers.key(drawn, part, row, "zh").text for row in range(200)] for part in item.parts}

    marked_ = marking.mark(item, drawn, keys)

    assert {part: set(each.credit.tolist()) for part, each in marked_.items()} == {"one": {1.0}, "several": {1.0}}
    assert {len(key) for key in keys["several"]} == {2}
