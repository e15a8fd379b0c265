"""A data file for every candidate: named on the sheet, beside it, sealed, the same bytes again, harmless."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import GALLERY
from sample_items import HEAD, faults, item_of

from qbank import bank, papers, sheets, store, variants
from qbank.actions.hand_out import hand_out
from qbank.actions.make_paper import make_paper
from qbank.bank import Bank
from qbank.model import LANGS, Attachment, Candidate, Maths, Paragraph, Refused
from qbank.outputs import gift, html, text

ITEM = """
parameters:
  x: {sample: uniform, from: 0, to: 10m, size: 12, decimals: 1, unit: mm}
  e: {sample: normal, mean: 0, sd: 0.2, size: 12, decimals: 2, hidden: yes}
  g: {choose: 12, of: ["=HYPERLINK(1)", "@b", "+c", "d", "e", "f", "g", "h", "i", "j", "k", "l, m", "n"]}
derive:
  y: {value: 2 + 300*x/1 + e, shown: {dp: 2}}
files:
  data.csv:
    columns:
      x/mm: {value: x, unit: mm}
      y: y
      "=1+1": g
stem: {zh: '数据：', en: 'Data:'}
parts:
  - id: r
    answer: {kind: number, key: "corr(x, y)", tolerance: dp 3}
    witness: none
    because: the sample has none
solution: {zh: '用 [[file data.csv]] 计算。', en: 'Compute it from [[file data.csv]].'}
"""
BLUEPRINT = """
id: quiz
title: {zh: 小测, en: Quiz}
minutes: 30
total: 4
sections:
  - {title: {zh: 题, en: Questions}, marks: 4, items: [gallery.number, gallery.data]}
