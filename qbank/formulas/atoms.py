"""The smallest parts of a typed formula: numbers, names, brackets, bars, fractions; and what follows one directly."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from qbank.algebra.tree import Binary, Call, Constant, Name, Node, Number
from qbank.formulas import calls, reasons
from qbank.formulas.source import DEEPEST, Unreadable
from qbank.formulas.tokens import Token

if TYPE_CHECKING:
    from qbank.formulas.grammar import Reader

CLOSING = {"(": ")", "[": "]", "{": "}"}


TURN = Binary("/", Constant("pi"), Number("180", Decimal(180)))
"""What a degree is."""
_WITHIN = frozenset({"*", "/", "^", "**", "-", ",", "(", ")"})
_WORDS = frozenset({"number", "constant", "name", "function"})
"""The signs and words that an angle with its unit may hold: `∠π/2 rad`, `∠9.99×10⁻⁴°`, `∠-arctan(ωRC) rad`."""


def polar(reader: Reader, modulus: Node) -> Node:
    """A modulus and its angle, which goes on to its unit; without one it is short, and as the question says."""
    reader.take()
    negative = reader.sign()
    start, closed = reader.place, unit_follows(reader)
    angle = reader.raised()
    way = "" if closed else reader.way("angle")
    if closed or way.endswith("term"):
        reader.deeper()  # 1∠x 1∠x …: each angle goes on to the end
        angle = reader.factors(angle, start)[0]
        reader.depth -= 1
    angle = reader.signed(angle) if negative else angle
    told = any(token.text in ("°", "rad") for token in reader.tokens[start : reader.place])
    if not told and way.startswith("other") != reader.words.degrees:
        angle = Binary("*", angle, TURN)
    return Call("polar", (modulus, angle))


def unit_follows(reader: Reader) -> bool:
    """Whether the product that begins here ends in ° or rad."""
    depth = 0
    for token in reader.tokens[reader.place :]:
        if token.text in ("°", "rad"):
            return depth == 0
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0 or (token.kind not in _WORDS and token.text not in _WITHIN and not (depth and token.text == "+")):
            return False
    return False


def factorials(reader: Reader, node: Node) -> Node:
    """`n!`; `x != 2` is not an equation."""
    count = 0
    while reader.next.text == "!":
        token = reader.take()
        count += 1
        if reader.depth + count > DEEPEST:
            reader.stop(reasons.DEEP)
        if token.spaced and reader.next.text == "=" and not reader.next.spaced:
            reader.stop(reasons.UNEQUAL, token)
        node = Call("factorial", (node,))
    return node


def atom(reader: Reader) -> Node:
    token = reader.next
    match token.kind:
        case "name":
            reader.take()
            return Name(token.text)
        case "number":
            return number(reader)
        case "constant":
            reader.take()
            return Constant(token.text)  # type: ignore[arg-type]
        case "function":
            return calls.function(reader)
    match token.text:
        case "(" | "[" | "{":
            return group(reader)
        case "|" | "||":
            return absolute(reader)
        case "√" | "\\sqrt":
            return calls.root(reader)
        case "\\frac":
            return fraction(reader)
        case ")" | "]" | "}" if reader.depth == 1:
            raise Unreadable(reader.source.column(token.at), reasons.unopened(token.text))
        case _:
            raise Unreadable(reader.source.column(token.at), reasons.OPERAND)


def number(reader: Reader) -> Number:
    token = reader.take()
    text = token.text
    if reader.next.kind == "number" and not reader.next.spaced:
        reader.stop(reasons.OPERATOR)
    if reader.next.text == "," and not reader.called and not reader.next.spaced:
        text = with_comma(reader, token)
    try:
        value = Decimal(text)
    except InvalidOperation:  # its exponent has more digits than a Decimal counts
        reader.stop(reasons.RANGE, token)
    if len(text) > 4 and value and not -99 <= value.adjusted() <= 99:
        reader.stop(reasons.RANGE, token)
    return Number(text, value)


def with_comma(reader: Reader, token: Token) -> str:
    """A number with a decimal comma; `1,234` could be two numbers."""
    after = reader.tokens[reader.place + 1]
    if after.kind != "number" or after.spaced or not after.text.isdigit() or not token.text.isdigit():
        reader.stop(reasons.OPERATOR)
    if len(after.text) == 3 and not reader.decimal_comma:
        reader.stop(reasons.COMMA)
    reader.take()
    reader.take()
    if reader.next.text == ",":
        reader.stop(reasons.OPERATOR)
    return f"{token.text}.{after.text}"


def group(reader: Reader) -> Node:
    """A bracketed sum."""
    opening = reader.take()
    called, reader.called = reader.called, 0
    bars, reader.bars = reader.bars, 0
    short, reader.short = reader.short, False
    node = reader.sum()
    close(reader, opening)
    reader.called, reader.bars, reader.short = called, bars, short
    return node


def close(reader: Reader, opening: Token) -> None:
    wanted = CLOSING[opening.text]
    if reader.next.text == wanted:
        reader.take()
        return
    column = reader.source.column(opening.at)
    if reader.next.kind == "end":
        reader.stop(reasons.unclosed(opening.text, column))
    if reader.next.text in (")", "]", "}"):
        reader.stop(reasons.closing(reader.next.text, wanted, column))
    reader.stop(reasons.OPERATOR)


def absolute(reader: Reader) -> Node:
    """What is between two bars."""
    opening = reader.next
    if opening.text == "||":  # two bars, the second one is still to come
        halve(reader, opening)
    else:
        reader.take()
    reader.bars += 1
    node = reader.sum()
    if reader.next.text == "||":
        halve(reader, reader.next)
    elif reader.next.text == "|":
        reader.take()
    elif reader.next.kind == "end":
        reader.stop(reasons.unclosed("|", reader.source.column(opening.at)))
    else:
        reader.stop(reasons.OPERATOR)
    reader.bars -= 1
    return Call("abs", (node,))


def halve(reader: Reader, token: Token) -> None:
    """Take the first of two bars."""
    reader.tokens[reader.place] = reader.next = Token("sign", "|", token.at + 1, False)


def fraction(reader: Reader) -> Node:
    r"""`\frac{a}{b}`, also `\frac12` and `\frac1x`, as TeX reads them."""
    before = reader.tokens[reader.place - 1] if reader.place else None
    start = reader.take()
    above, below = _half(reader), _half(reader)
    if before and before.kind == "number" and isinstance(above, Number) and isinstance(below, Number):
        of = f"{above.text}/{below.text}"
        reader.stop(reasons.either(f"{before.text}+{of}", f"{before.text}*{of}"), start)
    return Binary("/", above, below)


def _half(reader: Reader) -> Node:
    """A group in braces, or one digit or letter."""
    token = reader.next
    if token.kind == "number" and token.text[0].isdigit():
        first, rest = token.text[0], token.text[1:]
        if rest:  # two tokens from now on, whoever reads again
            parts = token._replace(text=first), Token("number", rest, token.at + 1, False)
            reader.tokens[reader.place : reader.place + 1] = parts
        reader.take()
        return Number(first, Decimal(first))
    if token.kind in ("name", "constant") and len(token.text) == 1:
        return atom(reader)
    if token.text != "{" or reader.tokens[reader.place + 1].text == "}":
        reader.stop(reasons.FRACTION)
    return group(reader)
