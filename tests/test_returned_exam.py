"""A sealed exam goes out, is sat in another system, comes back, and is marked: each question by the form it was of."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import canvas_reader
import moodle_reader
import moodle_report
import numpy as np
import polars as pl
import pytest
import qti_trials
from conftest import Run
from moodle_reader import Question
from moodle_trials import trials
from test_canvas import trials as canvas_trials
from test_moodle import asked, width
from test_returned import canvas_report

from qbank import intake, marking, messages, papers
from qbank.actions._returned import losses
from qbank.actions.anonymise import anonymise
from qbank.actions.export import export
from qbank.actions.grade import DIFFERENCES, grade
from qbank.actions.grade_large import grade_any
from qbank.actions.make_paper import make_paper
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.model import Candidate, Refused
from qbank.outputs import _media
from qbank.outputs._qti.item import identifier
from qbank.papers import Exam
from qbank.reports.differences import differences
from qbank.sheets import Variant

SEED = "0123456789abcdef"
CLASS = tuple(Candidate(f"2026{at:04}", f"考生{at}") for at in range(1, 13))
HEAD = ("姓氏", "名", "ID number", "Email address", "Status", "Grade/100.00")
SITTING = 8
MOST = 2.5
"""The marks of each question in Moodle's quiz."""


@dataclass(frozen=True)
class Sat:
    """What a class did in Moodle: the tables that it writes, and the answers as they would be written for qbank."""

    responses: list[list[str]]
    grades: list[list[str]]
    texts: Mapping[tuple[str, str], str]
    """By candidate and column."""
    forms: Mapping[tuple[str, int], int]
    """By candidate and number of the question."""


@pytest.fixture(scope="module")
def folder(gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sat") / "exam"
    make_paper(gallery, "everything", made, candidates=CLASS, forms="A,B,C", seed=SEED, langs=("zh", "en"),
               web_pages=0, books=False)  # fmt: skip
    return made


@pytest.fixture(scope="module")
def exam(folder: Path) -> Exam:
    from qbank.actions.grade import open_exam

    return open_exam(folder)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_media, "pictures", lambda items: {
        block: replace(each, content=b"\x89PNG") for block, each in qti_trials.blank_pictures(items).items()})


