"""What a scanner reads on a printed page: pages are drawn as pixels, and an ordinary reader of codes reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import sample_sheets
import zxingcpp

from qbank.model import LANGS, Imposition, Lang
from qbank.outputs import pdf
from qbank.sheets import Imprint, Serial


def scanned(paper: bytes, dpi: int, *, turned: int = 0) -> Iterator[list[str]]:
    """The texts of all codes on each page."""
    printed = pypdfium2.PdfDocument(paper)
    for page in printed:
        pixels = page.render(scale=dpi / 72, grayscale=True, rotation=turned).to_numpy()
        yield [code.text for code in zxingcpp.read_barcodes(pixels.squeeze())]
    printed.close()


@pytest.mark.parametrize("turned", [0, 180], ids=["upright", "upside down"])
@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("lang", LANGS)
def test_exam_seat_and_page_come_back_from_every_page(lang: Lang, dpi: int, turned: int) -> None:
    sheet = replace(sample_sheets.sheet(lang), serial=Serial(123_456, 7))
    found = list(scanned(pdf.sheet(sheet), dpi, turned=turned))

    language = {"zh": "1", "en": "2"}[lang]
    assert found == [[f"{language}12345600000007{page:02d}"] for page in (1, 2, 3)]


@pytest.mark.parametrize("change", [{"large_print": True}, {"imprint": Imprint(imposition=Imposition("A3", 2, 4))}],
                         ids=["large print", "A3"])  # fmt: skip
def test_it_is_read_on_large_print_and_on_A3_and_in_a_volume(change: dict[str, bool | Imprint]) -> None:
    sheet = replace(sample_sheets.sheet("en"), serial=Serial(1, 99_999_999), **change)  # type: ignore[arg-type]
    paper = pdf.sheet(sheet)
    volume = pdf.together([paper, paper], "en", sheet.imprint.imposition)
    one = [[f"200000199999999{page:02d}"] for page in range(1, pdf.pages(paper) + 1)]

    assert list(scanned(paper, 150)) == one
    assert [codes for codes in scanned(volume, 150) if codes] == one * 2  # blank pages bear none


def test_a_page_without_a_serial_bears_no_code() -> None:
    assert list(scanned(pdf.sheet(sample_sheets.sheet("zh")), 150)) == [[], [], []]
