"""After sealing: late candidates and spare papers, corrected numbers, sheets printed again, complaints."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdf
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sat_exam import digest, respond

from qbank import bank, cli, papers, resources, store
from qbank.actions import complain, correct, review, status
from qbank.actions.add import add
from qbank.actions.grade import grade, open_exam
from qbank.actions.history import history
from qbank.actions.make_paper import make_paper
from qbank.actions.reprint import reprint
from qbank.model import Accommodation, Candidate, Refused
from qbank.papers import Exam
from qbank.reviews import Review

HERE = Path(__file__).parent / "exams"
SEED = "a seed of enough letters"
CLASS = tuple(Candidate(f"40{number:02}", f"学生{number}") for number in range(1, 7))
LATE = (Candidate("4099", "迟到者"), Candidate("4007", "另一人"))


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exit_code == 0, done.exception
    return done.output


def refused(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert isinstance(done.exception, Refused), done.output
    return str(done.exception)


@contextmanager
def freeze() -> Iterator[Callable[[str], None]]:
    """Sets the time of corrections."""
    with pytest.MonkeyPatch.context() as patch:
        yield lambda at: patch.setattr(correct, "now", lambda: at)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An exam with a form for each of six and two spare papers, and one with the forms A and B."""
    source = bank.load(resources.folder("questions"))
    folders = {}
    for name, forms, spares in (("each", "each", 2), ("named", "A,B", 0)):
        folders[name] = tmp_path_factory.mktemp("made") / name
        make_paper(source, "opamp-quiz", folders[name], candidates=CLASS, forms=forms, spares=spares, seed=SEED,
                   web_pages=0, books=False)  # fmt: skip
    return folders


@pytest.fixture
def exam(made: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of one of them to change."""
    return Path(shutil.copytree(made[getattr(request, "param", "each")], tmp_path / "exam"))


@pytest.fixture(scope="module")
def small(gallery: bank.Bank) -> Exam:
    """The gallery's paper with every kind and true statements in balance, a form for each of six and a spare one."""
    return papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=(), each=True,
                          spares=1)  # fmt: skip


def keys(exam: Exam, number: str) -> dict[str, str]:
    """The printed keys of one candidate's paper."""
    row = next(row for row, each in enumerate(exam.candidates) if each.id == number)
    form = int(exam.form_of[row])
    return {column: papers.key(exam.drawn[placed.item.id], part, form, "zh").text
            for column, (placed, part, _) in exam.columns().items()}  # fmt: skip


def test_late_candidates_get_the_next_seats_and_nobody_moves(exam: Path) -> None:
    before = open_exam(exam)
    files = {path: path.read_bytes() for path in exam.rglob("*") if path.is_file()}
    done = add(exam, LATE, spares=1, by="Wang", why="选课系统迟到")
    after = open_exam(exam)

    assert [(who.id, code) for who, code in done.candidates] == [("4099", "010"), ("4007", "009")]
    assert done.spares == ("011",)
    assert after.candidates == (*CLASS, *LATE)
    assert [after.forms[form] for form in after.form_of] == [*(f"{n:03}" for n in range(1, 7)), "010", "009"]
    assert all(keys(after, who.id) == keys(before, who.id) for who in CLASS)
    assert all(path.read_bytes() == content for path, content in files.items() if path.name != ".lock")
    assert done.sheets == ("sheets/4099.pdf", "sheets/4007.pdf", "sheets/spare-011.pdf", "sheets/all-009-011.pdf")
    assert len(pypdf.PdfReader(exam / done.sheets[3]).pages) >= 3 * len(pypdf.PdfReader(exam / done.sheets[0]).pages)
    with (exam / done.form).open(encoding="utf-8-sig", newline="") as form:
        assert [row["candidate"] for row in csv.DictReader(form)] == ["4099", "4007"]
    assert store.verified(exam) == ()
    told = [event for event in history(exam).events if event.what == "addition"]
    assert "4099 (迟到者)" in told[0].told
    assert "by Wang" in told[0].told
    assert "选课系统迟到" in told[0].told


def test_a_late_paper_is_what_the_seat_would_have_had_from_the_first(exam: Path) -> None:
    add(exam, LATE, by="Wang")
    source = bank.load(resources.folder("questions"))
    first = papers.compose(source.blueprint("opamp-quiz"), source, seed=SEED, candidates=CLASS, forms=(), each=True,
                           spares=4)  # fmt: skip
    late = open_exam(exam)

    for number, seat in (("4099", 9), ("4007", 8)):
        drawn = {column: papers.key(first.drawn[placed.item.id], part, seat, "zh").text
                 for column, (placed, part, _) in first.columns().items()}  # fmt: skip
        assert keys(late, number) == drawn


