"""Scales: exact curves, tables without gaps, several exams and columns in one mark, rounded once."""

from __future__ import annotations

from contextlib import nullcontext
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import scales
from qbank.model import Bilingual, Marks, Refused, State, printed_marks
from qbank.scales import Band, Given, Table, curves

SCHEME = """
components:
  - {name: 平时, weight: 30, column: 平时成绩}
  - {name: 期末, weight: 70, exam: final, scale: gentle, minimum: 45, needed: yes}
round: 1
grade: ours
curves: {gentle: "anchors 0:0 40:60 100:100 of 100"}
tables:
  ours:
    - {from: 85, to: 100, word: {zh: 优, en: excellent}, points: 4}
    - {from: 60, to: 84, word: {zh: 合格, en: pass}, points: 2}
    - {from: 0, to: 59, word: 重修, points: 0}
"""


def of(marks: list[int], worth: int = 100, states: list[State] | None = None, known: list[bool] | None = None) -> Given:
    return Given(Fraction(worth), Marks.listed([Fraction(mark) for mark in marks]),
                 tuple(states or ["sat"] * len(marks)), np.array(known or [True] * len(marks)))  # fmt: skip


@pytest.mark.parametrize(
    ("curve", "mark", "worth", "expected"),
    [
        ("as-is", 30, 60, "30"),
        ("to-100", 30, 60, "50"),
        ("to 150", 30, 60, "75"),
        ("linear 1.1 5", 40, 60, "49"),
        ("linear 1.1 5", 60, 60, "71"),
        ("linear 2 0", 60, 60, "100"),  # not more than 100
        ("linear 1 -70", 60, 60, "0"),  # not less than 0
        ("linear 1 5 of 100", 30, 60, "55"),
        ("anchors 36:60 60:100", 48, 60, "80"),
        ("anchors 36:60 60:100", 30, 60, "50"),  # the line goes on
        ("anchors 36:60 60:100", 0, 60, "0"),
        ("anchors 0:0 40:60 100:100 of 100", 42, 60, "80"),  # 70 of 100
        ("anchors 0:0 20:0 60:100", 10, 60, "0"),  # flat at its beginning
        ("anchors 0:0 20:0 60:100", 40, 60, "50"),
        ("sqrt", 36, 100, "60"),
        ("sqrt", 15, 60, "50"),
        ("sqrt", 50, 100, "70.7107"),
        ("sqrt", -3, 100, "0"),
    ],
)
def test_a_curve_is_exact(curve: str, mark: int, worth: int, expected: str) -> None:
    assert printed_marks(curves.value(scales.curve(curve), Fraction(mark), Fraction(worth))) == expected


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        ("as-is", "the marks as they are, out of 60"),
        ("to-100", "in proportion from 60 to 100"),
        ("linear 1.1 5", "the line 1.1·x + 5, x out of 60, at least 0 and at most 100"),
        ("linear 1.1 -5", "the line 1.1·x − 5, x out of 60, at least 0 and at most 100"),
        ("linear 1 0 of 100", "the line 1·x + 0, x brought from 60 to 100, at least 0 and at most 100"),
        ("anchors 0:0 60:100", "straight lines through 0 → 0, 60 → 100, x out of 60, at least 0 and at most 100"),
        ("sqrt", "the square root curve 100·√(x/60)"),
    ],
)
def test_a_curve_is_told_as_it_is_applied(curve: str, said: str) -> None:
    assert curves.told(scales.curve(curve), Fraction(60)).en == said


CURVES = st.sampled_from(["to-100", "sqrt", "linear 1.1 5", "anchors 10:30 50:60 of 100", "anchors 0:0 40:60 100:100"])


@given(CURVES, st.lists(st.fractions(0, 100, max_denominator=60), min_size=2, max_size=9))
def test_a_better_exam_never_gets_a_lower_mark(curve: str, marks: list[Fraction]) -> None:
    chosen = scales.curve(curve)
    after = curves.scaled(chosen, Marks.listed(sorted(marks)), Fraction(100))

    values = [after[row] for row in range(len(marks))]
    assert all(low <= high for low, high in pairwise(values))
    assert all(0 <= value <= 100 for value in values)


