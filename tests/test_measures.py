"""What a graded exam measured: the tables, the sitting that a bank keeps, the commands, the same from Python."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from conftest import GALLERY, SEED, Run
from sat_exam import digest, respond, sealed

import qbank
from qbank import bank, grading, intake, papers, statistics
from qbank.actions import grade, stats, usage
from qbank.bank import Bank, sittings
from qbank.bank.sittings import ItemMeasured, Sitting
from qbank.grading import Graded
from qbank.model import Bilingual, Candidate, Refused
from qbank.papers import Exam
from qbank.reports import measures

PEOPLE = tuple(Candidate(f"{3000 + place}", "某人") for place in range(60))


def composed(source: Bank, *, each: bool = False, people: tuple[Candidate, ...] = PEOPLE) -> Exam:
    return papers.compose(source.blueprint("everything"), source, seed=SEED, candidates=people, each=each,
                          **({} if each else {"forms": ("A", "B")}))  # type: ignore[arg-type]


def graded(exam: Exam, folder: Path, changed: Mapping[tuple[str, str], str]) -> Graded:
    given = respond(exam, folder / "given.csv", changed)
    return grading.grade(exam, intake.responses(given, list(exam.columns())))


def column(exam: Exam, item: str) -> str:
    """The first answer to an item of the gallery."""
    return next(name for name, (placed, _, _) in exam.columns().items() if placed.item.id == f"gallery.{item}")


@pytest.fixture(scope="module")
def sat(gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Sixty candidates; the first 20 leave the choice and the number blank, the last is absent."""
    exam = composed(gallery)
    choice, number = column(exam, "choice"), column(exam, "number")
    wrong = {(who.id, name): "" for who in PEOPLE[:20] for name in (choice, number)}
    changed = {**wrong, **{(PEOPLE[-1].id, name): "" for name in exam.columns()}}
    given = graded(exam, tmp_path_factory.mktemp("sat"), changed)
    return replace(given, states=(*("sat",) * 59, "absent"))


# --- tables ----------------------------------------------------------------------------------------------------------


def test_questions_are_measured_over_those_who_sat(sat: Graded) -> None:
    frame = measures.questions(measures.of(sat), "en")
    name = column(sat.exam, "number")
    row = frame.row(by_predicate=pl.col("question") == name, named=True)
    marks, totals = sat.marks(name).floats[:-1], sat.exact().floats[:-1]

    assert set(frame["candidates"]) == {59}
    assert row["facility"] == pytest.approx(39 / 59, abs=1e-4)
    assert row["discrimination"] == pytest.approx(statistics.discrimination(marks, totals), abs=1e-4)
    assert row["facility_low"] < row["facility"] < row["facility_high"]
    assert row["blank"] == 20
    parts = frame.filter(pl.col("question").str.contains(r"\."))
    assert len(parts) == sum(len(placed.item.parts) for _, placed in sat.exam.placed() if len(placed.item.parts) > 1)


def test_options_are_counted_by_their_names_on_whatever_form(sat: Graded) -> None:
    frame = measures.options(measures.of(sat), "en")
    own = frame.filter(frame["question"] == column(sat.exam, "choice"))

    assert own["option"].to_list() == ["active", "sat", "cut", "broken"]
    assert own["chosen"].sum() == 39
    assert own["right"].sum() == pytest.approx(1, abs=1e-3)
    assert own.filter(own["right"] == 0.0)["chosen"].sum() == 0
    assert own["upper"].sum() == pytest.approx(1, abs=1e-3), "all of the strongest are right, each on their form"
    assert own.row(3, named=True)["remarks"] == "unused?", "0 of 59 may be 6 %"


def test_what_is_few_is_told_with_a_doubt() -> None:
    own = {"facility": 0.25, "facility_low": 0.1, "facility_high": 0.5, "discrimination": -0.1,
           "discrimination_high": 0.5}  # fmt: skip
    assert measures._questions.remarks(own) == ["hard?", "reversed?"]
    assert measures._questions.remarks({**own, "facility_high": 0.29, "discrimination_high": -0.01}) == [
        "hard", "reversed",
    ]  # fmt: skip
    untold = {**own, "facility": 0.5, "discrimination": float("nan"), "discrimination_high": float("nan")}
    assert measures._questions.remarks(untold) == []


