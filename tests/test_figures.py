"""Figures are found by the key that names them, and draw paths with labels that hold the item's names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from qbank import circuits, figures, registry
from qbank.figures import plot
from qbank.model import Column, Maths, Name, Text

FOLDER = Path(__file__).parents[1] / "questions" / "circuits"
LIBRARY = {
    name: circuits.read(name, yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))
    for name in ("inverting", "darl_npn", "darl_pnp")
}
NETWORKS: list[dict[str, Any]] = [
    {"network": "unrolled"},
    {"network": "unrolled", "steps": "5", "output": "no", "values": {"x_1": "x1", "x_2": "x2"}},
    {"network": "unrolled", "values": {"y_3": "y"}},
    {"network": "bidirectional", "steps": "2"},
    {"network": "rnn"},
    {"network": "lstm"},
    {"network": "gru"},
]
CURVES: list[dict[str, Any]] = [
    *({"plot": name} for name in plot.PLOTS),
    {"plot": "bode", "values": {"f_L": "fL", "A_m": "D"}},
    {"plot": "load-line", "values": {"I_0": "I0", "U_0": "U0"}},
]


def labelled(name: str, label: str) -> figures.Given:
    """The values of a variant on which a parameter has this label."""
    return figures.Given(LIBRARY, {name: Column(np.array([0]), (label,))})


def test_a_circuit_shows_the_names_of_the_item_at_its_parts() -> None:
    spec = figures.read({"circuit": "inverting", "values": {"R_1": "R1", "R_f": "Rf"}})
    drawing = figures.draw(spec, figures.Given(LIBRARY))
    shown = {inline.name for label in drawing.labels for inline in label.inlines if isinstance(inline, Name)}

    assert (spec.family, spec.names, spec.printed) == ("circuit", ("inverting",), True)
    assert spec.uses == {"R1", "Rf"}
    assert shown == {"R1", "Rf"}
    assert drawing.alt == LIBRARY["inverting"].alt


def test_a_label_picks_the_circuit() -> None:
    spec = figures.read({"circuit": {"by": "case", "npn": "darl_npn", "pnp": "darl_pnp"}, "printed": "no"})

    assert (spec.uses, spec.names, spec.printed) == (frozenset({"case"}), ("darl_npn", "darl_pnp"), False)
    assert figures.draw(spec, labelled("case", "npn")) == circuits.draw(LIBRARY["darl_npn"])
    with pytest.raises(ValueError, match=re.escape("the label 'nnp' is not known; did you mean 'pnp'?")):
        figures.draw(spec, labelled("case", "nnp"))


@pytest.mark.parametrize("figure", [*NETWORKS, *CURVES], ids=str)
def test_every_network_and_plot_is_drawn_as_paths_alone(figure: dict[str, Any]) -> None:
    drawing = figures.draw(figures.read(figure), figures.Given())
    root = ElementTree.fromstring(drawing.svg)

    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "g", "path"}
    assert drawing.labels and all(0 <= label.x <= drawing.width for label in drawing.labels)
    assert all(0 <= label.y <= drawing.height for label in drawing.labels)
    shown = {inline.name for label in drawing.labels for inline in label.inlines if isinstance(inline, Name)}
    assert shown == set(figure.get("values", {}).values())


def test_a_symbol_may_be_replaced_and_bear_a_value() -> None:
    figure = {"network": "unrolled", "symbols": {"W_{hh}": r"\text{①}"}, "values": {"W_{xh}": "w"}}
    drawing = figures.draw(figures.read(figure), figures.Given())
    inlines = [label.inlines for label in drawing.labels]

    assert inlines.count((Maths((r"\text{①}",)),)) == 3
    assert inlines.count((Maths(("W_{xh}",)), Text(" = "), Name("w"))) == 3
    assert "through ① give h_t" in drawing.alt.en and "W_hh" not in drawing.alt.en + drawing.alt.zh
    with pytest.raises(ValueError, match=re.escape("the symbol 'W_hh' is not known; did you mean 'W_{hh}'?")):
        figures.draw(figures.read({"network": "unrolled", "symbols": {"W_hh": r"\text{①}"}}), figures.Given())


def test_a_label_picks_the_plot() -> None:
    spec = figures.read({"plot": {"by": "kind", "sat": "clipped-bottom", "cut": "clipped-top"}})

    clipped = figures.read({"plot": "clipped-bottom"})
    assert figures.draw(spec, labelled("kind", "sat")) == figures.draw(clipped, figures.Given())
    with pytest.raises(ValueError, match=re.escape("the label 'by' is not known; the known ones are: cut, sat")):
        figures.draw(spec, labelled("kind", "by"))


def test_a_waveform_keeps_within_its_frame() -> None:
    for name, each in plot.PLOTS.items():
        assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in each.curve()), name


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        ({"netwrok": "lstm"}, "the figure 'netwrok' is not known; did you mean 'network'?"),
        ({}, "a figure is a mapping such as {circuit: inverting, values: {R_1: R1}}"),
        ("inverting", "a figure is a mapping such as {circuit: inverting, values: {R_1: R1}}"),
        ({"circuit": {"npn": "darl_npn"}}, "a circuit that varies is written {by: parameter, label: circuit, …}"),
        ({"circuit": "inverting", "value": {}}, "Extra inputs are not permitted"),
        ({"plot": "sinus"}, "the plot 'sinus' is not known; did you mean 'sine'?"),
        ({"plot": {"a": "sine"}}, "a plot that varies is written {by: parameter, label: plot, …}"),
        ({"network": "lstm", "steps": "99"}, "Input should be less than or equal to 6"),
    ],
)
def test_what_is_no_figure_is_refused(figure: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        TypeAdapter(figures.Field).validate_python(figure)


def test_the_schema_knows_every_family() -> None:
    schema = TypeAdapter(figures.Field).json_schema()

    assert set(schema["properties"]) == set(registry.tags("figures"))
