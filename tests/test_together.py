"""No line of a page ends between a number and its unit."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pypdf
import pytest
import sample_sheets
from sample_sheets import m, p, part, question, section

from qbank.model import LANGS, Lang, Text
from qbank.outputs import docx, html, pdf
from qbank.outputs._together import together
from qbank.sheets import Sheet
from qbank.waist import TextEntry

ROWS = [
    ("电压为 5 mV，电阻为 4.7 kΩ。", "电压为 5~mV，电阻为 4.7~kΩ。", "before a full-width comma"),
    ("a 5 V/mA source (3 A).", "a 5~V/mA source (3~A).", "before the signs at the end of a word"),
    ("8.314 J/(mol·K)", "8.314~J/(mol·K)", "a bracket that belongs to the unit"),
    ("6.022 × 10²³ 1/mol", "6.022~×~10²³~1/mol", "a power of ten; a unit that begins with a digit"),
    ("5 Ω的电阻", "5~Ω的电阻", "a unit before a Chinese character"),
    ("(1.40, 0.85) V", "(1.40, 0.85)~V", "a vector"),
    ("6 min and 3 hours", "6~min and 3~hours", "names of units"),
    ("20 °C, 50 %", "20~°C, 50~%", ""),
    ("3 students of 12 classes", "3 students of 12 classes", "what is no unit"),
    ("a V of 5", "a V of 5", "a unit without a number"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), ROWS)
def test_a_number_and_its_unit_are_together(text: str, expected: str, remark: str) -> None:
    assert together(text).replace("\u00a0", "~") == expected, remark


def sheet(lang: Lang) -> Sheet:
    """A paper in whose lines every place is once between a number and its unit, in a text or after a formula."""
    word = {"zh": "电", "en": "i"}[lang]
    run = [p(f"{word * shift} " + "1234 mV, " * 40) for shift in range(1, 9)]
    formulas = [p(word * shift, *[each for _ in range(30) for each in (m("R = 4"), Text(" kΩ, "))]) for shift in (1, 4)]
    told = section("一", "题", "", question(1, (*run, *formulas), part("a", TextEntry())))
    return replace(sample_sheets.sheet(lang), sections=(told,), marks=told.marks)


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_of_a_paper_begins_with_a_unit(lang: Lang) -> None:
    pages = pypdf.PdfReader(io.BytesIO(pdf.sheet(sheet(lang)))).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]

    assert sum("mV" in line for line in lines) > 20
    assert [line for line in lines if line.startswith(("mV", "kΩ"))] == []


@pytest.mark.parametrize("lang", LANGS)
def test_web_pages_and_word_have_the_same_spaces(lang: Lang) -> None:
    page = html.sheet(sheet(lang))
    with zipfile.ZipFile(io.BytesIO(docx.sheet(sheet(lang)))) as packed:
        document = packed.read("word/document.xml").decode()

    for text in (page, document):
        assert text.count("1234\u00a0mV") == 8 * 40
        assert "1234 mV" not in text
        assert text.count("\u00a0kΩ") == 2 * 30