@pytest.mark.parametrize("exam", ["each", "named"], indirect=True)
def test_late_candidates_are_graded_like_all_others(exam: Path, tmp_path: Path) -> None:
    add(exam, LATE, by="Wang")
    sat = open_exam(exam)
    graded = grade(exam, respond(sat, tmp_path / "given.csv", {}))

    assert graded.totals().floats.tolist() == [float(sat.total)] * 8
    assert sorted(path.name for path in (exam / "sheets").glob("40*.pdf")) == (
        sorted([*(f"{who.id}.pdf" for who in (*CLASS, *LATE))]) if sat.each else []
    )
    page = pypdf.PdfReader(exam / "sheets" / ("4099.pdf" if sat.each else "A.pdf")).pages[0].extract_text()
    assert ("迟到者" in page) is sat.each


@pytest.mark.parametrize("exam", ["each", "named"], indirect=True)
def test_who_is_on_the_roster_is_not_added_again(exam: Path, tmp_path: Path) -> None:
    roster = tmp_path / "late.csv"
    roster.write_text("number,name\n4003,学生3\n4099,迟到者\n", encoding="utf-8")
    before = sorted(path for path in exam.rglob("*") if path.is_file())

    assert "4003 (学生3) is on the roster already (paper" in refused("add", exam, "--roster", roster)
    assert sorted(path for path in exam.rglob("*") if path.is_file()) == before
    told = run("add", exam, "--roster", roster, "--only-new", "--by", "Wang")
    assert "already on the roster, skipped: 1" in told
    assert len(open_exam(exam).candidates) == 7
    assert "4099" in refused("add", exam, "--roster", roster)


def test_two_additions_are_two_links_of_the_chain(exam: Path) -> None:
    add(exam, LATE[:1], by="Wang")
    add(exam, LATE[1:], by="Li")

    assert [event.told.partition(":")[0] for event in history(exam).events if event.what == "addition"] == [
        "private/additions/1", "private/additions/2",
    ]  # fmt: skip
    (exam / "private/additions/1/candidates.json").write_bytes(b"{}")
    with pytest.raises(Refused, match="additions/1"):
        open_exam(exam)


