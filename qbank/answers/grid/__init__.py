"""A vector or matrix of complex numbers or of formulas: every entry is marked as its own kind marks it."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages
from qbank.answers import Kind
from qbank.answers.grid import facts, marks, notes, pages, reading
from qbank.answers.grid.spec import Spec
from qbank.model import Example

_PHASORS = """
kind: grid
key: [U1, {modulus: A, angle: phi}]
entries: {kind: complex, unit: V, tolerance: 1%}
mistakes:
  conjugate:
    value: [conj(U1), {modulus: A, angle: -phi}]
    zh: 相位符号相反
    en: the angles have the other sign
    credit: 0.25
"""
_ADMITTANCE = """
kind: grid
key: [[G, -j*B], [-j*B, G]]
entries: {kind: complex, tolerance: 1%}
size: [2, 2]
credit: all
"""
_JACOBIAN = """
kind: grid
key: [[2*x, 1], [y, x]]
entries: {kind: formula, over: {x: real, y: real}}
name: J
mistakes:
  transposed:
    value: [[2*x, y], [1, x]]
    zh: 行列颠倒
    en: rows and columns were exchanged
    credit: 0.25
"""
_TRANSFER = """
kind: grid
key: [1/(1 + s*T1), K/s]
entries: {kind: formula, over: {s: positive, T1: positive, K: positive}}
"""
_V = {"A": 5.0, "phi": 0.6435011087932844, "U1": 3.0}
_Y = {"G": 0.5, "B": 0.2}
EXAMPLES: tuple[Example, ...] = (
    Example(_PHASORS, "3 V, 4+3j V", 1, "grid.right", given=_V),
    Example(_PHASORS, "(3∠0°, 5∠36.87°) V", 1, "grid.right", "as phasors, one unit for both", given=_V),
    Example(_PHASORS, "3, 4+j3 V", 1, "grid.right", "the last unit applies to all", given=_V),
    Example(_PHASORS, "[3 V; 5e^(j0.6435) V]", 1, "grid.right", "as a column", given=_V),
    Example(_PHASORS, "(3, 4+3j)", 0.8, "grid.component", "without units", given=_V),
    Example(_PHASORS, "3 V, 4+5j V", 0.75, "grid.component", "the second entry's real part alone is right", given=_V),
    Example(_PHASORS, "3 V, 4-3j V", 0.75, "grid.mistake.conjugate", "its right parts earn more than it", given=_V),
    Example(_PHASORS, "7+2j V, 8j V", 0, "grid.wrong", given=_V),
    Example(_PHASORS, "3 V", 0, "grid.shape", given=_V),
    Example(_PHASORS, "3 V, 4+3x V", 0, "unreadable", given=_V),
    Example(_PHASORS, "3 V, 5∠0.6435 V", 0, "grid.waits", "degrees or radians", given=_V),
    Example(_ADMITTANCE, "[0.5, -0.2j; -0.2j, 0.5]", 1, "grid.right", given=_Y),
    Example(_ADMITTANCE, "[[0.5, -j0.2], [-j0.2, 0.5]]", 1, "grid.right", given=_Y),
    Example(_ADMITTANCE, "0.5 -0.2j\n-0.2j 0.5", 1, "grid.right", "separated by spaces and lines", given=_Y),
    Example(_ADMITTANCE, "[0.5, 0.2j; -0.2j, 0.5]", 0, "grid.component", "all or nothing", given=_Y),
    Example(_ADMITTANCE, "0.5, -0.2j, -0.2j, 0.5", 0, "grid.shape", given=_Y),
    Example(_JACOBIAN, "[[2x, 1], [y, x]]", 1, "grid.right"),
    Example(_JACOBIAN, "J = [x+x, 1; y, x]", 1, "grid.right"),
    Example(_JACOBIAN, r"\begin{bmatrix} 2x & 1 \\ y & x \end{bmatrix}", 1, "grid.right", "as TeX"),
    Example(_JACOBIAN, "[2x, y; 1, x]ᵀ", 1, "grid.right", "transposed"),
    Example(_JACOBIAN, "[2x 1; y x]", 0, "unreadable", "a space may mean a product; separate formulas by commas"),
    Example(_JACOBIAN, "[2x, y; 1, x]", 0.5, "grid.mistake.transposed"),
    Example(_JACOBIAN, "[2x, 1; y, 2x]", 0.75, "grid.component"),
    Example(_JACOBIAN, "[2x, 1; y, z]", 0, "unreadable", "z is not known"),
    Example(_JACOBIAN, "[2x, 1; y]", 0, "unreadable", "rows of different lengths"),
    Example(_TRANSFER, "1/(sT1+1), K/s", 1, "grid.right"),
    Example(_TRANSFER, "(1/(1+T_1 s), K s^-1)", 1, "grid.right"),
    Example(_TRANSFER, "1/(1+sT1), s/K", 0.5, "grid.component"),
    Example(_TRANSFER, "s, T1", 0, "grid.wrong"),
    Example(_TRANSFER, "1/1+sT1, K/s", 0, "grid.waits", "1/(1+sT1) may be meant"),
)


def _faults(spec: Spec) -> Iterator[str]:
    """Why no answer could be compared with an entry of the key."""
    if spec.scalar.faults is not None:
        for place, cell in enumerate(spec.cells, start=1):
            for fault in spec.scalar.faults(cell):
                yield messages.tell("entry {number}: {fault}", number=place, fault=fault)


KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of,
    bind=marks.bind, feasible=marks.feasible, impossible=marks.impossible,
    read=reading.read, mark=marks.mark, value=marks.value, join=Spec.joined, faults=_faults,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
