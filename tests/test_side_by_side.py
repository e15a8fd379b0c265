"""Papers in two languages: what stands side by side, what is printed once, and who decides it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sample_sheets
from click.testing import CliRunner

from qbank import cli
from qbank.actions.make_paper import make_paper
from qbank.bank import Bank
from qbank.model import Imprint, Refused
from qbank.outputs import _page, _sides, _view, html, pdf, text
from qbank.outputs._page import Figure, Formula, Listing, Paragraph, Sides, Table, Text
from qbank.sheets import Sheet

ZH, EN = Paragraph((Text("求增益。"),)), Paragraph((Text("Find the gain."),))
SAME = Paragraph((Formula("x=1"),))
PICTURE = Figure(10, 10, "<svg/>", "图", ())
LABELLED = replace(PICTURE, labels=(_page.Label(0, 0, "left", "top", 9, (Text("公共地"),)),))
PROGRAM = Listing("x = 1")
WIDE = Formula("a+" * 30 + "b", display=True)
ROWS = Table(((Text("层"),), SAME.run), ((SAME.run, SAME.run),))

BODIES = [
    # Chinese, English, both, remark
    ((ZH,), (EN,), (Sides((ZH,), (EN,)),), ""),
    ((ZH, SAME), (EN, SAME), (Sides((ZH,), (EN,)), SAME), "a formula alone is the same in both"),
    ((ZH, PICTURE), (EN, replace(PICTURE, alt="figure")),
     (Sides((ZH,), (EN,)), replace(PICTURE, alt="图 figure")), "a figure is drawn once and described in both"),
    ((LABELLED,), (PICTURE,), (LABELLED, PICTURE), "figures with words in them are two"),
    ((ZH, PROGRAM), (EN, PROGRAM), (Sides((ZH,), (EN,)), PROGRAM), ""),
    ((ROWS,), (replace(ROWS, header=((Text("Layer"),), SAME.run)),),
     (replace(ROWS, header=((Text("层"), Text(" "), Text("Layer")), SAME.run)),), "a head has both words"),
    ((Paragraph((*ZH.run, WIDE)),), (Paragraph((*EN.run, WIDE)),),
     (Paragraph((*ZH.run, WIDE)), Paragraph((*EN.run, WIDE))), "what is too wide for half a line is below"),
    ((ZH, PICTURE), (EN,), (Sides((ZH, PICTURE), (EN,)),), "texts that are built differently stand side by side whole"),
    ((Paragraph(ZH.run, (_page.Bracket(),)),), (Paragraph(EN.run, (_page.Bracket(), _page.Worth("[2]"))),),
     (Sides((ZH,), (Paragraph(EN.run, (_page.Bracket(), _page.Worth("[2]"))),)),), "one bracket to answer in"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "both", "remark"), BODIES)
def test_texts_in_two_languages_are_one(zh: _page.Body, en: _page.Body, both: _page.Body, remark: str) -> None:
    assert _sides.body(zh, en) == both, remark


def bilingual() -> Sheet:
    return replace(sample_sheets.sheet("zh"), beside=sample_sheets.sheet("en"))


def test_every_output_prints_both_languages() -> None:
    printed = "".join(pdf.said(pdf.sheet(bilingual()))[0].split())

    said = ("《模拟电子技术》期末考试（A卷）", "AnalogueElectronics:FinalExamination—PaperA", "得分Marks", "一A",
            "姓名Name", "Answereachquestiononce", "（全卷完）Endofpaper")  # fmt: skip

    assert [told for told in said if told not in printed] == []
    assert 'lang="en"' in html.sheet(bilingual())
    assert "Final Examination" in text.sheet(bilingual())


def test_the_pages_of_a_word_or_a_mark_in_two_languages_are_said_once() -> None:
    words = _sides.words()

    assert (words.score, words.sum) == ("得分 Marks", "总分 Total")
    assert words.continued == "第 {} 题（续） Question {} continued"
    assert _view.sheet(bilingual()).second is not None


def test_both_languages_are_on_one_paper_of_each_form_and_in_the_volume(gallery: Bank, tmp_path: Path) -> None:
    made = make_paper(gallery, "everything", tmp_path / "named", forms="A,B", langs=("zh", "en"), side_by_side=True,
                      seed="s", also=["docx"])  # fmt: skip
    names = sorted(path.name for path in (tmp_path / "named/sheets").iterdir() if path.suffix != ".csv")
    apart = make_paper(gallery, "everything", tmp_path / "apart", langs=("zh", "en"), seed="s", web_pages=0)

    assert names == ["A.docx", "A.html", "A.pdf", "B.docx", "B.html", "B.pdf"]
    assert made.exam.imprint.imposition.side_by_side
    assert made.printing().split("; ")[1].startswith("2 papers")
    assert {path.name for path in (tmp_path / "named/private").glob("marking-list*")} == {
        "marking-list.en.pdf", "marking-list.zh.pdf"}  # fmt: skip
    assert apart.exam.imprint == Imprint()
    assert {path.name for path in (tmp_path / "apart/sheets").glob("*.pdf")} == {"A.en.pdf", "A.zh.pdf"}


def test_one_language_has_nothing_beside_it(gallery: Bank, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        make_paper(gallery, "everything", tmp_path / "quiz", side_by_side=True, seed="s")

    assert str(caught.value) == (
        "--side-by-side needs a paper in both languages; add --lang both"
    )


def test_the_command_makes_one_paper_in_both(tmp_path: Path) -> None:
    asked = ["paper", "opamp-quiz", "-o", str(tmp_path / "quiz"), "--lang", "both", "--side-by-side", "--no-html"]
    told = CliRunner().invoke(cli.group, asked)

    assert told.exit_code == 0, told.output
    assert [path.name for path in (tmp_path / "quiz/sheets").iterdir()] == ["A.pdf"]
