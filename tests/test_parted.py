"""Of a large class the same is told as of one that is marked whole: lists, verdicts, what a regrade changes."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree, rmtree

import openpyxl
import polars as pl
import pytest
from conftest import GALLERY, Run
from sat_exam import sealed
from test_grade_large import results
from test_regrade import INVERTED

from qbank import intake, papers, regrades, reviews, roll
from qbank.actions import _parted, marks, review, simulate
from qbank.actions.export import export
from qbank.actions.feedback import Pages, feedback
from qbank.actions.grade import grade, open_exam
from qbank.actions.regrade import Outcome, keep, regrade
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.intake import Sheet
from qbank.model import Refused
from qbank.regrades import Policy, Regrade
from qbank.regrading import _compared, compared, regraded
from qbank.reviews import Review
from qbank.roll import Correction

COUNT = 40
AT = "2026-01-05T08:00:00Z"
ODD = {"Q3": "五五开", "Q9": "5 parsec", "Q10.2": "see back"}


@pytest.fixture
def exam(gallery: Bank, tmp_path: Path) -> Path:
    """A graded exam with odd answers, equal ones among them, a verdict, a regrade and a corrected number."""
    made = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", each=True, langs=("en",),
                          candidates=simulate.roster(COUNT, "nation"))  # fmt: skip
    frame = simulate.responses(made, "nation").sample(COUNT - 2, shuffle=True, seed=3)
    for place, (column, text) in enumerate(ODD.items()):
        odd = [text if row % 7 == place else own for row, own in enumerate(frame[column])]
        frame = frame.with_columns(pl.Series(column, odd))
    folder = sealed(made, tmp_path / "exam")
    numbers, texts = frame["candidate"].to_list(), frame["Q3"].to_list()
    (folder / reviews.RECORD).write_bytes(reviews.written([Review(numbers[0], "Q3", texts[0], 0, "王", AT)]))
    (folder / roll.RECORD).write_bytes(roll.written([Correction(numbers[7], "77-1", "王五", "王", AT)]))
    (folder / regrades.RECORD).write_bytes(regrades.written(
        Regrade(made.columns()["Q2"][0].item.id, "", "full", (), "王", AT, "0.2.0")
    ))  # fmt: skip
    intake.write(tmp_path / "responses.csv", frame)
    grade(folder, tmp_path / "responses.csv")
    return folder


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every class is large."""
    now_large(monkeypatch)


def now_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.intake._batches.LARGE", 1)
    monkeypatch.setattr(_parted, "MOST", 9)


def listed(graded: Graded, *, steps: bool = False, each: bool = False) -> list[tuple[str, ...]]:
    return review.frame(review.waiting(graded, "en", steps=steps), "en", each=each).rows()


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("steps", [False, True])
def test_the_list_is_that_of_the_whole_class(exam: Path, *, steps: bool) -> None:
    whole = grade(exam, write=False)
    few = review.to_decide(exam, steps=steps)

    for each in (False, True):
        assert listed(few, steps=steps, each=each) == listed(whole, steps=steps, each=each)
    assert few.undecided == whole.undecided
    assert 1 < len(few.candidates) < len(whole.candidates) or steps


@pytest.mark.usefixtures("large")
def test_a_class_without_a_roster_is_reviewed_and_regraded_alike(gallery: Bank, tmp_path: Path) -> None:
    """Who they are and which forms they had, the responses say."""
    listed_ = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                             candidates=simulate.roster(COUNT, "nation"), langs=("en",))  # fmt: skip
    made = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                          langs=("en",))  # fmt: skip
    forms = [listed_.forms[form] for form in listed_.form_of]
    frame = simulate.responses(listed_, "nation").with_columns(pl.Series("form", forms))
    folder = sealed(made, tmp_path / "exam")
    intake.write(tmp_path / "responses.csv", frame.with_columns(
        pl.Series("Q3", ["五五开" if row % 7 == 0 else own for row, own in enumerate(frame["Q3"])])
    ))  # fmt: skip
    grade(folder, tmp_path / "responses.csv")
    whole, few = grade(folder, write=False), review.to_decide(folder)

    assert listed(few) == listed(whole)
    assert 1 < len(few.candidates) < COUNT
    told = regrade(folder, CHAIN)
    assert told.compared == compared(whole, regraded(whole, told.regrade), "gallery.chain")[0]
    assert feedback(folder, Pages(of=(frame["candidate"][9],))) == 1


