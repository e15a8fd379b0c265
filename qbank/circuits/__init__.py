"""Circuits: parts at points, read from YAML; one geometry is both the drawing and the netlist.

A description has a `title` and an `alt` text in both languages, and `parts`, a list that is read from top to bottom:

    {R: R_1, from: a, to: b}        an element between two points: R, POT (slider pin w), C, CE (electrolytic), L,
                                    D, DZ, LED and PD (anode at `from`), V and VS (+ at `to`), I (arrow towards `to`)
    {NPN: VT, at: 5 4}              an element at a point, by its base or gate: NPN, PNP (pins b, c, e), NJF, PJF, NMOS,
                                    PMOS and with an unbroken channel NMOSD, PMOSD (g, d, s); by its centre: OP (pins
                                    -, +, out); `flip: yes` turns it upside down, `mirror: yes` left to right
    {AND: G_1, at: 4 3, inputs: 3}  a gate at its centre: AND, OR, NOT, BUF, NAND, NOR, XOR, XNOR (pins 1, 2, … from
                                    the top, and out)
    {block: G, at: 4 3}             a block of a diagram (pins in, out, up, down); `width:` and `height:` if not 2 × 1
    {sum: S, at: 2 3, signs: {in: +, down: -}}
                                    a summing point (pins in, out, up, down) with signs at its inputs
    {flow: [a, b, c]}               a wire with an arrow at its end, as signals run in a diagram
    {IC: A, at: 6 4, width: 3, height: 2, pins: {"3": left 0.5 +, OUT: right 0}}
                                    a box; each pin has a side, a place along it from the middle, and a name inside
    {wire: [a, b, c]}               straight wires; wires that cross do not join, a wire that ends on another does
    {ground: a}                     the net "0"
    {port: u_i, at: a, to: b}       a terminal that names its net, with a wire to b if there is one
    {supply: V_CC, at: a, to: b}    a port at a constant potential (its symbol is +V_CC unless said otherwise)
    {terminal: "-", at: a, to: b}   an open end with a symbol, which names no net
    {point: m, at: a}               a name for a point
    {arrow: I_R, from: a, to: b}    the reference direction of a current
    {volts: u_o, plus: a, minus: b} the polarity of a voltage
    {text: K, at: a}                a symbol on its own

A point is `6 3` (x right, y up), a name (`m`, `u_i`, a pin `R_1.2`, `VT.c`), moves from one (`m left 0.5 up 1`), or
`a -| b`: the level of a, above or below b. `side:` (above, below, left, right) and `nudge:` (moves) place a symbol,
`symbol:` is its TeX where the name does not say it; a name such as R_b1 or VT_1 is its own symbol.

`read` makes a Circuit of a description, `draw` its Drawing. Only `draw` loads schemdraw.
"""

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.circuits._draw import draw
    from qbank.circuits._entries import ENTRIES
    from qbank.circuits._labels import around, extent
    from qbank.circuits._legible import crossed, faults
    from qbank.circuits._read import read
    from qbank.circuits._records import Circuit, CircuitError, Part, Point, Port
else:
    __getattr__ = registry.by_need(__name__, {
        "draw": "_draw",
        **dict.fromkeys(("around", "extent"), "_labels"),
        **dict.fromkeys(("crossed", "faults"), "_legible"),
        "read": "_read",
        **dict.fromkeys(("Circuit", "CircuitError", "Part", "Point", "Port"), "_records"),
        "ENTRIES": "_entries",
    })  # fmt: skip

__all__ = [
    "ENTRIES", "Circuit", "CircuitError", "Part", "Point", "Port", "around", "crossed", "draw", "extent", "faults",
    "read",
]  # fmt: skip