def test_a_harder_form_is_found_and_its_question_named(gallery: Bank, tmp_path: Path) -> None:
    exam = composed(gallery)
    name = column(exam, "number")
    wrong = {(who.id, name): "" for who, form in zip(PEOPLE, exam.form_of, strict=True) if form == 1}
    frame = measures.forms(measures.of(graded(exam, tmp_path, wrong)))

    found = frame.filter(frame["chance"] < 0.05).filter(pl.col("question") != measures.TOTAL)
    assert (found["question"].to_list(), found["best"].to_list()) == ([], []), "without spread there is no test"

    rng = np.random.default_rng(4)
    wrong |= {(who.id, other): "" for who in PEOPLE for other in exam.columns() if rng.random() < 0.2}
    frame = measures.forms(measures.of(graded(exam, tmp_path, wrong)))
    found = frame.filter(frame["chance"] < 0.05).filter(pl.col("question") != measures.TOTAL)
    assert found.select("question", "best", "worst").rows() == [(name, "A", "B")]


def test_a_drawn_value_that_makes_an_item_harder_is_found(gallery: Bank, tmp_path: Path) -> None:
    exam = composed(gallery, each=True)
    name = column(exam, "number")
    placed = exam.columns()[name][0]
    first, *_ = placed.item.parameters
    values = exam.drawn[placed.item.id].columns[first].values
    rng = np.random.default_rng(4)
    hard = values > np.median(values)
    wrong = {(who.id, name): "" for who, form in zip(PEOPLE, exam.form_of, strict=True)
             if hard[form] and rng.random() < 0.8}  # fmt: skip
    wrong |= {(who.id, other): "" for who in PEOPLE for other in exam.columns() if rng.random() < 0.15}

    frame = measures.parameters(measures.of(graded(exam, tmp_path, wrong)))

    found = frame.filter(frame["chance"] < 0.05).select("item", "parameter").rows()
    assert (placed.item.id, first) in found
    row = frame.row(by_predicate=(pl.col("item") == placed.item.id) & (pl.col("parameter") == first), named=True)
    assert float(row["easiest"]) < float(row["hardest"])
    assert len(measures.forms(measures.of(graded(exam, tmp_path, wrong)))) == 0


def test_the_model_says_why_there_is_none(sat: Graded) -> None:
    told = measures.model(measures.of(sat))

    assert told.reason == "it needs 200 candidates, and 59 sat the exam"
    assert len(told.frame) == 0


# --- the sitting -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded exam of twelve in its folder, with nothing that waits."""
    exam = composed(gallery, people=PEOPLE[:12])
    place = sealed(exam, tmp_path_factory.mktemp("exams") / "quiz")
    name, waits = column(exam, "number"), [name for name, (_, part, _) in exam.columns().items() if part.facts.waits]
    changed = {(who.id, name): "" for who in PEOPLE[:4]}
    changed |= {(who.id, f"{other} marks"): "1" for who in PEOPLE[:12] for other in waits}
    grade.grade(place, respond(exam, place / "given.csv", changed))
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "bank.yaml").write_text("title: {zh: 我的, en: Mine}\n", encoding="utf-8")
    return place


def test_a_sitting_is_written_into_ones_own_bank_and_read_back(run: Run, folder: Path, home: Path) -> None:
    before = digest(folder)

    code, out, err = run("stats", str(folder), "--into", str(home), "--lang", "en")

    found = stats.stats(folder)
    path = home / "sittings" / f"{found.sitting.name}.yaml"
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith(f"written: {path}")
    assert digest(folder) == before, "the exam is as it was"
    source = bank.load(GALLERY, home)
    assert [each.exam for each in source.sittings] == ["everything"]
    measured = source.measured("gallery.number")
    assert measured is not None
    assert (measured.count, measured.sittings) == (12, 1)
    assert source.sittings.problems == ()
    assert list(bank.load(GALLERY, home).sittings) == [found.sitting]


def test_a_sitting_holds_no_key_no_seed_and_nobody(folder: Path, home: Path) -> None:
    path, _ = stats.keep(stats.stats(folder), home)
    text = path.read_text(encoding="utf-8")

    assert SEED not in text
    assert not [who for who in PEOPLE[:12] if who.id in text or who.name in text]
    allowed = {"exam", "number", "seal", "title", "date", "candidates", "reliability", "items", "count", "variants",
               "marks", "facility", "discrimination", "parts", "blank", "options", "mistakes"}  # fmt: skip
    assert set(Sitting.model_fields) | set(ItemMeasured.model_fields) <= allowed


