"""A class graded in partitions: the same files, byte for byte, as when it is graded whole."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import polars as pl
import pytest
from conftest import Run
from sat_exam import sealed

from qbank import intake, papers, regrades, reviews, roll
from qbank.actions import _parted, _processes, grade_large, simulate
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.model import Refused, State
from qbank.papers import Exam
from qbank.regrades import Regrade
from qbank.reviews import Review
from qbank.roll import Status

COUNT = 70
STATES: Mapping[str, State] = {"20260029": "excused", "20260002": "misconduct", "nobody": "absent"}


@pytest.fixture(scope="module")
def exam(gallery: Bank) -> Exam:
    people = simulate.roster(COUNT, "nation")
    return papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", candidates=people,
                          each=True, langs=("zh", "en"))  # fmt: skip


@pytest.fixture(scope="module")
def frame(exam: Exam) -> pl.DataFrame:
    return simulate.responses(exam, "nation")


def results(folder: Path) -> Mapping[str, bytes]:
    """Every file of the results but the record of what they were made from, whose time differs."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "results").rglob("*")
             if path.is_file()}  # fmt: skip
    return {path: content for path, content in found.items() if not path.endswith("sources.json")}


def both(exam: Exam, room: Path, frame: pl.DataFrame, size: int, name: str = "responses.csv") -> tuple[Path, Path]:
    """The exam graded whole, and in partitions, with the same words."""
    whole, parts = sealed(exam, room / "whole"), sealed(exam, room / "parts")
    intake.write(room / name, frame)
    said = grade(whole, room / name)
    outcome = grade_large.grade_large(parts, room / name, size=size)

    assert [str(each) for each in outcome.problems] == [str(each) for each in said.problems]
    assert outcome.undecided == said.undecided
    assert outcome.away == said.away("en")
    assert len(outcome.totals) == said.sat.sum()
    assert [path.name for path in parts.iterdir() if path.name.startswith(".")] == []
    return whole, parts


@pytest.mark.parametrize("size", [1, 16, 69, 1000])
@pytest.mark.parametrize("name", ["responses.csv", "responses.parquet"])
def test_partitions_give_the_results_of_the_whole(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, size: int, name: str
) -> None:
    whole, parts = both(exam, tmp_path, frame, size, name)

    assert results(parts) == results(whole)
    told = [json.loads((folder / "results/sources.json").read_bytes()) for folder in (whole, parts)]
    assert told[0]["files"] == told[1]["files"]
    assert told[0]["responses"] == told[1]["responses"]


def test_a_shuffled_file_with_gaps_gives_the_same_marks(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    """Its own copy of the responses stands in the order of the roster."""
    shuffled = frame.sample(60, shuffle=True, seed=3)
    whole, parts = both(exam, tmp_path, shuffled, 9)
    one, other = results(whole), results(parts)

    assert {path for path in one if one[path] != other[path]} == {"results/responses.csv"}
    copies = [sorted(each["results/responses.csv"].splitlines()) for each in (one, other)]
    assert copies[0] == copies[1]


def test_a_nation_without_a_roster_has_its_forms_from_the_file(gallery: Bank, tmp_path: Path) -> None:
    listed = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                            candidates=simulate.roster(40, "nation"), langs=("en",))  # fmt: skip
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", forms=("A", "B"),
                          langs=("en",))  # fmt: skip
    forms = [listed.forms[form] for form in listed.form_of]
    frame = simulate.responses(listed, "nation").with_columns(pl.Series("form", forms))
    whole, parts = both(exam, tmp_path, frame, 7)

    assert results(parts) == results(whole)


def test_more_candidates_than_a_spreadsheet_holds_are_written_as_parquet(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "SPREADSHEET", COUNT - 1)
    whole, parts = both(exam, tmp_path, frame, 16)
    one, other = results(whole), results(parts)
    marks = pl.read_parquet(parts / "results/marks/*.parquet")

    assert intake.csv_bytes(marks) == one["results/marks.csv"]
    assert intake.csv_bytes(pl.read_parquet(parts / "results/steps/*.parquet")) == one["results/steps.csv"]
    assert sorted(path for path in other if path.startswith("results/marks/")) == [
        f"results/marks/0000{number}.parquet" for number in range(5)
    ]
    same = sorted(one.keys() & other.keys())
    assert [other[path] == one[path] for path in same] == [True] * 7
    again = grade_large.grade_large(parts, size=30)
    assert [str(each) for each in again.problems] == [
        str(each).replace(str(tmp_path / "responses.csv"), str(parts / "results/responses.parquet"))
        for each in grade_large.grade_large(parts, tmp_path / "responses.csv", size=16, write=False).problems
    ]
    assert {path: content for path, content in results(parts).items() if "history" not in path and path in same} == {
        path: one[path] for path in same
    }


