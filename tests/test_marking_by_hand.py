"""Marks by hand at speed: equal answers once, marks as people write them, verdicts undone, two markers compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sat_exam import respond, sealed

from qbank import cli, intake, reviews
from qbank.actions import double_marking, review
from qbank.actions.grade import grade
from qbank.model import Refused
from qbank.papers import Exam
from qbank.reviews import Review, marks_given, weighted_kappa

Sat = Callable[[Mapping[tuple[str, str], str]], Path]
GIVEN_UP = {(number, part): "不会" for number in ("2001", "2002", "2003") for part in ("Q9", "Q14")}
"""Q9 has the same key for 2001 and 2003, and another for 2002."""


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam, grades responses that are right save where changed, and gives its folder."""

    def made(changed: Mapping[tuple[str, str], str]) -> Path:
        folder = sealed(exam, tmp_path / "exam")
        grade(folder, respond(exam, tmp_path / "given.csv", changed))
        return folder

    return made


def run(*arguments: object, typed: str = "") -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments], input=typed)
    assert done.exit_code == 0, done.exception
    return done.output


def refused(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert isinstance(done.exception, Refused), done.output
    return str(done.exception)


def filled(folder: Path, path: Path, marks: Mapping[str, str], **columns: str) -> Path:
    """The list of what waits with marks by part, everything else as said by column."""
    blank = review.frame(review.waiting(grade(folder, write=False), "zh"), "zh", each="each" in columns)
    columns.pop("each", None)
    places = blank.select("part", "step").iter_rows()
    given_ = pl.Series("marks", ["" if step else marks.get(part, "") for part, step in places])
    intake.write(path, blank.with_columns(given_, *(pl.lit(value).alias(name) for name, value in columns.items())))
    return path


def test_equal_answers_are_one_line_whatever_the_keys(sat: Sat, tmp_path: Path) -> None:
    folder = sat(GIVEN_UP)
    told = run("review", folder, "-o", tmp_path / "list.csv")
    listed = pl.read_csv(tmp_path / "list.csv", infer_schema_length=0)

    assert "answers in" in told
    assert "6, in 2 lines" in told
    assert listed.select("candidate", "answers", "part", "key").rows() == [
        ("2001", "3", "Q9", "（各人不同）"), ("2001", "3", "Q14", "（各人不同）"),
    ]  # fmt: skip
    assert len(pl.read_csv(_each(folder, tmp_path))) == 6


def _each(folder: Path, tmp_path: Path) -> Path:
    run("review", folder, "--each", "-o", tmp_path / "each.csv")
    return tmp_path / "each.csv"


def test_one_line_without_marks_decides_all_equal_answers(sat: Sat, tmp_path: Path) -> None:
    folder = sat(GIVEN_UP)
    path = filled(folder, tmp_path / "list.xlsx", {"Q9": "×", "Q14": "0分"})

    assert "verdicts kept: 6;" in run("review", folder, "--read", path, "--by", "Li")
    assert review.waiting(grade(folder, write=False), "zh") == ()


def test_marks_for_answers_of_several_keys_are_asked_for_one_by_one(sat: Sat, tmp_path: Path) -> None:
    folder = sat(GIVEN_UP)

    assert refused("review", folder, "--read", filled(folder, tmp_path / "list.csv", {"Q9": "1"})) == (
        f"{tmp_path / 'list.csv'}, line 2: the 3 answers '不会' to Q9 have different keys; list each of them "
        "(qbank review EXAM --each -o …), or give 0"
    )
    assert not (folder / reviews.RECORD).exists()
    run("review", folder, "--read", filled(folder, tmp_path / "each.csv", {"Q9": "1分"}, each="yes"))
    assert grade(folder, write=False).marks("Q9").tolist() == [1, 1, 1]


def test_a_list_that_is_read_again_leaves_alone_who_was_judged_apart_since(sat: Sat, tmp_path: Path) -> None:
    folder = sat({(number, "Q15"): "温度升高" for number in ("2001", "2002", "2003")})
    path = filled(folder, tmp_path / "list.csv", {"Q15": "2"})
    run("review", folder, "--read", path, "--by", "Li")
    review.keep(folder, [Review("2002", "Q15", "温度升高", 5.0, "Wang", "2026-01-05T08:00:00Z", "complaint")])
    run("review", folder, "--read", filled_again(path, "3"), "--by", "Li")

    assert grade(folder, write=False).marks("Q15").tolist() == [3, 5, 3]


def test_a_list_that_is_read_twice_takes_back_nothing_that_was_decided_since(sat: Sat, tmp_path: Path) -> None:
    folder = sat({(number, "Q15"): "温度升高" for number in ("2001", "2002", "2003")})
    path = filled(folder, tmp_path / "list.csv", {"Q15": "2"})
    run("review", folder, "--read", path, "--by", "Li")
    review.keep(folder, [Review(number, "Q15", "温度升高", 5.0, "Wang", "2026-01-05T08:00:00Z")
                         for number in ("2001", "2003")])  # fmt: skip

    told = run("review", folder, "--read", path, "--by", "Li")

    assert "were recorded before; they were not recorded again" in told or "was recorded before" in told
    assert grade(folder, write=False).marks("Q15").tolist() == [5, 2, 5]


def test_a_list_that_was_filled_in_is_not_written_over(sat: Sat, tmp_path: Path) -> None:
    folder = sat({("2001", "Q15"): "温度升高"})
    path = tmp_path / "list.csv"
    run("review", folder, "-o", path)
    run("review", folder, "-o", path)  # nobody has filled it in
    filled(folder, path, {"Q15": "2"})
    before = path.read_bytes()

    done = CliRunner().invoke(cli.group, ["review", str(folder), "-o", str(path)])
    assert "already exists, and may be somebody's work" in str(done.exception)
    assert path.read_bytes() == before
    own = tmp_path / "own.csv"
    own.write_text("my,own\n1,2\n", encoding="utf-8")
    done = CliRunner().invoke(cli.group, ["review", str(folder), "-o", str(own)])
    assert "already exists, and may be somebody's work" in str(done.exception)


def filled_again(path: Path, marks: str) -> Path:
    table = pl.read_csv(path, infer_schema_length=0).with_columns(
        pl.when(pl.col("marks") != "").then(pl.lit(marks)).otherwise(pl.lit("")).alias("marks")
    )
    intake.write(path, table)
    return path


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("√", 3), ("✓", 3), ("对", 3), ("满分", 3), ("×", 0), ("错", 0), ("零分", 0), ("½", Fraction(3, 2)),
        ("半对", Fraction(3, 2)), ("2分", 2), ("2 分", 2), ("2.5分", Fraction(5, 2)), ("３", 3), ("1 mark", 1),
        ("2 points", 2), ("1/3", Fraction(1, 3)), (" 3 ", 3), (".5", Fraction(1, 2)), ("0", 0),
    ],
)  # fmt: skip
def test_marks_are_read_as_people_write_them(text: str, marks: Fraction) -> None:
    assert marks_given(text, Fraction(3)) == marks


