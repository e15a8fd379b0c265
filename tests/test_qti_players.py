"""Two real players of QTI 3 give right, wrong, edge, mistaken and useless answers the score that qbank gives them."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import qti_players
import qti_reader
import qti_values
from conftest import FLAGS, GALLERY
from qti_players import PLAYERS, Player
from qti_trials import Responses, Trial, blank_pictures, trials

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.outputs import _media, qti3
from qbank.sheets import Items, Pool
from qbank.waist import Unscored

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.players

SEED = "players"
SORTS = ("right", "wrong", "edge", "mistake", "garbage")
ITEMS = 32
SHOWN = "bjt.beta_change"
"""An item with a circuit, formulas, numbers with their units, and options."""
FONT = """@font-face { font-family: Qbank; src: url(font.ttf) }
body, body * { font-family: Qbank, sans-serif } math, math * { font-family: math } body { margin: 16px }"""
ALL = """((name) => { const found = (root) => [...root.querySelectorAll("*")].flatMap((each) => [
  ...(each.localName === name ? [each] : []), ...(each.shadowRoot ? found(each.shadowRoot) : [])]);
  return found(document); })"""
"""All elements of a name, in the shadows too."""
IMAGES = f"{ALL}('img')"
SMALLER = f"""() => {{ const size = (each) => parseFloat(getComputedStyle(each).fontSize);
  return {ALL}('msub').map((each) => size(each.children[1]) / size(each.children[0])); }}"""
"""How much smaller each index is than the letter that has it: not at all where formulas are not laid out."""
PARTS = 3
"""Longer items take a player long."""


@dataclass(frozen=True)
class Attempt:
    """One attempt at an item: what is answered in a player, and what qbank gives for it."""

    sort: str
    responses: Responses
    marks: float


@dataclass(frozen=True)
class Asked:
    """An item as a player gets it, and the attempts at it."""

    name: str
    xml: str
    item: qti_values.Item
    attempts: tuple[Attempt, ...]


def chosen() -> Iterator[tuple[Item, Pool]]:
    """So many items, the shortest of every kind in turn, but those that a person marks or that count earlier errors."""
    found: dict[str, list[tuple[Bank, Item]]] = defaultdict(list)
    for source in (bank.load(resources.folder("questions")), bank.load(GALLERY.parent / "second_bank")):
        for item in source.items.values():
            if len(item.parts) <= PARTS and not item.any_order and not any(part.follows for part in item.parts):
                found[item.parts[0].kind].append((source, item))
    turns = zip_longest(*(sorted(each, key=lambda one: (len(one[1].parts), one[1].id)) for each in found.values()))
    count = 0
    for source, item in filter(None, chain.from_iterable(turns)):
        (pool,) = papers.pools([item], source.circuits, seed=SEED, count=1, lang=item.languages[0])
        if not any(isinstance(each.scoring, Unscored) for each in pool.variants[0].worked.answers):
            yield item, pool
            count += 1
        if count == ITEMS:
            return


def asked(item: Item, pool: Pool) -> Asked:
    """The item with five attempts at all its parts together."""
    written = qti3.written(Items(item.languages[0], "bank", (pool,)))
    (name,) = qti_reader.package(written.content)
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        xml = archive.read(f"items/{name}.xml").decode()
    drawn = variants.make(item, SEED, np.arange(1))
    attempts = []
    for number, sort in enumerate(SORTS):
        picked = [_picked(list(trials(answer, place)), sort, number, place)
                  for place, answer in enumerate(pool.variants[0].worked.answers, 1)]  # fmt: skip
        texts = {part.id: [trial.text] for part, trial in zip(item.parts, picked, strict=True)}
        marked = marking.mark(item, drawn, texts, np.array([0]))
        total = sum(float(marked[part.id].credit[0]) * float(part.marks) for part in item.parts)
        responses = {name: value for trial in picked for name, value in trial.responses.items()}
        attempts.append(Attempt(sort, responses, total))
    return Asked(item.id, xml, qti_reader.item(xml.encode()), tuple(attempts))


def _picked(tried: list[Trial], sort: str, number: int, place: int) -> Trial:
    """An answer of a sort, or of another where there is none; where nothing can be typed, the useless one is none."""
    if sort == "garbage":
        blanks = [name for name in tried[0].responses if name.startswith("RESPONSE_")]
        typed = all(isinstance(tried[0].responses[name], str) and not tried[0].responses[name].isalpha()  # type: ignore[union-attr]
                    for name in blanks)  # fmt: skip
        return Trial(sort, dict.fromkeys(blanks, "abc") if typed else {}, "abc" if typed else "")
    same = [trial for trial in tried if trial.sort == sort] or tried
    return same[(number + place) % len(same)]


@pytest.fixture(scope="module")
def questions() -> tuple[Asked, ...]:
    """The items with their attempts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_media, "pictures", blank_pictures)
        return tuple(asked(item, pool) for item, pool in chosen())


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of Chromium. Without the players, which `npm ci` installs, the tests fail; the marker leaves them out."""
    assert (qti_players.FOLDER / "node_modules").is_dir(), (
        "the players are not installed: npm ci --prefix tests/players, or leave these tests out: -m 'not players'")
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "there is no chromium: install it, or leave these tests out: -m 'not players'"
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened.new_page()
        opened.close()


@pytest.mark.parametrize("player", PLAYERS)
def test_a_player_scores_as_qbank_marks(page: Page, questions: tuple[Asked, ...], player: Player) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    scores: dict[tuple[str, str], Any] = {}
    own: dict[tuple[str, str], float] = {}
    with qti_players.served() as address:
        for question in questions:
            for attempt in question.attempts:
                qti_players.opened(page, address, player, question.xml)
                qti_players.answered(page, player, question.item, attempt.responses)
                scores[question.name, attempt.sort] = float(qti_players.outcomes(page)["SCORE"] or 0)
                own[question.name, attempt.sort] = attempt.marks
                if faults:
                    scores[question.name, attempt.sort] = faults.pop()
    if folder := os.environ.get("QBANK_SCREENSHOTS"):
        lines = [f"{name}\t{sort}\t{own[name, sort]:g}\t{score:g}" for (name, sort), score in scores.items()]
        (Path(folder) / f"scores-{player}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert len(questions) >= 30
    assert len(scores) == len(questions) * len(SORTS)
    assert scores == pytest.approx(own, abs=1e-9)


def test_the_attempts_are_of_every_sort(questions: tuple[Asked, ...]) -> None:
    """Right ones earn most, useless ones nothing, and part marks are among the others."""
    sums = {sort: sum(each.marks for one in questions for each in one.attempts if each.sort == sort) for sort in SORTS}
    most = {one.name: max(each.marks for each in one.attempts) for one in questions}

    assert sums["garbage"] == 0
    assert sums["right"] > sums["edge"] > sums["wrong"] > 0
    assert sum(any(0 < each.marks < most[one.name] for each in one.attempts) for one in questions) >= 8


@pytest.mark.parametrize("player", PLAYERS)
def test_a_player_shows_figures_and_formulas(page: Page, player: Player) -> None:
    """Each picture of the package is there, and formulas are laid out."""
    source = bank.load(resources.folder("questions"))
    pools = tuple(papers.pools([source.item(SHOWN)], source.circuits, seed=SEED, count=1, lang="zh"))
    with zipfile.ZipFile(io.BytesIO(qti3.written(Items("zh", "题库", pools)).content)) as archive:
        (xml,) = (archive.read(name).decode() for name in archive.namelist() if name.startswith("items/item-"))
        pictures = {f"/{name}": archive.read(f"items/{name}") for name in _pictures(archive)}
    fonts = {"/font.ttf": (resources.folder("templates") / "fonts" / "NotoSansSC-Regular.ttf").read_bytes()}
    with qti_players.served(pictures | fonts) as address:
        page.set_viewport_size({"width": 760, "height": 560})
        qti_players.opened(page, address, player, xml)
        page.add_style_tag(content=FONT)
        page.wait_for_function(f"() => {IMAGES}.every((each) => each.complete)")
        page.evaluate("() => document.fonts.load('16px Qbank', '题').then(() => document.fonts.ready)")
        widths: list[int] = page.evaluate(f"() => {IMAGES}.map((each) => each.naturalWidth)")
        smaller: list[float] = page.evaluate(SMALLER)
        if folder := os.environ.get("QBANK_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"qti-{player}.png", full_page=True)

    assert len(widths) == len(pictures)
    assert all(width > 100 for width in widths)
    assert len(smaller) > 8
    assert max(smaller) < 0.9


def _pictures(archive: zipfile.ZipFile) -> Iterator[str]:
    yield from (name.removeprefix("items/") for name in archive.namelist() if name.startswith("items/pictures/"))


def test_what_is_installed_is_pinned() -> None:
    """What is installed is pinned with its digest, and no host is named."""
    lock = (qti_players.FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]

    assert not re.search(r'"resolved"', lock)
    assert all("integrity" in each for name, each in packages.items() if name)
