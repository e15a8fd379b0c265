"""A value within a line of text: a vector is a row there, as a column of numbers would not fit into a line."""

from __future__ import annotations

import re

_COLUMN = re.compile(r"\\begin\{bmatrix\}([^&]*?)\\end\{bmatrix\}")


def in_line(tex: str, text: str) -> str:
    r"""The TeX of a printed value as it appears within a line; `text` tells a vector, `(…)`, from a matrix, `[[…]]`.

    >>> in_line(r"\begin{bmatrix}0.46\\-0.20\end{bmatrix}", "(0.46, −0.20)")
    '(0.46,\\,-0.20)'
    >>> in_line(r"\begin{bmatrix}0.46\\-0.20\end{bmatrix}", "[[0.46], [−0.20]]")
    '\\begin{bmatrix}0.46\\\\-0.20\\end{bmatrix}'
    """
    if not text.startswith("("):
        return tex
    return _COLUMN.sub(lambda found: "(" + found[1].replace(r"\\", r",\,") + ")", tex)
