"""Circuits: parts at points, read from YAML; one geometry is both the drawing and the netlist.

`read` makes a Circuit of a description, `draw` its Drawing. Only `draw` loads schemdraw.
"""

from qbank.circuits._draw import draw
from qbank.circuits._read import read
from qbank.circuits._records import Circuit, CircuitError, Part, Point, Port

__all__ = ["Circuit", "CircuitError", "Part", "Point", "Port", "draw", "read"]