def test_equal_answers_are_held_as_one(exam: Path) -> None:
    """A hundred thousand with the same answer are not a hundred thousand lists of them."""
    groups: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for each in review.waiting(grade(exam, write=False), "en"):
        groups.setdefault((each.part, each.alike), set()).add(id(each.alike))
    assert max(len(same) for _, same in groups) > 1
    assert {len(held) for held in groups.values()} == {1}


def filled(lines: Sequence[tuple[str, ...]]) -> Sheet:
    """A list with half of what each answer is worth, or a reading, or nothing at all."""
    rows = [[*line[:12], *(("0", "") if place % 3 else ("", "5")), "", ""] for place, line in enumerate(lines)]
    return Sheet("list.csv", review.COLUMNS, rows, list(range(2, len(rows) + 2)))


def given(graded: Graded, sheet: Sheet) -> list[Review] | list[str]:
    try:
        return list(review.verdicts(graded, sheet, by="Li", at=AT))
    except Refused as refused:
        return [str(problem) for problem in refused.problems]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("each", [False, True])
def test_a_list_gives_the_verdicts_of_the_whole_class(exam: Path, *, each: bool) -> None:
    """Also those on answers of others that were decided as it was, and with a number as it was before."""
    whole = grade(exam, write=False)
    lines = [line for line in listed(whole, each=each) if not line[4]]
    sheet = filled(lines)
    assert given(review.decided(exam, [sheet]), sheet) == given(whole, sheet)
    nothing = Sheet("list.csv", review.COLUMNS, [[*line[:12], "0", "", "", ""] for line in lines], sheet.lines)
    found = given(whole, nothing)
    assert len(found) >= len(lines)
    assert given(review.decided(exam, [nothing]), nothing) == found
    review.keep(exam, [one for one in found if isinstance(one, Review)])
    again = grade(exam, write=False)
    later = Sheet("list.csv", review.COLUMNS, [[*line[:12], "0.5", "", "", ""] for line in lines[:1]], [2])
    assert given(review.decided(exam, [later]), later) == given(again, later)


@pytest.mark.usefixtures("large")
def test_who_is_not_in_the_class_is_told(exam: Path) -> None:
    for number in ("nobody", "260001"):
        line = [number, "", "", "Q3", *[""] * 8, "0", "", "", ""]
        sheet = Sheet("list.csv", review.COLUMNS, [line], [2])
        with pytest.raises(Refused, match=number):
            review.verdicts(review.decided(exam, [sheet]), sheet, by="Li")


@pytest.mark.usefixtures("large")
def test_a_large_class_is_reviewed_from_the_command_line(exam: Path, run: Run) -> None:
    """The list is written, filled in and read back; then nothing waits, and nobody is marked in vain."""
    path = exam.parent / "list.csv"
    assert run("review", str(exam), "-o", str(path), "--each")[0] == 0
    lists = pl.read_csv(path, infer_schema=False)
    assert len(lists) > 3
    lists.with_columns(pl.when(pl.col("step") == "").then(pl.lit("0")).alias("marks")).write_csv(path)
    code, told, _ = run("review", str(exam), "--read", str(path), "--by", "Li")
    answers = sum(not step for step in lists["step"])
    assert (code, f"verdicts kept: {answers};" in told) == (0, True)
    assert run("grade", str(exam))[0] == 0
    code, told, _ = run("review", str(exam))
    assert (code, "wait for a person: 0; doubtful: 0" in told) == (0, True)
    assert len(review.to_decide(exam).candidates) == 1
    assert not list(exam.glob(".*"))


