r"""Subscripts that describe are upright ($U_{\mathrm{BE}}$), those that count are italic ($x_i$, $h_{t-1}$).

ISO 80000-1 and GB 3101 ask for it. A text has only `U_BE`, so the rule goes by the letters:

* two letters or more with a capital among them describe: BE, CMR, GSth, CQ;
* one capital describes a quantity of physics (R_L, U_Z), and T, N, M, K only a voltage, a current, a resistance, a
  power or a frequency (U_T, f_T), for elsewhere they are how many there are (h_T, S_N);
* three small letters or more are a word (max, ref); two describe a quantity of physics (U_om, r_be), unless both are
  letters that count or stand for a vector (A_ij, U_xh);
* one small letter, and everything that is reckoned with (t−1, i,j), stays as it is written.
"""

from __future__ import annotations

import re

from qbank.maths.tree import (
    Accent,
    Big,
    Font,
    Function,
    Letter,
    Line,
    Node,
    Number,
    Operator,
    Row,
    Scripts,
    Symbol,
    Words,
)

QUANTITIES = frozenset("UuVvIiRrPpZzXYGgCLBQfAFKβωτηφΔD")
"""Letters of physical quantities, and of diodes."""
COUNTED = frozenset("TNMK")
"""Capitals that are a number of things, but under these quantities:"""
NAMED = frozenset("UuVvIRPf")
INDICES = frozenset("ijkmntxyzh")
"""Small letters that count, or name a vector."""
WORDS = frozenset({"in", "th"})
"""Words that are made of them."""
_LOOSE = frozenset("(),.+−*∗")
_RUN = re.compile(r"_(?=[A-Za-z][A-Za-z0-9]|[0-9]{2})([A-Za-z0-9]+)(?![A-Za-z0-9_])")


def grouped(symbol: str) -> str:
    r"""The symbol of a value with all that is written behind its `_` as the subscript: TeX would take one letter.

    >>> grouped("V_CC"), grouped("m_MgO"), grouped("R_1"), grouped("A_{uf}"), grouped(r"\bar{x}_max"), grouped("R_1C_2")
    ('V_{CC}', 'm_{MgO}', 'R_1', 'A_{uf}', '\\bar{x}_{max}', 'R_1C_2')
    """
    return _RUN.sub(r"_{\1}", symbol)


def described(base: Node, sub: Node) -> Node:
    """The subscript of a base, upright if it describes.

    >>> described(Letter("U"), Row((Letter("B"), Letter("E"))))
    Font(face='upright', body=Row(items=(Letter(text='B'), Letter(text='E'))))
    """
    if isinstance(base, Big | Function):
        return sub
    items = sub.items if isinstance(sub, Row) else (sub,)
    items = tuple(item.base if isinstance(item, Scripts) and item.sub is None else item for item in items)  # bb'
    if not all(isinstance(item, Letter | Number | Symbol) or _is_loose(item) for item in items):
        return sub
    if any(isinstance(item, Operator) and item.sign in "+−" for item in items[:-1]):
        return sub  # t−1: it is reckoned with
    text = "".join(item.text if isinstance(item, Letter) else " " for item in items)
    runs = re.findall(r"[A-Za-z]+", text)
    return Font("upright", sub) if any(_describes(_letter(base), run) for run in runs) else sub


def _is_loose(item: Node) -> bool:
    return isinstance(item, Operator) and item.sign in _LOOSE


def _describes(base: str, run: str) -> bool:
    if not run.islower():
        if len(run) > 1:
            return True
        return base in (NAMED if run in COUNTED else QUANTITIES)
    if len(run) == 1:
        return False
    return len(run) > 2 or (base in QUANTITIES and (run in WORDS or not INDICES.issuperset(run)))


def _letter(base: Node) -> str:
    """The letter that a base is, under accents, lines and in any face."""
    match base:
        case Letter(text) | Words(text):
            return text[-1:]
        case Accent(_, body) | Line(_, body) | Font(_, body):
            return _letter(body)
        case Row((*_, last)):
            return _letter(last)
        case _:
            return ""
