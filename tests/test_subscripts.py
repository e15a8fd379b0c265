"""Subscripts that describe are upright, those that count are italic, in every output, whatever an item writes."""

from __future__ import annotations

import pytest

from qbank import maths

UPRIGHT = [
    ("U_{BE}", ""), ("K_{CMR}", ""), ("u_{GS(th)}", "small letters beside capitals"), ("I_{CQ}", ""), ("R_L", ""),
    ("U_Z", ""), ("U_{T+}", "a sign at the end is no sum"), ("R_{B1}", "with a digit"), ("U_{om}", ""),
    ("r_{be}", ""), ("u_{id}", ""), ("u_{in}", "a word of two letters that count"),
    ("U_T", "a voltage has a name, not a count"), ("f_{max}", ""), ("h_{new}", "three letters are a word"),
    (r"\dot{U}_{REF}", "under an accent"), (r"\bar A_{uf}", ""), (r"\beta_{AC}", ""), ("A_{um}", ""), ("I_{DSS}", ""),
    ("{u}_{GS}", ""), ("P_T", ""), ("r_{bb'}", "with a prime"), (r"\mathrm{VD}_Z", "a diode"),
]  # fmt: skip
ITALIC = [
    ("x_i", ""), ("h_t", ""), ("h_{t-1}", "reckoned with"), ("x_{T-1}", "reckoned with"), ("a_{ij}", ""),
    ("x_{i,j}", ""), ("W_{xh}", "names of vectors"), ("U_{hh}", "a matrix that looks like a voltage"), ("W_{hf}", ""),
    ("h_T", "a count"), ("S_N", ""), ("u_o", "one small letter"), ("W_Q", "no quantity of physics"),
    (r"\sum_{i}^{N} x", ""), ("A_{ij}", ""), ("y_{kt}", ""), (r"u_\omega", "Greek"),
    ("R_1", "digits are upright by themselves"), (r"\max_{NK} x", "below a function"),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "remark"), UPRIGHT, ids=[row[0] for row in UPRIGHT])
def test_a_subscript_that_describes_is_upright(tex: str, remark: str) -> None:
    base, _, sub = tex.rpartition("_")
    written = rf"{base}_{{\mathrm{{{sub.strip('{}')}}}}}"

    assert "upright(" in maths.typst(tex), remark
    assert '<mi mathvariant="normal">' in maths.mathml(tex), remark
    assert maths.plain(tex) == maths.plain(written), remark


@pytest.mark.parametrize(("tex", "remark"), ITALIC, ids=[row[0] for row in ITALIC])
def test_a_subscript_that_counts_is_italic(tex: str, remark: str) -> None:
    assert "upright(" not in maths.typst(tex), remark
    assert 'variant="normal">' not in maths.mathml(tex).replace('"normal">max', ""), remark


def test_what_an_author_sets_in_a_face_stays_in_it() -> None:
    assert maths.typst(r"U_{\mathit{BE}}") == "attach(U, b: italic(B E))"
