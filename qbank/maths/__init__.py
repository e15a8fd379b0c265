r"""One LaTeX subset, read once and printed as Typst, MathML, OMML for Word and text: no two outputs can disagree.

>>> plain(r"u_o = -\frac{R_f}{R_1} u_i")
'u_o = -R_f/R_1 u_i'
>>> parse(r"\fracc{1}{2}")
Traceback (most recent call last):
    ...
qbank.maths.tokens.MathsError: \fracc is not a known command; did you mean \frac?
"""

from __future__ import annotations

from qbank.maths.lines import in_line
from qbank.maths.mathml import CSS, SIGNS, mathml
from qbank.maths.omml import omml
from qbank.maths.parse import parse
from qbank.maths.plain import plain
from qbank.maths.tokens import MathsError
from qbank.maths.tree import Node
from qbank.maths.typst import typst

__all__ = ["CSS", "SIGNS", "MathsError", "Node", "in_line", "mathml", "omml", "parse", "plain", "typst"]
