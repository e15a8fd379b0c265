"""The fields of a cloze, as Moodle's importer finds them in a text: written from what it was seen to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

SORTS = ("NM", "MC", "MCV", "MR", "SA", "SAC")
_START = re.compile(r"\{([0-9]*):([A-Z_]+):")


class Spoilt(ValueError):
    """What Moodle would refuse, or import as something else."""


@dataclass(frozen=True)
class Alternative:
    """One answer of a field: its text, its fraction and what is said of it."""

    text: str
    fraction: float
    feedback: str


@dataclass(frozen=True)
class Block:
    """One field of a cloze."""

    weight: float
    sort: str
    alternatives: tuple[Alternative, ...]


def extracted(text: str) -> tuple[str, list[Block]]:
    """The text with a number in the place of each field, and the fields. Raises Spoilt."""
    left, blocks = "", []
    while found := _START.search(text):
        end, block = _block(text, found)
        blocks.append(block)
        left += f"{text[: found.start()]}[{len(blocks)}]"
        text = text[end:]
    left += text
    if not blocks or "{" in left:
        raise Spoilt(f"something in the text is read as a field, or there is none: {left[:200]}")
    return left, blocks


def _block(text: str, found: re.Match[str]) -> tuple[int, Block]:
    if found[2] not in SORTS:
        raise Spoilt(f"the sort {found[2]}")
    place, alternatives = found.end(), []
    while True:
        place, alternative = _alternative(text, place)
        alternatives.append(alternative)
        if text[place] == "}":
            return place + 1, Block(float(found[1] or 1), found[2], tuple(alternatives))
        place += 1  # a tilde


def _alternative(text: str, place: int) -> tuple[int, Alternative]:
    fraction = 0.0
    if text[place] == "=":
        fraction, place = 1.0, place + 1
    elif percent := re.compile(r"%(-?[0-9]+(?:[.,][0-9]*)?)%").match(text, place):
        fraction, place = float(percent[1]) / 100, percent.end()
    end = place + 1
    while end < len(text) and (text[end] not in "~#}" or re.search(r"(?:\\|&|&amp;)$", text[max(0, end - 5) : end])):
        end += 1
    answer, feedback = _resolved(text[place:end]), ""
    if end < len(text) and text[end] == "#":
        place, end = end + 1, end + 1
        while end < len(text) and (text[end] not in "~}" or text[end - 1] == "\\"):
            end += 1
        feedback = _resolved(text[place:end])
    if end >= len(text):
        raise Spoilt(f"a field without an end: {text[:100]}")
    return end, Alternative(answer.strip(), fraction, feedback)


def _resolved(text: str) -> str:
    return unescape(text).replace(r"\}", "}").replace(r"\#", "#")
