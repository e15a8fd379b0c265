"""What a figure is drawn from: the library of circuits, and the values of one variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qbank.circuits import Circuit
from qbank.model import Column, Lang


@dataclass(frozen=True, slots=True)
class Given:
    """The circuits by name, the item's names as columns of one row, and the language of the page."""

    circuits: Mapping[str, Circuit] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    lang: Lang = "en"

    def label(self, name: str | None) -> str | None:
        """The label that a parameter has on this variant; None where no parameter is named."""
        if name is None or name not in self.columns:
            return None
        column = self.columns[name]
        return column.labels[int(column.values[0])]
