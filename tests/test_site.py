"""The manual as a site: every link leads somewhere, no other host is asked, and it is read on a phone and on a desk."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import OUTSIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
PAGES = ("index.html", "tutorial.html", "gallery.html", "items.html", "grading.html", "checks.html")
SEARCHED = {"": ("tolerance", "Tolerances"), "zh/": ("容差", "容差")}
"""For the pages of a language: what is looked for, and what stands in the first result."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that prints nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, built anew and served; a warning of the builder (a link that leads nowhere) fails."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", SEARCHED)
def test_pages_fit_the_screen_and_ask_no_other_host(browser: Browser, site: str, language: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        tab, asked = context.new_page(), list[str]()
        tab.on("request", lambda request: asked.append(request.url))
        for page in PAGES:
            tab.goto(f"{site}{language}{page}")
            assert tab.evaluate(OUTSIDE, ".md-content") == [], page

    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


@pytest.mark.parametrize("language", SEARCHED)
def test_the_search_finds_words_of_the_language(browser: Browser, site: str, language: str) -> None:
    words, first = SEARCHED[language]
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        tab = context.new_page()
        tab.goto(f"{site}{language}index.html")
        tab.locator("input.md-search__input").click()
        tab.locator("input.md-search__input").press_sequentially(words)
        found = tab.locator(".md-search-result__item").first
        found.wait_for(timeout=60_000)

        assert first.lower() in found.inner_text().lower()
