"""Points as an author writes them.

    point := place | place "-|" name move*     the level of the first, above or below the second, and on from there
    place := (name | number number) move*
    move  := ("left" | "right" | "up" | "down") number
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qbank import messages
from qbank.circuits._records import CircuitError, Path, Point
from qbank.registry import unknown

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MOVES: dict[str, Point] = {"left": (-1, 0), "right": (1, 0), "up": (0, 1), "down": (0, -1)}


def point(text: str, known: Mapping[str, Point], path: Path) -> Point:
    """The point a text names, among the places known so far. Raises CircuitError.

    >>> point("m left 0.5 up 1", {"m": (6.0, 3.0)}, ())
    (5.5, 4.0)
    >>> point("m -| o", {"m": (6.0, 3.0), "o": (8.0, 1.0)}, ())
    (8.0, 3.0)
    """
    level, corner, below = text.partition("-|")
    first = _place(level, known, path)
    if not corner:
        return first
    name, *moves = below.split() or [""]
    return _moved((_place(name, known, path)[0], first[1]), moves, path)


def moved(start: Point, text: str, path: Path) -> Point:
    """The point reached from a start by moves alone."""
    return _moved(start, text.split(), path)


def number(text: str, path: Path) -> float:
    """A plain decimal number."""
    if not _NUMBER.fullmatch(text):
        raise CircuitError(path, messages.tell("{text!r} is not a number", text=text))
    return float(text)


def _place(text: str, known: Mapping[str, Point], path: Path) -> Point:
    words = text.split()
    if not words:
        raise CircuitError(path, messages.tell("a point is missing"))
    if _NUMBER.fullmatch(words[0]):
        if len(words) < 2:
            raise CircuitError(path, messages.tell("{text!r} is not a point: x and y are needed", text=text.strip()))
        return _moved((float(words[0]), number(words[1], path)), words[2:], path)
    if words[0] not in known:
        raise CircuitError(path, messages.tell("the point {unknown}", unknown=unknown(words[0], known)))
    return _moved(known[words[0]], words[1:], path)


def _moved(start: Point, words: list[str], path: Path) -> Point:
    x, y = start
    if len(words) % 2:
        raise CircuitError(path, messages.tell("the distance after {word!r} is missing", word=words[-1]))
    for word, distance in zip(words[::2], words[1::2], strict=True):
        if word not in _MOVES:
            raise CircuitError(path, messages.tell("the direction {unknown}", unknown=unknown(word, _MOVES)))
        x += _MOVES[word][0] * number(distance, path)
        y += _MOVES[word][1] * number(distance, path)
    return round(x, 6), round(y, 6)
