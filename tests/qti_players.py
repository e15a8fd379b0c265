"""Two players of QTI 3 in Chromium: items are opened, answered with keys and clicks, and scored by the player.

Which they are, and what they need, is in `tests/players/package.json`; `npm ci` there installs them.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import qti_values

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FOLDER = Path(__file__).parent / "players"
Player: TypeAlias = Literal["ampup", "cito"]
PLAYERS: tuple[Player, ...] = ("ampup", "cito")
Outcomes: TypeAlias = dict[str, Any]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """The files of the players, and some more that are nowhere but here."""

    more: Mapping[str, bytes] = MappingProxyType({})

    def do_GET(self) -> None:
        if self.path not in self.more:
            super().do_GET()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.more[self.path])

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is told of requests."""


@contextmanager
def served(more: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[str]:
    """The address at which the players are, and further files, as long as they are needed."""
    handler = functools.partial(type("Handler", (_Handler,), {"more": more}), directory=str(FOLDER))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def opened(page: Page, address: str, player: Player, xml: str) -> None:
    """Show an item in a player, which begins anew for each: one of them does not show the same item twice."""
    page.goto(f"{address}/{player}.html")
    page.evaluate("(xml) => show(xml)", xml)


def answered(page: Page, player: Player, item: qti_values.Item, given: Mapping[str, str | Sequence[str]]) -> None:
    """Type, pick and click as a candidate does; what is dragged, and lists that open, are set through the player."""
    for name, answer in given.items():
        (tag,) = (each.tag for each in item.root.iter() if each.get("response-identifier") == name)
        place = [each.get("response-identifier") for each in item.root.iter(tag)].index(name)
        (_ampup if player == "ampup" else _cito)(page, tag, place, name, answer)


def _ampup(page: Page, tag: str, place: int, name: str, answer: str | Sequence[str]) -> None:
    shown = page.locator(f".{tag}").nth(place)
    match tag:
        case "qti-text-entry-interaction":
            _typed(shown.locator("input"), str(answer))
        case "qti-extended-text-interaction":
            shown.locator("textarea").fill(str(answer))
        case "qti-inline-choice-interaction":
            shown.locator("button").click()
            shown.locator(f'li[data-identifier="{answer}"]').click()
        case "qti-choice-interaction":
            for each in [answer] if isinstance(answer, str) else answer:
                shown.locator(f'li[data-identifier="{each}"]').click()
        case "qti-match-interaction":
            for each in answer:
                shown.locator(f'[data-pair="{each}"]').click()
        case "qti-order-interaction":
            page.evaluate(ORDERED, [name, list(answer)])
        case _:
            raise ValueError(tag)


ORDERED = """([name, order]) => {
  const find = (node) => node.$options.name === "QtiOrderInteraction" && node.responseIdentifier === name ? node
    : node.$children.map(find).find((each) => each);
  const root = [...document.querySelectorAll("*")].find((each) => each.__vue__).__vue__.$root;
  find(root).setResponse(order);
}"""


def _cito(page: Page, tag: str, place: int, name: str, answer: str | Sequence[str]) -> None:  # noqa: ARG001
    shown = page.locator(f'{tag}[response-identifier="{name}"]')
    match tag:
        case "qti-text-entry-interaction":
            _typed(shown.locator("input"), str(answer))
        case "qti-extended-text-interaction":
            shown.locator("textarea").fill(str(answer))
        case "qti-choice-interaction":
            for each in [answer] if isinstance(answer, str) else answer:
                shown.locator(f'qti-simple-choice[identifier="{each}"]').click()
        case _:
            page.evaluate("([name, value]) => put(name, value)", [name, answer])


def _typed(line: Locator, text: str) -> None:
    line.fill(text)
    line.blur()


def outcomes(page: Page) -> Outcomes:
    """What the player computed."""
    found: Outcomes = page.evaluate("() => outcomes()")
    return found
