"""Vectors and matrices understood, and those refused whose shape is not the one asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qbank.answers import _grids
from qbank.answers._grids import Grids
from qbank.answers.vector.spec import Spec
from qbank.answers.vector.written import parse
from qbank.model import READ, Bilingual, Rules


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Grids:
    """The texts as grids of quantities in the part's unit."""
    asked = spec.reads(rules)
    tesla = "T" in asked.unit.symbols
    found = _grids.read(
        texts, lambda text, decimal: parse(text, decimal_comma=decimal, name=spec.own_name, tesla=tesla), asked,
        usual=True,
    )  # fmt: skip
    if spec.shape != "unreadable" or spec.size is None:
        return found
    other = np.flatnonzero((found.state == READ) & ~found.fits(spec.size)).tolist()
    return found.refused({row: (len(texts[row]) + 1, _sized(spec.size)) for row in other})


def _sized(size: tuple[int, ...]) -> Bilingual:
    written = "×".join(map(str, size))
    return Bilingual(
        zh=f"{written} 个分量" if len(size) == 1 else f"{written} 的矩阵",
        en=f"{written} components" if len(size) == 1 else f"a {written} matrix",
    )