def test_an_addition_that_dies_half_way_is_no_addition(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qbank.store._adding._need_room", die)
    with pytest.raises(KeyboardInterrupt):
        add(exam, LATE, by="Wang")
    monkeypatch.undo()

    assert open_exam(exam).candidates == CLASS
    assert len(add(exam, LATE, by="Wang").candidates) == 2
    assert store.verified(exam) == ()


def test_a_spare_paper_is_given_to_somebody(exam: Path, tmp_path: Path) -> None:
    run("add", exam, "--candidate", "4050", "--name", "新来的", "--paper", "7", "--by", "Wang")
    sat = open_exam(exam)

    assert sat.candidates[-1] == Candidate("4050", "新来的")
    assert sat.forms[int(sat.form_of[-1])] == "007"
    assert grade(exam, respond(sat, tmp_path / "given.csv", {})).totals().floats.tolist() == [float(sat.total)] * 7
    assert "paper 001 is not a spare paper; spare papers that are left: 008" in refused(
        "add", exam, "--candidate", "4051", "--paper", "001"
    )
    assert "'900' is not known" in refused("add", exam, "--candidate", "4051", "--paper", "900")


def seats(exam: Path) -> dict[str, str]:
    """The code of everybody's paper."""
    sat = open_exam(exam)
    return {who.id: sat.forms[form] for who, form in zip(sat.candidates, sat.form_of.tolist(), strict=True)}


OWN = {who.id: f"{seat:03}" for seat, who in enumerate(CLASS, start=1)}


@pytest.mark.parametrize(("given", "now", "left"), [
    ([("4001", "7"), ("4001", "8")], OWN | {"4001": "008"}, "007"),  # the last paper counts, the first is spare again
    ([("4001", "7"), ("4001", "7", "--take-back")], OWN, "007, 008"),  # it was another candidate's
    ([("4001", "7"), ("4001", "8"), ("4001", "8", "--take-back")], OWN, "007, 008"),
    ([("4050", "7"), ("4050", "8")], OWN | {"4050": "008"}, "007"),
    ([("4050", "7"), ("4050", "007", "--take-back")], OWN, "007, 008"),  # who never was there
    ([("4050", "7"), ("4050", "7", "--take-back"), ("4051", "7")], OWN | {"4051": "007"}, "008"),
    ([("4050", "7"), ("4001", "8"), ("4050", "7", "--take-back")], OWN | {"4001": "008"}, "007"),
])  # fmt: skip
def test_a_spare_paper_that_was_recorded_by_mistake_is_corrected(
    exam: Path, given: list[tuple[str, ...]], now: dict[str, str], left: str
) -> None:
    sealed = digest(exam / "private")
    for candidate, paper, *rest in given:
        run("add", exam, "--candidate", candidate, "--paper", paper, *rest, "--by", "Wang", "--why", "看错了")

    assert seats(exam) == now
    assert f"papers that are left: {left}" in refused("add", exam, "--candidate", "4060", "--paper", "900")
    assert digest(exam / "private") == sealed
    told = [event.told for event in history(exam).events if event.what == "paper"]
    assert len(told) == len(given)
    assert all("by Wang: 看错了" in each for each in told), "who and why"
    assert any("is taken back" in each for each in told) is any("--take-back" in each for each in given)


def test_marks_follow_a_spare_paper_that_is_taken_back(exam: Path, tmp_path: Path) -> None:
    given = respond(open_exam(exam), tmp_path / "given.csv", {})
    full = grade(exam, given).totals().floats.tolist()
    run("add", exam, "--candidate", "4001", "--paper", "7", "--by", "Wang")
    assert grade(exam).totals().floats.tolist() != full, "another paper has other keys"
    assert "the results are older than roll.jsonl" not in run("grade", exam)

    run("add", exam, "--candidate", "4001", "--paper", "7", "--take-back", "--by", "Wang")
    assert "the results are older than roll.jsonl" in refused("feedback", exam)
    assert grade(exam).totals().floats.tolist() == full


def test_only_what_was_recorded_is_taken_back(exam: Path) -> None:
    run("add", exam, "--candidate", "4001", "--paper", "7", "--by", "Wang")
    before = digest(exam)
    taken = refused("add", exam, "--candidate", "4002", "--paper", "7")

    assert "paper 007 is recorded for candidate 4001; spare papers that are left: 008" in taken
    assert "first take it back: qbank add EXAM --candidate 4001 --paper 007 --take-back" in taken
    for candidate, paper in (("4001", "8"), ("4002", "7"), ("4002", "2"), ("4001", "1"), ("4001", "x")):
        told = refused("add", exam, "--candidate", candidate, "--paper", paper, "--take-back")
        assert "so there is nothing to take back" in told
    assert "candidate '9' is not known" in refused("add", exam, "--candidate", "9", "--paper", "7", "--take-back")
    assert digest(exam) == before


def test_a_correction_that_was_taken_back_leaves_the_number_to_whose_it_is(exam: Path, tmp_path: Path) -> None:
    sat = open_exam(exam)
    column = next(iter(sat.columns()))
    graded = grade(exam, respond(sat, tmp_path / "given.csv", dict.fromkeys([("4001", column), ("4002", column)], "?")))
    text = graded.texts[column][0]
    with freeze() as at:
        at("2026-01-05T08:00:00Z")
        correct.correct(exam, "4001", number="4090", by="Wang")  # it is 4002 who has that number
        review.keep(exam, [Review("4090", column, text, 1.0, "Wang", "2026-01-05T09:00:00Z")])
        at("2026-01-05T10:00:00Z")
        correct.correct(exam, "4090", number="4001", by="Wang")
        correct.correct(exam, "4002", number="4090", by="Wang")
    after = grade(exam)

    assert [who.id for who in after.candidates[:2]] == ["4001", "4090"]
    assert [key[1] for key in after.reviews] == [0], "the verdict is on the answer of who had that number then"
    correct.correct(exam, "4090", number="4002", by="Wang")
    assert len(add(exam, [Candidate("4090")], by="Wang").candidates) == 1


def test_a_number_that_was_corrected_is_matched_as_it_was_too(exam: Path, tmp_path: Path) -> None:
    before = open_exam(exam)
    given = respond(before, tmp_path / "given.csv", {})
    run("correct", exam, "4002", "--number", "4020", "--name", "改名", "--by", "Wang")
    graded = grade(exam, given)

    assert graded.candidates[1] == Candidate("4020", "改名")
    assert graded.totals().floats.tolist() == [float(before.total)] * 6
    assert "is the number of 学生3" in refused("correct", exam, "4020", "--number", "4003")
    assert "nothing was recorded" in refused("correct", exam, "4002", "--number", "4020", "--name", "改名")
    assert "4002: the number is now 4020, the name '改名', by Wang" in run("history", exam)
    assert reprint(exam, "4020") == (exam / "sheets/4002.pdf",)


@pytest.mark.parametrize(("who", "sheet"), [("4003", "4003.pdf"), ("003", "4003.pdf"), ("3", "4003.pdf")])
def test_a_sheet_is_printed_again_as_it_was_sealed(exam: Path, tmp_path: Path, who: str, sheet: str) -> None:
    told = run("reprint", exam, who, "-o", tmp_path / "again.pdf")

    assert told == f"{tmp_path / 'again.pdf'}\n"
    assert (tmp_path / "again.pdf").read_bytes() == (exam / "sheets" / sheet).read_bytes()
    assert run("reprint", exam, who, "-o", tmp_path / "out") == f"{tmp_path / 'out' / sheet}\n"


def test_a_sheet_that_was_changed_or_is_nobodys_is_not_printed_again(exam: Path) -> None:
    (exam / "sheets/4003.pdf").write_bytes(b"%PDF-")
    assert "sheets/4003.pdf" in refused("reprint", exam, "4003", "-o", exam.parent / "x.pdf")
    assert "there is no paper of 'nobody'" in refused("reprint", exam, "nobody")


def test_a_complaint_and_its_outcome_are_kept(exam: Path, tmp_path: Path) -> None:
    sat = open_exam(exam)
    column = next(iter(sat.columns()))
    graded = grade(exam, respond(sat, tmp_path / "given.csv", {("4001", column): "不会"}))
    assert f"complaint 1: 4001, {column}\n" == run("complaint", exam, "4001", column, "单位没有问题", "--by", "Wang")
    text = graded.texts[column][0]
    review.keep(exam, [Review("4001", column, text, 1.0, "Wang", "2999-01-05T08:00:00Z", "complaint")])
    told = run("complaint", exam, "--settle", "1", "--outcome", "upheld", "--why", "确实", "--by", "Wang")

    assert told == "complaint 1: upheld; review at 2999-01-05T08:00:00Z\n"
    assert complain.taken(exam)[0][1] is not None
    assert "1 complaint, 0 open\n" in run("complaint", exam)
    assert "no. 1: upheld (review at 2999-01-05T08:00:00Z), by Wang" in run("history", exam)
    assert "there is no complaint 7" in refused("complaint", exam, "--settle", "7", "--outcome", "rejected")
    assert "'Q99'" in refused("complaint", exam, "4001", "Q99", "…")


def test_an_exam_of_the_first_version_takes_late_candidates(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HERE / "format-1", tmp_path / "exam"))
    before = grade(folder, write=False)
    done = add(folder, [Candidate("9999", "迟到者")], by="Wang")
    after = open_exam(folder)

    assert len(done.candidates) == 1
    assert after.candidates[-1].id == "9999"
    again = grade(folder, write=False)
    count = len(before.candidates)
    assert [again.totals()[row] for row in range(count)] == [before.totals()[row] for row in range(count)]
    assert again.states[-1] == "absent"
    assert store.verified(folder) == ()
    assert "9999 (迟到者)" in run("history", folder)