@given(st.integers(0, 10_000), st.sampled_from(["1", "1/2", "1/10"]))
def test_the_root_is_rounded_as_the_exact_root_is(hundredths: int, step: str) -> None:
    unit, mark = Fraction(step), Fraction(hundredths, 100)
    after = curves.scaled(scales.curve("sqrt"), Marks.listed([mark]), Fraction(100)).rounded(unit)[0]

    low, high = after - unit / 2, after + unit / 2  # low <= 10 √mark < high
    assert max(low, Fraction(0)) ** 2 <= 100 * mark < high**2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("curved", "the scale 'curved' is not recognised; write as-is, to-100, linear A B, anchors X:Y X:Y or sqrt"),
        ("linear -1 5",
         "the scale 'linear -1 5' does not give a better exam a better mark: its factor must be more than 0"),
        ("anchors 40:60", "the scale 'anchors 40:60' needs at least two anchors, such as: anchors 36:60 60:100"),
        ("anchors 40:60 40:70", "the scale 'anchors 40:60 40:70' has two anchors at 40"),
        ("anchors 4:6 6:5", "the scale 'anchors 4:6 6:5' falls from 4 to 6: a better exam would get a lower mark"),
        ("anchors 4:6 8:6", "the scale 'anchors 4:6 8:6' gives every exam the same mark"),
        ("to-0", "the scale 'to-0': marks are out of more than 0"),
        ("linear 1 5 of 0", "the scale 'linear 1 5 of 0': marks are out of more than 0"),
        ("linear 0 5",
         "the scale 'linear 0 5' does not give a better exam a better mark: its factor must be more than 0"),
        ("linear 1/0 5", "'1/0' is not a number"),
    ],
)  # fmt: skip
def test_a_curve_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        scales.curve(text)

    assert str(refused.value) == said


def test_an_anchor_that_no_mark_meets_is_refused() -> None:
    scheme = scales.single(("final",), scales.curve("anchors 40:60 100:100"), Fraction(1))

    with pytest.raises(Refused, match=r"no mark meets the anchor 100:100, for marks go from 0 to 60; if it is a perc"):
        scales.combined(scheme, {"final": of([30], 60)})


@pytest.mark.parametrize(
    ("curve", "refused"),
    [
        ("linear 1 -60", True),  # 60 of 60 would get 0
        ("linear 1 -59", False),
        ("linear 1 100", True),  # 0 of 60 would get 100
        ("linear 1 99", False),
        ("linear 1 -60 of 100", False),  # 60 of 60 is 100 of 100, which gets 40
        ("anchors 0:0 60:100", False),
        ("anchors -1:0 60:100", True),
        ("sqrt", False),
    ],
)
def test_a_curve_that_gives_every_mark_the_same_is_refused(curve: str, refused: bool) -> None:
    scheme = scales.single(("final",), scales.curve(curve), Fraction(1))

    with pytest.raises(Refused) if refused else nullcontext():
        scales.combined(scheme, {"final": of([30], 60)})