def test_the_same_exam_replaces_its_own_file_and_no_other(folder: Path, home: Path) -> None:
    found = stats.stats(folder)
    path, replaced = stats.keep(found, home)
    other = found.sitting.model_copy(update={"seal": "0" * 16, "date": date(2020, 1, 1)})
    path.write_bytes(sittings.written(other))

    second, again = stats.keep(found, home)
    third, anew = stats.keep(found, home)

    assert (replaced, again, anew) == (False, False, True)
    assert second == third == path.with_name(f"{path.stem}-2.yaml")
    assert path.read_bytes() == sittings.written(other)
    assert len(bank.load(home).sittings) == 2


def test_the_last_bank_of_ones_own_is_meant_without_into(run: Run, folder: Path, home: Path) -> None:
    code, out, _ = run("stats", str(folder), "--write", "--bank", "shipped", "--bank", str(home))

    assert code == 0
    assert str(home / "sittings") in out.splitlines()[-1]


@pytest.mark.parametrize(("options", "said"), [
    (["--write", "--bank", "shipped"], ("the bank that comes with qbank is never written to; name one of your own: "
     "--into FOLDER ('qbank new bank FOLDER' makes one)")),
    (["--into", "shipped"], "is the bank that comes with qbank, which is never written to; name one of your own"),
    (["--into", "nowhere"], ("there is no folder nowhere; --into takes the folder of a bank "
     "('qbank new bank nowhere' makes one)")),
])  # fmt: skip
def test_no_other_folder_is_written_to(run: Run, folder: Path, options: list[str], said: str) -> None:
    code, out, err = run("stats", str(folder), *options)

    assert (code, out) == (2, "")
    assert said in err


def test_the_folder_of_an_exam_is_no_bank(folder: Path) -> None:
    with pytest.raises(Refused, match="is the folder of an exam; --into takes the folder of a bank"):
        stats.keep(stats.stats(folder), folder)


def test_what_waits_or_would_be_persons_is_not_kept(gallery: Bank, tmp_path: Path, home: Path) -> None:
    exam = composed(gallery, people=PEOPLE[:4])
    place = sealed(exam, tmp_path / "quiz")
    name = column(exam, "number")
    grade.grade(place, respond(exam, tmp_path / "given.csv", {(PEOPLE[0].id, name): "about"}))
    found = stats.stats(place)

    with pytest.raises(Refused, match=r"for a person and would count 0; mark it first: qbank review EXAM$"):
        stats.keep(found, home)
    decided = SimpleNamespace(undecided=(0, 0))
    paper = SimpleNamespace(graded=decided)
    with pytest.raises(Refused, match=r"^only 4 sat the exam; measures of fewer than 5 candidates would be "):
        stats.keep(stats.Measured(paper, found.sitting, dated=True), home)  # type: ignore[arg-type]
    assert not (home / "sittings").exists()


def test_a_damaged_sitting_is_not_overwritten(folder: Path, home: Path) -> None:
    found = stats.stats(folder)
    path = home / "sittings" / f"{found.sitting.name}.yaml"
    path.parent.mkdir()
    path.write_text("mine\n", encoding="utf-8")

    with pytest.raises(Refused):
        stats.keep(found, home)

    assert path.read_text(encoding="utf-8") == "mine\n"


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def past(home: Path) -> Path:
    """A bank that keeps three sittings: gallery.number got easier, gallery.several discriminates badly."""
    for year, facility in ((2023, 0.3), (2024, 0.5), (2025, 0.7)):
        items = {
            "gallery.number": ItemMeasured(count=100, marks=Fraction(2), facility=facility, discrimination=0.4),
            "gallery.set": ItemMeasured(count=2, marks=Fraction(2), facility=0.5, discrimination=-0.1),
        }
        if year < 2025:
            items["gallery.several"] = ItemMeasured(count=100, marks=Fraction(2), facility=0.9, discrimination=0.05)
        made = Sitting(exam="final", number=year, title=Bilingual(zh="期末", en="Final"), date=date(year, 6, 30),
                       candidates=100, items=items)  # fmt: skip
        (home / "sittings").mkdir(exist_ok=True)
        (home / "sittings" / f"{made.name}.yaml").write_bytes(sittings.written(made))
    return home


