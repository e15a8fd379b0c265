r"""How names, numbers, labels and indices print as TeX by default.

>>> default("R1"), default("U_BE"), default("beta"), default("gain")
('R_{1}', 'U_{\\mathrm{BE}}', '\\beta', '\\mathrm{gain}')
"""

from __future__ import annotations

import re
from decimal import Decimal

from qbank.algebra.literals import plain, written
from qbank.algebra.tree import Node, Number, Slice, Unary

GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega",
})
LONGEST = 8  # characters of a number before it prints with a power of ten

_PARTS = re.compile(r"(?P<head>[^\W_]+?)_?(?P<index>\d*)")


def default(name: str) -> str:
    """The TeX of a name: one letter or a Greek one as it is, with digits or what follows `_` as its index."""
    head, _, tail = name.partition("_")
    if head and tail:
        return f"{_letter(head)}_{{{_index(tail)}}}"
    match = _PARTS.fullmatch(name)
    if match and match["index"] and (len(match["head"]) == 1 or match["head"] in GREEK):
        return f"{_letter(match['head'])}_{{{match['index']}}}"
    return _letter(name)


def _letter(text: str) -> str:
    if text in GREEK:
        return f"\\{text}"
    return text if len(text) == 1 and text.isalpha() else upright(text)


def _index(text: str) -> str:
    return text if text.isdigit() or (len(text) == 1 and text.isalpha()) else upright(text)


def upright(text: str) -> str:
    """Upright letters, as of an unknown function: the underscore is one of them."""
    return r"\mathrm{" + text.replace("_", r"\_") + "}"


def words(text: str) -> str:
    """A label as words in a formula."""
    return r"\text{" + re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\^~]", " ", text)) + "}"


def decimal(value: Decimal) -> str:
    """A number in plain digits, or where these are many, with a power of ten."""
    text = written(value)
    if len(text) <= LONGEST:
        return text
    exponent = value.adjusted()
    mantissa = written(plain(value.scaleb(-exponent)))
    if len(mantissa) + 2 >= len(text):
        return text
    return rf"10^{{{exponent}}}" if mantissa == "1" else rf"{mantissa} \times 10^{{{exponent}}}"


def place(node: Node | Slice) -> str | None:
    """The integer of a written index; None for one that is computed."""
    match node:
        case Number(value=value) if value == value.to_integral_value():
            return written(value)
        case Unary(operator="-", operand=Number() as operand):
            inner = place(operand)
            return None if inner is None else f"-{inner}"
        case _:
            return None


def counted(index: int) -> str:
    """An index as mathematics counts, from 1; from the end it stays negative."""
    return str(index + 1 if index >= 0 else index)
