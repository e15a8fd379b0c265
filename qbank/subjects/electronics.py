"""Functions of analogue electronics. SI values; every argument is a column, its first axis the variant."""

from __future__ import annotations

import numpy as np

from qbank.model import Array, Floats
from qbank.subjects._columns import aligned

E12 = np.array([10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82, 100])  # tenths of a decade


def parallel(first: Array, *others: Array) -> Floats:
    """R_1 ∥ R_2 ∥ … = 1 / (1/R_1 + 1/R_2 + …), in ohms; zero where one of them is zero.

    >>> parallel(np.array([10e3, 1e3]), np.array([10e3, 1e3])).tolist()
    [5000.0, 500.0]
    """
    total, *rest = aligned(first, *others)
    for resistance in rest:
        total = total * resistance / (total + resistance)
    return total


def db20(ratio: Array) -> Floats:
    """20 lg |ratio|: a ratio of voltages or currents in decibels."""
    (values,) = aligned(ratio)
    return np.asarray(20 * np.log10(np.abs(values)))


def db10(ratio: Array) -> Floats:
    """10 lg |ratio|: a ratio of powers in decibels."""
    (values,) = aligned(ratio)
    return np.asarray(10 * np.log10(np.abs(values)))


def clamp(x: Array, low: Array, high: Array) -> Floats:
    """x, limited to the range from low to high, as an output stage is by its supply."""
    values, lower, upper = aligned(x, low, high)
    return np.minimum(np.maximum(values, lower), upper)


def standard_above(value: Array) -> Floats:
    """The smallest value of the E12 series (IEC 60063) that is not below a positive value; else not a number.

    >>> standard_above(np.array([4.1e3, 4.7e3, 83.0, 1e-7])).tolist()
    [4700.0, 4700.0, 100.0, 1e-07]
    """
    (values,) = aligned(value)
    usable = np.isfinite(values) & (values > 0)
    decade = np.floor(np.log10(np.where(usable, values, 1.0)))
    mantissa = np.where(usable, values, 1.0) / 10.0**decade * (1 - 1e-12)  # a computed 4.7 k may lie just above 4700
    steps = E12[np.minimum(np.searchsorted(E12 / 10, mantissa), len(E12) - 1)]
    found = np.where(decade < 1, steps / 10.0 ** (1 - decade), steps * 10.0 ** (decade - 1))
    return np.asarray(np.where(usable, found, np.nan))


def jfet_self(IDSS: Array, UP: Array, RS: Array, UG: Array | float = 0.0) -> Floats:
    """I_D of an n-channel JFET with a source resistor: I_D = I_DSS (1 - U_GS/U_P)^2 and U_GS = U_G - I_D R_S.

    U_P < 0. The root with U_P <= U_GS is taken; below it the channel is pinched off and the current is zero.
    Source: the square-law model, Tong & Hua, Fundamentals of Analogue Electronics.

    >>> jfet_self(np.array([8e-3]), np.array([-4.0]), np.array([1e3])).round(9).tolist()
    [0.002]
    """
    saturation, pinch, source, gate = _together(IDSS, UP, RS, UG)
    # with w = 1 - U_GS/U_P: (I_DSS R_S / |U_P|) w^2 + w - (1 - U_G/U_P) = 0, solved without cancellation
    overdrive = np.maximum(1 - gate / pinch, 0.0)
    root = 2 * overdrive / (1 + np.sqrt(1 + 4 * saturation * source / -pinch * overdrive))
    return np.asarray(saturation * root**2)


def emos_bias(K: Array, UT: Array, UG: Array, RS: Array) -> Floats:
    """I_D of an n-channel enhancement MOSFET: I_D = K (U_GS - U_T)^2 and U_GS = U_G - I_D R_S, in amperes.

    K in A/V^2. The root with U_GS >= U_T is taken; with U_G <= U_T the current is zero.
    Source: the square-law model, Tong & Hua, Fundamentals of Analogue Electronics.

    >>> emos_bias(np.array([1e-3]), np.array([2.0]), np.array([5.0]), np.array([2e3])).round(9).tolist()
    [0.001]
    """
    factor, threshold, gate, source = _together(K, UT, UG, RS)
    overdrive = np.maximum(gate - threshold, 0.0)
    root = 2 * overdrive / (1 + np.sqrt(1 + 4 * factor * source * overdrive))
    return np.asarray(factor * root**2)


def _together(*columns: Array | float) -> tuple[Floats, ...]:
    return aligned(*(np.full(1, column) if np.ndim(column) == 0 else column for column in columns))