def test_the_worst_items_come_first_and_few_answers_make_none(run: Run, past: Path) -> None:
    code, out, err = run("list", "--worst", "2", "--bank", str(GALLERY), "--bank", str(past), "--lang", "en")

    assert (code, err) == (0, "")
    head, *rows, count = out.splitlines()
    assert re.split("  +", head.strip()) == [
        "id", "last used", "times", "number of answers", "facility", "discrimination", "change per year", "title"
    ]  # fmt: skip
    assert [row.split()[:6] for row in rows] == [
        ["gallery.several", "2024-06-30", "2", "200", "0.90", "0.05"],
        ["gallery.number", "2025-06-30", "3", "300", "0.50", "0.40"],
    ]
    assert rows[1].split()[6] == "+0.20", "it got easier, by more than chance"
    assert count == "2 items"


def test_ten_are_listed_unless_asked_otherwise(run: Run, past: Path) -> None:
    assert run("list", "--bank", str(GALLERY), "--bank", str(past), "--worst")[1].splitlines()[-1] == "3 items"


def test_items_unused_since_a_date_are_listed(run: Run, past: Path) -> None:
    def listed(since: str) -> set[str]:
        code, out, _ = run("list", "--unused-since", since, "--json", "--bank", str(GALLERY), "--bank", str(past))
        assert code == 0
        return {json.loads(line)["id"] for line in out.splitlines()}

    assert {"gallery.number", "gallery.set"} & listed("2025") == set()
    assert "gallery.several" in listed("2025")
    assert "gallery.several" not in listed("2024-06-30")
    assert "gallery.several" in listed("2024-07")
    assert "gallery.truth_5" in listed("1990")
    assert run("list", "--unused-since", "last year")[2] == (
        "qbank: 'last year' is not a year or a date; write 2025, 2025-06 or 2025-06-30\n"
    )


def test_a_bank_that_keeps_nothing_says_so(run: Run) -> None:
    code, out, _ = run("list", "gallery.number", "--unused-since", "2025")

    assert code == 0
    assert out.splitlines()[-1] == "1 item; the bank has no past exams yet: qbank stats EXAM --write"
    assert out.splitlines()[1].split()[:2] == ["gallery.number", "never"]


def test_a_trend_is_adjusted_for_all_items_looked_at(past: Path) -> None:
    source = bank.load(GALLERY, past)
    told = {each.item.id: each for each in usage.usage(source, source.items.values())}

    number, several = told["gallery.number"], told["gallery.several"]
    assert number.trend is not None and several.trend is not None
    assert number.chance == pytest.approx(3 * number.trend.chance)
    assert several.chance == pytest.approx(1)
    assert told["gallery.truth_5"].chance is None


# --- commands and Python ---------------------------------------------------------------------------------------------


def test_stats_prints_measures_for_people(run: Run, folder: Path) -> None:
    code, out, err = run("stats", str(folder), "--parts", "--options", "--fairness", "--model", "--lang", "en")

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].endswith("(everything): 12 candidates sat it")
    assert any(line.startswith("reliability α ") for line in lines)
    assert any(line.split()[:2] == ["question", "option"] for line in lines)
    assert any(line.startswith(("forms: ", "fairness: ")) for line in lines)
    assert lines[-1] == "two-parameter model: it needs 200 candidates, and 12 sat the exam"


def test_without_scipy_the_rest_is_told(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.statistics.find_spec", lambda _: None)

    code, out, err = run("stats", str(folder), "--model")

    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == (
        "fairness and the 2PL model need SciPy, which is not installed: python -m pip install 'qbank[statistics]'"
    )
    assert "discrimination" in out


def test_the_same_from_python(folder: Path, home: Path, past: Path) -> None:
    exam = qbank.open_exam(folder)
    told = exam.grade(write=False).measures

    assert len(told.questions) > 10
    assert 0 < told.reliability.items == len(told.paper.placed)
    assert set(told.options.columns) >= {"option", "lower", "upper"}
    assert told.model.reason
    assert len(told.parameters) == 0
    assert repr(told).startswith("Measures('everything': 12 candidates, ")
    path = exam.keep_measures(home)
    own = qbank.open_bank(GALLERY, past)
    assert path.parent == home / "sittings"
    assert own.sittings.filter(pl.col("item") == "gallery.number")["date"].dt.year().to_list()[:3] == [2023, 2024, 2025]
    assert [item.id for item in own.worst(1)] == ["gallery.several"]
    assert "gallery.number" not in {item.id for item in own.unused_since("2025")}
    assert own["gallery.truth_5"].measured is None or own["gallery.truth_5"].measured.count == 12