def band(low: int | str, high: int | str | None, word: str) -> Band:
    return Band(Bilingual(zh=word, en=word), Fraction(low), None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("bands", "step", "said"),
    [
        ([(0, 59, "F"), (60, 100, "P")], "1", None),
        ([(0, 59, "F"), (60, 100, "P")], "1/2", "has a gap between 59 and 60: a mark of 59.5 has no grade"),
        ([(0, 59, "F"), (60, 100, "P")], "0", "has a gap between 59 and 60: a mark of 59 has no grade"),
        ([(0, None, "F"), (60, None, "P")], "0", None),
        ([(60, None, "P")], "1", "has a gap between 0 and 60: a mark of 0 has no grade"),
        ([(0, 60, "F"), (60, 100, "P")], "1", ": 60 is in both 'F' (0–60) and 'P' (60–100)"),
        ([(0, 59, "F"), (60, 99, "P")], "1", "has a gap between 99 and 100: a mark of 100 has no grade"),
        ([(0, 59, "F"), (70, 100, "P")], "1", "has a gap between 59 and 70: a mark of 60 has no grade"),
        ([(0, None, "F"), (60, None, "P"), (101, None, "A+")], "1",
         ": no mark is in 'A+' (from 101); marks go from 0 to 100 in steps of 1"),
        ([(0, None, "F"), ("59.2", None, "E"), ("59.7", None, "P")], "1",
         ": no mark is in 'E' (from 59.2); marks go from 0 to 100 in steps of 1"),
        ([(0, None, "F"), ("59.1", None, "E"), ("59.4", None, "P")], "1/2",
         ": no mark is in 'E' (from 59.1); marks go from 0 to 100 in steps of 0.5"),
        ([(0, None, "F"), ("59.1", None, "E"), ("59.6", None, "P")], "1/2", None),  # 59.5
        ([(0, None, "F"), (59, None, "E"), (60, None, "P")], "1", None),  # 59
        ([(-10, 0, "Z"), (1, 100, "P")], "1", None),  # marks begin at 0
    ],
)  # fmt: skip
def test_a_table_has_no_gap_and_no_overlap(bands: list[tuple[int, int, str]], step: str, said: str | None) -> None:
    table = Table("ours", tuple(band(*each) for each in bands))
    if said is None:
        scales.need_whole(table, Fraction(step), Fraction(100))
        return
    with pytest.raises(Refused) as refused:
        scales.need_whole(table, Fraction(step), Fraction(100))

    assert str(refused.value).removeprefix("the table 'ours' ").removeprefix("the table 'ours'") == said


@pytest.mark.parametrize("name", scales.TABLES)
@pytest.mark.parametrize("step", ["1", "1/2", "1/100", "0"])
def test_a_table_of_ours_is_whole(name: str, step: str) -> None:
    scales.need_whole(scales.TABLES[name], Fraction(step), Fraction(100))


def test_a_mark_at_the_edge_has_the_upper_grade() -> None:
    scheme = scales.single(("e",), scales.curve("as-is"), Fraction(1), table=scales.table("five-level"))
    final = scales.combined(scheme, {"e": of([0, 59, 60, 69, 70, 80, 89, 90, 100])})

    assert [word.zh for word in final.grades] == ["不及格", "不及格", "及格", "及格", "中", "良", "良", "优", "优"]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("five-level", "0-59 fail, 60-69 pass, 70-79 fair, 80-89 good, 90-100 excellent"),
        ("pass-fail", "0-59 fail, 60-100 pass"),
        ("letters", "0-59 F 0, 60-69 D 1, 70-79 C 2, 80-89 B 3, 90-100 A 4"),
        ("letters-plus", ("0-59 F 0, 60-62 D- 0.7, 63-66 D 1, 67-69 D+ 1.3, 70-72 C- 1.7, 73-76 C 2, 77-79 C+ 2.3, "
         "80-82 B- 2.7, 83-86 B 3, 87-89 B+ 3.3, 90-92 A- 3.7, 93-100 A 4")),
        ("gpa-4", "0-59 0 0, 60-69 1.0 1, 70-79 2.0 2, 80-89 3.0 3, 90-100 4.0 4"),
        ("gpa-4-fine", ("0-59 0 0, 60-63 1.0 1, 64-67 1.5 1.5, 68-71 2.0 2, 72-74 2.3 2.3, 75-77 2.7 2.7, "
         "78-81 3.0 3, 82-84 3.3 3.3, 85-89 3.7 3.7, 90-100 4.0 4")),
    ],
)  # fmt: skip
def test_the_grades_of_our_tables_go_from_mark_to_mark(name: str, rows: str) -> None:
    scheme = scales.single(("e",), scales.curve("as-is"), Fraction(1), table=scales.table(name))
    for marks, word, *points in (row.split() for row in rows.split(", ")):
        final = scales.combined(scheme, {"e": of([int(mark) for mark in marks.split("-")])})

        assert [each.en for each in final.grades] == [word, word]
        assert list(final.points) == (points or [""]) * 2


