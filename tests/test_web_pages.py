"""Every web page in a browser, on a phone and on a desk: axe finds nothing, and nothing is wider than the screen."""

from __future__ import annotations

import importlib.resources
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import GALLERY, OUTSIDE
from sat_exam import respond, sealed

from qbank import papers
from qbank.actions import preview
from qbank.actions.check import check
from qbank.actions.check_page import check_page
from qbank.actions.feedback import Pages, feedback
from qbank.actions.grade import grade
from qbank.bank import Bank
from qbank.model import LANGS
from qbank.outputs import html
from qbank.papers import Exam
from qbank.reports import classreport

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE, DESK = 390, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 AA, and what axe advises beyond it: headings in order, landmarks, table heads that say something."""
PAGES = ("sheet-zh", "sheet-en", "book-zh", "book-en", "questions-en", "report-zh", "report-en", "feedback-zh",
         "feedback-en", "gallery-zh", "gallery-en", "check-zh", "check-en")  # fmt: skip
CHECKED = ("gallery.blanks", "gallery.chain", "gallery.choice", "gallery.number")
SHOTS = "QBANK_SCREENSHOTS"
"""The variable that names a folder for pictures of all pages, to be looked at."""
AXE = "(options) => axe.run({exclude: ['math']}, options)"
"""Colours are the same at every width, and those of a formula are its line's: judging them takes most of the time."""
OVERPRINTED = """() => [...document.querySelectorAll(".pair")].filter((pair) => {
  const [one, other] = [...pair.children].map((child) => child.getBoundingClientRect());
  return other && other.left < one.right - 1 && other.top < one.bottom - 1;
}).map((pair) => pair.outerHTML.slice(0, 90))"""
"""Columns of one row that lie over each other."""


@pytest.fixture(scope="module")
def pages(exam: Exam, gallery: Bank, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page that the program writes, by name and language, from the bank with every kind of answer."""
    folder = sealed(exam, tmp_path_factory.mktemp("sat") / "exam")
    wrong = {("2001", column): "oops" for column in list(exam.columns())[:6]}
    graded = grade(folder, respond(exam, folder / "responses.csv", wrong))
    checked = check((GALLERY,), names=CHECKED, seats=20, jobs=1)
    written = {"questions-en": html.questions(papers.sheet(exam, 0, "en"))}
    for lang in LANGS:
        written[f"sheet-{lang}"] = html.sheet(papers.sheet(exam, 0, lang))
        written[f"book-{lang}"] = html.book(papers.book(exam, 0, lang))
        written[f"report-{lang}"] = classreport.page(graded, lang)
        feedback(folder, Pages(key=True, lang=lang))
        written[f"feedback-{lang}"] = (folder / "results/feedback/2001.html").read_text(encoding="utf-8")
        written[f"gallery-{lang}"] = preview.preview(gallery, count=1, lang=lang)
        written[f"check-{lang}"] = check_page(checked, lang=lang)
    return written


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one page at one width."""

    faults: list[str]
    outside: list[str]
    overprinted: list[str]


def seen(browser: Browser, page: str, name: str, width: int, folder: Path) -> Seen:
    """One page as it stands at a width, with everything unfolded."""
    path = folder / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    with browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True) as context:
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        tab.evaluate(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
        colours = {"color-contrast": {"enabled": width == DESK}}
        options = {"runOnly": RULES, "rules": colours, "resultTypes": ["violations"]}
        found: dict[str, Any] = tab.evaluate(AXE, options)
        if shots := os.environ.get(SHOTS):
            tab.screenshot(path=Path(shots) / f"{name}-{width}.png", full_page=True)
        faults = [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]
        return Seen(faults, tab.evaluate(OUTSIDE, "body"), tab.evaluate(OVERPRINTED))


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone_on_every_screen(
    browser: Browser, pages: dict[str, str], tmp_path: Path, name: str, width: int
) -> None:
    assert seen(browser, pages[name], name, width, tmp_path) == Seen([], [], [])


def test_every_page_that_is_written_is_looked_at(pages: dict[str, str]) -> None:
    assert set(pages) == set(PAGES)


FAULTY = """<!doctype html><html lang="en"><title>a page</title><body><main><h1>a page</h1>
<div class="pair" style="position: relative"><p style="position: absolute">one</p><p>other</p></div>
<input><p style="color: #ccc">pale</p><div style="width: 2000px">wide</div></main></body></html>"""


def test_a_page_with_faults_is_found_out(browser: Browser, tmp_path: Path) -> None:
    found = seen(browser, FAULTY, "faulty", PHONE, tmp_path)

    assert {fault.partition(":")[0] for fault in found.faults} == {"label"}
    assert found.outside[0] == "the page is wider than 390"
    assert len(found.overprinted) == 1
    pale = seen(browser, FAULTY, "faulty", DESK, tmp_path)
    assert {fault.partition(":")[0] for fault in pale.faults} == {"label", "color-contrast"}


def test_no_page_shows_the_source_of_a_formula(pages: dict[str, str]) -> None:
    raw = {name: page.count("\\frac") + page.count("\\text{") for name, page in pages.items()}

    assert raw == dict.fromkeys(pages, 0)


def test_chinese_on_an_english_page_says_so(pages: dict[str, str]) -> None:
    assert '<span lang="zh-CN">正偏</span>' in pages["book-en"]
