r"""Formulas as candidates type them: read into a tree of their own, evaluated at points, compared, printed.

What is typed is read by a grammar of its own (`reading`), in linear time and to a bounded depth; it never reaches an
evaluator. Two formulas are equal when they are at every sampled point of their names (`equality`).

>>> words = Vocabulary(("R1", "Rf"))
>>> plain(read(r"-\frac{R_f}{R_1}", words))
'-Rf/R1'
"""

from __future__ import annotations

from qbank.formulas.equality import Points, Target, defined, same, target, values
from qbank.formulas.equations import Equations
from qbank.formulas.points import COUNT, Domain, joint, sampled
from qbank.formulas.reading import read
from qbank.formulas.source import Unreadable
from qbank.formulas.tree import Equation, Formula, Node, names, uses
from qbank.formulas.vocabulary import Vocabulary
from qbank.formulas.writing import plain

__all__ = [
    "COUNT", "Domain", "Equation", "Equations", "Formula", "Node", "Points", "Target", "Unreadable", "Vocabulary",
    "defined", "joint", "names", "plain", "read", "same", "sampled", "target", "uses", "values",
]  # fmt: skip
