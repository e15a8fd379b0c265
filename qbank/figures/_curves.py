"""The curves that a course on amplifiers draws, as points of a unit frame: x and y between -1 and 1."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, pi, sin
from typing import TypeAlias

Curve: TypeAlias = tuple[tuple[float, float], ...]
STEPS = 160


def _over(function: Callable[[float], float], start: float = 0.0, end: float = 1.0) -> Curve:
    """The graph of a function over an interval."""
    return tuple(
        (start + (end - start) * step / STEPS, function(start + (end - start) * step / STEPS))
        for step in range(STEPS + 1)
    )


def _wave(x: float) -> float:
    return 0.8 * sin(4 * pi * x)


def sine() -> Curve:
    """Two periods of a sine."""
    return _over(_wave)


def clipped_bottom() -> Curve:
    """A sine whose negative peaks are cut off."""
    return _over(lambda x: max(_wave(x), -0.45))


def clipped_top() -> Curve:
    """A sine whose positive peaks are cut off."""
    return _over(lambda x: min(_wave(x), 0.45))


def clipped_both() -> Curve:
    """A sine whose peaks are cut off on both sides."""
    return _over(lambda x: max(min(_wave(x), 0.45), -0.45))


def crossover() -> Curve:
    """A sine that stays at zero while it is small."""
    dead = 0.28
    return _over(lambda x: 0.0 if abs(_wave(x)) < dead else _wave(x) - (dead if _wave(x) > 0 else -dead))


def half_wave() -> Curve:
    """A sine's positive halves alone."""
    return _over(lambda x: max(_wave(x), 0.0))


def full_wave() -> Curve:
    """A sine folded upwards."""
    return _over(lambda x: abs(_wave(x)))


def filtered() -> Curve:
    """A folded sine held by a capacitor: along the peaks, then slowly down to the next rise."""

    def held(x: float) -> float:
        since = (x - 0.125) % 0.25
        return max(abs(_wave(x)), 0.8 * exp(-since / 0.6) if x >= 0.125 else 0.0)

    return _over(held)


def square() -> Curve:
    """Two periods of a square wave."""
    edges = ((0.0, 1), (0.25, -1), (0.5, 1), (0.75, -1))
    return tuple((x + dx, 0.7 * level) for x, level in edges for dx in (0.0, 0.25))


def triangle() -> Curve:
    """Two periods of a triangular wave, as an inverting integrator makes of a square wave."""
    return (0.0, 0.6), (0.25, -0.6), (0.5, 0.6), (0.75, -0.6), (1.0, 0.6)


def jfet() -> Curve:
    """The transfer curve of an n-channel JFET: from U_P to 0."""
    return _over(lambda x: 0.9 * ((x + 0.8) / 0.8) ** 2, -0.8, 0.0)


def depletion() -> Curve:
    """The transfer curve of an n-channel depletion MOSFET: from U_P over 0."""
    return _over(lambda x: 0.45 * ((x + 0.55) / 0.55) ** 2, -0.55, 0.22)


def enhancement() -> Curve:
    """The transfer curve of an n-channel enhancement MOSFET: from U_T on."""
    return _over(lambda x: 0.9 * ((x - 0.3) / 0.6) ** 2, 0.3, 0.9)


def bode() -> Curve:
    """The asymptotes of a band-pass amplifier: +20 dB, level, -20 dB a decade."""
    return (0.06, 0.1), (0.3, 0.75), (0.68, 0.75), (0.92, 0.1)