def test_weights_a_minimum_and_states_make_one_mark() -> None:
    scheme = scales.scheme(SCHEME.encode(), "scheme.yaml")
    states: list[State] = ["sat", "sat", "absent", "misconduct", "excused", "sat"]
    final = scales.combined(scheme, {
        "平时成绩": of([90, 100, 100, 100, 100, 0], known=[True, True, True, True, True, False]),
        "final": of([42, 17, 0, 0, 0, 50], 60, states),
    })  # fmt: skip

    assert final.texts() == ["83", "59", "0", "0", "", ""]  # 27 + 0.7 × 80; 30 + 0.7 × 42.5 = 59.75
    assert [word.zh for word in final.grades] == ["合格", "重修", "重修", "重修", "", ""]
    assert list(final.points) == ["2", "0", "0", "0", "", ""]
    assert [word.zh for word in final.words] == ["", "", "期末缺考", "期末违纪", "期末缓考", "平时不在名单上"]
    assert final.words[-1].en == "平时 not on the list"
    assert scales.combined(scales.scheme(SCHEME.replace("grade: ours", "").encode(), "s.yaml"), {
        "平时成绩": of([90]), "final": of([42], 60),
    }).points == ("",), "without a table nothing has points"  # fmt: skip


def test_a_scale_gives_nothing_for_an_exam_that_nobody_sat() -> None:
    scheme = scales.single(("e",), scales.curve("linear 1.1 5"), Fraction(1))
    final = scales.combined(scheme, {"e": of([50, 0, 0], 100, ["sat", "absent", "misconduct"])})

    assert final.texts() == ["60", "0", "0"]


def test_misconduct_is_0_whatever_else_is_missing() -> None:
    scheme = scales.scheme(SCHEME.encode(), "scheme.yaml")
    final = scales.combined(scheme, {
        "平时成绩": of([0, 0], states=["excused", "excused"]), "final": of([0, 42], 60, ["misconduct", "sat"]),
    })  # fmt: skip

    assert final.texts() == ["0", ""]


def test_a_minimum_holds_the_total_below_the_pass_mark() -> None:
    scheme = scales.scheme(SCHEME.replace("weight: 30", "weight: 70").replace("weight: 70, exam", "weight: 30, exam")
                           .encode(), "s.yaml")  # fmt: skip
    final = scales.combined(scheme, {"平时成绩": of([90, 90]), "final": of([17, 18], 60)})

    assert final.texts() == ["59", "77"]  # 63 + 0.3 × 42.5 would pass; 63 + 0.3 × 45 does
    assert final.held.tolist() == [True, False]
    assert [rule.zh for rule in final.rules][2:] == [
        "总评 = 70% × 平时 + 30% × 期末", "最后一次取整：四舍五入到 1 分的整数倍", "期末低于 45 分的，总评最高 59 分",
        "期末缺考的，总评为 0", "等级按“ours”：优 ≥ 85 = 4、合格 ≥ 60 = 2、重修 ≥ 0 = 0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("round_to", "passes", "expected", "remark"),
    [
        ("1", "60", "59", "a step below the pass mark"),
        ("1/2", "60", "59.5", "which is a half here"),
        ("0", "60", "59", "where nothing is rounded, one mark"),
        ("1", "0", "0", "never below 0"),
    ],
)
def test_who_misses_a_minimum_is_held_a_step_below_the_pass_mark(
    round_to: str, passes: str, expected: str, remark: str
) -> None:
    text = SCHEME.replace("round: 1", f"round: {round_to}\npass: {passes}").replace("grade: ours", "")
    final = scales.combined(scales.scheme(text.encode(), "s.yaml"), {"平时成绩": of([100]), "final": of([17], 60)})

    assert final.texts() == [expected], remark


def test_a_grade_may_be_for_one_mark_alone() -> None:
    text = SCHEME.replace("to: 100, word", "to: 99, word") + "    - {from: 100, to: 100, word: 满分}\n"
    given_ = {"平时成绩": of([100, 96]), "final": of([60, 60], 60)}
    final = scales.combined(scales.scheme(text.encode(), "s.yaml"), given_)

    assert [word.zh for word in final.grades] == ["满分", "优"]