def test_spare_papers_of_named_forms_are_refused(made: dict[str, Path]) -> None:
    with pytest.raises(Refused, match="a named form is the same for everybody"):
        add(made["named"], spares=2, by="Wang")
    with pytest.raises(Refused, match="there is nobody to add"):
        add(made["each"], by="Wang")


def test_papers_of_one_class_are_all_different(exam: Path) -> None:
    add(exam, LATE, by="Wang")
    sat = open_exam(exam)
    assert len(np.unique(sat.form_of)) == len(sat.candidates)
    correct.assign(exam, "4001", "008", by="Wang")
    assert open_exam(exam).forms[int(open_exam(exam).form_of[0])] == "008"


def test_a_number_that_somebody_had_before_is_nobody_elses(exam: Path) -> None:
    correct.correct(exam, "4002", number="4020", by="Wang")
    before = digest(exam)

    assert "4002 was the number of 学生2; nothing was recorded" in refused("correct", exam, "4003", "--number", "4002")
    with pytest.raises(Refused, match="4002 is the number that 4020 had before it was corrected"):
        add(exam, [Candidate("4002")], by="Wang")
    assert digest(exam) == before
    correct.correct(exam, "4020", number="4002", by="Wang")
    assert open_exam(exam).candidates == CLASS, "taken back"


