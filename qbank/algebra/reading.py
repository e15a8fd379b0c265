"""Reading an expression: Python's syntax and precedence, of its expressions the few that an item needs.

    expression  := either ["if" either "else" expression]
    either      := both {"or" both}            both   := denial {"and" denial}          denial := ["not"] comparison
    comparison  := sum {("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] "in") sum}
    sum         := product {("+" | "-") product}   product := signed {("*" | "/" | "//" | "%" | "@") signed}
    signed      := ("+" | "-") signed | power      power   := atom {"[" index "]" | ".T"} ["**" signed]
    atom        := number | name ["(" arguments ")"] | label | "(" expression ")" | "[" expressions "]"
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from qbank import messages
from qbank.algebra import limits
from qbank.algebra.atoms import named, number, whole
from qbank.algebra.functions import ALSO, arity_fault, known, lacking, unknown
from qbank.algebra.tokens import Token, split
from qbank.algebra.tree import (
    Binary,
    Call,
    Compare,
    Comparison,
    Conditional,
    Expression,
    ExpressionError,
    Index,
    Label,
    Listing,
    Logic,
    Name,
    Node,
    Number,
    Operator,
    Slice,
    Unary,
)

IF, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, POWER = range(1, 10)  # how tightly each binds
ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "%": PRODUCT, "@": PRODUCT}
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "not"})


BASES = {"hex": 16, "oct": 8, "bin": 2}
WIDEST = 64
"""The most digits that a whole number is filled up to."""


@lru_cache(maxsize=4096)
def read(text: str, *, based: bool = False) -> Expression:
    """The expression that a text is. Raises ExpressionError with the offset of what is wrong.

    With `based`, it may be `hex(n)`, `oct(n)` or `bin(n)`, or `hex(n, 4)`: how a derived value prints.

    >>> str(read("-Rf/R1"))
    '-Rf/R1'
    >>> read("sqr(2)")
    Traceback (most recent call last):
    ...
    qbank.algebra.tree.ExpressionError: the function 'sqr' is not known; did you mean 'sqrt'?
    """
    if len(text) > limits.LENGTH:
        message = messages.tell("an expression may have at most {most} characters, not {given}",
                                most=limits.LENGTH, given=len(text))  # fmt: skip
        raise ExpressionError(message, limits.LENGTH)
    tokens = split(text)
    reader = _Reader(tokens)
    based = based and tokens[0].text in BASES and tokens[1].text == "("
    base, root, width = _in_base(reader) if based else (10, reader.expression(IF), 0)
    if based and reader.next.kind != "end":
        raise ExpressionError(_alone(tokens[0].text), reader.next.at)
    if reader.next.kind != "end":
        raise ExpressionError(messages.tell("an operator is missing before {word}", word=reader.next), reader.next.at)
    limits.hold(root)
    return Expression(text, root, base, width)


def _alone(function: str) -> str:
    return messages.tell("{function}(…) is a way to print, so it must be a whole derived value, as in h: {function}(n)",
                         function=function)  # fmt: skip


def _in_base(reader: _Reader) -> tuple[int, Node, int]:
    """The base, the number and the width of `hex(n, 4)`."""
    function = reader.take()
    reader.need("(", function)
    number, *rest = reader.several(")", function) or (None,)
    match number, rest:
        case (None, _):
            message = messages.tell("{function} needs a whole number, as in {function}(n)", function=function.text)
            raise ExpressionError(message, function.at)
        case (_, []):
            return BASES[function.text], number, 0
        case (_, [Number(value=value)]) if value == value.to_integral_value() and 1 <= value <= WIDEST:
            return BASES[function.text], number, int(value)
        case _:
            message = messages.tell(
                "{function} takes a whole number and its least number of digits, from 1 to {most}, as in "
                "{function}(n, 4)", function=function.text, most=WIDEST,
            )  # fmt: skip
            raise ExpressionError(message, function.at)


def is_name(text: str) -> bool:
    """Whether a parameter may have this name: an expression that is nothing else must mean it.

    >>> is_name("R_1"), is_name("β"), is_name("pi"), is_name("if"), is_name("2R")
    (True, True, False, False, False)
    """
    try:
        return read(text).root == Name(text)
    except ExpressionError:
        return False


class _Reader:
    """The words still to be read; every method takes from them what its rule allows (precedence climbing)."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._position]

    def take(self) -> Token:
        token = self.next
        self._position += token.kind != "end"
        return token

    def sees(self, sign: str) -> bool:
        return self.next.kind == "sign" and self.next.text == sign

    def takes(self, sign: str) -> bool:
        seen = self.sees(sign)
        self._position += seen
        return seen

    def need(self, sign: str, where: Token) -> None:
        if not self.takes(sign):
            if self.next.kind == "end":
                message = messages.tell("{sign!r}, which belongs to {opening!r}, is missing at the end",
                                        sign=sign, opening=where.text)  # fmt: skip
            else:
                message = messages.tell("{sign!r} is missing after {opening!r}, before {word}",
                                        sign=sign, opening=where.text, word=self.next)  # fmt: skip
            raise ExpressionError(message, self.next.at)

    def expression(self, least: int) -> Node:
        """An operand, and every operator after it that binds at least as tightly as `least`."""
        self._depth += 1
        if self._depth > limits.DEPTH:
            raise ExpressionError(limits.too_deep(), self.next.at)
        node = self.operand(least)
        while (longer := self.longer(node, least)) is not node:
            node = longer
        self._depth -= 1
        return node

    def longer(self, left: Node, least: int) -> Node:
        """The node with the next operator and its right side, or the same node when none follows."""
        token = self.next
        if token.kind != "sign":
            return left
        if token.text == "**" and least <= POWER:
            self.take()
            return Binary("**", left, self.expression(SIGN), token.at)
        binding = ARITHMETIC.get(token.text)
        if binding is not None and least <= binding:
            self.take()
            return Binary(cast(Operator, token.text), left, self.expression(binding + 1), token.at)
        if token.text in COMPARISONS and least <= COMPARE:
            return self.chain(left)
        if token.text == "and" and least <= AND:
            self.take()
            return Logic("and", left, self.expression(NOT), token.at)
        if token.text == "or" and least <= OR:
            self.take()
            return Logic("or", left, self.expression(AND), token.at)
        if token.text == "if" and least <= IF:
            self.take()
            test = self.expression(OR)
            self.need("else", token)
            return Conditional(test, left, self.expression(IF), token.at)
        return left

    def chain(self, first: Node) -> Node:
        operands, operators, at = [first], [], self.next.at
        while self.next.kind == "sign" and self.next.text in COMPARISONS:
            token = self.take()
            if token.text == "not":
                self.need("in", token)
            operators.append(cast(Comparison, "not in" if token.text == "not" else token.text))
            operands.append(self.expression(SUM))
        return Compare(tuple(operands), tuple(operators), at)

    def operand(self, least: int) -> Node:
        token = self.take()
        if token.kind == "sign" and token.text == "not":
            if least > NOT:
                raise ExpressionError(messages.tell("'not' needs parentheses here: (not …)"), token.at)
            return Unary("not", self.expression(NOT), token.at)
        if token.kind == "sign" and token.text in ("-", "+"):
            return Unary("-" if token.text == "-" else "+", self.expression(SIGN), token.at)
        node = self.atom(token)
        while self.sees("[") or self.sees("."):
            node = self.index(node) if self.sees("[") else self.transposed(node)
        return node

    def atom(self, token: Token) -> Node:
        if token.kind == "number":
            return number(token)
        if token.kind == "name":
            return self.call(token) if self.sees("(") else named(token)
        if token.kind == "label":
            return Label(token.text[1:-1], token.at)
        if token.kind == "sign" and token.text == "(":
            inner = self.expression(IF)
            self.need(")", token)
            return inner
        if token.kind == "sign" and token.text == "[":
            items = self.several("]", token)
            if not items:
                raise ExpressionError(messages.tell("a list needs at least one entry"), token.at)
            return Listing(items, token.at)
        if token.kind == "end":
            raise ExpressionError(messages.tell("a value is missing at the end"), token.at)
        raise ExpressionError(messages.tell("a value is missing before {word}", word=token), token.at)

    def several(self, closing: str, opening: Token) -> tuple[Node, ...]:
        """Expressions with commas between them, up to and with the closing bracket."""
        found: list[Node] = []
        while not self.takes(closing):
            if found:
                self.need(",", opening)
                if self.takes(closing):
                    break
            found.append(self.expression(IF))
        return tuple(found)

    def call(self, function: Token) -> Node:
        if function.text in BASES:
            raise ExpressionError(_alone(function.text), function.at)
        name = ALSO.get(function.text, function.text)
        if name not in known() and name != "mod":
            message = messages.tell("the function {unknown}", unknown=unknown(function.text))
            raise ExpressionError(message, function.at)
        if name in known() and (message := lacking(name)):
            raise ExpressionError(message, function.at)
        arguments = self.several(")", self.take())
        if name == "mod" and len(arguments) == 2:
            return Binary("%", *arguments, function.at)
        fault = arity_fault(name, len(arguments))
        if fault:
            raise ExpressionError(fault, function.at)
        return Call(name, arguments, function.at)

    def transposed(self, node: Node) -> Node:
        point, attribute = self.take(), self.take()
        if attribute.kind == "end":
            raise ExpressionError(messages.tell("'T' is missing after the point"), point.at)
        if attribute.text != "T":
            message = messages.tell("only T (transposed) is allowed after a point, not {word}", word=attribute)
            raise ExpressionError(message, point.at)
        return Call("T", (node,), attribute.at)

    def index(self, node: Node) -> Node:
        bracket = self.take()
        places = [self.place()]
        while self.takes(","):
            places.append(self.place())
        self.need("]", bracket)
        return Index(node, tuple(places), bracket.at)

    def place(self) -> Node | Slice:
        at = self.next.at
        start = None if self.sees(":") else self.expression(IF)
        if not self.takes(":"):
            assert start is not None
            return start
        stop = None if self.sees("]") or self.sees(",") else self.expression(IF)
        return Slice(whole(start), whole(stop), at)