@pytest.fixture(scope="module")
def sat(folder: Path, exam: Exam) -> Sat:
    """Each candidate gets a random variant of each question, answers it at random, and Moodle marks it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_media, "pictures", lambda items: {
            block: replace(each, content=b"\x89PNG") for block, each in qti_trials.blank_pictures(items).items()})
        questions = moodle_reader.read(export("moodle", folder, lang="zh").written.content)
    categories: dict[str, list[Question]] = {}
    for question in questions:
        categories.setdefault(question.category, []).append(question)
    variants = {each.code: each for pool in papers.items(exam, "zh").pools for each in pool.variants}
    placed = {each.number: each for _, each in exam.placed()}
    chance = random.Random(SITTING)
    responses, grades, texts, forms = [], [], {}, {}
    by_id = {question.id: question for question in questions}
    for who in CLASS:
        head, cells, earned = [who.name, "", who.id, f"{who.id}@x.edu", "Finished", "50.00"], [], []
        numbers: dict[int, str] = {}
        for category in categories.values():
            number = int(category[0].id.split("-")[1])
            one = next((each for each in category if each.id.startswith(numbers.get(number, " "))), None)
            one = one or chance.choice(category)
            code = one.id.partition(".")[0]
            numbers[number] = code
            found = papers.variant(exam, code)
            assert found is not None
            forms[who.id, number] = found[0]
            given: list[Any] = [None] * len(one.fields)
            for place, there, first, answer in asked(variants[code], by_id, "zh"):
                if there is not one:
                    continue
                column = placed[number].column(placed[number].item.parts[place])
                fields = one.fields[first : first + width(one, answer)]
                texts[who.id, column] = ""
                if fields[0].sort == "essay":
                    given[first], texts[who.id, column] = "一段话", "一段话"
                elif chance.random() < 0.9 and (tried := list(trials(answer, fields))):
                    trial = chance.choice([each for each in tried if each.sort != "garbage"])
                    given[first : first + len(trial.given)] = trial.given
                    texts[who.id, column] = trial.text
            essay = any(field.sort == "essay" for field in one.fields)
            earned.append("-" if essay else f"{one.fraction(given) * MOST:.2f}".replace(".", ","))
            cells += [moodle_report.question(one), moodle_report.response(one, given)]
        responses.append([*head, *cells])
        grades.append([*head, *earned])
    count = len(categories)
    heads = [name for at in range(1, count + 1) for name in (f"试题 {at}", f"答案 {at}")]
    average = ["Overall average", "", "", "", "", "50.00"]
    return Sat([[*HEAD, *heads], *responses, [*average, *[""] * (2 * count)]],
               [[*HEAD, *(f"Q. {at} /2,50" for at in range(1, count + 1))], *grades, [*average, *["1,2"] * count]],
               texts, forms)  # fmt: skip


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def put(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path.write_bytes(as_csv(rows))
    return path


def put_frame(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    frame = pl.DataFrame(rows[1:], schema=[str(at) for at in range(len(rows[0]))], orient="row")
    frame.columns = [*rows[0]]
    intake.write(path, frame)
    return path


def wanted(exam: Exam, sat: Sat) -> Mapping[tuple[str, str], float]:
    """The marks of every answer as if it had been written for qbank, each question by the form that it was of."""
    found: dict[tuple[str, str], float] = {}
    for section, placed in exam.placed():
        texts = {part.id: [sat.texts[who.id, placed.column(part)] for who in CLASS] for part in placed.item.parts}
        rows = np.array([sat.forms[who.id, placed.number] for who in CLASS])
        marked = marking.mark(placed.item, exam.drawn[placed.item.id], texts, rows, section.rules)
        for part in placed.item.parts:
            found |= {(who.id, placed.column(part)): credit for who, credit in zip(
                CLASS, marked[part.id].credit.tolist(), strict=True)}  # fmt: skip
    return found


def credits(graded: Graded) -> Mapping[tuple[str, str], float]:
    return {(who.id, column): credit for column, marked in graded.marked.items()
            for who, credit in zip(graded.candidates, marked.credit.tolist(), strict=True)}  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json"])
def test_every_question_is_marked_by_the_form_that_it_was_of(
    folder: Path, exam: Exam, sat: Sat, tmp_path: Path, ending: str
) -> None:
    path = put(tmp_path / "responses.csv", sat.responses)
    if ending in ("xlsx", "parquet"):
        path = put_frame(tmp_path / f"responses.{ending}", sat.responses)
    if ending == "json":
        keys = [head.replace(" ", "").replace("/", "").replace(".", "").lower() for head in sat.responses[0]]
        rows = [dict(zip(keys, row, strict=True)) for row in sat.responses[1:]]
        path = tmp_path / "responses.json"
        path.write_text(json.dumps([rows], ensure_ascii=False), encoding="utf-8")

    graded = grade(folder, path, write=False)

    assert [who.id for who in graded.candidates] == [who.id for who in CLASS]
    assert credits(graded) == wanted(exam, sat)
    assert graded.exam.mixtures > 1
    assert any("read as responses of moodle" in problem.message for problem in graded.problems)


def test_what_moodle_gave_otherwise_is_listed_with_its_reason(folder: Path, sat: Sat, tmp_path: Path) -> None:
    responses, grades = put(tmp_path / "r.csv", sat.responses), put(tmp_path / "g.csv", sat.grades)

    graded = grade(folder, responses, scores=grades)

    found = list(differences(graded))
    table = pl.read_csv(folder / DIFFERENCES, infer_schema=False)
    assert len(found) == len(table) > 0
    assert not table.filter(pl.col("why").str.contains("原因不明")).height, table["why"].to_list()
    assert set(table["code"].str.split("-").list.first()) <= {"A", "B", "C"}
    again = grade(folder)  # the record of what was graded keeps codes and shares
    assert credits(again) == credits(graded)
    assert list(differences(again)) == found


def test_what_was_lost_is_told_in_the_language_of_the_exam(
    folder: Path, sat: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    responses, grades = put(tmp_path / "r.csv", sat.responses), put(tmp_path / "g.csv", sat.grades)
    graded = grade(folder, responses, scores=grades, write=False)
    assert graded.table is not None
    lower = {key: tuple("0" for _ in each) for key, each in graded.table.shares.items()}  # nothing earned anything
    graded = replace(graded, table=replace(graded.table, shares=lower))
    told = {}
    for language in messages.LANGUAGES:
        monkeypatch.setenv("LANGUAGE", language)
        told[language] = [losses(graded, lang) for lang in ("zh", "en")]

    assert told["zh"] == told["en"]
    chinese, english = told["en"]
    assert chinese != english
    assert chinese.keys() == english.keys() != set()


def test_tables_that_hold_columns_are_put_side_by_side(folder: Path, sat: Sat, tmp_path: Path) -> None:
    """A Parquet file holds columns and no rows."""
    rows = [put(tmp_path / "r.csv", sat.responses), put(tmp_path / "g.csv", sat.grades)]
    columns = [put_frame(tmp_path / "r.parquet", sat.responses), put_frame(tmp_path / "g.parquet", sat.grades)]

    wanted, found = (grade(folder, path, scores=scores, write=False) for path, scores in (rows, columns))

    assert list(differences(found)) == list(differences(wanted)) != []


def test_a_key_that_was_changed_there_has_no_known_cause(
    folder: Path, exam: Exam, sat: Sat, tmp_path: Path
) -> None:
    """A question of which nothing is lost earns everybody everything there."""
    lost = {loss.item for loss in export("moodle", folder, lang="zh").written.losses}
    number = next(each.number for _, each in exam.placed() if each.item.id not in lost)
    at = next(at for at, cell in enumerate(sat.responses[1]) if f"-{number}-" in cell)
    grades = [[*row] for row in sat.grades]
    for row in grades[1:-1]:
        row[len(HEAD) + (at - len(HEAD)) // 2] = "2,50"
    graded = grade(folder, put(tmp_path / "r.csv", sat.responses), scores=put(tmp_path / "g.csv", grades))

    table = pl.read_csv(folder / DIFFERENCES, infer_schema=False)
    assert "原因不明" in table["why"][0]  # such come first
    assert graded.table is not None
    assert graded.table.shares[f"Q{number}"] == ("1",) * len(CLASS)


def test_an_exam_that_came_back_is_anonymised_with_its_mixed_forms(folder: Path, sat: Sat, tmp_path: Path) -> None:
    grade(folder, put(tmp_path / "r.csv", sat.responses), scores=put(tmp_path / "g.csv", sat.grades))

    anonymise(folder, tmp_path / "copy")

    assert sorted(grade(tmp_path / "copy").totals().texts()) == sorted(grade(folder).totals().texts())


def test_responses_of_another_exam_are_refused(gallery: Bank, exam: Exam, sat: Sat, tmp_path: Path) -> None:
    """The same blueprint with other values: the check of each code tells them apart."""
    make_paper(gallery, "everything", tmp_path / "other", candidates=CLASS, forms="A,B,C", seed="f" * 16,
               langs=("zh", "en"), web_pages=0, books=False)  # fmt: skip
    path = put(tmp_path / "responses.csv", sat.responses)
    variants = [pool.variants[0] for pool in papers.items(exam, "en").pools]
    (tmp_path / "1.xml").write_text(result(CLASS[0].id, variants, random.Random(1))[0], encoding="utf-8")
    heads = [f"{at}: some text {variant.code}" for at, variant in enumerate(variants)]
    canvas = put(tmp_path / "analysis.csv", [["name", "sis_id", *(each for head in heads for each in (head, "2"))],
                                             ["", CLASS[0].id, *["x", "0"] * len(heads)]])  # fmt: skip

    with pytest.raises(Refused, match="has no code of this exam, but was answered"):
        grade(tmp_path / "other", path)
    for table in (canvas, tmp_path / "1.xml"):
        with pytest.raises(Refused, match="is a question of another exam, or of one with other values"):
            grade(tmp_path / "other", table)


def test_texts_of_questions_are_needed(folder: Path, sat: Sat, tmp_path: Path) -> None:
    bare = [[cell for at, cell in enumerate(row) if at < len(HEAD) or (at - len(HEAD)) % 2] for row in sat.responses]
    path = put(tmp_path / "responses.csv", bare)

    with pytest.raises(Refused, match="no column has answers to this exam"):
        grade(folder, path)
    with pytest.raises(Refused, match="tick 'question text'"):
        grade(folder, path, system="moodle")
    with pytest.raises(Refused, match="did you mean 'moodle'"):
        grade(folder, path, system="moodl")


def test_a_question_given_twice_is_refused(folder: Path, sat: Sat, tmp_path: Path) -> None:
    first = len(HEAD)
    rows = [[*row, *row[first : first + 2]] for row in sat.responses]
    rows[0][-2:] = ["试题 99", "答案 99"]

    with pytest.raises(Refused, match="the same question twice"):
        grade(folder, put(tmp_path / "responses.csv", rows))


def test_a_question_that_was_not_drawn_is_blank_and_told(folder: Path, sat: Sat, tmp_path: Path) -> None:
    rows = [[*row] for row in sat.responses]
    rows[1][len(HEAD)] = rows[1][len(HEAD) + 1] = ""

    graded = grade(folder, put(tmp_path / "responses.csv", rows), write=False)

    assert any("some candidates did not get these questions" in each.message for each in graded.problems)


@pytest.mark.parametrize("shown", [True, False])
def test_a_code_that_a_candidate_types_is_an_answer(
    folder: Path, exam: Exam, sat: Sat, tmp_path: Path, shown: bool
) -> None:
    """With the right answers beside it, it would earn everything; without texts of questions the table is refused."""
    code = next(variant.code for pool in papers.items(exam, "zh").pools for variant in pool.variants)
    first, rows = len(HEAD), []
    for at, row in enumerate(sat.responses):
        told = list(row[:first])
        for place in range(first, len(row), 2):
            right = "the right answer"
            response = f"What is asked? {code}" if at == 1 and place == first else row[place + 1]
            right = right if at else f"正确答案 {(place - first) // 2 + 1}"
            told += [*([row[place]] if shown else []), response, right]
        rows.append(told)
    path = put(tmp_path / "responses.csv", rows)

    if not shown:
        with pytest.raises(Refused):
            grade(folder, path)
        return
    graded = credits(grade(folder, path, write=False))
    before = credits(grade(folder, put(tmp_path / "r.csv", sat.responses), write=False))
    assert graded.items() - before.items() <= {(key, 0.0) for key in before if key[0] == CLASS[0].id}


def test_an_option_that_was_changed_there_waits_for_a_person(
    folder: Path, exam: Exam, sat: Sat, tmp_path: Path
) -> None:
    column = next(name for name, (_, part, _) in exam.columns().items() if part.kind == "choice" and "." not in name)
    rows = [[*row] for row in sat.responses]
    at = next(at for at in range(len(HEAD), len(rows[1]), 2) if f"-{column[1:]}-" in rows[1][at])
    rows[1][at + 1] = "an option that somebody wrote anew"

    graded = grade(folder, put(tmp_path / "responses.csv", rows), write=False)

    assert graded.waiting(column)[0]
    assert graded.texts[column][0] == "⟦an option that somebody wrote anew⟧"


def test_the_command_reads_them_and_says_what_differs(folder: Path, sat: Sat, tmp_path: Path, run: Run) -> None:
    responses, grades = put(tmp_path / "r.csv", sat.responses), put(tmp_path / "g.csv", sat.grades)

    code, out, errors = run("grade", str(folder), str(responses), "--from", "moodle", "--scores", str(grades))

    assert code == 0, errors
    assert "from moodle: " in out


def test_a_long_table_of_another_system_is_graded_whole(
    folder: Path, sat: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that is graded in partitions elsewhere: the table, and the responses that were kept of it."""
    responses, grades = put(tmp_path / "r.csv", sat.responses), put(tmp_path / "g.csv", sat.grades)
    before = grade(folder, responses, write=False)
    monkeypatch.setattr("qbank.intake._batches.LARGE", 1)

    done = grade_any(folder, responses, scores=grades)
    again = grade_any(folder)

    assert done.totals.marks.texts() == again.totals.marks.texts()
    assert set(done.totals.marks.texts()) == set(before.totals().texts())
    assert done.apart == again.apart > 0
    assert done.system == "moodle"
    with pytest.raises(Refused, match="leave out --on"):
        grade_any(folder, responses, on="local:2")