def bodies(folder: Path) -> dict[str, str]:
    """The pages without their styles: what fonts are cut to differs, for it is what a stretch of the class needs."""
    return {path.name: re.sub(r"<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            for path in (folder / "results/feedback").iterdir()}  # fmt: skip


def test_everyone_gets_the_page_of_the_whole_class(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the means of the whole class; and so does one alone, by the number before it was corrected as well."""
    pages = Pages(key=True, mean=True)
    assert feedback(exam, pages) == COUNT - 2
    whole = bodies(exam)
    now_large(monkeypatch)
    assert feedback(exam, pages) == COUNT - 2
    assert bodies(exam) == whole
    sat = sorted(path.stem for path in (exam / "results/feedback").iterdir())
    before = next(number for number in (each.id for each in simulate.roster(COUNT, "nation"))
                  if open_exam(exam).number(number) == "77-1")  # fmt: skip
    rmtree(exam / "results/feedback")
    assert feedback(exam, replace(pages, of=(before, sat[3]))) == 2
    assert bodies(exam) == {name: whole[name] for name in (f"{sat[3]}.html", "77-1.html")}
    away = next(each.id for each in simulate.roster(COUNT, "nation") if each.id not in (*sat, before))
    for number, told in (("nobody", "the candidate 'nobody' is not known"), (away, f"{away} did not sit the exam")):
        with pytest.raises(Refused, match=told):
            feedback(exam, replace(pages, of=(number,)))


GAIN = (GALLERY / "items/number.yaml").read_text(encoding="utf-8")
CHAIN = (GALLERY / "items/chain.yaml").read_text(encoding="utf-8").replace("p: a*b", "p: a*a*b")
CHAIN = CHAIN.replace("$p = ab$", "$p = a^2b$")
POLICIES: list[tuple[str, str, Policy]] = [
    (CHAIN, "", "new"), (INVERTED, "", "either"), (INVERTED, "", "never-lower"), ("", "gallery.chain", "full"),
    ("", "gallery.chain", "drop"), ("", "gallery.chain", "drop-rescale"), (INVERTED, "", "new"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "item", "policy"), POLICIES)
def test_a_regrade_changes_those_of_the_whole_class(
    exam: Path, text: str, item: str, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its results are those of the whole, byte for byte; its own copy of the responses has the roster's order."""
    other = exam.with_name("other")
    copytree(exam, other)
    monkeypatch.setattr("qbank.actions.regrade.now", lambda: AT)
    whole = regrade(other, text, item=item, policy=policy)
    keep(other, whole)
    now_large(monkeypatch)
    told = regrade(exam, text, item=item, policy=policy)
    assert told.compared == whole.compared
    assert told.compared.changed
    assert told.after.problems == whole.after.problems[len(whole.before.problems):]
    assert [each.id for each in told.before.candidates] == [each.candidate for each in told.changes]
    keep(exam, told)
    one, two = results(exam), results(other)
    assert {path for path in one if one[path] != two[path]} <= {"results/responses.csv"}
    assert one.keys() == two.keys()
    assert (exam / regrades.RECORD).read_bytes() == (other / regrades.RECORD).read_bytes()


@pytest.mark.usefixtures("large")
def test_few_of_those_who_change_are_listed(exam: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Everybody is counted."""
    told: Outcome = regrade(exam, "", item="gallery.chain", policy="drop")
    monkeypatch.setattr(_compared, "LISTED", 3)
    few = regrade(exam, "", item="gallery.chain", policy="drop")
    assert few.compared == replace(told.compared, changes=told.changes[:3])
    code, said, _ = run("regrade", str(exam), "--item", "gallery.chain", "--policy", "drop")
    assert (code, f"and {told.compared.changed - 3} more candidates" in said) == (0, True)


@pytest.mark.usefixtures("large")
def test_a_regrade_may_change_nobody(exam: Path) -> None:
    told = regrade(exam, CHAIN, policy="either")
    assert (told.compared.changed, told.compared.sat, told.changes) == (0, COUNT - 2, ())
    keep(exam, told)


@pytest.mark.usefixtures("large")
def test_what_does_not_fit_is_refused_before_anyone_is_marked(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parted.Parted, "each", lambda *_, **__: pytest.fail("somebody was marked"))
    monkeypatch.setattr(_parted.Parted, "chosen", lambda *_: grade(exam, write=False))
    for text, item, policy in [("", "no.item", "drop"), ("", "", "new"), (GAIN, "gallery.chain", "new")]:
        with pytest.raises(Refused):
            regrade(exam, text, item=item, policy=policy)  # type: ignore[arg-type]


def cells(path: Path) -> list[list[object]]:
    """The rows of a table in any format."""
    if path.suffix == ".csv":
        return [*csv.reader(path.read_text("utf-8-sig").splitlines())]
    if path.suffix == ".parquet":
        return [list(row) for row in pl.read_parquet(path).rows()]
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


SCALES = [["--scale", "sqrt", "--grade", "five-level"], ["--scale", "linear 0.8 20 of 100", "--round", "1"], []]


@pytest.mark.parametrize("scale", SCALES, ids=" ".join)
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_final_marks_are_those_of_the_whole_class(
    exam: Path, monkeypatch: pytest.MonkeyPatch, run: Run, form: str, scale: list[str]
) -> None:
    """And so is what is kept in the results of the exam, with the number that was corrected since."""
    def made(name: str) -> tuple[str, str, list[list[object]]]:
        _, out, err = run("marks", str(exam), "-o", f"{name}.{form}", "--lang", "en", *scale)
        return out.replace(name, ""), err, cells(Path(f"{name}.{form}"))

    *told, whole = made("whole")
    record = (exam / marks.RECORD).read_bytes()
    now_large(monkeypatch)
    *told_large, large = made("large")

    assert (exam / marks.RECORD).read_bytes() == record
    assert told_large == told
    assert large == whole
    assert any("77-1" in row for row in whole)
    assert form != "csv" or Path("large.csv").read_bytes() == Path("whole.csv").read_bytes()


@pytest.mark.usefixtures("large")
def test_final_marks_of_a_large_class_go_over_no_other_file(exam: Path, run: Run) -> None:
    command = ("marks", str(exam), "-o", "a.csv", "--lang", "en")
    assert run(*command)[0] == 0
    assert run(*command)[0] == 0  # the same bytes
    Path("a.csv").write_bytes(b"mine")

    code, _, err = run(*command)
    assert (code, Path("a.csv").read_bytes()) == (2, b"mine")
    assert "a.csv already exists" in err
    assert run(*command, "--replace")[0] == 0
    assert Path("a.csv").read_bytes() != b"mine"
    assert sorted(each.name for each in exam.iterdir()) == ["exam.yaml", "private", "regrades.jsonl", "results",
                                                            "reviews.jsonl", "roll.jsonl"]  # fmt: skip


@pytest.mark.usefixtures("large")
def test_what_is_looked_at_of_a_large_class_in_a_read_only_folder(exam: Path, tmp_path: Path, run: Run,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """What a run keeps for itself is elsewhere then, and gone at its end."""
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != exam or mode != os.W_OK)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    code, out, err = run("marks", str(exam), "-o", "a.csv", "--lang", "en")

    assert (code, out.splitlines()[0]) == (0, f"a.csv: {COUNT} candidates")
    assert f"{exam} is read-only: the final marks and their rule are not kept" in err
    assert not (exam / marks.RECORD).exists()
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("tag", ["moodle_grades", "canvas_grades"])
def test_a_gradebook_is_that_of_the_whole_class(
    exam: Path, monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    large = export(tag, exam, lang="en")
    monkeypatch.undo()
    assert export(tag, exam, lang="en").written == large.written
