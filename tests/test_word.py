"""Word documents: what stands in them, that Word's own rules hold, that a reader of them shows every page."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
import sample_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_sheets import HOSTILE, SECRET, p, part, question, section

from qbank import resources
from qbank.model import LANGS, Candidate, Imposition, Lang
from qbank.outputs import docx
from qbank.sheets import Imprint, Sheet
from qbank.waist import TextEntry

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@cache
def written(lang: Lang) -> bytes:
    return docx.sheet(sample_sheets.sheet(lang))


@cache
def answered(lang: Lang) -> bytes:
    return docx.book(sample_sheets.book(lang))


def bilingual() -> Sheet:
    return replace(sample_sheets.sheet("zh"), beside=sample_sheets.sheet("en"))


def short(text: str, **given: Any) -> Sheet:
    only = section("一", "题", "", question(1, (p(text),), part("a", TextEntry())))
    return replace(sample_sheets.sheet("zh"), notes=(), sections=(only,), **given)


def parts(document: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if not name.endswith(".png")}


def body(document: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(parts(document)["word/document.xml"])


def text(document: bytes) -> str:
    """Everything that is written in the document and its headers, without white space."""
    told = parts(document)
    names = [name for name in sorted(told) if re.search("document.xml$|header", name)]
    found = (ElementTree.fromstring(told[name]).itertext() for name in names)
    return "".join("".join("".join(each) for each in found).split())


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    **{f"sheet.{lang}": partial(written, lang) for lang in LANGS},
    **{f"book.{lang}": partial(answered, lang) for lang in LANGS},
    "both": lambda: docx.sheet(bilingual()),
    "A3": lambda: docx.sheet(short("题", imprint=Imprint(imposition=Imposition("A3", 2, 4)))),
    "one side": lambda: docx.sheet(short("题", imprint=Imprint(imposition=Imposition("A4", 1, 1)))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_the_rules_of_word(name: str, tmp_path: Path) -> None:
    """Word refuses elements in another order than its schema has them; other readers do not say so."""
    audit = pytest.importorskip("openxml_audit")
    (tmp_path / "a.docx").write_bytes(DOCUMENTS[name]())
    found = [error.description for error in audit.OpenXmlValidator().validate(str(tmp_path / "a.docx")).errors]

    assert [each for each in found if "required relationship" not in each] == []  # a theme and a table of fonts


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_sheet_gives_the_same_bytes(lang: Lang) -> None:
    assert docx.sheet(sample_sheets.sheet(lang)) == written(lang)
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(written(lang))).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("lang", LANGS)
def test_a_paper_holds_no_key_and_its_properties_say_its_title_alone(lang: Lang) -> None:
    core = ElementTree.fromstring(parts(written(lang))["docProps/core.xml"])

    assert SECRET not in text(written(lang))
    assert SECRET in text(answered(lang))
    assert {each.tag.partition("}")[2]: each.text for each in core} == {
        "title": {"zh": "期末考试", "en": "Final Examination"}[lang], "language": {"zh": "zh-CN", "en": "en"}[lang],
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "texts"), [
    ("zh", ["某某大学", "《模拟电子技术》期末考试（A卷）", "考试时间：120分钟", "姓名：", "学号：", "班级：", "复核人",
            "密封线内请勿答题", "一、填空题（每空1分，共4分）", "（9.5分）电路如图", "（全卷完）"]),
    ("en", ["ExampleUniversity", "AnalogueElectronics:FinalExamination—PaperA", "StudentNo.:", "Checkedby",
            "SectionB.Multiplechoice(2markseach,8inall)", "(9.5marks)", "[2.5]", "Endofpaper"]),
])
def test_a_paper_says_what_an_examination_says(lang: Lang, texts: list[str]) -> None:
    whole = text(written(lang))

    assert [each for each in texts if each not in whole] == []


def test_a_candidate_is_named_in_the_strip_that_is_sealed() -> None:
    named = docx.sheet(short("题", candidate=Candidate("20210001", "欧阳<娜>&", "一班\x00")))

    assert "欧阳<娜>&" in text(named)
    assert "欧阳" not in "".join(body(named).itertext())


@pytest.mark.parametrize("lang", LANGS)
def test_formulas_are_equations_tables_are_tables_and_pictures_are_described(lang: Lang) -> None:
    whole = parts(written(lang))["word/document.xml"]
    pictures = [each.get("descr") for each in body(written(lang)).iter(PICTURE)]

    assert whole.count("<m:oMath>") > 10
    assert "<w:tblHeader/>" in whole
    assert pictures == [sample_sheets.amplifier().alt[lang]] * 2
    assert re.findall(r"<w:instrText[^>]*> (\w+) ", parts(written(lang))["word/footer.xml"]) == ["PAGE", "NUMPAGES"]


def test_a_picture_has_three_hundred_dots_an_inch() -> None:
    png = next(content for name, content in _files(written("zh")) if name.endswith(".png"))

    assert int.from_bytes(png[16:20], "big") == pytest.approx((220 + 12) * 300 / 72, abs=2)


def _files(document: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            yield name, package.read(name)


def test_what_is_asked_is_not_torn_from_its_options() -> None:
    """Every paragraph from a stem to its last option but one is kept with the next."""
    kept = [
        (paragraph.find(f"{W}pPr/{W}keepNext") is not None, "".join(paragraph.itertext()))
        for paragraph in body(written("zh")).iter(f"{W}p")
    ]
    start = next(i for i, (_, told) in enumerate(kept) if told.startswith("5."))
    end = next(i for i, (_, told) in enumerate(kept) if i > start and told.startswith("D."))

    assert [keep for keep, _ in kept[start : end + 1]] == [True] * (end - start) + [False]


@pytest.mark.parametrize("hostile", [" ".join(HOSTILE), "长" * 10_000, "a\x00\x0b\ufffe\uffffb\ud800", "]]>", "\u202e"])
def test_no_text_breaks_a_document(hostile: str) -> None:
    document = docx.sheet(short(f"始{hostile}终", candidate=Candidate(hostile[:200], hostile[:200])))
    kept = re.sub("[\x00-\x1f\u202e\ufffe\uffff\ud800]", "", hostile)

    assert "".join(f"始{kept}终".split()) in text(document)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_document(told: str) -> None:
    assert text(docx.sheet(short(f"始{told}终"))).count("始") >= 1


def test_both_languages_have_one_place_to_answer() -> None:
    whole = text(docx.sheet(bilingual()))
    alone = text(written("zh"))

    assert whole.count("（）") == alone.count("（）")
    assert "5.关于长短期记忆网络" in whole
    assert whole.count("Answereachquestiononce") == 1


def test_an_answer_book_is_for_examiners() -> None:
    assert "仅供阅卷使用，请勿外传" in parts(answered("zh"))["word/footer.xml"]


# --- as another reader shows it --------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document opens, says what it says, and shows no mark of a formula that could not be read."""
    fonts = resources.folder("templates") / "fonts"
    (tmp_path / "fonts.conf").write_text(
        f'<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}/cache</cachedir><include ignore_missing="yes">'
        "/etc/fonts/fonts.conf</include></fontconfig>", encoding="utf-8",
    )  # fmt: skip
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    for name, make in DOCUMENTS.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
         str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in DOCUMENTS)], check=True, capture_output=True,
        timeout=240,
    )  # fmt: skip
    shown = {name: pypdf.PdfReader(tmp_path / f"{name}.pdf") for name in DOCUMENTS}
    texts = {name: "".join("".join(page.extract_text().split()) for page in each.pages) for name, each in shown.items()}

    assert {name: told.count("¿") for name, told in texts.items() if "¿" in told} == {}
    assert "（全卷完）" in texts["sheet.zh"]
    assert "Endofpaper" in texts["sheet.en"]
    assert len(shown["sheet.zh"].pages) <= 5
    assert float(shown["A3"].pages[0].mediabox.width) > float(shown["A3"].pages[0].mediabox.height)
