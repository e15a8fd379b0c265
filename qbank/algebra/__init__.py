"""The expression language: an author's formula, read once, evaluated over columns, shown as TeX or as SymPy.

Python's syntax with SI numbers; what is written is all that happens: no attribute, no import, no evaluation of text.

>>> import numpy as np
>>> from qbank.model import Column
>>> gain = read("-Rf/R1")
>>> sorted(names(gain))
['R1', 'Rf']
>>> evaluate(gain, {"Rf": Column(np.array([100e3])), "R1": Column(np.array([10e3]))}).values.tolist()
[-10.0]
"""

from __future__ import annotations

from qbank.algebra.evaluation import evaluate
from qbank.algebra.fields import Condition, Derivable, Formula
from qbank.algebra.functions import known
from qbank.algebra.literals import NotANumber, exact, written
from qbank.algebra.precise import Beyond, exactly, in_radians, precisely
from qbank.algebra.rationals import Rationals, Unknown, decimals, in_unit
from qbank.algebra.rationals import exact as rational
from qbank.algebra.reading import is_name, read
from qbank.algebra.rests import valued
from qbank.algebra.symbolic import sympy
from qbank.algebra.symbols import default as default_symbol
from qbank.algebra.symbols import words
from qbank.algebra.tree import IMAGINARY, Expression, ExpressionError, functions, names
from qbank.algebra.typesetting import latex
from qbank.algebra.undefined import undefined
from qbank.algebra.wholes import whole
from qbank.algebra.writing import plain

__all__ = [
    "IMAGINARY",
    "Beyond",
    "Condition",
    "Derivable",
    "Expression",
    "ExpressionError",
    "Formula",
    "NotANumber",
    "Rationals",
    "Unknown",
    "decimals",
    "default_symbol",
    "evaluate",
    "exact",
    "exactly",
    "functions",
    "in_radians",
    "in_unit",
    "is_name",
    "known",
    "latex",
    "names",
    "plain",
    "precisely",
    "rational",
    "read",
    "sympy",
    "undefined",
    "valued",
    "whole",
    "words",
    "written",
]
