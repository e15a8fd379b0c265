"""Rounding columns as a person would on paper: halves away from zero, and the double nearest to the decimal result."""

from __future__ import annotations

import math

import numpy as np

from qbank import units
from qbank.model import Floats

RESTS = 1e-12
"""What a half may miss by, as a share of the value: the rest of a difference of decimals."""
LARGEST_EXACT = 22
"""Powers of ten up to this one are doubles exactly."""


def rounded(values: Floats, *, figures: int | None = None, decimals: int | None = None) -> Floats:
    """The values to so many significant figures, or to so many decimals; what is not finite stays.

    >>> rounded(np.array([1234.5, -0.00125]), figures=2).tolist()
    [1200.0, -0.0013]
    >>> rounded(np.array([0.125, 2 - 1.875]), decimals=2).tolist(), rounded(np.array([2 - 1.85]), decimals=1).tolist()
    ([0.13, 0.13], [0.2])
    """
    if np.iscomplexobj(values):
        parts = (rounded(part, figures=figures, decimals=decimals) for part in (np.real(values), np.imag(values)))
        return np.asarray(sum(part * unit for part, unit in zip(parts, (1, 1j), strict=True)))
    given = np.asarray(values, dtype=np.float64)
    usable = np.isfinite(given) & (given != 0)
    if decimals is not None:
        places = np.full(given.shape, decimals)
    else:
        exponent = np.floor(np.log10(np.abs(np.where(usable, given, 1.0)))).astype(np.int64)
        places = (figures or 1) - 1 - exponent
    places = np.clip(places, -LARGEST_EXACT, LARGEST_EXACT)
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    scaled = np.where(usable, given, 0.0) * up / down
    size = np.abs(scaled)
    rest = size * 4e-16 + np.minimum(size * RESTS, 1e-6)  # 0.125 * 100 is a half, not just under, and so is 2 - 1.85
    whole = np.copysign(np.floor(size + rest + 0.5), scaled)
    return np.where(usable, whole * down / up, given)


def rounded_in(unit: str, values: Floats, *, figures: int | None = None, decimals: int | None = None) -> Floats:
    """The values (SI) rounded as they print in a unit: 63.43° is not four figures of its radians, nor 5 h of seconds.

    >>> (rounded_in("h", np.array([17777.0]), decimals=1) / 3600).tolist()
    [4.9]
    """
    if not unit:
        return rounded(values, figures=figures, decimals=decimals)
    scale = units.read(units.canonical(unit))
    power = round(math.log10(scale.factor))
    if scale.factor == 10.0**power and not scale.offset:  # figures are the same, decimals move: no double is touched
        return rounded(values, figures=figures, decimals=None if decimals is None else decimals - power)
    printed = rounded((values - scale.offset) / scale.factor, figures=figures, decimals=decimals)
    return np.asarray(printed * scale.factor + scale.offset)