"""
SEED = "never in a file 5f0a"
CLASS = (Candidate("20230017", "张三", ""), Candidate("20230018", "李四", ""))


@pytest.fixture
def source(tmp_path: Path) -> Bank:
    """The gallery with an item that has a data file, and a paper of it."""
    folder = tmp_path / "bank"
    for place in GALLERY.rglob("*.yaml"):
        target = folder / place.relative_to(GALLERY)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(place.read_bytes())
    head = (folder / "items" / "number.yaml").read_text(encoding="utf-8").split("parameters:")[0]
    item = re.sub(r"(?m)^(id|title): .*", lambda found: {
        "id": "id: gallery.data", "title": "title: {zh: 数据, en: Data}"}[found[1]], head)  # fmt: skip
    (folder / "items" / "data.yaml").write_text(item + ITEM, encoding="utf-8")
    marks = float(bank.load(GALLERY).item("gallery.number").marks) + 1
    plan = BLUEPRINT.replace("4", f"{marks:g}")
    (folder / "blueprints" / "quiz.yaml").write_text(plan, encoding="utf-8")
    return bank.load(folder)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_candidate_has_a_file_beside_the_sheet_that_names_it(source: Bank, tmp_path: Path) -> None:
    exam = make_paper(source, "quiz", tmp_path / "quiz", candidates=CLASS, forms="each", spares=1, seed=SEED,
                      langs=("zh", "en")).exam  # fmt: skip
    files = {path.name: path.read_bytes() for path in (tmp_path / "quiz" / "sheets").glob("*.csv")}

    assert sorted(files) == [f"Q2-data-{code}.csv" for code in sorted(exam.forms)]
    assert len(set(files.values())) == 3, "each has values of their own"
    for form, candidate in exam.printed():
        for lang in LANGS:
            sheet = papers.sheet(exam, form, lang, candidate)
            (attached,) = sheets.attachments(sheet.sections[0].questions[1])
            assert files[attached.name] == attached.content
            assert attached.name in text.sheet(sheet)
            assert attached.name in html.sheet(sheet)
            assert attached.name in text.book(papers.book(exam, form, lang)), "in the solution too"


def test_a_file_says_nothing_of_the_candidate_the_item_or_the_seed(source: Bank, tmp_path: Path) -> None:
    make_paper(source, "quiz", tmp_path / "quiz", candidates=CLASS, forms="each", seed=SEED)

    for path in (tmp_path / "quiz" / "sheets").glob("*.csv"):
        told = path.name + path.read_text(encoding="utf-8")
        assert not any(word in told for word in (SEED, "gallery", "2023", "张三", "李四"))


def test_the_columns_are_those_of_the_variant(source: Bank) -> None:
    drawn = variants.make(source.item("gallery.data"), "seed", np.arange(3))
    (attached,) = sheets.attachments(papers.question(drawn, 2, "en", {}, 1, (source.item("gallery.data").marks,)))
    header, *body = rows(attached.content)
    x, y = (drawn.columns[name].values[2] for name in "xy")

    assert (attached.name, attached.headings, attached.rows) == ("data.csv", ("x/mm", "y", "=1+1"), 12)
    assert header == ["x/mm", "y", "'=1+1"], "a heading is no formula"
    assert [float(row[0]) for row in body] == pytest.approx((x * 1000).tolist(), abs=1e-12)
    assert all(re.fullmatch(r"\d+(\.\d)?", row[0]) for row in body), "8.1, and not 8.100000000000001"
    assert [float(row[1]) for row in body] == y.tolist()
    labels = [drawn.columns["g"].labels[code] for code in drawn.columns["g"].values[2]]
    assert [row[2] for row in body] == [f"'{each}" if each[0] in "=@+" else each for each in labels]
    assert drawn.keys["r"]["key"][2] == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_a_file_is_sealed_and_comes_again_with_the_same_bytes(source: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "quiz"
    exam = make_paper(source, "quiz", folder, forms="A,B", seed=SEED).exam
    again = make_paper(source, "quiz", tmp_path / "again", forms="A,B", seed=SEED).exam
    opened = papers.opened(store.opened(folder).read)

    for form in (0, 1):
        first, second, third = (list(papers.attachments(each, form)) for each in (exam, again, opened))
        assert first == second == third
        assert (folder / "sheets" / first[0].name).read_bytes() == first[0].content
    (folder / "sheets" / "Q2-data-A.csv").write_bytes(b"x,y\n1,2\n")
    with pytest.raises(Refused) as raised:
        store.opened(folder).read("sheets/Q2-data-A.csv")
    assert "Q2-data-A.csv" in str(raised.value)


def test_a_web_page_hands_the_file_out(source: Bank) -> None:
    exam = papers.compose(source.blueprint("quiz"), source, seed="seed", forms=("A",))
    (attached,) = papers.attachments(exam, 0)
    page = html.sheet(papers.sheet(exam, 0, "zh"))

    link = re.search(r'<a class="file" download="([^"]*)" href="data:text/csv;charset=utf-8;base64,([^"]*)">', page)
    assert link is not None
    assert link[1] == attached.name
    assert base64.b64decode(link[2].replace("&#43;", "+")) == attached.content


def test_what_has_no_files_says_that_it_has_none(source: Bank) -> None:
    exam = papers.compose(source.blueprint("quiz"), source, seed="seed", forms=("A",))
    written = gift.written(papers.items(exam, "en"))

    assert "the data file: GIFT has no files, the text names it" in {loss.what for loss in written.losses}


def test_one_question_hands_its_files_out_once(source: Bank, tmp_path: Path) -> None:
    item = source.item("gallery.data")
    first, second = (
        papers.question(variants.make(item, seed, [0]), 0, "en", {}, 1, (item.marks,)) for seed in ("one", "two")
    )

    assert [path.name for path in hand_out(first, tmp_path / "out")] == ["data.csv"]
    hand_out(first, tmp_path / "out")
    with pytest.raises(Refused, match="already exists, and may be somebody"):
        hand_out(second, tmp_path / "out")
    number = source.item("gallery.number")
    bare = papers.question(variants.make(number, "s", [0]), 0, "en", source.circuits, 1, (number.marks,))
    with pytest.raises(Refused, match="the question has no data file"):
        hand_out(bare, tmp_path / "other")


def test_a_file_that_the_stem_names_stands_there_alone() -> None:
    named = ITEM.replace("zh: '数据：', en: 'Data:'", "zh: '见 [[file data.csv]]。', en: 'See [[file data.csv]] here.'")
    for written, place in ((ITEM, 1), (named, 1)):
        drawn = variants.make(item_of(HEAD + written), "seed", [0])
        stem = papers.question(drawn, 0, "en", {}, 1, (drawn.item.marks,)).stem
        assert [number for number, block in enumerate(stem) if isinstance(block, Attachment)] == [place]


def test_chinese_headings_carry_the_mark_that_spreadsheets_need() -> None:
    drawn = variants.make(item_of(HEAD + ITEM.replace("x/mm:", "位移/mm:")), "seed", [0])
    (attached,) = sheets.attachments(papers.question(drawn, 0, "zh", {}, 1, (drawn.item.marks,)))

    assert attached.content.startswith(b"\xef\xbb\xbf")
    assert rows(attached.content)[0][0] == "位移/mm"


FAULTS = [
    (("data.csv:", "Data.csv:"),
     ("'Data.csv' is not the name of a data file; write small letters, digits, - and _, then .csv, as in "
      "data.csv")),
    (("data.csv:", "../x.csv:"),
     ("'../x.csv' is not the name of a data file; write small letters, digits, - and _, then .csv, as in "
      "data.csv")),
    (("y: y", "z: y1"), "'y1' is not defined; did you mean 'y'?"),
    (("      y: y\n", "      \"a\\tb\": y\n"),
     "'a\\tb' is not a heading; a heading has 1 to 60 characters on one line"),
    (("{value: x, unit: mm}", "{value: x, unit: mn}"), "'mn' is not a unit; did you mean MN or mN?"),
    (("[[file data.csv]]", "[[file dta.csv]]"),
     "[[file dta.csv]]: the file 'dta.csv' is not known; did you mean 'data.csv'?"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_a_wrong_file_is_a_problem_with_its_place(change: tuple[str, str], message: str) -> None:
    found = faults(HEAD + ITEM.replace(*change))

    assert any(message in fault for fault in found), found
    assert all(re.match(r"item\.yaml:\d+:\d+: ", fault) for fault in found)


IMPOSSIBLE = [
    ("y: y", "y: mean(y)", "the column 'y' of data.csv is a number; a column is a vector"),
    ("y: y", "y: outer(y, y)", "the column 'y' of data.csv is a matrix; a column is a vector"),
    ("y: y", "y: y[1:]", "the columns of data.csv differ in length: 'x/mm' has 12 rows and 'y' has 11"),
    ("y: y", "y: y*j", "y*j is complex; take re(…), im(…), abs(…) or arg(…) of it"),
]


@pytest.mark.parametrize(("old", "new", "message"), IMPOSSIBLE)
def test_columns_that_do_not_fit_are_refused_at_their_file(old: str, new: str, message: str) -> None:
    with pytest.raises(Refused) as raised:
        variants.make(item_of(HEAD + ITEM.replace(old, new)), "seed", [0])

    assert raised.value.at == ("files", "data.csv")
    assert [problem.message for problem in raised.value.problems] == [message]


def test_a_cell_without_a_value_is_not_drawn() -> None:
    with pytest.raises(Refused) as raised:
        variants.make(item_of(HEAD + ITEM.replace("y: y", "y: log(-1 - y*y)")), "seed", [0])

    assert raised.value.at == ("files",)
    assert "a cell of a data file has no value" in str(raised.value)


def test_a_corrected_item_says_that_the_files_had_other_values(source: Bank) -> None:
    from qbank.regrading import _corrected

    exam = papers.compose(source.blueprint("quiz"), source, seed="seed", forms=("A", "B"))
    drawn = exam.drawn["gallery.data"]
    item = source.item("gallery.data")
    text_ = source.sources["gallery.data"].text.decode().replace("2 + 300*x", "3 + 300*x")
    other, problems = bank.read_item(bank.Source("data.yaml", text_.encode()), source.circuits)
    assert other is not None, problems
    doubts = [str(each) for each in _corrected._doubts(other, drawn, _corrected._again(other, drawn), 2)]

    assert item.derive["y"] != other.derive["y"]
    assert any("the papers show y, which now has another value on 2 of 2 forms" in each for each in doubts)


def test_a_worked_line_prints_no_long_vector() -> None:
    drawn = variants.make(item_of(HEAD + ITEM.replace("用 [[file data.csv]] 计算。", "[[derive y]]")), "seed", [0])
    (line,) = papers.worked(drawn, 0, "zh", {}, 1, (drawn.item.marks,)).solution

    assert isinstance(line, Paragraph)
    assert [piece.tex for piece in line.inlines if isinstance(piece, Maths)] == ["y = 2 + \\frac{300 x}{1} + e"]
