"""ngspice on drawn circuits against what is known of them; and how it fails."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from qbank import circuits, figures
from qbank.circuits import Circuit
from qbank.model import Column, Floats
from qbank.witnesses import Missing, _ngspice, read
from qbank.witnesses._netlist import Netlist, Wave
from qbank.witnesses.spice import Spec, witness

FOLDER = Path(__file__).parents[1] / "questions" / "circuits"
here = pytest.mark.skipif(shutil.which("ngspice") is None, reason="ngspice is not installed")


@cache
def circuit(name: str) -> Circuit:
    return circuits.read(name, yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))


def run(name: str, values: str, spec: Mapping[str, Any], **columns: Any) -> Floats:
    """The witness for one figure; `values` is 'R_1=R1 R_f=Rf'."""
    figure = figures.read({"circuit": name, "values": dict(pair.split("=") for pair in values.split())})
    arrays = {key: Column(np.atleast_1d(np.asarray(value, np.float64))) for key, value in columns.items()}
    full = Spec.model_validate({"spice": "main", "within": "0.05", **spec})
    return witness(full, {"main": figure}, {name: circuit(name)}, arrays)


MAINS = {"drive": {"u_2": {"amplitude": "sqrt(2)*U2", "frequency": "50"}}, "ground": "R_L.2"}
SHARP = {"bf": "2000", "is": "1e-10", "nf": "0.1"}
STAGE = {
    "drive": {"u_i": {"amplitude": "sqrt(2)*Ui", "frequency": "1k"}},
    "given": {"V_CC": "VCC", "V_EE": "VCC"},
    "models": {"NPN": SHARP, "PNP": SHARP},
}
OCL = {"RL": 8.0, "VCC": 12.0, "Ui": 6.0}
CE = "R_b1=Rb1 R_b2=Rb2 R_c=Rc R_e=Re R_L=RL V_CC=V"
CE_VALUES = {"Rb1": 30e3, "Rb2": 10e3, "Rc": 2e3, "Re": 1e3, "RL": 5e3, "V": 12.0, "beta": 80.0}
COUPLED = {"given": {"C_1": "1u", "C_2": "1u", "C_e": "1u"}, "models": {"VT": {"bf": "beta"}}}
KNOWN: list[tuple[str, str, dict[str, Any], dict[str, Any], Any, float]] = [
    ("half_wave", "R_L=RL", {"solve": "mean(u(R_L.1) - u(R_L.2))", **MAINS}, {"U2": [10, 20], "RL": [100, 100]},
     [4.5, 9.0], 0.01),
    ("bridge", "R_L=RL", {"solve": "mean(u(R_L.1) - u(R_L.2))", **MAINS}, {"U2": 20, "RL": 100}, 18.0, 0.01),
    ("bridge", "R_L=RL", {"solve": "mean(i(VD_1))", **MAINS}, {"U2": 20, "RL": 100}, 0.09, 0.01),
    ("bridge", "R_L=RL", {"solve": "rms(i(R_L))", **MAINS}, {"U2": 20, "RL": 100}, 0.2, 0.01),
    ("ocl", "R_L=RL", {"solve": "mean(u_o**2) / RL", **STAGE}, OCL, 36 / 8, 0.03),
    ("ocl", "R_L=RL", {"solve": "2 * VCC * mean(i(V_CC))", **STAGE}, OCL, 24 * 6 * np.sqrt(2) / (np.pi * 8), 0.03),
    ("ocl", "R_L=RL", {"solve": "mean((u(VT_2.e) - u(VT_2.c)) * i(VT_2.c))", **STAGE}, OCL, 1.80, 0.02),
    ("ce_divider", CE, {"solve": "i(VT.e)", **COUPLED}, CE_VALUES, (3 - 0.67) / (1e3 + 7.5e3 / 81), 0.01),
    ("ce_divider", CE, {"solve": "i(VT.c) / i(VT.b)", **COUPLED}, CE_VALUES, 80.0, 1e-3),
    ("zener", "", {"solve": "i(R) - i(R_L)", "given": {"U_I": "15", "R": "300", "R_L": "600"},
                   "models": {"DZ": {"bv": "6"}}}, {}, 0.02, 0.01),
    ("inverting", "R_1=R1 R_f=Rf", {"solve": "u_o", "given": {"u_i": "0.1", "R_p": "1k"}}, {"R1": 1e4, "Rf": 1e5}, -1.0,
     1e-4),
]  # fmt: skip


@here
@pytest.mark.parametrize(("name", "values", "spec", "columns", "value", "within"), KNOWN,
                         ids=[f"{row[0]}-{row[2]['solve']}" for row in KNOWN])
def test_what_the_textbook_says_is_nearly_so(
    name: str, values: str, spec: dict[str, Any], columns: dict[str, Any], value: Any, within: float
) -> None:
    assert run(name, values, spec, **columns) == pytest.approx(np.atleast_1d(value), rel=within)


UNANSWERED: list[tuple[str, dict[str, Any], str]] = [
    ("inverting", {"solve": "u_o", "given": {"u_i": "1"}}, "R_1 needs a value, in values: of the figure or in given:"),
    ("inverting", {"solve": "u_o", "given": {"u_x": "1"}}, "given: 'u_x' is not known; did you mean 'u_o'?"),
    ("inverting", {"solve": "u_o", "models": {"NPN": {"bf": "1"}}}, "models: 'NPN' is not known; the known ones are: "),
    ("bridge", {"solve": "mean(u_2)"}, "the drawing has no ground; write ground: with a place such as R_L.2"),
    ("ocl", {"solve": "u_o"}, "V_CC needs a value in given:"),
    ("ocl", {"solve": "u_o", **STAGE}, "u_o is a waveform: ask for its mean, rms, max or min"),
    ("ocl", {"solve": "mean(u_q)", **STAGE}, "the place 'u_q' is not known; did you mean 'u_o'?"),
    ("ocl", {"solve": "R_in(u_i)", "given": STAGE["given"]}, "ngspice cannot give the resistance at u_i; "),
]


@here
@pytest.mark.parametrize(("name", "spec", "message"), UNANSWERED, ids=[row[2][:40] for row in UNANSWERED])
def test_a_question_without_an_answer_says_why(name: str, spec: dict[str, Any], message: str) -> None:
    values = "R_L=RL" if name in ("ocl", "bridge") else ""

    with pytest.raises(ValueError) as refused:
        run(name, values, spec, **OCL)

    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("name", ["bf=1 .control shell", "x\nq", "BF", "", "is "])
def test_only_names_of_parameters_reach_the_netlist(name: str) -> None:
    with pytest.raises(ValueError, match="is not a parameter of a SPICE model"):
        read({"spice": "main", "solve": "u_o", "within": "0.1", "models": {"NPN": {name: "1"}}})


def test_a_netlist_is_made_of_numbers_and_of_names_that_are_made_here() -> None:
    part = circuit("bridge")
    values = {"R_L": 100.0}
    netlist = Netlist(part, values.get, {"u_2": Wave(0, 10, 50)}, {}, frozenset({"VD_1"}), part.nets["R_L.2"])

    lines = netlist.build()

    assert lines[0].startswith("v0meter n")
    assert sum(line.startswith(".model m") for line in lines) == 4
    assert next(line for line in lines if line.startswith("r")).endswith(" 0 100")
    assert next(line for line in lines if line.startswith("vx")).endswith("dc 0 sin(0 10 50)")


def test_without_ngspice_the_witness_is_missing_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(Missing, match="ngspice is not installed") as missing:
        run("ocl", "R_L=RL", {"solve": "mean(u_o)", **STAGE}, **OCL)

    assert missing.value.remedy == "install ngspice: on Debian or Ubuntu, apt install ngspice"


@here
def test_what_ngspice_cannot_solve_is_no_answer() -> None:
    loop = ["v1 a 0 dc 1", "v2 a 0 dc 2"]

    with pytest.raises(ValueError, match=r"^ngspice found no"):
        _ngspice.run(loop, "op", ["v(a)"])


@here
def test_a_run_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ngspice, "SECONDS", 0.2)

    with pytest.raises(ValueError, match=r"^ngspice found no solution within 0\.2 seconds$"):
        _ngspice.run(["v1 a 0 sin(0 1 1k)", "r1 a 0 1"], "tran 1n 10 0 1n", ["v(a)"])
