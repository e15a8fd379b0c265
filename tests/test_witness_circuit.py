"""The circuit witness against the formulas of the textbook, and its own laws."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qbank import circuits, figures
from qbank.circuits import Circuit
from qbank.model import Column, Floats
from qbank.witnesses._nodal import Admittance, Current, Element, Source, Undetermined, solve
from qbank.witnesses.circuit import Spec, witness

FOLDER = Path(__file__).parents[1] / "questions" / "circuits"


@cache
def circuit(name: str) -> Circuit:
    return circuits.read(name, yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))


def solved(name: str, values: str, spec: dict[str, Any], columns: dict[str, Any]) -> Floats:
    """The witness for one figure; `values` is 'R_1=R1 R_f=Rf'."""
    figure = figures.read({"circuit": name, "values": dict(pair.split("=") for pair in values.split())})
    arrays = {key: Column(np.atleast_1d(np.asarray(value, np.float64))) for key, value in columns.items()}
    full = Spec.model_validate({"circuit": "main", "within": "1e-9", **spec})
    return witness(full, {"main": figure}, {name: circuit(name)}, arrays)


def par(*resistances: float) -> float:
    return 1 / sum(1 / resistance for resistance in resistances)


SMALL = {"beta": "b", "r_be": "r"}
CE = "R_b1=Rb1 R_b2=Rb2 R_c=Rc R_e=Re R_L=RL V_CC=V"
CE_VALUES = {"Rb1": 30e3, "Rb2": 10e3, "Rc": 3e3, "Re": 1e3, "RL": 5e3, "V": 12.0, "b": 80.0, "r": 1.1e3}
BIAS = {"mode": "bias", "given": {"beta": "b", "U_BE": "0.7"}}
IB = (3 - 0.7) / (7.5e3 + 81e3)
ADDSUB = "R_1=R1 R_f1=Rf1 R_2=R2 R_3=R3 R_f2=Rf2"
ADDSUB_VALUES = {"R1": 1e4, "Rf1": 2e4, "R2": 3e4, "R3": 4e4, "Rf2": 5e4, "u1": 0.5, "u2": -0.3}
PAIR = "R_c1=Rc R_c2=Rc R_b1=Rb R_b2=Rb R_L=RL R_e=Re V_CC=V V_EE=V"
PAIR_VALUES = {"Rc": 1e4, "Rb": 1e3, "RL": 2e4, "Re": 1e4, "V": 12.0, "b": 80.0, "r": 2e3}
TWO = "R_c1=c1 R_c2=c2 R_b21=B R_L=L"
TWO_VALUES = {"c1": 3e3, "c2": 2e3, "B": 1e4, "L": 6e3, "b1": 50.0, "r1": 1e3, "b2": 80.0, "r2": 1.5e3}
TWO_GIVEN = {"VT_1.beta": "b1", "VT_1.r_be": "r1", "VT_2.beta": "b2", "VT_2.r_be": "r2"}
RI2 = par(1e4, 1.5e3)

TEXTBOOK: list[tuple[str, str, dict[str, Any], dict[str, float], float]] = [
    ("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o / u_i"}, {"R1": 1e4, "Rf": 1e5}, -10.0),
    ("inverting", "R_1=R1 R_f=Rf", {"solve": "R_in(u_i)"}, {"R1": 1e4, "Rf": 1e5}, 1e4),
    ("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o / u_i", "given": {"A": "A"}}, {"R1": 1e4, "Rf": 1e5, "A": 50.0},
     -10 / (1 + 11 / 50)),
    ("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"u_i": "u"}, "limit": "13"},
     {"R1": 1e4, "Rf": 1e5, "u": -2.0}, 13.0),
    ("inverting_load", "R_1=R1 R_f=Rf R_L=RL", {"solve": "i(A)", "given": {"u_i": "u"}},
     {"R1": 1e4, "Rf": 1e5, "RL": 2e3, "u": 0.5}, -5 / 2e3 - 0.5 / 1e4),
    ("t_network", "R_1=R1 R_2=R2 R_3=R3 R_4=R4", {"solve": "u_o/u_i"}, {"R1": 1e4, "R2": 2e4, "R3": 1e3, "R4": 3e4},
     -(2e4 + 3e4 + 2e4 * 3e4 / 1e3) / 1e4),
    ("noninverting", "R_1=R1 R_f=Rf", {"solve": "u_o / u_i"}, {"R1": 1e4, "Rf": 1e5}, 11.0),
    ("noninverting_divider", "R_1=R1 R_f=Rf R_2=R2 R_3=R3", {"solve": "u_o/u_i"},
     {"R1": 1e4, "Rf": 1e5, "R2": 1e4, "R3": 3e4}, 11 * 0.75),
    ("follower", "", {"solve": "u_o / u_i"}, {}, 1.0),
    ("difference", "R_1=R1 R_f=Rf R_2=R2 R_3=R3", {"solve": "u_o", "given": {"u_i1": "0.2", "u_i2": "0.5"}},
     {"R1": 1e4, "Rf": 1e5, "R2": 2e4, "R3": 3e4}, 11 * 0.6 * 0.5 - 10 * 0.2),
    ("summing", "R_1=R1 R_2=R2 R_3=R3 R_f=Rf", {"solve": "u_o", "given": {"u_i1": ".1", "u_i2": ".2", "u_i3": "-.4"}},
     {"R1": 1e4, "R2": 2e4, "R3": 4e4, "Rf": 1e5}, -(1.0 + 1.0 - 1.0)),
    ("summing_noninverting", "R_a=Ra R_b=Rb R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"u_1": ".1", "u_2": ".2"}},
     {"Ra": 1e4, "Rb": 2e4, "R1": 1e4, "Rf": 5e4}, 6 * (0.1 / 1e4 + 0.2 / 2e4) * par(1e4, 2e4)),
    ("addsub", ADDSUB, {"solve": "u_o1", "given": {"u_1": "u1", "u_2": "u2"}}, ADDSUB_VALUES, -1.0),
    ("addsub", ADDSUB, {"solve": "u_o", "given": {"u_1": "u1", "u_2": "u2"}}, ADDSUB_VALUES,
     -5e4 * (-1 / 3e4 - 0.3 / 4e4)),
    ("instrumentation", "R_a1=Ra R_a2=Ra R_G=RG R_1=R R_2=R R_f=Rf R_3=Rf",
     {"solve": "u_o / (u_i2 - u_i1)", "given": {"u_i1": "0.2", "u_i2": "0.5"}},
     {"Ra": 2e4, "RG": 1e3, "R": 1e4, "Rf": 3e4}, 41 * 3.0),
    ("hysteresis", "R_1=R1 R_2=R2", {"solve": "u(p)", "given": {"U_REF": "2", "u_o": "6"}, "without": ["A"]},
     {"R1": 1e4, "R2": 5e4}, (5e4 * 2 + 1e4 * 6) / 6e4),
    ("ce_divider", CE, {"solve": "u_o / u_i", "given": SMALL}, CE_VALUES, -80 * par(3e3, 5e3) / 1.1e3),
    ("ce_divider", CE, {"solve": "R_in(u_i)", "given": SMALL}, CE_VALUES, par(30e3, 10e3, 1.1e3)),
    ("ce_divider", CE, {"solve": "R_out(u_o)", "given": SMALL, "without": ["R_L"]}, CE_VALUES, 3e3),
    ("ce_divider", CE, {"solve": "i(VT.b)", **BIAS}, CE_VALUES, IB),
    ("ce_divider", CE, {"solve": "i(VT.e)", **BIAS}, CE_VALUES, 81 * IB),
    ("ce_divider", CE, {"solve": "u(VT.c) - u(VT.e)", **BIAS}, CE_VALUES, 12 - 80 * IB * 3e3 - 81 * IB * 1e3),
    ("ce_divider", CE, {"solve": "i(VT.c)", "mode": "bias", "given": {"beta": "inf", "U_BE": "0.7"}}, CE_VALUES,
     2.3e-3),
    ("ce_degenerated", CE, {"solve": "u_o / u_i", "given": SMALL}, CE_VALUES,
     -80 * par(3e3, 5e3) / (1.1e3 + 81 * 1e3)),
    ("ce_fixed", "R_b=B R_c=C V_CC=V", {"solve": "u(VT.c)", **BIAS}, {"B": 3e5, "C": 2e3, "V": 12.0, "b": 60.0},
     12 - 60 * 11.3 / 3e5 * 2e3),
    ("ce_feedback", "R_b=B R_c=C V_CC=V", {"solve": "i(VT.b)", **BIAS}, {"B": 2e5, "C": 2e3, "V": 12.0, "b": 60.0},
     11.3 / (2e5 + 61 * 2e3)),
    ("cc", "R_b=B R_e=E R_L=L", {"solve": "u_o / u_i", "given": SMALL},
     {"B": 2e5, "E": 2e3, "L": 2e3, "b": 80.0, "r": 1e3}, 81e3 / (1e3 + 81e3)),
    ("cc", "R_b=B R_e=E", {"solve": "R_out(u_o)", "given": SMALL, "without": ["R_L"]},
     {"B": 2e5, "E": 2e3, "b": 80.0, "r": 1e3}, par(2e3, 1e3 / 81)),
    ("cb", "R_c=C R_L=L", {"solve": "u_o / u_i", "given": SMALL}, {"C": 3e3, "L": 6e3, "b": 80.0, "r": 1e3}, 160.0),
    ("cb", "R_e=E", {"solve": "R_in(u_i)", "given": SMALL}, {"E": 2e3, "b": 80.0, "r": 1e3}, par(2e3, 1e3 / 81)),
    ("ce_ce", TWO, {"solve": "R_in(VT_2.b)", "given": TWO_GIVEN, "without": ["R_b22", "VT_1", "R_c1"]}, TWO_VALUES,
     RI2),
    ("ce_ce", TWO, {"solve": "u_o / u_i", "given": TWO_GIVEN, "without": ["R_b22"]}, TWO_VALUES,
     (-50 * par(3e3, RI2) / 1e3) * (-80 * par(2e3, 6e3) / 1.5e3)),
    ("darl_follower", "R_b=B R_L=L", {"solve": "R_in(u_i)", "given": TWO_GIVEN},
     {"B": 5e5, "L": 100.0, "b1": 50.0, "r1": 1e4, "b2": 40.0, "r2": 1e3}, par(5e5, 1e4 + 51 * (1e3 + 41 * 100))),
    ("fet_cs", "R_g=G R_d=D R_L=L", {"solve": "u_o / u_i", "given": {"g_m": "g"}},
     {"G": 1e6, "D": 5e3, "L": 5e3, "g": 2e-3}, -5.0),
    ("fet_cs", "R_g=G R_d=D R_s=S V_DD=V", {"solve": "i(VT.d)", "mode": "bias", "given": {"I_DSS": "I", "U_P": "U"}},
     {"G": 1e6, "D": 2e3, "S": 1e3, "V": 18.0, "I": 4e-3, "U": -4.0}, 6e-3 - np.sqrt(20) * 1e-3),
    ("fet_divider", "R_g1=a R_g2=b R_g3=c", {"solve": "R_in(u_i)", "given": {"g_m": "1e-3"}},
     {"a": 3e5, "b": 1e5, "c": 1e6}, 1e6 + 75e3),
    ("emos_divider", "R_g1=a R_g2=b R_d=d V_DD=V", {"solve": "u(VT.d)", "mode": "bias", "given":
     {"I_DO": "4e-3", "U_T": "2"}}, {"a": 3e5, "b": 1e5, "d": 2e3, "V": 12.0}, 12 - 4e-3 * 0.25 * 2e3),
    ("diff_pair", PAIR, {"solve": "i(VT_1.e)", "mode": "bias", "given":
     {"beta": "b", "U_BE": "0.7", "u_i1": "0", "u_i2": "0"}}, PAIR_VALUES, 11.3 / (2e4 + 1e3 / 81)),
    ("diff_pair", PAIR, {"solve": "(u(c1) - u(c2)) / (u_i1 - u_i2)", "given": {**SMALL, "u_i1": ".5", "u_i2": "-.5"}},
     PAIR_VALUES, -80 * par(1e4, 1e4) / 3e3),
    ("zener", "R=R R_L=L", {"solve": "i(VD_Z)", "given": {"U_I": "15", "U_Z": "6"}}, {"R": 300.0, "L": 500.0}, 18e-3),
    ("lm317", "R_1=R1 R_2=R2", {"solve": "U_o", "given": {"U_REF": "1.25"}}, {"R1": 240.0, "R2": 1200.0}, 7.5),
    ("series_regulator", "R_1=a R_W=w R_2=b", {"solve": "U_o", "mode": "bias", "given":
     {"U_Z": "6", "U_I": "20", "beta": "80", "U_BE": "0.7", "x": "0"}}, {"a": 500.0, "w": 300.0, "b": 700.0},
     6 * 1500 / 700),
    ("series_regulator", "R_1=a R_W=w R_2=b", {"solve": "U_o", "mode": "bias", "given":
     {"U_Z": "6", "U_I": "20", "beta": "80", "U_BE": "0.7", "x": "1"}}, {"a": 500.0, "w": 300.0, "b": 700.0},
     6 * 1500 / 1000),
    ("ube_multiplier", "R_1=R1 R_2=R2", {"solve": "u(c) - u(e)", "mode": "bias", "given":
     {"U_BE": "0.7", "beta": "inf", "e": "0"}}, {"R1": 2e3, "R2": 1e3}, 2.1),
    ("rc_lowpass", "R=R C=C", {"solve": "phase(u_o / u_i)", "at": "f"}, {"R": 1e3, "C": 1e-6, "f": 500 / np.pi}, -45.0),
    ("rc_highpass", "R=R C=C", {"solve": "20 * log10(abs(u_o / u_i))", "at": "f"},
     {"R": 1e3, "C": 1e-6, "f": 500 / np.pi}, -10 * np.log10(2)),
    ("integrator", "R=R C=C", {"solve": "abs(u_o / u_i)", "at": "f"}, {"R": 1e3, "C": 1e-6, "f": 50 / np.pi}, 10.0),
]


@pytest.mark.parametrize(
    ("name", "values", "spec", "columns", "expected"), TEXTBOOK,
    ids=[f"{row[0]}: {row[2]['solve']}" for row in TEXTBOOK],
)
def test_the_drawn_circuit_agrees_with_the_textbook(
    name: str, values: str, spec: dict[str, Any], columns: dict[str, float], expected: float
) -> None:
    assert solved(name, values, spec, columns)[0] == pytest.approx(expected, rel=1e-9)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("R_1=R1 R_f=Rf", {"solve": "u_x"}, "the place 'u_x' is not known; did you mean 'u_o'?"),
    ("R_1=R1 R_f=Rf", {"solve": "i(R_2)"}, "the element 'R_2' is not known; did you mean 'R_p'?"),
    ("R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"u_ii": "1"}}, "given: 'u_ii' is not known; did you mean 'u_i'?"),
    ("R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"u_i": "R11"}}, "the name 'R11' is not known; did you mean 'R1'?"),
    ("R_1=R1 R_f=Rf", {"solve": "u_o", "without": ["R_ff"]}, "without: 'R_ff' is not known; did you mean 'R_f'?"),
    ("R_1=R1", {"solve": "u_o / u_i"}, "u_o / u_i depends on a value that is not given: one of R_f, R_p"),
    ("R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"beta": "1"}},
     "given: 'beta' is not known; the known ones are: A, A.A, R_1, R_f, R_p, u_i, u_o"),
]


@pytest.mark.parametrize(("values", "spec", "message"), WRONG, ids=[row[2] for row in WRONG])
def test_what_cannot_be_solved_says_why(values: str, spec: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        solved("inverting", values, spec, {"R1": 1e4, "Rf": 1e5})


def test_a_transistor_without_its_model_says_which_value_is_missing() -> None:
    message = "VT needs a value in given: VT.r_be, or r_be for all parts"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        solved("ce_fixed", "R_b=B", {"solve": "u_o / u_i", "given": {"beta": "80"}}, {"B": 1e5})


@pytest.mark.parametrize(
    ("solve_text", "message"),
    [
        ("__import__('os')", "the function '__import__' is not known"),
        ("f(u_o)", "the function 'f' is not known"),
        ("u_o if 1 else 2", "'u_o if 1 else 2' is not allowed in a quantity"),
        ("u_o.real.imag", "'u_o.real.imag' is not a place such as u_o or VT.c"),
        ("u_o /", "'u_o /' is not a quantity such as u_o / u_i"),
        ("1" * 300, "a quantity has at most 200 characters"),
    ],
)
def test_nothing_but_a_quantity_is_read(solve_text: str, message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        Spec.model_validate({"circuit": "main", "within": "1e-9", "solve": solve_text})


def test_a_circuit_picked_by_a_label_is_solved_variant_by_variant() -> None:
    figure = figures.read({"circuit": {"by": "kind", "up": "noninverting", "down": "inverting"},
                           "values": {"R_1": "R1", "R_f": "Rf"}})
    columns = {
        "kind": Column(np.array([0, 1, 0], np.uint8), ("up", "down")),
        "R1": Column(np.array([1e3, 1e3, 2e3])), "Rf": Column(np.array([1e4, 1e4, 1e4])),
    }
    library = {name: circuit(name) for name in ("inverting", "noninverting")}
    spec = Spec.model_validate({"circuit": "main", "solve": "u_o / u_i", "within": "1e-9"})

    assert witness(spec, {"main": figure}, library, columns) == pytest.approx([11.0, -10.0, 6.0])


@given(st.lists(st.tuples(st.floats(1e2, 1e6), st.floats(1e2, 1e6)), min_size=1, max_size=20))
def test_a_batch_is_solved_as_its_rows_are(rows: list[tuple[float, float]]) -> None:
    first, second = (np.array(column) for column in zip(*rows, strict=True))
    batch = solved("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o / u_i"}, {"R1": first, "Rf": second})
    alone = [solved("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o / u_i"}, {"R1": a, "Rf": b})[0] for a, b in rows]

    assert batch.tolist() == alone


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_sources_superpose(first: float, second: float) -> None:
    one = np.ones(1)

    def at(a: float, b: float) -> float:
        elements: list[Element] = [
            Source("a", "a", "0", a * one), Current("0", "m", b * one), Admittance("a", "m", one / 3),
            Admittance("m", "0", one / 7),
        ]
        return float(solve(elements, 1).voltages["m"][0])

    assert at(first, second) == pytest.approx(at(first, 0) + at(0, second), abs=1e-12)


def test_what_hangs_free_has_no_voltage() -> None:
    one = np.ones(2)
    message = "a part of the circuit is not connected, or two sources contradict each other"
    with pytest.raises(Undetermined, match=message):
        solve([Source("a", "a", "0", one), Admittance("b", "c", one)], 2)
    with pytest.raises(Undetermined):
        solve([Source("a", "a", "0", one), Source("b", "a", "0", 2 * one)], 2)