# --- Canvas's student analysis ---------------------------------------------------------------------------------------


def test_what_canvas_writes_is_marked_by_the_form_of_each_question(folder: Path, exam: Exam, tmp_path: Path) -> None:
    """A column for each variant of each part, filled for those who drew it; the points of the engine beside it."""
    chance = random.Random(5)
    placed = {each.number: (section, each) for section, each in exam.placed()}
    questions = {each.id: each for each in canvas_reader.read(export("canvas", folder, lang="en").written.content)}
    head = ["name", "id", "sis_id", "section", "submitted"]
    rows = [["", str(at), who.id, "S1", ""] for at, who in enumerate(CLASS)]
    told: dict[tuple[str, str], tuple[int, str]] = {}
    for pool in papers.items(exam, "en").pools:
        drawn = {who.id: chance.choice(pool.variants) for who in CLASS}
        for variant in pool.variants:
            found = papers.variant(exam, variant.code)
            assert found is not None
            form, number = found
            for place, answer in enumerate(variant.worked.answers):
                asked_there = questions[f"{variant.code}_{place + 1}"]
                tried = [] if asked_there.sort == "essay" else list(canvas_trials(answer, asked_there, zero=True))
                plain_text = unescape(re.sub("<[^>]*>", "", asked_there.text))
                head += [f"{4711 + len(head)}: {plain_text}", f"{float(answer.part.marks):g}"]
                for row, who in zip(rows, CLASS, strict=True):
                    if drawn[who.id] is not variant:
                        row += ["", ""]
                        continue
                    there, here = chance.choice(tried) if tried else ("some words", "some words")
                    points = 0.0 if not tried else asked_there.fraction(there) * float(answer.part.marks)
                    row += [canvas_report(asked_there, answer, there) if tried else "some words", f"{points:g}"]
                    told[who.id, placed[number][1].column(placed[number][1].item.parts[place])] = form, here
    path = put(tmp_path / "analysis.csv", [head, *rows])

    graded = grade(folder, path, write=False)

    assert graded.table is not None
    assert graded.table.system == "canvas"
    assert graded.table.shares
    for place, who in enumerate(CLASS):
        for column, marked in graded.marked.items():
            form, text = told[who.id, column]
            section, question = placed[exam.columns()[column][0].number]
            part = exam.columns()[column][1]
            texts = {each.id: [told[who.id, question.column(each)][1]] for each in question.item.parts}
            alone = marking.mark(question.item, exam.drawn[question.item.id], texts, np.array([form]), section.rules)
            if not graded.texts[column][place].startswith("⟦"):  # a picture that was picked: no table says which
                assert marked.credit[place] == alone[part.id].credit[0], (column, text, graded.texts[column][place])


