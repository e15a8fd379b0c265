"""The seal: what was sealed is checked whenever an exam is opened, and nothing that differs passes in silence."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from sat_exam import respond

from qbank import cli, intake, messages, papers, store
from qbank.actions import review
from qbank.actions.grade import grade, open_exam
from qbank.actions.history import history
from qbank.actions.make_paper import responses_form
from qbank.actions.regrade import keep, regrade
from qbank.model import Refused
from qbank.papers import Exam
from qbank.reviews import Review

SHEETS = [("sheets/A.pdf", b"%PDF A"), ("sheets/B.pdf", b"%PDF B"), ("private/answer-book-A.pdf", b"%PDF keys")]
GIVEN = {("2001", "Q15"): "heat", ("2002", "Q9"): "100"}
FORMAT_1 = Path(__file__).parent / "exams/format-1"
HINT = "restore it from a copy, or go on without the seal where a command can (qbank grade EXAM --unsealed)"


@pytest.fixture(scope="module")
def made(exam: Exam, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam that was graded, reviewed, regraded and graded again; with an addition to what was sealed."""
    folder = tmp_path_factory.mktemp("seal") / "exam"
    form = ("responses.csv", intake.csv_bytes(responses_form(exam)))
    about = {"exam": exam.id, "title": {"zh": "卷", "en": "Paper"}, "made by": "qbank 0.2.0"}
    store.seal(folder, store.chained(about, [*papers.files(exam), form, *SHEETS]))
    with store.writing(folder) as writing:
        first = store.add(writing, store.opened(folder).chain[-1], [("late.json", b"{}"), ("items/x.yaml", b"id: x\n")])
        store.add(writing, store.opened(folder).chain[-1], [("late.json", b"[]")])
    assert first == "private/additions/1"
    grade(folder, respond(exam, folder.parent / "given.csv", GIVEN))
    review.keep(folder, [Review("2001", "Q15", "heat", 4, "Li", "2026-01-05T08:00:00Z", "kind")])
    grade(folder)
    keep(folder, regrade(folder, "", policy="drop", item="gallery.ordering", by="Li"))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of that exam."""
    return Path(shutil.copytree(made, tmp_path / "exam"))


def told(folder: Path) -> str:
    """What an exam that differs says when it is opened."""
    with pytest.raises(Refused) as refused:
        grade(folder, write=False)
    return str(refused.value).replace(f"{folder}", "exam")


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit | Refused), done.exception
    return (2 if isinstance(done.exception, Refused) else done.exit_code), done.output


def test_an_exam_is_sealed_by_a_chain_of_digests(folder: Path) -> None:
    about = json.loads((folder / "exam.yaml").read_bytes())
    seals = [(folder / path).read_bytes() for path in
             ("private/seal.json", "private/additions/1/seal.json", "private/additions/2/seal.json")]  # fmt: skip
    opened = store.opened(folder)

    assert about["seal"] == store.fingerprint(seals[0])
    assert list(about["sha256"]) == ["sheets/A.pdf", "sheets/B.pdf"]
    assert about["responses form"] == store.fingerprint((folder / "responses.csv").read_bytes())
    assert [json.loads(seal).get("before") for seal in seals[1:]] == [store.fingerprint(seal) for seal in seals[:2]]
    assert opened.chain == tuple(map(store.fingerprint, seals))
    assert (opened.differences, store.verified(folder)) == ((), ())
    assert opened.read("private/additions/1/items/x.yaml") == b"id: x\n"
    assert "gallery" not in (folder / "exam.yaml").read_text(encoding="utf-8"), "no item's name"


Damage = Callable[[bytes, bytes], bytes | None]
DAMAGES: Mapping[str, Damage] = {
    "flipped": lambda content, _: content[: len(content) // 2]
    + bytes([content[len(content) // 2] ^ 4])
    + content[len(content) // 2 + 1 :],
    "last byte gone": lambda content, _: content[:-1],
    "cut": lambda content, _: content[: len(content) // 2],
    "emptied": lambda *_: b"",
    "longer": lambda content, _: content + b"\n",
    "not UTF-8": lambda content, _: b"\xff\xfe" + content,
    "gone": lambda *_: None,
    "swapped": lambda _, other: other,
}


def damage(file: Path, how: str, other: bytes) -> None:
    content = DAMAGES[how](file.read_bytes(), other)
    file.unlink()
    if content is not None:
        file.write_bytes(content)


@pytest.mark.parametrize("how", DAMAGES)
def test_every_sealed_file_that_differs_is_named_and_refused(folder: Path, how: str) -> None:
    sealed = [path for path in sorted(folder.rglob("*")) if path.is_file() and "results" not in path.parts]
    sealed = [path for path in sealed if path.name not in ("responses.csv", "reviews.jsonl", "regrades.jsonl")]
    others = [path.read_bytes() for path in (*sealed[1:], sealed[0])]
    assert len(sealed) > 35
    for file, other in zip(sealed, others, strict=True):
        name, before = file.relative_to(folder).as_posix(), file.read_bytes()
        if how == "swapped" and other == before:
            assert name.startswith("private/variants/")  # two items without a value have the same rows
            continue
        damage(file, how, other)
        if file.name == "exam.yaml" and how == "gone":
            assert told(folder) == "exam is not a sealed exam (it has no exam.yaml); 'qbank paper' makes one"
        elif name.startswith("sheets/"):
            grade(folder, write=False)
            with pytest.raises(Refused) as refused:
                store.opened(folder).read(name)
            assert name in str(refused.value)
            assert [each.path for each in store.verified(folder)] == [name]
        else:
            said = told(folder)
            assert said.startswith("exam: not as it was sealed: ")
            assert said.endswith(HINT)
            assert "\n" not in said
            assert name in said
        file.write_bytes(before)
    assert store.verified(folder) == ()


@pytest.mark.parametrize("how", DAMAGES)
def test_what_results_were_made_from_is_refused_when_it_is_no_longer_there(folder: Path, how: str) -> None:
    """Journals only grow: a whole line more is nothing to refuse."""
    other = b"candidate,Q9\n2001,1\n"
    for name in ("reviews.jsonl", "regrades.jsonl", "results/responses.csv", "results/sources.json"):
        before = (folder / name).read_bytes()
        damage(folder / name, how, other)
        if how == "longer" and name.endswith(".jsonl"):
            grade(folder, write=False)
        else:
            assert name in told(folder)
            assert history(folder, verify=True).differences
        (folder / name).write_bytes(before)
    assert history(folder, verify=True).differences == ()


@pytest.mark.parametrize("how", DAMAGES)
def test_results_that_were_changed_are_named_by_history(folder: Path, how: str) -> None:
    for name in ("results/marks.csv", "results/report.html", "results/history/1/marks.csv"):
        before = (folder / name).read_bytes()
        damage(folder / name, how, b"else")
        assert [each.split(" ")[0] for each in history(folder, verify=True).differences] == [name]
        code, said = run("history", folder, "--verify")
        assert (code, f"not as it was written: {name} (" in said) == (1, True)
        (folder / name).write_bytes(before)
    assert run("history", folder, "--verify")[0] == 0


def test_another_exams_private_half_is_refused(folder: Path, exam: Exam, tmp_path: Path) -> None:
    """The seal of a private half names its exam.yaml, and exam.yaml the seal; results name both."""
    other = tmp_path / "other"
    store.seal(other, store.chained({"exam": "other"}, papers.files(exam)))
    shutil.rmtree(folder / "private")
    shutil.copytree(other / "private", folder / "private")
    assert told(folder) == (
        f"exam: not as it was sealed: exam.yaml or private/seal.json, exam.yaml; {HINT}"
    )
    (folder / "exam.yaml").write_bytes((other / "exam.yaml").read_bytes())
    at = max(event.at for event in history(folder).events if event.what == "graded")
    assert told(folder) == (
        f"exam: private/ (the results of {at} were made with another, or with a later addition); "
        "restore it from a copy, or go on without it where a command can (qbank grade EXAM --unsealed)"
    )


def test_an_addition_that_is_gone_is_told_by_the_results_that_used_it(folder: Path) -> None:
    shutil.rmtree(folder / "private/additions/2")
    assert "private/ (the results of " in told(folder)
    shutil.rmtree(folder / "private/additions/1")
    (folder / "private/additions/2").mkdir()
    assert told(folder) == f"exam: not as it was sealed: private/additions/2 (one before it is missing); {HINT}"


@pytest.mark.parametrize("path", ["private/.DS_Store", "private/notes.txt", "sheets/Thumbs.db", "notes.txt", ".lock"])
def test_what_was_put_beside_the_sealed_files_changes_nothing(folder: Path, path: str) -> None:
    (folder / path).write_bytes(b"mine")

    assert history(folder, verify=True).differences == ()


def test_answers_typed_in_place_are_graded_without_a_word_about_the_seal(folder: Path, exam: Exam) -> None:
    respond(exam, folder / "responses.csv", GIVEN)

    graded = grade(folder, folder / "responses.csv")

    assert graded.differences == ()
    assert [problem for problem in graded.problems if problem.code == "exam.unsealed"] == []
    assert run("history", folder)[1].splitlines()[-2:] == [
        "responses.csv was filled in", "exam.yaml and private/ are as they were written",
    ]  # fmt: skip


def test_an_exam_that_is_not_as_sealed_is_graded_where_that_is_said_and_the_report_says_so(folder: Path) -> None:
    (folder / "private/answer-book-A.pdf").write_bytes(b"%PDF other")
    graded = grade(folder, unsealed=True)

    what = "private/answer-book-A.pdf"
    assert [str(problem) for problem in graded.problems if problem.code == "exam.unsealed"] == [
        f"not as it was written, and graded all the same: {what}"
    ]
    report = (folder / "results/report.html").read_text(encoding="utf-8")
    assert f"注意：考试文件夹中有内容与原先写入的不一致，仍按现有内容评分：{what}。" in report
    assert json.loads((folder / "results/sources.json").read_bytes())["differences"] == [what]
    assert what in told(folder), "it is refused again where nothing is said"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_results_record_what_differs_in_the_same_words_for_every_reader(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    (folder / "private/answer-book-A.pdf").unlink()
    monkeypatch.setenv("LANGUAGE", language)
    graded = grade(folder, unsealed=True)

    recorded = "private/answer-book-A.pdf (it is missing)"
    assert graded.differences == (recorded,)
    assert json.loads((folder / "results/sources.json").read_bytes())["differences"] == [recorded]


COMMANDS = [
    ("grade", "{exam}"), ("grade", "{exam}", "--dry-run"), ("feedback", "{exam}"), ("review", "{exam}"),
    ("regrade", "{exam}", "--item", "gallery.number", "--policy", "full", "--by", "x"),
    ("explain", "{exam}", "2001", "Q9"), ("trace", "{exam}", "--where", "R1 > 0"),
]  # fmt: skip
KINDS = ("exam.yaml", "private/exam.json", "private/seal.json", "private/items/gallery.chain.yaml",
         "private/variants/gallery.chain.parquet", "private/variants/gallery.choice.parquet",
         "private/circuits/inverting.yaml", "private/answer-book-A.pdf")  # fmt: skip
"""A file of each sort."""


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", KINDS)
def test_no_command_dies_of_a_damaged_file_even_without_the_seal(folder: Path, name: str, how: str) -> None:
    """It goes on, or says in words what it cannot use."""
    others = {"items": "private/items/gallery.shape.yaml", "variants": "private/variants/gallery.shape.parquet"}
    other = next((path for kind, path in others.items() if kind in name), "responses.csv")
    damage(folder / name, how, (folder / other).read_bytes())
    for command in COMMANDS if how in ("cut", "swapped") else COMMANDS[1:2]:
        arguments = [part.format(exam=folder) for part in command]
        code, _ = run(*arguments)
        assert code == 2, "refused"
        run(*arguments, "--unsealed")
    run("history", folder, "--verify")


RECORDS = [
    (b"", "invalid JSON at line 1, column 0"),
    (b"[" * 100_000, "invalid JSON at line 1, column"),
    (b"[]", "must be a mapping ('key: value' lines), not a list"),
    (b'{"format": "1"}', "$.format: must be a whole number, not '1'"),
]


@pytest.mark.parametrize(("content", "expected"), RECORDS, ids=["empty", "deep", "list", "types"])
def test_a_record_that_is_damaged_says_what_and_where(exam: Exam, content: bytes, expected: str) -> None:
    kept = {**dict(papers.files(exam)), papers.RECORD: content}
    with pytest.raises(Refused) as refused:
        papers.opened(lambda path: kept[path])

    assert str(refused.value).rstrip(" 0123456789") == f"private/exam.json is damaged: {expected}".rstrip(" 0123456789")


CHANGES = [
    ("langs", ["fr"], "$.langs[0]: 'fr' is not known; the known ones are: en, zh"),
    ("total", "a lot", "$.total: 'a lot' is not a number of marks"),
    ("forms", ["A"], "the languages, the forms and the candidates' forms do not fit together"),
    ("items", {}, "the item 'gallery.blanks' is on the paper, but not among the items"),
    ("rules", {"comma": "no"}, "$.rules.comma: 'no' is not known; the known ones are: ask, decimal, thousands"),
    ("rules", {"coma": "ask"}, "$.rules: the rule 'coma' is not known"),
    ("seed", None, "$.seed: needs a value"),
    ("minutes", "MISSING", "$.minutes: this field is missing"),
]


@pytest.mark.parametrize(("field", "value", "expected"), CHANGES)
def test_a_field_of_the_record_that_does_not_fit_is_named(exam: Exam, field: str, value: object, expected: str) -> None:
    kept = dict(papers.files(exam))
    record = json.loads(kept[papers.RECORD])
    record[field] = value
    if value == "MISSING":
        del record[field]
    kept[papers.RECORD] = json.dumps(record).encode()
    with pytest.raises(Refused) as refused:
        papers.opened(lambda path: kept[path])

    assert str(refused.value) == f"private/exam.json is damaged: {expected}"


# --- exams of 0.1.0 ----------------------------------------------------------------------------------------------


@pytest.fixture
def early(tmp_path: Path) -> Path:
    """A copy of the exam of format 1."""
    return Path(shutil.copytree(FORMAT_1, tmp_path / "exam"))


def test_an_exam_of_format_1_is_checked_as_a_whole(early: Path) -> None:
    assert history(early, verify=True).differences == ()
    (early / "private/notes.txt").write_bytes(b"0.1.0 wrote no such file")
    assert history(early, verify=True).differences == ()
    for file in sorted((early / "private").rglob("*.*")):
        if file.name == "notes.txt":
            continue
        before = file.read_bytes()
        file.write_bytes(before + b" ")
        assert told(early) == f"exam: not as it was sealed: private/; {HINT}"
        file.unlink()
        assert told(early) == f"exam: not as it was sealed: private/; {HINT}"
        file.write_bytes(before)
    (early / "sheets/A.pdf").write_bytes(b"")
    assert history(early, verify=True).differences == ("sheets/A.pdf",)


def test_a_later_version_is_not_guessed_at(early: Path) -> None:
    about = (early / "exam.yaml").read_bytes()
    (early / "exam.yaml").write_bytes(about.replace(b'"format": 1', b'"format": 9').replace(b"0.1.0", b"9.1"))
    with pytest.raises(Refused) as refused:
        open_exam(early)

    assert str(refused.value) == f"{early}: this exam was made by a later version (qbank 9.1); update qbank"


# --- history -----------------------------------------------------------------------------------------------------


def test_history_says_what_happened_to_an_exam(folder: Path) -> None:
    found = history(folder)

    told = [(event.what, re.split("[,;]", event.told)[0]) for event in found.events]
    assert [each for each in told if each[0] in ("sealed", "review")] == [
        ("sealed", "by qbank 0.2.0"), ("review", "1 review of Q15"),
    ]  # fmt: skip
    assert sorted(event.what for event in found.events)[:3] == ["addition", "addition", "graded"]
    regraded = next(event.told for event in found.events if event.what == "regrade")
    assert regraded == "gallery.ordering, policy drop, by Li"
    code, said = run("history", folder)
    assert code == 0
    assert said.splitlines()[0] == "卷 (everything)"
    assert said.splitlines()[-2:] == [
        "responses.csv is the empty form", "exam.yaml and private/ are as they were written",
    ]  # fmt: skip


@pytest.mark.parametrize(("time", "at", "said"), [
    (1_700_000_000, "2023-11-14T22:13:20Z", "the time is that of the file exam.yaml, which a copy changes"),
    (4_000_000_000, "", "the file exam.yaml was copied at 2096-10-02T07:06:40Z, and no record has the time of sealing"),
])
def test_the_time_of_a_copied_file_is_not_taken_for_that_of_sealing(
    folder: Path, time: int, at: str, said: str
) -> None:
    os.utime(folder / "exam.yaml", (time, time))
    first = history(folder).events[0]

    assert (first.what, first.at) == ("sealed", at)
    assert first.told.endswith(said)


def test_history_of_a_damaged_exam_says_what_it_can(folder: Path) -> None:
    (folder / "reviews.jsonl").write_bytes(b"{}\n")
    (folder / "results/sources.json").write_bytes(b"{")
    (folder / "exam.yaml").write_bytes(b"exam: [")
    code, said = run("history", folder, "--verify")

    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("not as it was written: ")] == [
        "not as it was written: exam.yaml is damaged (invalid JSON at line 1, column 1)",
        ("not as it was written: reviews.jsonl, line 1: this is not a review, which has the fields candidate, part, "
        "text, marks, by, at, why, reading, steps, withdrawn"),
        "not as it was written: results/sources.json is damaged: invalid JSON at line 1, column 1",
    ]  # fmt: skip


def test_marks_that_were_changed_by_hand_are_told_when_new_results_take_their_place(folder: Path) -> None:
    marks = folder / "results/marks.csv"
    own = marks.read_bytes()
    marks.write_bytes(own.replace(b"2001,", b"2001 ,", 1))
    graded = grade(folder)

    assert [str(each).partition(";")[0] for each in graded.problems if each.code == "results.changed"] == [
        "results/marks.csv: changed by hand since qbank wrote it"
    ]
    assert marks.read_bytes() == own
    assert b"2001 ," in max((folder / "results/history").glob("*/marks.csv")).read_bytes()
    assert [each for each in grade(folder).problems if each.code == "results.changed"] == []