def test_every_fault_is_told_and_nothing_is_written(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    folder = sealed(exam, tmp_path / "exam")
    numbers, hand = frame["candidate"].to_list(), f"{list(exam.columns())[-1]} marks"
    typed = [*[""] * (COUNT - 1), "x"]
    tables = {
        "a number twice": frame.with_columns(pl.Series("candidate", [numbers[5], *numbers[1:]])),
        "a stranger, marks that are none": frame.with_columns(
            pl.Series("candidate", ["9999999", *numbers[1:]]), pl.Series("absent", ["perhaps", *[""] * (COUNT - 1)])),
        "marks that are none": frame.with_columns(pl.Series(hand, typed)),
    }
    for table in tables.values():
        intake.write(tmp_path / "responses.csv", table)
        with pytest.raises(Refused) as one:
            grade(folder, tmp_path / "responses.csv")
        with pytest.raises(Refused) as other:
            grade_large.grade_large(folder, tmp_path / "responses.csv", size=9)

        assert [str(each) for each in other.value.problems] == [str(each) for each in one.value.problems]
    assert not (folder / "results").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_command_says_the_same_of_partitions(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    whole, parts = sealed(exam, tmp_path / "whole"), sealed(exam, tmp_path / "parts")
    intake.write(tmp_path / "responses.csv", frame)
    said = run("grade", str(whole), str(tmp_path / "responses.csv"))
    monkeypatch.setattr("qbank.intake._batches.LARGE", 1000)
    monkeypatch.setattr(_parted, "MOST", 30)
    told = run("grade", str(parts), str(tmp_path / "responses.csv"))

    assert told == tuple(each.replace(str(whole), str(parts)) if isinstance(each, str) else each for each in said)
    assert results(parts) == results(whole)


def test_reviews_records_and_regrades_are_counted_alike(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    """Those of nobody, those whose text has changed and those that overrule typed marks as well, in their order."""
    hand = "Q15"
    texts, numbers = frame[hand].to_list(), frame["candidate"].to_list()
    judged = [
        Review(numbers[60], hand, texts[60], 2.5, "王", "2026-01-05T08:00:00Z", steps={"cause": 2, "feedback": 0.5}),
        Review("nobody", hand, "", 1.0, "李", "2026-01-05T08:01:00Z"),
        Review(numbers[3], hand, texts[3], 1.0, "李", "2026-01-05T08:02:00Z"),
        Review(numbers[50], hand, "another text", 1.0, "李", "2026-01-05T08:03:00Z"),
        Review(numbers[2], hand, "another text", 1.0, "李", "2026-01-05T08:04:00Z"),
        Review(numbers[40], "Q9", frame["Q9"][40], None, "李", "2026-01-05T08:05:00Z", reading="7"),
    ]
    entries = [Status(number, state, "王", "2026-01-05T08:00:00Z") for number, state in STATES.items()]
    corrected = exam.columns()["Q9"][0].item.id
    dropped = Regrade(corrected, "", "drop-rescale", (), "王", "2026-01-06T08:00:00Z", "0.2.0")
    typed = ["2" if row in (3, 60) else "" for row in range(COUNT)]
    given = frame.with_columns(pl.Series(f"{hand} marks", typed))
    for name in ("whole", "parts"):
        folder = sealed(exam, tmp_path / name)
        (folder / reviews.RECORD).write_bytes(reviews.written(judged))
        (folder / roll.RECORD).write_bytes(roll.written(entries))
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    intake.write(tmp_path / "responses.csv", given)
    said = grade(whole, tmp_path / "responses.csv")
    told = grade_large.grade_large(parts, tmp_path / "responses.csv", size=11)

    assert [str(each) for each in told.problems] == [str(each) for each in said.problems]
    assert len([each for each in said.problems if each.code.startswith("review.")]) == 3
    assert results(parts) == results(whole)
    for folder in (whole, parts):
        (folder / regrades.RECORD).write_bytes(regrades.written(dropped))
    assert [str(each) for each in grade_large.grade_large(parts, size=13).problems] == [
        str(each).replace(str(whole), str(parts)) for each in grade(whole).problems
    ]
    newest = [{path: content for path, content in results(folder).items() if "history" not in path}
              for folder in (whole, parts)]
    assert newest[0] == newest[1]


def test_workers_give_the_same_also_when_one_of_them_dies(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    """One process is killed as soon as it has done something; the other does what was lost."""
    from distributed import Client, LocalCluster

    whole, parts = sealed(exam, tmp_path / "whole"), sealed(exam, tmp_path / "parts")
    intake.write(tmp_path / "responses.csv", frame)
    said = grade(whole, tmp_path / "responses.csv")
    killed: list[int] = []

    def watch(things: Iterable[object], total: int, _: str) -> Iterator[object]:
        assert total == 18
        for thing in things:
            if not killed:
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)
            yield thing

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        workers = sorted(client.run(os.getpid).values())
        told = grade_large.grade_large(
            parts, tmp_path / "responses.csv", on=cluster.scheduler_address, size=4, watch=watch)

    assert killed
    assert [str(each) for each in told.problems] == [str(each) for each in said.problems]
    assert results(parts) == results(whole)


def test_processes_of_this_machine_do_the_same(exam: Exam, frame: pl.DataFrame, tmp_path: Path) -> None:
    """One of two is killed as soon as something is done: what it was doing is done by another."""
    whole, parts = sealed(exam, tmp_path / "whole"), sealed(exam, tmp_path / "parts")
    intake.write(tmp_path / "responses.csv", frame)
    grade(whole, tmp_path / "responses.csv")
    killed: list[int] = []

    def watch(things: Iterable[object], total: int, _: str) -> Iterator[object]:
        assert total == 18
        for thing in things:
            running = [each.pid for each in multiprocessing.active_children() if each.pid is not None]
            if not killed and running:
                killed.append(running[0])
                os.kill(running[0], signal.SIGKILL)
            yield thing

    grade_large.grade_large(parts, tmp_path / "responses.csv", on="local:2", size=4, watch=watch)

    assert killed
    assert results(parts) == results(whole)


def test_where_no_process_starts_this_one_does_everything(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[object]:
        raise BrokenProcessPool
        yield

    whole, parts = sealed(exam, tmp_path / "whole"), sealed(exam, tmp_path / "parts")
    intake.write(tmp_path / "responses.csv", frame)
    grade(whole, tmp_path / "responses.csv")
    monkeypatch.setattr(_processes, "shared", broken)
    grade_large.grade_large(parts, tmp_path / "responses.csv", on="local:2", size=4)

    assert results(parts) == results(whole)


def test_a_partition_that_ends_every_process_is_told(
    exam: Exam, frame: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sealed(exam, tmp_path / "exam")
    intake.write(tmp_path / "responses.csv", frame)
    monkeypatch.setattr(_processes, "shared", lambda jobs, *_: iter([(jobs[0], None)]))

    with pytest.raises(Refused, match="a partition ended every worker that marked it"):
        grade_large.grade_large(folder, tmp_path / "responses.csv", on="local:2", size=4)
    assert not (folder / "results").exists()


def test_a_cluster_that_is_not_there_is_told(exam: Exam, frame: pl.DataFrame, tmp_path: Path, run: Run) -> None:
    folder = sealed(exam, tmp_path / "exam")
    intake.write(tmp_path / "responses.csv", frame)

    for where, said in (("local:no", "write local:8 for eight processes on this machine"),
                        ("nonsense://x", "there is no Dask scheduler with a worker")):
        code, _, told = run("grade", str(folder), str(tmp_path / "responses.csv"), "--on", where)
        assert code == 2
        assert said in " ".join(told.split())
    assert not (folder / "results").exists()


@pytest.mark.parametrize("size", [8, 10, 11, 40])
def test_spare_papers_of_people_who_are_not_listed_come_last(gallery: Bank, tmp_path: Path, size: int) -> None:
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed="nation 4b1d 77", each=True, spares=3,
                          candidates=simulate.roster(10, "nation"), langs=("en",))  # fmt: skip
    listed = simulate.responses(exam, "nation").with_columns(pl.Series("form", [exam.forms[at] for at in exam.form_of]))
    late = listed[3:6].with_columns(pl.Series("candidate", ["L1", "L2", "L3"]),
                                    pl.Series("form", [exam.forms[at] for at in exam.spares]),
                                    *(pl.Series(column, [f"own {column}", "?", ""]) for column in exam.columns()))
    frame = pl.concat([listed[:2], late[:1], listed[2:], late[1:]])
    whole, parts = both(exam, tmp_path, frame, size)

    one, other = results(whole), results(parts)
    assert {path for path in one if one[path] != other[path]} <= {"results/responses.csv"}
