"""What several tests share: the gallery, a small bank with every kind of answer, and one exam made from it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import is_hypothesis_test, settings

from qbank import bank, cli, papers
from qbank.bank import Bank
from qbank.model import Candidate
from qbank.papers import Exam

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("OPENPYXL_LXML", "False")  # as intake says before it imports openpyxl, whoever is first here
os.environ["QBANK_CACHE"] = "off"  # what a test finds is read from files; tests of the cache switch it on
os.environ["LANGUAGE"] = "en"  # what is asserted of messages is their English
settings.register_profile("qbank", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("qbank")

GALLERY = Path(__file__).parent / "gallery"
CLASS = (Candidate("2001", "张三", "一班"), Candidate("2002", "李四", "一班"), Candidate("2003", "O'Hara", "二班"))
Run = Callable[..., tuple[int, str, str]]
SEED = "never on a sheet 4b1d"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
OUTSIDE = """(root) => {
  const width = document.documentElement.clientWidth, found = [];
  const held = (node) => {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const node of document.querySelectorAll(`${root} *`)) {
    const box = node.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1) && !held(node)) found.push(node.outerHTML.slice(0, 90));
  }
  return document.documentElement.scrollWidth > width ? [`the page is wider than ${width}`, ...found] : found;
}"""
"""What stands beyond the screen and in no box of its own that scrolls."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--laws", type=int, metavar="TIMES", help="only the laws, each on so many times its examples")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --laws, the tests of Hypothesis alone, and more examples than a run that everyone waits for can try."""
    if times := config.getoption("--laws"):
        laws = [each for each in items if isinstance(each, pytest.Function) and is_hypothesis_test(each.function)]
        for law in {cast(Any, each.function) for each in laws}:
            usual = law._hypothesis_internal_use_settings
            law._hypothesis_internal_use_settings = settings(usual, max_examples=times * usual.max_examples)
        config.hook.pytest_deselected(items=[each for each in items if each not in laws])
        items[:] = laws


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that lets the program speak another language leaves it to the next as it was."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def gallery() -> Bank:
    """The gallery, which has no problems."""
    loaded = bank.load(GALLERY)
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def exam(gallery: Bank) -> Exam:
    """The paper with one item of every kind, in both languages, in forms A and B for three candidates."""
    return papers.compose(
        gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=("A", "B"), langs=("zh", "en")
    )


@pytest.fixture
def run(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs the program in an empty folder on the gallery: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QBANK_BANK", str(GALLERY))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    def program(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qbank", *arguments])
        try:
            cli.main()
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 0 if leave.code is None else 1
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; without one, only a run of continuous integration may not go on."""
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        assert not os.environ.get("CI"), "there is no chromium"
        pytest.skip("there is no chromium")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()