# --- results of QTI --------------------------------------------------------------------------------------------------


def result(who: str, variants: Sequence[Variant], chance: random.Random) -> tuple[str, dict[str, str]]:
    """One candidate's result, an item of each variant answered at random; and the texts by code and part."""
    texts, items = {}, []
    for variant in variants:
        values: dict[str, str | list[str]] = {}
        for place, answer in enumerate(variant.worked.answers, 1):
            tried = [each for each in qti_trials.trials(answer, place) if each.sort != "garbage"]
            if tried:
                trial = chance.choice(tried)
                values |= trial.responses
                texts[f"{variant.code} {answer.part.id}"] = trial.text
        items.append((identifier(variant.code), values))
    return xml(who, items), texts


def xml(who: str, items: Sequence[tuple[str, Mapping[str, str | list[str]]]]) -> str:
    told = []
    for name, values in items:
        variables = []
        for variable, value in values.items():
            each = "".join(f"<value>{_escaped(one)}</value>" for one in ([value] if isinstance(value, str) else value))
            variables.append(f'<responseVariable identifier={quoteattr(variable)} cardinality="single">'
                             f"<candidateResponse>{each}</candidateResponse></responseVariable>")
        variables.append('<outcomeVariable identifier="SCORE" cardinality="single" baseType="float">'
                         "<value>0.0</value></outcomeVariable>")
        told.append(f"<itemResult identifier={quoteattr(name)} datestamp='2026-11-20T09:00:00'>{''.join(variables)}"
                    "</itemResult>")
    return ('<?xml version="1.0"?><assessmentResult xmlns="http://www.imsglobal.org/xsd/imsqti_result_v3p0">'
            f"<context sourcedId={quoteattr(who)}/>{''.join(told)}</assessmentResult>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("packed", [True, False])
def test_results_of_qti_are_marked_by_the_form_of_each_item(
    folder: Path, exam: Exam, tmp_path: Path, packed: bool
) -> None:
    chance = random.Random(3)
    pools = papers.items(exam, "en").pools
    files, told = {}, {}
    for who in CLASS:
        drawn = [chance.choice(pool.variants) for pool in pools]
        files[f"{who.id}.xml"], told[who.id] = result(who.id, drawn, chance)
    path = tmp_path / ("results.zip" if packed else "results")
    if packed:
        with zipfile.ZipFile(path, "w") as package:
            for name, content in files.items():
                package.writestr(name, content)
    else:
        path.mkdir()
        for name, content in files.items():
            (path / name).write_text(content, encoding="utf-8")

    graded = grade(folder, path, write=False)

    assert graded.table is not None
    assert graded.table.system in ("qti21", "qti3")
    placed = {each.number: (section, each) for section, each in exam.placed()}
    for row, who in enumerate(CLASS):
        for code in {key.split()[0] for key in told[who.id]}:
            found = papers.variant(exam, code)
            assert found is not None
            section, question = placed[found[1]]
            texts = {part.id: [told[who.id].get(f"{code} {part.id}", "")] for part in question.item.parts}
            marked = marking.mark(question.item, exam.drawn[question.item.id], texts, np.array([found[0]]),
                                  section.rules)  # fmt: skip
            for part in question.item.parts:
                mine = graded.marked[question.column(part)].credit[row]
                back = graded.texts[question.column(part)][row]
                assert mine == marked[part.id].credit[0], (code, part.id, texts[part.id], back)


@pytest.mark.parametrize(("content", "said"), [
    ("<!DOCTYPE a [<!ENTITY x 'y'>]><assessmentResult/>", "declares entities"),
    ("<html/>", "is a <html>, not an <assessmentResult> of QTI"),
    ("<assessmentResult>", "no element found"),
    ("", "no element found"),
])  # fmt: skip
def test_a_result_that_is_none_is_named(folder: Path, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "1.xml").write_text(content, encoding="utf-8")

    with pytest.raises(Refused, match=said):
        grade(folder, tmp_path / "1.xml")


def test_the_last_attempt_at_an_item_counts_and_is_told(folder: Path, exam: Exam, tmp_path: Path) -> None:
    pools = papers.items(exam, "en").pools
    variant = next(pool.variants[0] for pool in pools if pool.item.startswith("gallery.truth"))
    name = identifier(variant.code)
    path = tmp_path / "1.xml"
    path.write_text(xml(CLASS[0].id, [(name, {"RESPONSE_1": "no"}), (name, {"RESPONSE_1": "yes"})]), encoding="utf-8")

    graded = grade(folder, path, write=False)

    number = papers.variant(exam, variant.code)
    assert number is not None
    assert graded.texts[f"Q{number[1]}"][0] == "√"
    assert any("the last attempt counts" in each.message for each in graded.problems)


# --- what a code says ------------------------------------------------------------------------------------------------


def test_a_code_is_of_one_exam_one_item_and_its_values(exam: Exam) -> None:
    codes = [variant.code for pool in papers.items(exam, "zh").pools for variant in pool.variants]

    assert len(set(codes)) == len(codes)
    assert all(papers.variant(exam, code) is not None for code in codes)
    assert all(papers.variant(exam, code[:-3] + "AAA") is None for code in codes if not code.endswith("AAA"))
    assert papers.variant(exam, codes[0][:-4]) == papers.variant(exam, codes[0])  # as people write it
    assert papers.variant(exam, "Z-1") is papers.variant(exam, "A-999") is papers.variant(exam, "A") is None


def test_a_mixture_is_a_form_of_its_own(exam: Exam) -> None:
    assert papers.mixture(exam, ["A-1", "A-2"]) == "A"
    assert papers.mixture(exam, ["A-1", "C-2"]) == "A-1 C-2"
    assert papers.mixed(exam, ["A", "", "B"]) is exam

    larger = papers.mixed(exam, ["A-1 C-2", "nonsense", "A-1 C-2"])

    assert larger.forms == (*exam.forms, "A-1 C-2")
    assert larger.mixtures == 1
    for _, placed in exam.placed():
        source = 2 if placed.number == 2 else 0
        for name, column in larger.drawn[placed.item.id].columns.items():
            assert np.array_equal(column.values[-1], exam.drawn[placed.item.id].columns[name].values[source])
