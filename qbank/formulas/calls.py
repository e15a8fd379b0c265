"""Functions and roots as candidates type them, with brackets and without."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from qbank.algebra.table import FUNCTIONS, INVERSES, arity_fault
from qbank.algebra.tree import Binary, Call, Constant, Name, Node, Number, Unary, walk
from qbank.formulas import atoms, reasons
from qbank.formulas.source import Unreadable
from qbank.formulas.tokens import OPENING, Token

if TYPE_CHECKING:
    from qbank.formulas.grammar import Reader

OF_ANGLES = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
"""The functions whose argument is an angle, which may be in degrees."""
OF_SEVERAL = frozenset({"min", "max"})
"""The functions whose values are in a bracket: `max 5` may say that 5 is the largest."""
_ANGLES = {INVERSES[name] for name in OF_ANGLES & INVERSES.keys()}
"""The functions that give an angle."""


def root(reader: Reader) -> Node:
    r"""`√2`, `√(x+1)`, `\sqrt{x}`, `\sqrt[3]{x}`, `sqrt 2`: a bracket, or the next number or name."""
    reader.take()
    reader.deeper()
    if reader.next.text == "[" and reader.tokens[reader.place - 1].text == "\\sqrt":
        index = atoms.group(reader)
        inner = atoms.atom(reader)
        reader.depth -= 1
        return Call("root", (inner, index))
    start, bracketed = reader.place, reader.next.text in OPENING
    if reader.next.kind == "end" or (bracketed and reader.tokens[start + 1].text in (")", "]", "}")):
        reader.stop(reasons.ROOT)
    inner = atoms.atom(reader)
    goes_on = not bracketed and (reader.begins() or reader.next.text in ("^", "**", "!", "+", "-", "*", "/"))
    way = reader.way("root") if goes_on else ""
    if way:  # from the operand on: read once more, roots in roots would take twice as long each
        inner = reader.power(inner)
        inner = reader.beside(inner) if way == "product" else reader.factors(inner, start)[0]
    if way == "sum":
        inner = reader.terms(inner)
    reader.depth -= 1
    return Call("sqrt", (inner,))


def function(reader: Reader) -> Node:
    token = reader.next
    if token.text == "sqrt" and reader.tokens[reader.place + 1].text not in OPENING:
        return root(reader)
    reader.take()
    exponent: Node | None = None
    inverse = False
    if reader.next.text in ("^", "**"):
        reader.take()
        at = reader.next
        exponent = functional_exponent(reader)
        inverse = exponent == Unary("-", Number("1", Decimal(1)))
        if inverse and token.text not in INVERSES:
            reader.stop(reasons.INVERSE, at)
    given = arguments(reader, token)
    fault = arity_fault(token.text, len(given))
    if fault is not None:
        reader.stop(reasons.arguments(token.text, *fault, len(given)), token)
    if inverse and reader.way("inverse") != "reciprocal":
        return Call(INVERSES[token.text], given)
    if token.text in OF_ANGLES and (turned := in_degrees(given[0])) is not None and reader.way("degrees"):
        given = (turned,)
    if token.text == "exp" and is_phase(given[0]) and reader.way("degrees"):
        given = (Binary("*", given[0], atoms.TURN),)
    name = reader.words.log if token.text == "log" and len(given) == 1 else token.text
    call = Call(name, given)
    return call if exponent is None else Binary("**", call, exponent)


def in_degrees(argument: Node) -> Node | None:
    """An angle with its bare numbers in degrees, None where it has none: `sin 60`, `cos(ωt+30)`, not `sin(ωt+30°)`."""
    sums: list[Binary] = []
    node = argument
    while isinstance(node, Binary) and node.operator in ("+", "-"):
        sums.append(node)
        node = node.left
    found = _bare_number(node)
    node = Binary("*", node, atoms.TURN) if found else node
    for each in reversed(sums):
        bare_ = _bare_number(each.right)
        node = Binary(each.operator, node, Binary("*", each.right, atoms.TURN) if bare_ else each.right)
        found |= bare_
    return node if found else None


def is_phase(exponent: Node) -> bool:
    """Whether an exponent of e is an imaginary number that may be in degrees: `j53.13`, not `jπ/3` or `j53.13°`."""
    return Constant("i") in walk(exponent) and all(
        isinstance(each, Number | Unary | Binary) or each == Constant("i") for each in walk(exponent)
    )


def is_angle(node: Node) -> bool:
    """Whether an angle is computed from a ratio, so that a ° behind it may say how it was: `arctan(4/3)°` is 53.13°."""
    return any(isinstance(each, Call) and each.function in _ANGLES for each in walk(node))


def _bare_number(term: Node) -> bool:
    """Whether a term of an angle is a number without a letter, π or °."""
    return all(isinstance(each, Number | Unary | Binary) for each in walk(term))


def arguments(reader: Reader, function: Token) -> tuple[Node, ...]:
    """The arguments in a bracket, or the one that follows without a bracket."""
    if reader.next.text not in OPENING:
        return (bare(reader, function),)
    opening = reader.take()
    reader.called += 1
    bars, reader.bars = reader.bars, 0
    found = [reader.sum()]
    while reader.next.text == ",":
        reader.take()
        found.append(reader.sum())
    reader.called -= 1
    reader.bars = bars
    atoms.close(reader, opening)
    return tuple(found)


def bare(reader: Reader, function: Token) -> Node:
    """An argument without brackets: the product side by side that follows, up to a sign or a function."""
    row = FUNCTIONS[function.text]
    negative = reader.next.text == "-" and not reader.tokens[reader.place + 1].spaced and reader.next.spaced
    if negative:
        reader.take()
    begin = reader.next
    several = row.least > 1 or function.text in OF_SEVERAL
    if several or not (reader.begins() or begin.kind == "number" or begin.text in ("|", "||")):
        typed = reader.source.typed(function.at, reader.tokens[reader.place - 1].at) or function.text
        reader.stop(reasons.bare(typed))
    reader.deeper()
    start, way = reader.place, reader.way("argument")
    if way == "atom":
        node = atoms.atom(reader)
    elif way in ("term", "sum"):
        node = reader.product()[0]
    else:
        node = reader.power()
        while way != "first" and reader.next.kind != "function" and reader.begins():
            node = Binary("*", node, reader.power())
    if function.text in OF_ANGLES:  # the ° is that of the angle: 2 sin 60°
        node = reader.turned(node)
    node = reader.signed(node) if negative else node
    if way == "sum":
        node = reader.terms(node)
    reader.depth -= 1
    if reader.next.text == "/" and not way:
        undivided(reader, function, start)
    return node


def undivided(reader: Reader, function: Token, start: int) -> NoReturn:
    """Stop at a stroke after an argument without brackets: sin x/2."""
    here, typed = reader.next, reader.source.typed
    argument = typed(reader.tokens[start].at, here.at)
    reader.take()
    reader.sign()
    reader.power()
    divisor = typed(here.at + 1, reader.next.at)
    name = function.text
    reader.stop(reasons.either(f"{name}({argument})/{divisor}", f"{name}({argument}/{divisor})"), here)


def functional_exponent(reader: Reader) -> Node:
    """The exponent between a function and its bracket: `sin^2(x)`, `sin^{2}(x)`, `sin^(n)(x)`."""
    if reader.next.text in ("(", "{"):
        return atoms.group(reader)
    if reader.next.text == "-":
        reader.take()
        return Unary("-", atoms.number(reader))
    if reader.next.kind == "number":
        return atoms.number(reader)
    if reader.next.kind == "name":
        return Name(reader.take().text)
    raise Unreadable(reader.source.column(reader.next.at), reasons.OPERAND)
