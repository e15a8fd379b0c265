r"""Formulas as candidates type them: read into the tree that authors' expressions have, evaluated at points, compared.

What is typed is read by a grammar of its own (`reading`), in linear time and to a bounded depth; it never reaches an
evaluator. Two formulas are equal when they are at every sampled point of their names (`equality`), two equations when
they have the same solutions (`equations`).

>>> from qbank import algebra, formulas
>>> words = formulas.Vocabulary(("R1", "Rf"))
>>> algebra.plain(formulas.read(r"-\frac{R_f}{R_1}", words))
'-Rf/R1'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.formulas.equality import Target, same, values
    from qbank.formulas.equations import Equations
    from qbank.formulas.points import Domain, Points, joint, sampled
    from qbank.formulas.reading import Reading, read, usual
    from qbank.formulas.source import Unreadable
    from qbank.formulas.vocabulary import Vocabulary
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Target", "same", "values"), "equality"), "Equations": "equations",
        **dict.fromkeys(("Domain", "Points", "joint", "sampled"), "points"),
        **dict.fromkeys(("Reading", "read", "usual"), "reading"), "Unreadable": "source", "Vocabulary": "vocabulary",
    })  # fmt: skip

__all__ = [
    "Domain", "Equations", "Points", "Reading", "Target", "Unreadable", "Vocabulary", "joint", "read", "same",
    "sampled", "usual", "values",
]  # fmt: skip