@pytest.mark.parametrize("text", ["4", "-1", "x", "v", "三", "1/0", "nan", "1e0", "2,5", "9" * 5000, "=1+1", ""])
def test_other_texts_are_no_marks(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number from 0 to 3"):
        marks_given(text, Fraction(3))


def test_full_marks_as_they_are_printed_are_full_marks() -> None:
    assert marks_given("0.6667", Fraction(2, 3)) == Fraction(2, 3)


def test_marks_typed_into_the_responses_are_read_alike(exam: Exam, sat: Sat, tmp_path: Path) -> None:
    folder = sat({})
    marks = {("2001", "Q9 marks"): "½", ("2002", "Q9 marks"): "1分"}
    graded = grade(folder, respond(exam, tmp_path / "more.csv", marks))

    assert graded.marks("Q9").tolist() == [1.5, 1, 3]


def test_a_verdict_is_undone_in_the_session(sat: Sat) -> None:
    folder = sat(GIVEN_UP)
    told = run("review", folder, "--interactive", "--by", "Li", typed="n\nu\ns\nu\nq\n")

    assert "0 marks for 3 equal answers\n" in told
    assert "undone: 3 verdicts\n" in told
    assert told.endswith(f"verdicts kept: 0; qbank grade {folder} counts them\n")
    assert len(review.waiting(grade(folder, write=False), "zh")) == 6  # the records stay, and say what happened
    assert len(reviews.parsed((folder / reviews.RECORD).read_bytes(), "")) == 6


def test_undoing_brings_back_what_was_decided_before(sat: Sat) -> None:
    folder = sat({("2002", "Q15"): "温度升高"})
    before = Review("2002", "Q15", "温度升高", 2.0, "Wang", "2026-01-05T08:00:00Z")
    changed = review.undone(Review("2002", "Q15", "温度升高", 5.0, "Li", "2026-01-06T08:00:00Z"), before, by="Li")
    review.keep(folder, [before, Review("2002", "Q15", "温度升高", 5.0, "Li", "2026-01-06T08:00:00Z"), changed])

    assert grade(folder, write=False).reviews["Q15", 1].marks == 2
    assert grade(folder, write=False).reviews["Q15", 1].by == "Wang"


def test_marks_other_than_none_decide_the_answers_with_one_key(sat: Sat) -> None:
    folder = sat(GIVEN_UP)
    told = run("review", folder, "--interactive", "--by", "Li", typed="1\nn\n")

    assert "3 answers with this text have several keys" in told
    assert "1 marks for 2 equal answers\n" in told
    assert grade(folder, write=False).marks("Q9").tolist() == [1, 0, 1]


def test_two_markers_keep_what_they_agree_on_and_settle_the_rest(sat: Sat, tmp_path: Path) -> None:
    essays = {("2001", "Q15"): "温度升高", ("2002", "Q15"): "电流变大", ("2003", "Q15"): "都变"}
    folder, blank = sat(essays), tmp_path / "blank.csv"
    run("review", folder, "--each", "-o", blank)
    first = _marked(blank, tmp_path / "wang.csv", ["1", "2", "5"])
    second = _marked(blank, tmp_path / "li.xlsx", ["1", "2分", "3"])

    assert refused("review", folder, "--read", first, "--read", second).startswith("1 answer to settle;")
    told = run("review", folder, "--read", first, "--read", second, "-o", tmp_path / "settle.xlsx")
    assert "verdicts kept: 2;" in told
    assert "wang and li: the difference is how much more li gave" in told
    graded = grade(folder, write=False)
    assert [float(graded.marks("Q15")[row]) for row in range(3)] == [1, 2, 0]
    assert graded.reviews["Q15", 0].by == "wang, li"
    settle = intake.sheet(tmp_path / "settle.xlsx")
    assert [settle.column(settle.header.index(name)) for name in ("candidate", "marks wang", "marks li", "marks")] == [
        ["2003"], ["5"], ["3"], [""],
    ]  # fmt: skip
    again = double_marking.compared(graded, intake.sheet(first), intake.sheet(second), within=2)
    assert [each.marks for each in again.settled] == [1, 2, 4]
    assert refused("review", folder, "--read", first, "--read", first).endswith("who marked each")


def _marked(blank: Path, path: Path, marks: list[str]) -> Path:
    table = pl.read_csv(blank, infer_schema_length=0).filter(pl.col("step") == "")
    intake.write(path, table.with_columns(pl.Series("marks", marks)))
    return path


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
def test_kappa_is_that_of_the_table_of_both(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs).T
    observed = np.zeros((6, 6))
    np.add.at(observed, (first, second), 1 / len(pairs))
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    weights = (np.arange(6)[:, None] - np.arange(6)[None, :]) ** 2 / 25
    told = weighted_kappa(first.tolist(), second.tolist())

    if not (weights * expected).sum():
        assert np.isnan(told)
    else:
        assert told == pytest.approx(1 - (weights * observed).sum() / (weights * expected).sum())
        assert told == pytest.approx(weighted_kappa(second.tolist(), first.tolist()))


def test_kappa_of_nothing_cannot_be_told() -> None:
    assert np.isnan(weighted_kappa([], []))
