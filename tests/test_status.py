"""What became of an examination: recorded by a person, told everywhere in its own word, and never in a mean."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sat_exam import digest, respond, sealed

from qbank import cli, roll
from qbank.actions import status
from qbank.actions.export import export
from qbank.actions.feedback import feedback
from qbank.actions.grade import grade
from qbank.actions.history import history
from qbank.model import STATES, Candidate, Refused, State
from qbank.papers import Exam

CLASS = tuple(Candidate(f"300{number}", f"name {number}") for number in range(1, 7))
Sat = Callable[..., Path]


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam for six candidates, all of whom are right, save where changed; gives the folder and grades it."""
    large = replace(exam, candidates=CLASS, form_of=np.arange(6) % 2)

    def made(changed: Mapping[tuple[str, str], str] | None = None) -> Path:
        folder = sealed(large, tmp_path / "exam")
        grade(folder, respond(large, tmp_path / "given.csv", changed or {}))
        return folder

    return made


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exit_code == 0, done.exception
    return done.output


def table(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return {row["candidate"]: row for row in csv.DictReader(stream)}


def test_every_state_has_its_word_and_its_total(sat: Sat) -> None:
    folder = sat({("3001", "Q9"): ""})
    full = float(table(folder / "results/marks.csv")["3006"]["total"])
    for number, word in enumerate(("缺考", "作弊", "缓考", "withdrawn", "lost"), start=2):
        status.status(folder, [f"300{number}"], status.read(word), by="Wang")
    graded = grade(folder)
    rows = table(folder / "results/marks.csv")

    assert graded.states == ("sat", "absent", "misconduct", "excused", "withdrawn", "lost")
    assert [row["state"] for row in rows.values()] == ["", "缺考", "违纪", "缓考", "退考", "答卷遗失"]
    assert [row["total"] for row in rows.values()][1:] == ["0.0", "0.0", "", "", ""]
    assert [row["Q9"] for row in rows.values()][1:] == ["0.0", "0.0", "", "", ""], "never 0 where no total is entered"
    assert 0 < float(rows["3001"]["total"]) < full
    assert graded.sat.tolist() == [True, False, False, False, False, False]


def test_statistics_are_over_those_who_sat(sat: Sat) -> None:
    folder = sat({("3001", "Q9"): "", ("3002", "Q9"): ""})
    before = table_of_questions(folder)["Q9"]
    status.status(folder, ["3001"], "lost", by="Wang")
    status.status(folder, ["3002"], "misconduct", by="Wang")
    grade(folder)

    assert float(before["facility"]) == pytest.approx(4 / 6, abs=1e-4)
    assert float(table_of_questions(folder)["Q9"]["facility"]) == 1
    assert table_of_questions(folder)["Q9"]["blank"] == "0"


def table_of_questions(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "results/questions.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["question"]: row for row in csv.DictReader(stream)}


def test_the_word_is_in_the_report_the_gradebooks_the_replay_and_nobody_else_gets_a_page(sat: Sat) -> None:
    folder = sat()
    status.status(folder, ["3002", "3003"], "excused", by="Wang", why="病假")
    status.status(folder, ["3004"], "misconduct", by="Wang")
    run("grade", folder)
    report = (folder / "results/report.html").read_text(encoding="utf-8")
    moodle = list(csv.reader(export("moodle_grades", folder, lang="zh").written.content.decode().splitlines()))

    assert "缓考" in report
    assert "违纪" in report
    assert moodle[2] == ["3002", "name 2", "", "缓考"]
    assert moodle[4] == ["3004", "name 4", "0", "违纪"]
    assert "缓考" in run("explain", folder, "3002", "Q9")
    assert feedback(folder) == 3
    assert sorted(path.stem for path in (folder / "results/feedback").iterdir()) == ["3001", "3005", "3006"]


def test_sat_takes_a_record_back(sat: Sat) -> None:
    folder = sat()
    before = digest_of_marks(folder)
    status.status(folder, ["3002"], "lost", by="Wang")
    grade(folder)
    assert digest_of_marks(folder) != before
    status.status(folder, ["3002"], "sat", by="Wang", why="found in another bundle")
    grade(folder)

    assert digest_of_marks(folder) == before
    assert status.statuses(folder) == ()


def digest_of_marks(folder: Path) -> bytes:
    return (folder / "results/marks.csv").read_bytes()


CONTRADICTIONS = [
    ("excused", {}, "1 candidate (3002) is recorded as excused and has answers, which do not count"),
    ("lost", {("3002", "absent"): "yes"},
     "1 candidate (3002) is marked absent but recorded as paper lost: the record counts"),
    ("misconduct", {("3002", "absent"): "yes"},
     "1 candidate (3002) is marked absent but recorded as misconduct: the record counts"),
    ("misconduct", {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("state", "changed", "warned"), CONTRADICTIONS)
def test_what_the_responses_say_against_a_record_is_a_warning(
    sat: Sat, state: State, changed: Mapping[tuple[str, str], str], warned: str
) -> None:
    folder = sat(changed)
    status.status(folder, ["3002"], state, by="Wang")
    graded = grade(folder, write=False)

    assert graded.states[1] == state
    assert [each.message.split("responses.csv: ")[1] for each in graded.problems] == ([warned] if warned else [])


def test_a_record_that_somebody_was_present_against_responses_that_say_absent_is_a_warning(sat: Sat) -> None:
    folder = sat({("3002", "absent"): "yes", ("3002", "Q9"): ""})
    status.status(folder, ["3002"], "lost", by="Wang")
    status.status(folder, ["3002"], "sat", by="Wang")
    graded = grade(folder, write=False)

    assert graded.states[1] == "absent"
    assert [each.message.split("responses.csv: ")[1] for each in graded.problems] == [
        "1 candidate (3002) is marked absent and has answers, which do not count",
        "1 candidate (3002) is marked absent but recorded as present: absent counts",
    ]


WRONG = [
    (["3002", "9"], "excused",
     "the candidate '9' is not known; the known ones are: 3001, 3002, 3003, 3004, 3005, 3006"),
    (["3001"], "excused", "3001 is already recorded as excused (by Wang, "),
    (["3002"], "sat", "nothing is recorded for 3002, so there is nothing to take back"),
]


@pytest.mark.parametrize(("numbers", "state", "told"), WRONG)
def test_what_cannot_be_recorded_changes_nothing(sat: Sat, numbers: list[str], state: State, told: str) -> None:
    folder = sat()
    status.status(folder, ["3001"], "excused", by="Wang")
    before = digest(folder)
    with pytest.raises(Refused) as refusal:
        status.status(folder, numbers, state, by="Li")

    assert str(refusal.value).startswith(told)
    assert digest(folder) == before


def test_history_says_who_when_and_why(sat: Sat) -> None:
    folder = sat()
    out = run("status", folder, "缓考", "3002", "3003", "--by", "Wang", "--why", "病假")
    assert out.splitlines() == ["3002 name 2: excused", "3003 name 3: excused", f"qbank grade {folder} counts it"]
    (event,) = [each for each in history(folder).events if each.what == "status"]

    assert event.told == "3002, 3003: excused, by Wang: 病假"
    assert event.at.endswith("Z")
    assert "3003" in run("status", folder)
    assert history(folder).differences == ()


def test_a_damaged_line_is_named(sat: Sat) -> None:
    folder = sat()
    (folder / roll.RECORD).write_bytes(b'{"candidate": "3001", "state": "ill"}\n')
    with pytest.raises(Refused) as refusal:
        grade(folder)

    assert str(refusal.value).startswith("roll.jsonl, line 1: this is not a record of a candidate, ")


def test_a_state_that_is_not_known_says_which_there_are() -> None:
    with pytest.raises(Refused, match="'excusd' is not known; did you mean 'excused'"):
        status.read("excusd")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(CLASS), st.sampled_from(STATES)), max_size=6))
def test_the_marks_of_others_never_change(
    exam: Exam, tmp_path_factory: pytest.TempPathFactory, said: list[tuple[Candidate, State]]
) -> None:
    place = tmp_path_factory.mktemp("law")
    large = replace(exam, candidates=CLASS, form_of=np.arange(6) % 2)
    folder = sealed(large, place / "exam")
    before = grade(folder, respond(large, place / "given.csv", {}))
    records = [roll.Status(who.id, state, "Wang", f"2026-01-05T08:00:0{at}Z") for at, (who, state) in enumerate(said)]
    (folder / roll.RECORD).write_bytes(roll.written(records))
    after = grade(folder, write=False)
    last = {who.id: state for who, state in said}

    assert after.states == tuple(last.get(who.id, "sat") for who in CLASS)
    assert after.totals()[after.sat].tolist() == before.totals()[after.sat].tolist()
    assert not after.totals()[~after.sat].floats.any()
