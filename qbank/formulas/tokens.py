r"""The words of a typed formula, each with its place: characters folded, TeX commands turned into plain signs.

>>> folded(r"-\frac{R_f}{R_1}\cdot ２")[0]
'-\\frac{R_f}{R_1}* 2'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qbank import folding

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d_](?:[^\W_]|['′’´]|_\{[^{}]*\}|_\([^()]*\)|_(?![{(]))*)"
    r"|(?P<sign>\*\*|\|\||//|[-+*/^!|()\[\]{},=√∥∠°]|\\frac|\\sqrt)"
    r"|(?P<odd>.)",
    re.DOTALL,
)
_UNIT = re.compile(r"(?P<constant>[ijIJ](?=[0-9.]))|" + _TOKEN.pattern, re.DOTALL)
"""The same where i and j are the imaginary unit: `j2πf` is no name j2."""
_COMMAND = re.compile(
    r"\\(?:(?:mathrm|mathit|mathbf|mathsf|boldsymbol|text|textrm|operatorname|rm)\s*\{(?P<inner>[^{}]*)\}"
    r"|(?P<word>[A-Za-z]+)|(?P<sign>.))",
    re.DOTALL,
)
_SIGNS = (
    dict.fromkeys(("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "limits", "rm"), "")
    | dict.fromkeys(("cdot", "times", "odot", "ast", "circ"), "*")
    | dict.fromkeys(("quad", "qquad", "enspace", "thinspace"), " ")
    | dict.fromkeys(("lvert", "rvert", "vert"), "|")
    | dict.fromkeys(("frac", "dfrac", "tfrac"), "\\frac")
    | {"div": "/", "parallel": "∥", "sqrt": "\\sqrt", "angle": "∠", "degree": "°", "prime": "′"}
    | {"lbrace": "(", "rbrace": ")"}
    | {"lfloor": "floor(", "rfloor": ")", "lceil": "ceil(", "rceil": ")"}
)
_ESCAPED = dict.fromkeys(",;:! ", " ") | {"{": "(", "}": ")", "|": "∥"}
_FOLDED = str.maketrans({"‖": "∥", "⊙": "*", "∘": "*", "⟦": "[", "⟧": "]", "$": " "})


OPENING = frozenset({"(", "[", "{"})
"""What begins a group."""


class Token(NamedTuple):
    """A word: number, name, constant, function, sign, or end.

    `at` is an index of the folded text, `spaced` says that a space goes before it.
    """

    kind: str
    text: str
    at: int
    spaced: bool


def folded(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text with look-alikes and TeX folded, and the index of the text for every index (None: the same)."""
    origin: tuple[int, ...] | None = None
    if not text.isascii():
        text, origin = folding.fold(text)
    text = text.translate(_FOLDED)
    if "\\" not in text:
        return text, origin
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for command in _COMMAND.finditer(text):
        pieces.append(text[end : command.start()])
        places.extend(range(end, command.start()))
        if command["inner"] is not None:
            piece, start, step = command["inner"], command.start("inner"), 1
        else:
            word, sign = command["word"], command["sign"]
            piece = _SIGNS.get(word, word) if word else _ESCAPED.get(sign, f"\\{sign}" if sign.isdigit() else sign)
            start, step = command.start(), 0
        pieces.append(piece)
        places.extend(start + step * index for index in range(len(piece)))
        end = command.end()
    pieces.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(pieces), tuple(places if origin is None else [origin[place] for place in places])


def scan(text: str, *, imaginary: bool = False) -> Iterator[re.Match[str]]:
    r"""The spaces, numbers, runs of letters and signs of a folded text; what is nothing of these is "odd".

    With `imaginary`, i or j before a digit is a "constant" by itself.

    >>> [(match.lastgroup, match.group()) for match in scan("2R_f")]
    [('number', '2'), ('name', 'R_f')]
    """
    return (_UNIT if imaginary else _TOKEN).finditer(text)
