r"""The words of a typed formula, each with its place: characters folded, TeX commands turned into plain signs.

>>> folded(r"-\frac{R_f}{R_1}\cdot ２")[0]
'-\\frac{R_f}{R_1}* 2'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qbank import folding
from qbank.algebra.table import SPELLINGS
from qbank.formulas.vocabulary import GREEK

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d_](?:[^\W_]|['′’´]|_\{[^{}]*\}|_\([^()]*\)|_(?![{(]))*)"
    r"|(?P<sign>\*\*|\|\||//|[-+*/^!|()\[\]{},=√∥∠°]|\\frac|\\sqrt)"
    r"|(?P<odd>.)",
    re.DOTALL,
)
_UNIT = re.compile(r"(?P<constant>[ijIJ](?=[0-9.]))|" + _TOKEN.pattern, re.DOTALL)
"""The same where i and j are the imaginary unit: `j2πf` is not a name j2."""
_FONTS = ("mathrm", "mathit", "mathbf", "mathsf", "boldsymbol", "text", "textrm", "operatorname", "rm", "boxed")
_COMMAND = re.compile(
    rf"\\(?:(?:{'|'.join(_FONTS)})\s*\{{(?P<inner>(?:[^{{}}]++|\{{[^{{}}]*+\}})*+)\}}"
    r"|(?P<word>[A-Za-z]+)|(?P<sign>.))"
    r"|(?<![_^])\{\s*\\(?:rm|bf|it|sf)\b(?P<set>[^{}]*+)\}"
    r"|(?P<degree>\^\s*+(?:\\circ\b|\{\s*+\\circ\s*+\}))",
    re.DOTALL,
)
_SIGNS = (
    dict.fromkeys(("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "limits"), "")
    | dict.fromkeys(_FONTS, "")
    | dict.fromkeys(("cdot", "times", "odot", "ast", "circ"), "*")
    | dict.fromkeys(("quad", "qquad", "enspace", "thinspace"), " ")
    | dict.fromkeys(("lvert", "rvert", "vert"), "|")
    | dict.fromkeys(("frac", "dfrac", "tfrac"), "\\frac")
    | {"div": "/", "parallel": "∥", "sqrt": "\\sqrt", "angle": "∠", "degree": "°", "prime": "′"}
    | {"Omega": "Ω", "mu": "µ", "infty": "∞", "in": "∈", "pm": "±", "approx": "≈", "therefore": "∴"}
    | {"lbrace": "(", "rbrace": ")"}
    | {"lfloor": "floor(", "rfloor": ")", "lceil": "ceil(", "rceil": ")"}
)
_LETTERS = frozenset(GREEK.values())
_ESCAPED = dict.fromkeys(",;:! ()[]", " ") | {"{": "(", "}": ")", "|": "∥"}
_FOLDED = str.maketrans({"‖": "∥", "∟": "∠", "⊙": "*", "∘": "*", "⟦": "[", "⟧": "]"})
_LOG_BASE = re.compile(r"log(?:(?:₂|₁₀|_\{(?:2|10)\})(?![₀-₉])(?=[\w\\])|_(?:2|10)(?=[^\W\d_]|\\))")
"""A logarithm whose base is written below, with its argument right behind: `log₂n` is log₂ n and not log(2n)."""
_HARD_SPACE = re.compile(r"(?<=[\d})\]])~(?=[A-Za-zΩµ°%\\])")
"""TeX's space between a number and its unit."""


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


def folded(text: str, *, strict: bool = False) -> tuple[str, tuple[int, ...] | None]:
    """The text with look-alikes and TeX folded, and the index of the text for every index (None: the same).

    A command that is not known is the name of a letter; with `strict` it keeps its backslash.
    """
    if "log" in text and _LOG_BASE.search(text):
        ends = [found.end() for found in _LOG_BASE.finditer(text)]
        parted, kept = folded(_LOG_BASE.sub(r"\g<0> ", text), strict=strict)
        spots = range(len(parted)) if kept is None else kept
        return parted, tuple(spot - sum(end + nth < spot for nth, end in enumerate(ends)) for spot in spots)
    origin: tuple[int, ...] | None = None
    if not text.isascii():
        text, origin = folding.fold(text)
        text = text.translate(_FOLDED)
    text = _HARD_SPACE.sub(" ", text.replace("$", " ").replace("/_", " ∠").replace("==", " ="))
    if "\\" not in text:
        return text, origin
    text, places = _without_commands(text, strict=strict)
    return text, tuple(places if origin is None else [origin[place] for place in places])


def unmarked(text: str) -> tuple[str, tuple[int, ...]]:
    r"""The folded text without the TeX that candidates put around numbers and units, and where each sign came from.

    >>> unmarked(r"[2.5,\,3.5]\,\mathrm{k\Omega}")[0]
    '[2.5, 3.5] kΩ'
    """
    if "\\" not in text and "$" not in text and "~" not in text:
        return folding.fold(text)
    plain, origin = folded(text, strict=True)
    return plain, tuple(range(len(plain))) if origin is None else origin


def _without_commands(text: str, *, strict: bool) -> tuple[str, list[int]]:
    """The text with TeX commands turned into plain signs, and where each of its characters stood."""
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for command in _COMMAND.finditer(text):
        pieces.append(text[end : command.start()])
        places.extend(range(end, command.start()))
        start = command.start()
        group = "inner" if command["inner"] is not None else "set" if command["set"] is not None else ""
        if group:
            piece, within = _without_commands(command[group], strict=strict)
            if piece[:1].isdigit() and text[start - 1 : start].isdigit():  # 1\mathrm{6} is no 16
                piece, within = f" {piece}", [0, *within]
            places.extend(command.start(group) + place for place in within)
        else:
            piece = "°" if command["degree"] else _plain(command["word"], command["sign"], strict=strict)
            places.extend([start] * len(piece))
        pieces.append(piece)
        end = command.end()
    pieces.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(pieces), places


def _plain(word: str | None, sign: str, *, strict: bool) -> str:
    """What a command is: a sign, a letter by its name, a function; no command begins with a digit."""
    if word is None:
        return _ESCAPED.get(sign, f"\\{sign}" if sign.isalnum() else sign)
    return _SIGNS.get(word, f"\\{word}" if strict and word not in _LETTERS and word not in SPELLINGS else word)


def scan(text: str, *, imaginary: bool = False) -> Iterator[re.Match[str]]:
    r"""The spaces, numbers, runs of letters and signs of a folded text; what is nothing of these is "odd".

    With `imaginary`, i or j before a digit is a "constant" by itself.

    >>> [(match.lastgroup, match.group()) for match in scan("2R_f")]
    [('number', '2'), ('name', 'R_f')]
    """
    return (_UNIT if imaginary else _TOKEN).finditer(text)
