"""What comes back to candidates and to the class: marks with their reasons, and nobody's letters in a name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from sat_exam import respond, sealed

from qbank import cli, markup
from qbank.actions import review
from qbank.actions.ask import ask
from qbank.actions.explain import explain
from qbank.actions.feedback import Pages, feedback
from qbank.actions.grade import grade
from qbank.actions.regrade import keep, regrade
from qbank.answers import kind_of
from qbank.bank import Bank
from qbank.model import LANGS, Bilingual, Lang, Refused, Rules, take
from qbank.outputs import html, pdf
from qbank.papers import Exam
from qbank.regrades import Policy
from qbank.reports import classreport, findings
from qbank.reports import feedback as sheets
from qbank.reports import mistakes as mistakes_table
from qbank.reports import steps as steps_table
from qbank.reviews import Review

GAIN = (Path(__file__).parent / "gallery/items/number.yaml").read_text(encoding="utf-8")
Sat = Callable[[Mapping[tuple[str, str], str]], Path]


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam, grades responses that are right save where changed, and gives its folder."""

    def made(changed: Mapping[tuple[str, str], str]) -> Path:
        folder = sealed(exam, tmp_path / "exam")
        grade(folder, respond(exam, tmp_path / "given.csv", changed))
        return folder

    return made


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exit_code == 0, done.exception
    return done.output


