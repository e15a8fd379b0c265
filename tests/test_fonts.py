"""The vendored fonts hold every character that papers and pages may show, and nothing that changes by itself."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from qbank import bank, grading, intake, maths, papers, resources
from qbank.actions import simulate
from qbank.maths.symbols import ACCENTS, COMMANDS, TYPED
from qbank.maths.tree import Big, Letter, Operator, Symbol
from qbank.model import Lang
from qbank.outputs import _typefaces, html
from qbank.outputs.html import fonts
from qbank.reports.feedback import lessons

TEXT = ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.otf"]
EVERY = sorted(path.name for path in (resources.folder("templates") / "fonts").glob("*.[tow][tof]f*"))
FONTS = resources.folder("templates") / "fonts"


@cache
def font(name: str) -> TTFont:
    return TTFont(FONTS / name)


@cache
def covered(name: str) -> frozenset[str]:
    return frozenset(map(chr, font(name).getBestCmap()))


@pytest.mark.parametrize("name", TEXT)
def test_text_fonts_hold_gb2312_and_the_standard_characters(name: str) -> None:
    gb2312 = {
        text for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
        if (text := bytes((row, cell)).decode("gb2312", errors="ignore"))
    }
    added = set((FONTS / "standard-characters.txt").read_text(encoding="utf-8").replace("\n", ""))

    assert (len(gb2312), len(added)) == (6763, 1467)
    assert gb2312 | added <= covered(name)


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize(
    "characters", ["ΩµμΔβ", "①②⑳", "√×≈≤∥⊙÷±°∞∫∑", "，。；：？！“”‘’《》（）【】、…—", "甪鿏䶮", "abcXYZ019"]
)
def test_text_fonts_hold_the_signs_of_a_paper(name: str, characters: str) -> None:
    assert set(characters) <= covered(name)


def test_the_maths_font_holds_every_sign_of_the_subset() -> None:
    nodes = [*COMMANDS.values(), *TYPED.values()]
    texts = {node.text for node in nodes if isinstance(node, Letter | Symbol)}
    signs = {node.sign for node in nodes if isinstance(node, Operator | Big)}

    assert set("".join(texts | signs)) | set(ACCENTS.values()) <= covered("STIXTwoMath.woff2")


@pytest.mark.parametrize("face", ["mathbf", "boldsymbol", "mathcal", "mathbb"])
def test_the_maths_font_holds_the_letters_of_every_face(face: str) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzαβγδθλμσφωΔΣΩ" + "0123456789"
    page = maths.mathml(rf"\{face}{{{letters}}}").partition(">")[2]

    assert {character for character in page if not character.isspace()} <= covered("STIXTwoMath.woff2")


def test_the_maths_font_keeps_its_maths_table() -> None:
    assert "MATH" in font("STIXTwoMath.woff2")


@pytest.mark.parametrize("name, family, style, limit", [
    ("NotoSansSC-Regular.ttf", "Noto Sans SC", "Regular", 3_200_000),
    ("NotoSansSC-Bold.ttf", "Noto Sans SC", "Bold", 3_200_000),
    ("NotoSerifSC-Regular.otf", "Noto Serif SC", "Regular", 3_000_000),
    ("NotoSerifSCNames-Regular.otf", "Noto Serif SC Names", "Regular", 11_000_000),
    ("STIXTwoMath.woff2", "STIX Two Math", "Regular", 250_000),
])
def test_names_are_stable_and_files_small(name: str, family: str, style: str, limit: int) -> None:
    table = font(name)["name"]

    assert (table.getDebugName(1), table.getDebugName(2)) == (family, style)
    assert (FONTS / name).stat().st_size <= limit


@pytest.mark.parametrize("name", EVERY)
def test_a_font_does_not_tell_when_it_was_built(name: str) -> None:
    assert font(name)["head"].modified == font(name)["head"].created


def test_papers_ask_every_font_by_its_name() -> None:
    named = {family: font(name)["name"].getDebugName(1) for family, name in _typefaces.FILES.items()}

    assert named == {family: family for family in _typefaces.FILES}
    assert set(EVERY) - set(_typefaces.FILES.values()) == {
        "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "STIXTwoText-Bold.ttf", "STIXTwoMath.woff2",
    }  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_every_font_stands_in_the_licence_file(name: str) -> None:
    assert name in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("own", ["王芳", "3.5 kΩ ✓", "王芳Ωab−1"])
def test_a_font_cut_of_that_of_a_class_is_the_one_cut_of_the_whole(own: str) -> None:
    everyone = "王李张芳伟娜期末考试ABCab"

    assert fonts._subset(TEXT[0], own, everyone) == fonts._subset(TEXT[0], own)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_of_a_class_ask_for_no_character_that_the_font_of_the_class_lacks(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One such (the space before a unit, ±) and the font is cut of the whole for every page: four times as slow."""
    source = bank.load(resources.folder("questions"))
    people = simulate.roster(12, "fonts")
    exam = papers.compose(source.blueprint("electronics-final"), source, seed="fonts 1", candidates=people, each=True,
                          langs=(lang,))  # fmt: skip
    cut, lacking = fonts._subset, set[str]()

    def seen(name: str, characters: str, class_: str = "") -> str:
        lacking.update(set(characters) - set(class_) - set(fonts.SIGNS) if class_ else ())
        return cut(name, characters, class_)

    monkeypatch.setattr(fonts, "_subset", seen)
    intake.write(tmp_path / "responses.csv", simulate.responses(exam, "fonts"))
    graded = grading.grade(exam, intake.responses(tmp_path / "responses.csv", list(exam.columns())))
    for told in lessons(graded, range(12), lang, key=True):
        html.lesson(told)

    assert lacking == set()


def test_a_character_that_nobody_of_the_class_has_is_cut_of_the_whole() -> None:
    cut = base64.b64decode(fonts._subset(TEXT[0], "赵", "王李"))

    assert set(TTFont(io.BytesIO(cut)).getBestCmap()) == {ord("赵")}