def test_the_best_of_several_exams_count() -> None:
    scheme = scales.single(("a", "b", "c"), scales.curve("to-100"), Fraction(1, 100), best=2)
    states: list[State] = ["sat", "excused", "excused", "absent"]
    final = scales.combined(scheme, {
        "a": of([10, 0, 0, 0], 20, states), "b": of([9, 10, 10, 0], 10, ["sat", "sat", "lost", "absent"]),
        "c": of([20, 15, 15, 0], 30, ["sat", "sat", "sat", "absent"]),
    })  # fmt: skip

    assert final.texts() == ["78.33", "75", "", "0"]
    assert [word.en for word in final.words] == ["", "", "excused", "absent"]


def test_an_exam_that_does_not_count_is_never_among_the_best() -> None:
    scheme = scales.single(("a", "b"), scales.curve("to-100"), Fraction(1, 100), best=1)
    states: list[State] = ["sat", "excused"]
    final = scales.combined(scheme, {"a": of([0, 50], 100, states), "b": of([0, 0], 100, states[::-1])})

    assert final.texts() == ["0", "0"], "0 is more than nothing"


def test_it_is_rounded_once() -> None:
    scheme = scales.scheme(b"components:\n  - {name: a, weight: 50, column: a}\n  - {name: b, weight: 50, column: b}\n"
                           b"round: 1\n", "s.yaml")  # fmt: skip
    thirds = Given(Fraction(100), Marks.listed([Fraction(179, 3)]), ("sat",), np.array([True]))
    final = scales.combined(scheme, {"a": thirds, "b": Given(Fraction(100), Marks.listed([Fraction(178, 3)]), ("sat",),
                                                              np.array([True]))})  # fmt: skip

    assert final.texts() == ["60"]  # 59.5 exactly: half up; rounding before would give 60 and 59


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight: 70", "weight: 60", "$: the weights add up to 90, not to 100"),
        ("exam: final", "exam: final, column: x", "$.components[1]: needs either exam: or column:"),
        ("scale: gentle", "scale: gentl",
         ("the scale 'gentl' is not recognised; write as-is, to-100, linear A B, anchors X:Y X:Y, sqrt, or one of "
          "gentle")),
        ("scale: gentle", "scale: to-150", "the marks of a component are out of 100: write to-100"),
        ("minimum: 45", "best: 3", "$.components[1]: best: 3 is more than the number of exams, 1"),
        ("round: 1", "rond: 1", "$.rond: unknown key 'rond'; did you mean 'round'?"),
        ("grade: ours", "grade: our", "the table of grades 'our' is not known; did you mean 'ours'?"),
        ("minimum: 45", "best: 0", "$.components[1].best: '0' is not a number of exams"),
        ("weight: 30, column", "weight: 0, column", "$.components[0]: weight: and out of: must be more than 0"),
        ("column: 平时成绩", "exam: final", "$: 'final' is in two components"),
        ("name: 平时", "name: 期末", "$: two components have the name '期末'"),
        ("word: 重修", "word: ''", "$.tables.ours[2].word: needs a word, such as A or {zh: 优, en: excellent}"),
        ("from: 60, to: 84", "from: 84, to: 60", "$.tables.ours[1]: goes from 84 down to 60"),
    ],
)  # fmt: skip
def test_a_scheme_that_is_wrong_says_where(old: str, new: str, said: str) -> None:
    assert old in SCHEME
    with pytest.raises(Refused) as refused:
        scales.scheme(SCHEME.replace(old, new).encode(), "scheme.yaml")

    first = str(refused.value).split("\n")[0]
    assert first.startswith("scheme.yaml:")
    assert first.split(": ", 1)[1] == said


def test_marks_out_of_sixty_have_no_grade_out_of_a_hundred() -> None:
    scheme = scales.single(("e",), scales.curve("as-is"), Fraction(1), table=scales.table("letters"))

    with pytest.raises(
        Refused, match=r"for marks out of 100, and these marks are out of 60; bring them to it: --scale to"
    ):
        scales.combined(scheme, {"e": of([30], 60)})
