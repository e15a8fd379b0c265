r"""The words of a typed formula, each with its place: characters folded, TeX commands turned into plain signs.

>>> [token.text for token in split(r"-\frac{R_f}{R_1}·２")][:4]
['-', '\\frac', '{', 'R_f']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qbank import numerals

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d_](?:[^\W_]|['′’´]|_\{[^{}]*\}|_\([^()]*\)|_(?![{(]))*|\\frac|\\sqrt)"
    r"|(?P<sign>\*\*|\|\||//|[-+*/^!|()\[\]{},=√∥])"
    r"|(?P<odd>.)",
    re.DOTALL,
)
_COMMAND = re.compile(r"\\(?:(?:mathrm|mathit|mathbf|mathsf|boldsymbol|text|textrm|operatorname|rm)\s*\{(?P<inner>[^{}]*)\}"
                      r"|(?P<word>[A-Za-z]+)|(?P<sign>.))", re.DOTALL)
_SIGNS = (
    dict.fromkeys("left right big Big bigl bigr Bigl Bigr displaystyle limits".split(), "")
    | dict.fromkeys("cdot times odot ast circ".split(), "*")
    | dict.fromkeys("quad qquad enspace thinspace".split(), " ")
    | dict.fromkeys("lvert rvert vert".split(), "|")
    | dict.fromkeys(("frac", "dfrac", "tfrac"), "\\frac")
    | {"div": "/", "parallel": "∥", "sqrt": "\\sqrt", "lbrace": "(", "rbrace": ")", "prime": "′", "rm": ""}
)
_ESCAPED = dict.fromkeys(",;:! ", " ") | {"{": "(", "}": ")", "|": "∥"}
_FOLDED = str.maketrans({"‖": "∥", "⊙": "*", "∘": "*", "⟦": "[", "⟧": "]", "$": " "})


class Token(NamedTuple):
    """A word: number, name, sign, or end; `at` is an index of the folded text, `spaced` says a space goes before it."""

    kind: str
    text: str
    at: int
    spaced: bool


def folded(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text with look-alikes and TeX folded, and the index of the text for every index (None: the same)."""
    origin: tuple[int, ...] | None = None
    if not text.isascii():
        text, origin = numerals.fold(text)
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
            piece = _SIGNS.get(word, word) if word else _ESCAPED.get(sign, sign)
            start, step = command.start(), 0
        pieces.append(piece)
        places.extend(start + step * index for index in range(len(piece)))
        end = command.end()
    pieces.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(pieces), tuple(places if origin is None else [origin[place] for place in places])


def split(text: str) -> list[Token]:
    """The words of a folded text (or of a plain one), and an end."""
    return words(folded(text)[0])


def words(text: str) -> list[Token]:
    """The words of a folded text, and an end."""
    found: list[Token] = []
    spaced = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "space":
            spaced = True
        else:
            found.append(Token(kind or "", match.group(), match.start(), spaced))
            spaced = False
    found.append(Token("end", "", len(text), spaced))
    return found
