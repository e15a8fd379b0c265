"""Names of candidates in every script: each prints as it is, and what cannot be printed is told before printing."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qbank import intake
from qbank.actions.unprintable import unprintable
from qbank.cli.paper import command
from qbank.model import LANGS, Candidate, Lang
from qbank.outputs import Workers, pdf
from qbank.sheets import Keys

NAMES = (
    "张三丰", "王㛃", "李䶮", "赵𬭎", "邢𠂇", "欧阳𠀋", "买买提·艾力", "陳大文", "黃淑嫻", "龍啟鑫", "髙橋翔", "山﨑愛",
    "さとう あきら", "ヴィクトル・ユゴー", "김철수", "똠햏펲", "Nguyễn Thị Ánh", "Phạm Đức Hữu", "Łukasz Żółć",
    "Þórður Æsir", "İsmail Çağrı", "François Müller", "Dvořák Žižka", "O’Brien-Smith", "Иван Ёлкин", "Юрій Ґалаґан",
    "สมชาย ใจดี", "ສົມພອນ", "ᠪᠠᠶᠠᠷ", "ꆈꌠꁱꂷ", "አበበ በቂላ", "გიორგი", "Արամ",
)  # fmt: skip
SHAPED = (  # the order of glyphs, or their number, is not that of the letters
    "Ọlá Ṣẹ́gun", "Γιώργος Ἀριστοτέλης", "محمد عبد الله", "گۈلنار ئابدۇللا", "علی\u200cرضا پژمان", "דוד כהן",
    "आदित्य शर्मा", "क्षितिज", "বিজয় চৌধুরী", "தமிழ்ச்செல்வன்", "శ్రీనివాస్", "ශ්\u200dරීමත්", "ខៀវ សំផន", "အောင်ဆန်း",
    "བསྟན་འཛིན",
)  # fmt: skip


def listed(names: tuple[str, ...], lang: Lang) -> pypdf.PdfReader:
    """A marking list of candidates of these names."""
    rows = tuple((Candidate(str(1000 + place), name), "A", ("1",)) for place, name in enumerate(names))
    return pypdf.PdfReader(BytesIO(pdf.markinglist(Keys(lang, "Marks", ("1",), (Fraction(1),), rows), Workers(1))))


def text(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_many_scripts_print_as_they_are(lang: Lang) -> None:
    printed = text(listed(NAMES, lang))

    assert [name for name in NAMES if unicodedata.normalize("NFC", name) not in printed] == []


@pytest.mark.parametrize("lang", LANGS)
def test_shaped_scripts_print_all_their_letters(lang: Lang) -> None:
    printed = set(unicodedata.normalize("NFKD", text(listed(SHAPED, lang))))
    letters = set(unicodedata.normalize("NFKD", "".join(SHAPED))) - set("\u200c\u200d ")

    assert letters - printed == set()


@pytest.mark.parametrize("lang", LANGS)
def test_no_name_prints_an_empty_box(lang: Lang) -> None:
    """Glyph 0 of a font is the box for what it does not have."""
    reader = listed(NAMES + SHAPED, lang)
    for page in reader.pages:
        content: Any = page.get_contents()
        shown = [part for operands, operator in content.operations if operator in (b"TJ", b"Tj")
                 for part in (operands[0] if operator == b"TJ" else operands) if not isinstance(part, int | float)]
        codes = [raw[at : at + 2] for part in shown for raw in [part.original_bytes] for at in range(0, len(raw), 2)]

        assert codes
        assert b"\0\0" not in codes


@pytest.mark.parametrize("name", NAMES + SHAPED)
def test_no_character_of_these_names_is_missing(name: str) -> None:
    assert pdf.unprintable(name) == ""
    assert pdf.printable(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(("written", "expected", "remark"), [
    ("Nguye\u0302\u0303n", "Nguyễn", "typed on a Mac: decomposed"),
    ("\u1112\u1161\u11ab", "한", "decomposed hangul"),
    ("王\ue863", "王䶮", "GBK had no code for it: private"),
    ("王\ue816", "王𠂇", "private in Python's gb18030 as well"),
    ("王\ue000", "王\ue000", "nobody's private character stays as it is, and is told"),
])
def test_a_roster_gives_the_characters_that_were_meant(
    written: str, expected: str, remark: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"id,name\n1,{written}\n", encoding="utf-8")

    assert intake.roster(path).candidates == (Candidate("1", expected),), remark


def test_what_cannot_be_printed_is_told_with_the_candidate_and_the_code() -> None:
    class_ = [Candidate("1", "张三"), Candidate("2", "王\ue000", "甲班"), Candidate("3", "李\U00030000")]
    told = [str(problem) for problem in unprintable(class_, ["r.csv, line 2", "r.csv, line 3", "r.csv, line 4"])]

    assert told == [(
        "r.csv, line 3: candidate '2': no font has U+E000; the papers print 2 王〓 甲班\n"
        "  → ask the registry which character is meant; type the name with other characters in the roster, or write "
        "them by hand on the paper"
    ), (
        "r.csv, line 4: candidate '3': no font has U+30000; the papers print 3 李〓\n"
        "  → type the name with other characters in the roster, or write them by hand on the paper"
    )]


def test_twenty_are_told_one_by_one_and_the_rest_counted() -> None:
    told = [problem.message for problem in unprintable([Candidate(str(n), "\ue000") for n in range(23)])]

    assert len(told) == 21
    assert told[-1] == "3 more candidates have characters that no font has"


def test_the_command_warns_before_it_prints(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,name\n1,王\ue000\n", encoding="utf-8")
    arguments = ["opamp-quiz", "-o", str(tmp_path / "exam"), "--roster", str(tmp_path / "r.csv")]
    result = CliRunner().invoke(command, [*arguments, "--forms", "each", "--no-html"])

    assert result.exit_code == 0
    assert "r.csv, line 2: candidate '1': no font has U+E000; the papers print 1 王〓" in result.stderr


@pytest.mark.parametrize("written", [
    "4.7×10⁻⁶", "x₁ ≈ 3.0 ± 0.2", "∠−45°", "2√3 Ω", "≤ ≥ ≠ ∞ ∫ ∑ ∂", "½ ⅓", "𝑈₁ = 5 V", "√ × ✓ ✗ ✔ ✘ ☑ ☒", "①②③",
    "→ ⇒ ↔", "﹣5", "０１２", "ⅣⅫ", "µΩ℃Å", "α′ β″", "…—“”‘’",
])
def test_what_candidates_write_prints_in_feedback(written: str) -> None:
    assert pdf.unprintable(written) == ""


@given(st.text(max_size=30))
def test_any_text_prints(written: str) -> None:
    """A law: what is printable has a font for each of its characters, and printing it again changes nothing."""
    printed = pdf.printable(written)

    assert pdf.unprintable(printed) == ""
    assert pdf.printable(printed) == printed