def test_a_review_and_a_state_stay_with_a_candidate_whose_number_was_corrected(exam: Path, tmp_path: Path) -> None:
    sat = open_exam(exam)
    column = next(iter(sat.columns()))
    graded = grade(exam, respond(sat, tmp_path / "given.csv", {("4002", column): "不会"}))
    review.keep(exam, [Review("4002", column, graded.texts[column][1], 1.0, "Wang", "2026-01-05T08:00:00Z")])
    status.status(exam, ["4003"], "excused", by="Wang")
    correct.correct(exam, "4002", number="4020", by="Wang")
    correct.correct(exam, "4003", number="4030", by="Wang")
    after = grade(exam)

    assert float(after.marks(column)[1]) == 1.0
    assert after.states[2] == "excused"
    assert after.problems == grade(exam, write=False).problems
    assert [each.candidate.id for each in status.statuses(exam)] == ["4030"]
    assert "4002: " not in run("explain", exam, "4002", column)


def test_both_numbers_of_one_candidate_in_the_responses_are_refused(exam: Path, tmp_path: Path) -> None:
    correct.correct(exam, "4002", number="4020", by="Wang")
    column = next(iter(open_exam(exam).columns()))
    path = tmp_path / "both.csv"
    path.write_text(f"candidate,{column}\n4002,1\n4020,2\n", encoding="utf-8")

    assert "line 2 (4002) and line 3 (4020): both are candidate 4020, whose number was corrected" in refused(
        "grade", exam, path
    )


def test_the_code_that_was_filled_in_before_a_spare_paper_was_given_does_not_count(exam: Path, tmp_path: Path) -> None:
    correct.assign(exam, "4001", "007", by="Wang")
    column = next(iter(open_exam(exam).columns()))
    path = tmp_path / "given.csv"
    path.write_text(f"candidate,form,{column}\n4001,001,1\n4002,002,1\n", encoding="utf-8")
    graded = grade(exam, path, write=False)
    assert [graded.exam.forms[row] for row in graded.rows[:2]] == ["007", "002"]

    path.write_text(f"candidate,form,{column}\n4001,008,1\n", encoding="utf-8")
    graded = grade(exam, path, write=False)
    assert graded.exam.forms[graded.rows[0]] == "008"
    assert "by the record candidate 4001 has the spare paper 007; the row counts" in " ".join(map(str, graded.problems))
    assert "4001 is '学生1' on the roster, not '别人'; nothing was recorded" in refused(
        "add", exam, "--candidate", "4001", "--name", "别人", "--paper", "008"
    )


