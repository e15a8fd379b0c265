"""What a reader that speaks finds in a PDF: its structure tree, walked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest
import sample_sheets

from qbank.model import LANGS, Lang
from qbank.outputs import pdf


@cache
def elements(lang: Lang) -> list[tuple[tuple[str, ...], str]]:
    """Every element of the sample's sheet: its tags from the root on, and what it says instead of its marks."""
    with pikepdf.open(io.BytesIO(pdf.sheet(sample_sheets.sheet(lang)))) as printed:
        return list(_walk(printed.Root.StructTreeRoot.K, ()))


def _walk(node: pikepdf.Object, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from _walk(inner, above)
    elif isinstance(node, pikepdf.Dictionary):
        path = (*above, str(node.S)) if "/S" in node else above
        if "/S" in node:
            yield path, str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _walk(node.K, path)


def count(lang: Lang, tag: str) -> int:
    return sum(path[-1] == tag for path, _ in elements(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_each_question_is_a_heading_below_that_of_its_section(lang: Lang) -> None:
    sheet = sample_sheets.sheet(lang)

    assert count(lang, "/H1") == 1
    assert count(lang, "/H2") == len(sheet.sections)
    assert count(lang, "/H3") == sum(len(section.questions) for section in sheet.sections)


@pytest.mark.parametrize("lang", LANGS)
def test_each_place_to_answer_is_spoken_and_counted_within_its_question(lang: Lang) -> None:
    word = {"zh": "空格", "en": "blank"}[lang]
    said = [alt for path, alt in elements(lang) if path[-1] == "/Formula" and alt.startswith(word)]

    assert said[:4] == [f"{word} 1", f"{word} 2", f"{word} 1", f"{word} 2, 1 × 3"]  # two in a line; a line and a vector
    assert said[4:10] == [f"{word} 1"] * 6  # brackets of four choices and two statements
    assert said[10:16] == [f"{word} {place}" for place in (1, 2, 3)] * 2  # pairs, an order
    assert said[16:] == [f"{word} 1", f"{word} 2", f"{word} 3, 2 × 2"]  # three parts


@pytest.mark.parametrize("lang", LANGS)
def test_options_and_lists_have_labels_and_bodies(lang: Lang) -> None:
    labelled = [path for path, _ in elements(lang) if path[-1] == "/Lbl"]

    assert len(labelled) == 4 * 4 + 3 + 4 + 3  # four choices; what is joined; what is put in order
    assert all(path[-3:] == ("/L", "/LI", "/Lbl") for path in labelled)
    assert count(lang, "/LBody") == len(labelled)


@pytest.mark.parametrize("lang", LANGS)
def test_a_figure_says_what_it_shows_and_its_labels_are_no_texts_of_their_own(lang: Lang) -> None:
    figures = [alt for path, alt in elements(lang) if path[-1] == "/Figure"]
    formulas = [alt for path, alt in elements(lang) if path[-1] == "/Formula"]

    assert figures
    assert all(figures)
    assert {"u_i", "u_o", "10 kΩ"}.isdisjoint(formulas)  # labels of the amplifier


@pytest.mark.parametrize("lang", LANGS)
def test_tables_have_header_cells(lang: Lang) -> None:
    tables = count(lang, "/Table")

    assert tables >= 1 + len(sample_sheets.sheet(lang).sections)
    assert count(lang, "/THead") == tables
    assert {path[-2] for path, _ in elements(lang) if path[-1] == "/TH"} == {"/TR"}


@pytest.mark.parametrize(("lang", "said"), [("zh", "zh-CN"), ("en", "en")])
def test_the_language_of_a_paper_is_told(lang: Lang, said: str) -> None:
    with pikepdf.open(io.BytesIO(pdf.sheet(sample_sheets.sheet(lang)))) as printed:
        assert str(printed.Root.Lang) == said
