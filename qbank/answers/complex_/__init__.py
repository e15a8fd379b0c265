"""A complex number: `3+4j`, `5∠36.9°` or `5e^(j0.64)`, each part by the tolerance or both by their distance."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.complex_ import facts, marks, notes, pages
from qbank.answers.complex_.spec import Spec
from qbank.model import Example

_IMPEDANCE = """
kind: complex
key: {re: R, im: X}
unit: Ω
tolerance: 1%
mistakes:
  capacitive:
    value: {re: R, im: -X}
    zh: 感抗误作容抗
    en: an inductance was taken for a capacitance
"""
_GAIN = """
kind: complex
key: {modulus: A, angle: phi}
tolerance: 1%
by: modulus
polar: yes
"""
_Z, _A = {"R": 3.0, "X": 4.0}, {"A": 5.0, "phi": -2.5}
EXAMPLES: tuple[Example, ...] = (
    Example(_IMPEDANCE, "3+4j Ω", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "(3+4i)Ω", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "3 + j4 Ω", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "5∠53.13° Ω", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "5e^(j0.9273) Ω", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "0.003+0.004j kΩ", 1, "complex.right", given=_Z),
    Example(_IMPEDANCE, "3+4j", 0.8, "unit.missing", given=_Z),
    Example(_IMPEDANCE, "3+4j V", 0, "unit.dimension", given=_Z),
    Example(_IMPEDANCE, "3-4j Ω", 0.5, "complex.mistake.capacitive", given=_Z),
    Example(_IMPEDANCE, "3+5j Ω", 0.5, "complex.part", "the real part is right", given=_Z),
    Example(_IMPEDANCE + "credit: all\n", "3+5j Ω", 0, "complex.part", given=_Z),
    Example(_IMPEDANCE, "-3-4j Ω", 0, "complex.sign", given=_Z),
    Example(_IMPEDANCE, "5 Ω", 0, "complex.wrong", "only the modulus", given=_Z),
    Example(_IMPEDANCE, "3+4x Ω", 0, "unreadable", given=_Z),
    Example(_GAIN, "5∠-2.5rad", 1, "complex.right", given=_A),
    Example(_GAIN, "5∠-143.2", 1, "complex.right", "an angle without a unit is in degrees", given=_A),
    Example(_GAIN, "5∠143.2", 0, "complex.conjugate", given=_A),
    Example("kind: complex\nkey: R + j*X\ntolerance: 1%\n", "3+4j", 1, "complex.right", "one expression", given=_Z),
    Example("kind: complex\nkey: {re: 0, im: 1}\ntolerance: exact\n", "j", 1, "complex.right"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=marks.read, mark=marks.mark, value=marks.value,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
