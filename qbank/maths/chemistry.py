r"""The formulas of chemistry as they are typed in \ce{…}, put into the TeX of our subset.

A number behind an atom counts it, one before it is a coefficient; a sign behind an atom is its charge, one between
spaces adds. The grammar follows the package mhchem:

    \ce{2H2 + O2 -> 2H2O}   \ce{SO4^2-}   \ce{NH4+}   \ce{CaCO3 v}   \ce{CuSO4*5H2O}   \ce{^{14}_{6}C}
    \ce{N2 + 3H2 <=>[Fe][500 ℃] 2NH3}      what is above an arrow, and below it, in square brackets
"""

from __future__ import annotations

import re
from collections.abc import Callable

from qbank import messages

_ARROW = re.compile(r"(<=>|<->|->|<-|[→←↔⇌]|=(?=\[))(?:\[([^\[\]]*)\])?(?:\[([^\[\]]*)\])?")
_ARROWS = {
    "->": "rightarrow", "→": "rightarrow", "<-": "leftarrow", "←": "leftarrow", "<->": "leftrightarrow",
    "↔": "leftrightarrow", "<=>": "rightleftharpoons", "⇌": "rightleftharpoons", "=": "longequal",
}
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<nothing>\{\})|(?P<script>[\^_](?:\{[^{}]*\}|\d*[+−-]|\d+|[IVX]+(?![a-z])|[A-Za-z]))|(?P<gas>[\^↑](?=\s|$))"
    r"|(?P<solid>(?:v|↓)(?=\s|$))|(?P<half>\d+/\d+)|(?P<number>\d+(?:\.\d+)?)|(?P<command>\\[A-Za-z]+)"
    r"|(?P<atoms>[A-Za-z]+)|(?P<words>[\u2e80-\u9fff\uff00-\uffef℃°]+)|(?P<sign>[+−-])|(?P<dot>[*.·•⋅])"
    r"|(?P<bond>[=#≡])|(?P<open>[(\[])|(?P<close>[)\]])|(?P<mark>[,;:/])"
)  # fmt: skip
_COMMAND = re.compile(
    r"\\ce\s*\{|\\x(leftrightarrow|rightleftharpoons|longequal|Rightarrow)\s*(?:\[([^\[\]]*)\])?\s*\{"
)
"""What a reader without the package mhchem does not know."""


class ChemistryError(ValueError):
    """What cannot be read in a formula of chemistry: a message, and where it is, counted from 0."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def tex(text: str) -> str:
    r"""A formula of chemistry as TeX of our subset. Raises ChemistryError.

    >>> print(tex("2H2 + O2 -> 2H2O"))
    2\mathrm{H}_{2} + \mathrm{O}_{2} \rightarrow 2\mathrm{H}_{2}\mathrm{O}
    >>> print(tex("SO4^2-"), tex("NH4+"), tex("[Cu(NH3)4]^2+"))
    \mathrm{SO}_{4}^{2-} \mathrm{NH}_{4}^{+} [\mathrm{Cu}(\mathrm{NH}_{3})_{4}]^{2+}
    """
    made: list[str] = []
    at, joined = 0, False
    while at < len(text):
        arrow = _ARROW.match(text, at)
        if arrow:
            made.append(_arrow(arrow))
            at, joined = arrow.end(), False
            continue
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            message = messages.tell("{sign!r} is not allowed inside \\ce{{…}}", sign=text[at])
            raise ChemistryError(message, at)
        ends = found.end() == len(text) or not (text[found.end()].isalnum() or text[found.end()] in "([")
        made.append(_PRINTED[found.lastgroup](found[0], joined, ends))
        joined = found.lastgroup not in ("space", "dot", "bond", "open", "mark") and (
            joined or found.lastgroup not in ("number", "half", "sign")
        )
        at = found.end()
    return re.sub(r" +", " ", "".join(made))


def expanded(formula: str) -> str:
    r"""A formula that can be read, in the commands of TeX and AMS alone, for a reader without the package mhchem.

    >>> print(expanded(r"K \cdot \ce{SO4^2-}"), expanded(r"\ce{A <=>[\Delta] B}"))
    K \cdot {\mathrm{SO}_{4}^{2-}} {\mathrm{A} \overset{\Delta }{\rightleftharpoons} \mathrm{B}}
    """
    made, at = "", 0
    while found := _COMMAND.search(formula, at):
        end = _closed(formula, found.end())
        inside, sign = formula[found.end() : end - 1], found[1]
        made += formula[at : found.start()]
        if sign is None:
            made += f"{{{expanded(tex(inside))}}}"
        else:
            base = "=" if sign == "longequal" else rf"\{sign}"
            below = base if found[2] is None else rf"\underset{{{found[2]}}}{{{base}}}"
            made += rf"\overset{{{expanded(inside)}}}{{{below}}}"
        at = end
    return made + formula[at:]


def _closed(text: str, at: int) -> int:
    """Where the group ends whose brace was opened before `at`."""
    depth = 1
    while depth and at < len(text):
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
    return at


def _arrow(found: re.Match[str]) -> str:
    """An arrow, as long as what is above and below it."""
    name = _ARROWS[found[1]]
    if found[2] is None:
        return rf"\{name} "
    below = "" if found[3] is None else f"[{tex(found[3])}]"
    return rf"\x{name}{below}{{{tex(found[2]) or ' '}}}"


def _script(text: str, joined: bool, _ends: bool) -> str:
    """A script of the atom before it, or, where none is, of the one that follows: the number of an isotope."""
    inside = text[1:].removeprefix("{").removesuffix("}").replace("−", "-")
    return f"{'' if joined else '{}'}{text[0]}{{{inside}}}"


def _number(text: str, joined: bool, _ends: bool) -> str:
    return f"_{{{text}}}" if joined else text


def _half(text: str, joined: bool, _ends: bool) -> str:
    over, under = text.split("/")
    return f"_{{{text}}}" if joined else rf"\tfrac{{{over}}}{{{under}}}"


def _sign(text: str, joined: bool, ends: bool) -> str:
    """The charge of an atom, a bond between two, or the sign of a sum."""
    sign = "+" if text == "+" else "-"
    if joined and ends:
        return f"^{{{sign}}}"
    return r"\text{–}" if joined and sign == "-" else sign


_PRINTED: dict[str, Callable[[str, bool, bool], str]] = {
    "space": lambda _text, _joined, _ends: " ",
    "nothing": lambda _text, _joined, _ends: "{}",
    "script": _script,
    "gas": lambda _text, _joined, _ends: r"\uparrow ",
    "solid": lambda _text, _joined, _ends: r"\downarrow ",
    "half": _half,
    "number": _number,
    "command": lambda text, _joined, _ends: f"{text} ",
    "atoms": lambda text, _joined, _ends: rf"\mathrm{{{text}}}",
    "words": lambda text, _joined, _ends: rf"\text{{{text}}}",
    "sign": _sign,
    "dot": lambda _text, _joined, _ends: r"\cdot ",
    "bond": lambda text, _joined, _ends: "=" if text == "=" else r"\equiv ",
    "open": lambda text, _joined, _ends: text,
    "close": lambda text, _joined, _ends: text,
    "mark": lambda text, _joined, _ends: text,
}
"""What each piece becomes: its text, whether it is joined to an atom, and whether no atom follows."""