def test_a_sheet_is_never_copied_over_another_file(exam: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine.pdf"
    other.write_bytes(b"mine")

    assert "mine.pdf already exists, and may be somebody" in refused("reprint", exam, "4003", "-o", other)
    assert "is among the files of the exam" in refused("reprint", exam, "4003", "-o", exam / "sheets/4001.pdf")
    assert other.read_bytes() == b"mine"
    assert store.verified(exam) == ()


def test_a_file_in_the_place_of_a_late_sheet_is_kept(exam: Path) -> None:
    (exam / "sheets/4099.pdf").write_bytes(b"mine")
    with pytest.raises(Refused, match=r"sheets/4099\.pdf already exists and is a different file"):
        add(exam, LATE, by="Wang")

    assert (exam / "sheets/4099.pdf").read_bytes() == b"mine"
    assert open_exam(exam).candidates == CLASS


def test_a_responses_form_that_was_filled_in_stays_and_one_that_was_taken_away_does_not_come_back(exam: Path) -> None:
    (exam / "responses.csv").write_bytes(b"candidate,Q1\n4001,1\n")
    done = add(exam, LATE, by="Wang")
    (exam / done.form).unlink()
    store.recover(exam)

    assert (exam / "responses.csv").read_bytes() == b"candidate,Q1\n4001,1\n"
    assert not (exam / done.form).exists()
    assert history(exam, verify=True).differences == ()


def test_large_print_and_extra_time_of_late_candidates_are_told_and_printed(exam: Path, tmp_path: Path) -> None:
    roster = tmp_path / "late.csv"
    roster.write_text("number,name,便利\n4099,迟到者,大字卷；延长 25%\n", encoding="utf-8")
    told = run("add", exam, "--roster", roster, "--by", "Wang")

    assert "accommodation: 4099, paper 009: Large print, Extra time 25%" in told
    assert open_exam(exam).candidates[-1].accommodation.large_print


@pytest.mark.parametrize("exam", ["named"], indirect=True)
def test_a_named_form_is_printed_in_large_print_for_the_first_who_needs_it(exam: Path) -> None:
    done = add(exam, [Candidate("4099", "", "", Accommodation(large_print=True))], by="Wang")

    assert done.sheets == ("sheets/A-large-print.pdf",)
    assert reprint(exam, "4099") == (exam / "sheets/A-large-print.pdf",)
    assert reprint(exam, "4001") == (exam / "sheets/A.pdf",)


def early(exam: Exam, folder: Path) -> Path:
    """The exam as 0.1.0 sealed one: one digest over its private half, no addition of its own."""
    files = dict(papers.files(exam))
    record = json.loads(files[papers.RECORD])
    for field in ("spares", "imprint", "names"):
        record.pop(field, None)
    files[papers.RECORD] = json.dumps({**record, "format": 1, "version": "0.1.0"}).encode()
    lines = sorted(f"{path} {store.fingerprint(content)}\n" for path, content in files.items())
    about = {"exam": exam.id, "made by": "qbank 0.1.0", "format": 1, "sha256": {},
             "sha256 of private": store.fingerprint("".join(lines).encode())}  # fmt: skip
    for path, content in {**files, "exam.yaml": json.dumps(about).encode()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_an_exam_of_the_first_version_with_a_form_each_gives_late_candidates_seats_of_their_own(
    gallery: bank.Bank, tmp_path: Path
) -> None:
    made = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=(), each=True)
    folder = early(made, tmp_path / "exam")
    grade(folder, respond(made, tmp_path / "given.csv", {}))
    before = open_exam(folder)
    done = add(folder, LATE, by="Wang")
    status.status(folder, ["4007"], "lost", by="Wang")
    correct.correct(folder, "4001", number="4031", by="Wang")
    after = grade(folder, respond(open_exam(folder), tmp_path / "more.csv", {("4007", "Q9"): ""}))

    assert [code for _, code in done.candidates] == ["008", "007"]
    assert all(keys(after.exam, who.id) == keys(before, who.id) for who in CLASS[1:])
    assert after.totals()[0] == after.totals()[6], "who answers everything right, early or late"
    assert after.states[6:] == ("sat", "lost")
    assert store.verified(folder) == ()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sets(st.integers(1, 40), max_size=3), st.integers(0, 2)), max_size=4))
def test_whatever_is_added_in_whatever_order_earlier_papers_and_marks_stay(
    gallery: bank.Bank, small: Exam, steps: list[tuple[set[int], int]]
) -> None:
    """In columns: no page is printed, so that many orders are tried."""
    exam, taken = small, {each.id for each in small.candidates}
    for numbers, spares in steps:
        late = [Candidate(f"5{number:03}") for number in sorted(numbers) if f"5{number:03}" not in taken]
        taken |= {each.id for each in late}
        exam = papers.enlarged(exam, late, spares=spares)
    count = len(small.candidates)
    everyone = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=(),
                              each=True, spares=len(exam.forms) - count)  # fmt: skip

    assert exam.candidates[:count] == small.candidates
    assert exam.form_of[:count].tolist() == small.form_of.tolist()
    assert exam.forms[: len(small.forms)] == small.forms
    seats = [*exam.form_of.tolist(), *exam.spares]
    assert len(set(seats)) == len(seats), "a seat is given once"
    for name, drawn in exam.drawn.items():
        for column, values in drawn.columns.items():
            np.testing.assert_array_equal(values.values, everyone.drawn[name].columns[column].values)
        for part, columns in drawn.keys.items():
            for key, array in columns.items():
                np.testing.assert_array_equal(array[: len(small.forms)], small.drawn[name].keys[part][key])
                np.testing.assert_array_equal(array, everyone.drawn[name].keys[part][key])