def rows(html: str, skip: int = 0) -> list[list[str]]:
    """The body rows of the tables on a page, cell by cell, as text."""
    bodies = "".join(re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL))
    found = re.findall(r"<tr>(.*?)</tr>", bodies, re.DOTALL)
    return [[text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in found][skip:]


def text(html: str) -> str:
    class Reader(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

    reader = Reader()
    reader.feed(html)
    return reader.said


def test_everyone_who_sat_gets_a_page_beside_the_other_results(sat: Sat) -> None:
    folder = sat({("2003", "absent"): "yes"})
    told = run("feedback", folder)

    assert told == f"2 candidates: {folder / 'results' / 'feedback'}\n"
    assert sorted(path.name for path in (folder / "results/feedback").iterdir()) == ["2001.html", "2002.html"]
    assert {"marks.csv", "report.html", "responses.csv", "unreadable.csv"} <= {
        path.name for path in (folder / "results").iterdir()
    }


def test_one_candidate_gets_a_page(sat: Sat, tmp_path: Path) -> None:
    """Beside those that are there, or in a file of its own; whoever has none is told."""
    folder = sat({("2003", "absent"): "yes"})
    assert run("feedback", folder, "--candidate", "2002") == f"1 candidate: {folder / 'results' / 'feedback'}\n"
    assert [path.name for path in (folder / "results/feedback").iterdir()] == ["2002.html"]
    alone = (folder / "results/feedback/2002.html").read_bytes()
    run("feedback", folder)
    assert (folder / "results/feedback/2002.html").read_bytes() == alone
    run("feedback", folder, "--candidate", " 2001 ", "--key", "--zip", tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as package:
        assert package.namelist() == ["2001.html"]
    with pytest.raises(Refused) as refused:
        feedback(folder, Pages(of=("2003", "20O2")))
    assert [str(each) for each in refused.value.problems] == [
        "candidate 2003 did not sit the exam (absent), so there is no feedback",
        "the candidate '20O2' is not known; did you mean '2002'?",
    ]


def test_pages_are_added_to_the_very_results_that_are_there(sat: Sat) -> None:
    folder = sat({})
    before = {path.name: path.read_bytes() for path in (folder / "results").iterdir() if path.is_file()}
    run("feedback", folder)
    (folder / "results/curve.csv").write_bytes(b"mine")
    run("feedback", folder, "--key")

    now = {path.name: path.read_bytes() for path in (folder / "results").iterdir() if path.is_file()}
    assert now == before | {"curve.csv": b"mine"}


def test_pages_are_refused_where_results_are_older_than_a_review(sat: Sat) -> None:
    folder = sat({("2001", "Q15"): "温度升高"})
    review.keep(folder, [Review("2001", "Q15", "温度升高", 4, "Li", "2026-01-05T08:00:00Z")])
    with pytest.raises(Refused) as refused:
        feedback(folder)

    assert str(refused.value) == f"{folder}: the results are older than reviews.jsonl; first run: qbank grade {folder}"
    grade(folder)
    assert feedback(folder) == 3


def test_pages_are_refused_where_somebody_grades_while_they_are_made(sat: Sat, exam: Exam, tmp_path: Path) -> None:
    folder = sat({})

    def meanwhile(pages: Iterable[Any], *_: object) -> Iterable[Any]:
        yield from pages
        grade(folder, respond(exam, tmp_path / "later.csv", {("2001", "Q9"): "0"}))

    with pytest.raises(Refused) as refused:
        feedback(folder, watch=meanwhile)

    assert str(refused.value) == (
        f"{folder} was graded again in the meantime; nothing was kept; run 'qbank feedback' again"
    )
    assert not (folder / "results/feedback").exists()
    assert grade(folder, write=False).marks("Q9")[0] == 0, "the newer results stay"


def test_a_page_says_what_was_written_what_it_earned_and_why(sat: Sat) -> None:
    folder = sat({("2001", "Q9"): "39", ("2001", "Q15"): "温度升高", ("2001", "Q8"): ""})
    run("feedback", folder)
    page = (folder / "results/feedback/2001.html").read_text(encoding="utf-8")
    told = {row[0]: row[1:] for row in rows(page)}

    assert told["Q9"] == ["39", "✗ 0 / 3", "漏掉负号，应为 −39 ± 1%。"]
    assert told["Q8"] == ["", "— 0 / 1", "未作答。"]
    assert told["Q15"] == ["温度升高", "… 0 / 5", "待人工评阅。"]
    assert told["Q1.1"][1:] == ["✓ 1 / 1", "正确。"]
    assert "总分四舍五入到 0.5 分一次。1 处待人工评阅，总分可能改变。" in page


def test_the_key_and_the_solution_stand_there_only_when_asked_for(sat: Sat) -> None:
    folder = sat({("2001", "Q12"): ""})
    run("feedback", folder)
    without = (folder / "results/feedback/2001.html").read_text(encoding="utf-8")
    run("feedback", folder, "--key", "--lang", "en")
    with_key = (folder / "results/feedback/2001.html").read_text(encoding="utf-8")
    key = next(row[4] for row in rows(with_key) if row[0] == "Q12")

    assert key not in text(without)
    assert "Put the stages of a regulated supply in order." in with_key
    assert "<summary>Solution</summary>" in with_key
    assert "<summary>" not in without


def test_hostile_answers_are_text_on_a_page(sat: Sat) -> None:
    written = "<script>alert(1)</script>\u202e\x1b[2J\"'&"
    folder = sat({("2001", "Q15"): written})
    run("feedback", folder, "--pdf")
    page = (folder / "results/feedback/2001.html").read_text(encoding="utf-8")

    assert "<script" not in page
    assert next(row[1] for row in rows(page) if row[0] == "Q15") == "<script>alert(1)</script>��[2J\"'&"
    assert (folder / "results/feedback/2001.pdf").read_bytes().startswith(b"%PDF")


def test_a_sheet_of_paper_says_the_same(sat: Sat) -> None:
    graded = grade(sat({("2001", "Q9"): "39"}), write=False)
    plain, keyed = (pdf.lesson(sheets.of(graded, 0, "en", key=key)) for key in (False, True))
    told = ["".join(page.extract_text() for page in PdfReader(io.BytesIO(each)).pages) for each in (plain, keyed)]

    assert all("The minus sign is missing" in each for each in told)
    assert ["Solution" in each for each in told] == [False, True]
    assert pdf.lesson(sheets.of(graded, 0, "en")) == plain


def test_what_was_lost_comes_first_with_links(sat: Sat) -> None:
    graded = grade(sat({("2001", "Q9"): "39", ("2001", "Q2"): "B"}), write=False)
    lesson = sheets.of(graded, 0, "en")
    page = html.lesson(lesson)

    lost = re.findall(r'<a href="#q(\d+)">.*?<span class="whole">(.*?) lost</span>', page)
    assert [number for number, _ in lost] == ["15", "9", "2"]  # a blank essay costs most
    assert [Fraction(marks) for _, marks in lost] == sorted(
        (each.lost for each in lesson.questions if each.lost), reverse=True
    )
    assert all(f'id="q{number}"' in page for number, _ in lost)


def test_what_to_revise_has_formulas(sat: Sat) -> None:
    """A name that was sealed before formulas were read, or that is none of ours, stays as it was written."""
    graded = grade(sat({("2001", "Q9"): "39", ("2001", "Q2"): "B"}), write=False)
    known = {name: Bilingual(zh=name, en="the gain $-R_f/R_1$") for name in graded.exam.names}
    older = dict.fromkeys(graded.exam.names, Bilingual(zh="增益", en="for $5, R_1"))
    new, old = (sheets.of(replace(graded, exam=replace(graded.exam, names=names)), 0, "en") for names in (known, older))
    (page, *_), (before, *_) = (
        re.findall(r'<ul class="lost">(.*?)</ul>', html.lesson(lesson), re.DOTALL) for lesson in (new, old)
    )

    assert "<math" in page
    assert "$" not in text(page)
    assert "for $5, R_1" in text(before)
    assert "$-R_f" not in "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.lesson(new))).pages)


@pytest.mark.parametrize("lang", LANGS)
def test_the_marks_on_a_page_add_up_to_the_total(sat: Sat, lang: Lang) -> None:
    graded = grade(sat({("2001", "Q9"): "39", ("2002", "Q8"): "", ("2003", "Q2"): "A"}), write=False)
    for row, lesson in enumerate(sheets.lessons(graded, range(3), lang)):
        earned = sum(part.earned for each in lesson.questions for part in each.parts)
        assert earned == graded.exact()[row]
        assert {column for each in lesson.questions for column in (p.column for p in each.parts)} == set(graded.marked)


def test_without_keys_a_lesson_holds_none(sat: Sat) -> None:
    graded = grade(sat({}), write=False)
    (plain,), (keyed,) = (tuple(sheets.lessons(graded, [0], "zh", key=key)) for key in (False, True))

    assert all(part.key is None for each in plain.questions for part in each.parts)
    assert not any(each.solution for each in plain.questions)
    assert all(part.key is not None for each in keyed.questions for part in each.parts)


def test_a_page_names_nobody_else(sat: Sat) -> None:
    folder = sat({("2001", "Q15"): "我的秘密", ("2002", "Q15"): "别人的话"})
    run("feedback", folder, "--class-mean")
    pages = {path.stem: text(path.read_text(encoding="utf-8")) for path in (folder / "results/feedback").iterdir()}
    graded = grade(folder, write=False)

    for own in graded.candidates:
        for other in graded.candidates:
            assert (other.name in pages[own.id]) is (other == own)
            assert (other.id in pages[own.id]) is (other == own)
    assert ["别人的话" in pages[number] for number in ("2001", "2002")] == [False, True]


def test_the_mean_of_a_class_is_told_where_enough_sat_it(sat: Sat) -> None:
    graded = grade(sat({}), write=False)
    assert all(part.mean is None for each in sheets.of(graded, 0, "zh", mean=True).questions for part in each.parts)


def test_all_pages_go_into_one_file_that_stays_the_same(sat: Sat, tmp_path: Path) -> None:
    folder = sat({})
    for name in ("a.zip", "b.zip"):
        told = run("feedback", folder, "--zip", tmp_path / name, "--pdf")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        numbers = ("2001", "2002", "2003")
        assert sorted(package.namelist()) == sorted(f"{n}.{end}" for n in numbers for end in ("html", "pdf"))
        assert package.read("2001.html").startswith(b"<!doctype html>")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert told == f"3 candidates: {tmp_path / 'b.zip'}\n"
    assert not (folder / "results/feedback").exists()


def test_topics_that_were_lost_are_named(exam: Exam, sat: Sat) -> None:
    graded = grade(sat({(number, part): "" for number in ("2001",) for part in exam.columns()}), write=False)
    weak = sheets.of(graded, 0, "zh").weak

    assert exam.names
    assert {markup.plain_line(each.name) for each in weak} <= {text.zh for text in exam.names.values()}
    assert sheets.of(graded, 1, "zh").weak == ()


def test_an_answer_is_shown_in_its_place(sat: Sat) -> None:
    page = html.lesson(sheets.of(grade(sat({("2001", "Q9"): "39"}), write=False), 0, "zh"))

    assert re.search(r'<span class="filled wrong">39 <span role="img" aria-label="错误">✗</span></span>', page)


def test_two_numbers_that_would_name_one_file_name_two(exam: Exam, tmp_path: Path) -> None:
    from dataclasses import replace

    numbers = ("20/1", "20:1", "2003")
    named = replace(exam, candidates=tuple(
        replace(each, id=number) for each, number in zip(exam.candidates, numbers, strict=True)
    ))  # fmt: skip
    folder = sealed(named, tmp_path / "exam")
    grade(folder, respond(named, tmp_path / "given.csv", {}))
    done = CliRunner().invoke(cli.group, ["feedback", str(folder)])

    assert done.exit_code == 0
    assert sorted(path.name for path in (folder / "results/feedback").iterdir()) == [
        "2003.html", "20_1-d3ef804a.html", "20_1.html",
    ]  # fmt: skip


def test_a_settled_part_is_explained_to_everyone(sat: Sat) -> None:
    folder = sat({})
    keep(folder, regrade(folder, "", policy="drop", item="gallery.number"))
    run("feedback", folder)
    page = (folder / "results/feedback/2002.html").read_text(encoding="utf-8")

    assert next(row for row in rows(page) if row[0] == "Q9")[2:] == ["✓ 0 / 0", "本小题有误，不计入总分。"]
    assert "/ 31</strong>" in page


@pytest.mark.parametrize(("policy", "told"), [
    ("new", {"2001": ("39", "The minus sign is missing; expected 39 ± 1%."), "2002": ("100", "Right.")}),
    ("either", {"2001": ("−39", "Marked by the key before it was corrected. Right."), "2002": ("100", "Right.")}),
    ("never-lower", {"2001": ("−39", "Marked by the key before it was corrected. Right."), "2002": ("100", "Right.")}),
])  # fmt: skip
def test_key_and_reason_are_of_the_marking_that_counts(
    sat: Sat, policy: Policy, told: dict[str, tuple[str, str]]
) -> None:
    folder = sat({("2001", "Q9"): "-39", ("2002", "Q9"): "100"})
    text = GAIN.replace("A: {value: -Rf/R1,", "A: {value: Rf/R1,").replace("value: Rf/R1\n", "value: -Rf/R1\n")
    keep(folder, regrade(folder, text.replace("value: 1 + Rf/R1", "value: 1 - Rf/R1"), policy=policy))
    graded = grade(folder, write=False)
    found = {}
    for row, who in enumerate(graded.candidates[:2]):
        lesson = sheets.of(graded, row, "en", key=True)
        returned = {part.column: part for back in lesson.questions for part in back.parts}
        assert {name: part.key and part.key.text for name, part in returned.items()} == {
            name: explain(folder, who.id, name, lang="en")[0].key for name in graded.exam.columns()
        }
        key = returned["Q9"].key
        assert key is not None
        found[who.id] = key.text, returned["Q9"].reason

    assert found == told


def mistakes(page: str) -> list[tuple[str, str, str]]:
    return re.findall(
        r'<tr><th scope="row">([^<]*)</th><td>(\d+)</td><td class="words" title="[^"]*">([^<]*)</td></tr>', page
    )


def test_the_class_table_counts_options_by_their_texts_and_not_by_their_letters(exam: Exam, sat: Sat) -> None:
    """Everyone picks breakdown, which is last and so D on both forms, and the two cells that are none."""
    drawn = exam.drawn["gallery.several"].arrangements["gated"]["order"]
    wrong = ["".join("ABCD"[place] for place in range(4) if order[place] in (2, 3)) for order in drawn]
    folder = sat({
        **{(number, "Q2"): "D" for number in ("2001", "2002", "2003")},
        **{(each.id, "Q3"): wrong[form] for each, form in zip(exam.candidates, exam.form_of, strict=True)},
        ("2001", "Q9"): "39", ("2002", "Q9"): "100", ("2003", "Q9"): "7",
        ("2001", "Q1.1"): "反偏", ("2002", "Q1.1"): "reverse-biased",
    })  # fmt: skip
    graded = grade(folder, write=False)

    assert mistakes(classreport.page(graded, "zh")) == [
        ("Q2", "3", "选了“已击穿”"), ("Q3", "3", "选了“简单循环网络”、“多层感知机”"),
        ("Q1.1", "2", "与集电结混淆"), ("Q9", "2", "漏掉负号"), ("Q9", "1", "数值不对"),
    ]  # fmt: skip
    assert ("Q2", "3", "picked “breakdown”") in mistakes(classreport.page(graded, "en"))


def test_the_class_table_leaves_out_what_a_person_has_forgiven(sat: Sat) -> None:
    graded = grade(sat({("2001", "Q9"): "39", ("2001", "Q9 marks"): "3"}), write=False)

    assert mistakes(classreport.page(graded, "zh")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_note_is_called_never_depends_on_the_variant(gallery: Bank, exam: Exam, lang: str) -> None:
    """Rows that agree in the details a name depends on have one name, and no letter of an option stands in it."""
    for item in gallery.items.values():
        if item.id not in exam.drawn:
            continue
        drawn = exam.drawn[item.id]
        for part in item.parts:
            kind = kind_of(part.kind)
            names: dict[tuple[str, ...], set[str]] = {}
            for row in range(len(drawn)):
                key, arrangement = drawn.keys[part.id], drawn.arrangements[part.id]
                texts = [written for written, _ in kind.wrong(part.answer, key, arrangement, row)]
                rows_ = np.full(len(texts), row)
                steps = kind.mark(part.answer, kind.read(part.answer, texts, Rules()), take(key, rows_),
                                  take(arrangement, rows_), Rules())  # fmt: skip
                for place in range(len(texts)):
                    for note, _, details in steps.of(place):
                        name = kind.note_name(part.answer, note, details, lang)  # type: ignore[arg-type]
                        same = (note, *(str(details[each]) for each in kind.named_by if each in details))
                        names.setdefault(same, set()).add(name)

            assert all(len(each) == 1 for each in names.values()), names
            assert not any("{" in name or "$" in name for each in names.values() for name in each)


def test_the_class_table_is_counted_alike_in_both_languages(sat: Sat) -> None:
    """Notes are counted, not their sentences: two notes that one language calls alike stay two rows."""
    changed = {("2001", "Q9"): "39", ("2002", "Q9"): "1", ("2003", "Q2"): "B", ("2003", "Q1.1"): "反偏"}
    graded = grade(sat(changed), write=False)

    shown = {lang: mistakes(classreport.page(graded, lang)) for lang in LANGS}

    assert [row[:2] for row in shown["zh"]] == [row[:2] for row in shown["en"]]


def test_the_counts_and_the_steps_are_tables_of_notes(sat: Sat) -> None:
    graded = grade(sat({("2001", "Q9"): "39", ("2003", "Q9"): "39", ("2002", "Q9"): "1"}), write=False)

    rows = mistakes_table.frame(findings.of(graded)).to_dicts()
    counted = {(row["question"], row["note"]): row["candidates"] for row in rows}
    steps = [row for row in steps_table.frame(graded).to_dicts() if row["question"] == "Q9"]

    assert counted == {("Q9", "number.mistake.sign"): 2, ("Q9", "number.wrong"): 1}
    assert [(row["candidate"], row["step"], row["note"], row["scale"]) for row in steps] == [
        ("2001", 1, "number.mistake.sign", 0.0), ("2002", 1, "number.wrong", 0.0),
        ("2003", 1, "number.mistake.sign", 0.0),
    ]


MISTAKEN = """
id: told.mistake
title: {zh: 说明, en: Told}
topic: told
level: 1
parameters: {R1: {values: [3k], unit: Ω}}
stem: {zh: "$R_1 = {{ R1 }}$。", en: "$R_1 = {{ R1 }}$."}
parts:
  - id: a
    ask: {zh: 求值。, en: Find it.}
    answer:
      kind: number
      key: 2*R1
      unit: kΩ
      tolerance: 1%
      unit_missing: 0
      mistakes: {once: {value: R1, zh: "只取了 {{ R1 }}", en: "only {{ R1 }} was taken"}}
    witness: none
  - id: b
    ask: {zh: 选。, en: Pick.}
    answer:
      kind: choice
      shuffle: no
      several: free
      options:
        yes: {right: yes, zh: 是, en: is}
        no: {zh: 不是, en: is not, mistake: no, why: {zh: "因为 {{ R1 }}", en: "because of {{ R1 }}"}}
    witness: none
"""
TOLD = [
    ("3 kΩ", "B", "Only 3 kΩ was taken; expected 6 kΩ ± 1%.", "B was picked; A is right, because of 3 kΩ.",
     "values stand in the place of names"),
    ("6", "AB", "Right.", "Right.", "a full mark is no fault, whatever a rule let pass"),
    ("6 kΩ", "A", "Right.", "A is right.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("number", "picked", "first", "second", "remark"), TOLD)
def test_a_candidate_reads_values_and_a_full_mark_reads_as_right(
    number: str, picked: str, first: str, second: str, remark: str, tmp_path: Path
) -> None:
    (tmp_path / "topics.yaml").write_text("told: {zh: 说明, en: Told}\n", encoding="utf-8")
    (tmp_path / "told.mistake.yaml").write_text(MISTAKEN, encoding="utf-8")

    outcome = ask("told.mistake", lang="en", source=tmp_path).mark({"a": number, "b": picked})

    assert (outcome["a"].reasons[-1], outcome["b"].reasons[0]) == (first, second), remark
