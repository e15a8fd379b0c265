"""Build the pictures of README and manual: `python scripts/build_pictures.py` (needs Chromium).

The demonstration is run in each language: of its first paper two facing pages are kept, of its report the beginning.
Each item of the manual's gallery is shown as `qbank preview` shows its first variant.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from pages import gallery
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from qbank import bank
from qbank.actions import demo, preview
from qbank.bank import Bank
from qbank.model import LANGS

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FACING = (1, 3)
"""The pages that are shown, counted from 0: choices with figures, and a calculation with its circuit."""
RESOLUTION = 75
WINDOW = ViewportSize(width=1000, height=780)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def facing(paper: Path) -> Image.Image:
    """Two pages of a paper side by side, in shades of grey."""
    document = pypdfium2.PdfDocument(paper)
    pages = [document[number].render(scale=RESOLUTION / 72, grayscale=True).to_pil() for number in FACING]
    width, height = pages[0].size
    both = Image.new("L", (2 * width + 12, height), 160)
    for place, page in enumerate(pages):
        both.paste(page, (place * (width + 12), 0))
    return both.quantize(16)


def shot(png: bytes) -> Image.Image:
    """What a browser shows, in few colours."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(32)


def items(tab: Page, source: Bank, place: Path) -> None:
    """The first variant of each item of the gallery, in each language."""
    page = place / "preview.html"
    page.write_text(preview.preview(source, gallery.SHOWN, count=1), encoding="utf-8")
    tab.goto(page.as_uri())
    tab.add_style_tag(content="details { display: none } .one { max-width: 52rem; padding: 1rem }")
    for name in gallery.SHOWN:
        for language in LANGS:
            one = tab.locator(f"[id='{name}'] .one.{language}").first
            shot(one.screenshot()).save(PICTURES.parent / gallery.picture(name, language), optimize=True)


def main() -> None:
    """Build every picture."""
    program = shutil.which("chromium") or sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        tab = playwright.chromium.launch(executable_path=program, args=FLAGS).new_page(viewport=WINDOW, bypass_csp=True)
        source = bank.load(bank.named(Path(bank.SHIPPED)))
        for language in LANGS:
            exam = Path(place, language)
            demo.demo(source, exam, lang=language)
            facing(exam / "sheets" / "20260001.pdf").save(PICTURES / f"paper-{language}.png", optimize=True)
            tab.goto((exam / "results" / "report.html").as_uri())
            shot(tab.screenshot()).save(PICTURES / f"report-{language}.png", optimize=True)
        items(tab, source, Path(place))


if __name__ == "__main__":
    main()
