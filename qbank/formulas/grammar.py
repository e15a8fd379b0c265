r"""Formulas as candidates type them. One pass, bounded depth, no evaluator.

    formula  := sum ["=" sum]
    sum      := [sign] term (sign [sign] term)*
    term     := product ("||" product)*                     beside a parallel sign a product is one factor, or 2R
    product  := power (("*" | "/") [sign] power | power)*   two factors side by side are a product, also below a stroke
    power    := raised ["∠" [sign] (raised | product unit)]  where the question is complex
    unit     := "°" | "rad"                                 ends a product: 5∠π/2 rad, e^(j30°), cos(ωt+30°), sin 60°
    raised   := atom "!"* [("^" | "**") [sign] raised]      right-associative; -a^b is -(a^b)
    atom     := number | name | "(" sum ")" | "|" sum "|" | \frac{sum}{sum} | "√" (bracket | number | name)
              | function ["^" power] ("(" sum ("," sum)* ")" | [sign] power*)
"""

from __future__ import annotations

from typing import NoReturn, cast

from qbank.algebra.tree import Binary, Call, Constant, Node, Number, Operator, Unary, equation
from qbank.formulas import atoms, calls, reasons, source
from qbank.formulas.source import Source, Unreadable
from qbank.formulas.styles import Kind, Style
from qbank.formulas.tokens import OPENING, Token
from qbank.model import Bilingual

_BEGINNING = frozenset({"(", "[", "√", "\\frac", "\\sqrt"})


class Reader:
    """The words of one text, a place among them, and the style in which it is read."""

    __slots__ = (
        "bars", "called", "decimal_comma", "depth", "next", "place", "short", "source", "style", "tokens", "words",
    )  # fmt: skip

    def __init__(self, text: Source, style: Style, decimal_comma: bool) -> None:
        self.source, self.words, self.tokens = text, text.words, list(text.tokens)
        self.style, self.decimal_comma = style, decimal_comma
        self.place, self.depth, self.bars, self.called, self.short = 0, 0, 0, 0, False
        self.next = self.tokens[0]

    def stop(self, why: Bilingual, token: Token | None = None) -> NoReturn:
        raise Unreadable(self.source.column((token or self.next).at), why)

    def take(self) -> Token:
        token = self.next
        self.place += 1
        self.next = self.tokens[self.place]
        return token

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > source.DEEPEST:
            self.stop(reasons.DEEP)

    def way(self, kind: Kind) -> str:
        return self.style.at(kind)

    def formula(self) -> Node:
        left = self.sum()
        if self.next.text != "=":
            self.ended()
            return left
        self.take()
        right = self.sum()
        if self.next.text == "=":
            self.stop(reasons.ONE_EQUALS)
        self.ended()
        return equation(left, right)

    def ended(self) -> None:
        if self.next.kind == "end":
            return
        if self.next.text in ")]}":
            self.stop(reasons.unopened(self.next.text))
        self.stop(reasons.OPERATOR)

    def sum(self) -> Node:
        self.deeper()
        node = self.signed(self.term()) if self.sign() else self.term()
        node = self.terms(node)
        self.depth -= 1
        return node

    def terms(self, node: Node) -> Node:
        """A sum that goes on from its first term."""
        while self.next.text in ("+", "-") and self.next.kind == "sign":
            operator = self.take().text
            if self.sign():
                operator = "-" if operator == "+" else "+"
            node = Binary(cast(Operator, operator), node, self.term())
        return node

    def sign(self) -> bool:
        """Whether one minus sign is here; one sign is taken."""
        if self.next.text not in ("+", "-"):
            return False
        negative = self.take().text == "-"
        if self.next.text in ("+", "-"):
            self.stop(reasons.SIGNS)
        return negative

    @staticmethod
    def signed(node: Node) -> Node:
        return Unary("-", node)

    def term(self) -> Node:
        node, simple = self.product()
        if not self.parallel():
            return node
        sides = []
        while True:
            if not simple:
                self.stop(reasons.BESIDE)
            sides.append(node)
            if not self.parallel():
                return Call("parallel", tuple(sides))
            if not self.words.parallel:
                self.stop(reasons.PARALLEL)
            self.take()
            node, simple = self.product()

    def parallel(self) -> bool:
        """Whether a parallel sign is here, and no two bars that close and open absolute values."""
        sign = self.next.text
        return sign in ("∥", "//") or (sign == "||" and (self.words.parallel or not self.bars))

    def product(self) -> tuple[Node, bool]:
        """The product, and whether it is one factor, or a number before one."""
        start = self.place
        first = self.power()
        return self.factors(first, start)

    def factors(self, node: Node, start: int) -> tuple[Node, bool]:
        """A product that goes on from its first factor, which began at a token."""
        count, number, simple = 1, isinstance(node, Number), True
        while True:
            token = self.next
            if token.text == "/" and self.words.imaginary and self.angle_follows():  # 220/-60°
                node = atoms.polar(self, node)
            elif token.kind == "sign" and token.text in ("*", "/"):
                self.take()
                negative = self.sign()
                factor = self.divisor(start) if token.text == "/" else self.power()
                node = Binary(cast(Operator, token.text), node, self.signed(factor) if negative else factor)
                simple = False
            elif self.begins():
                node = Binary("*", node, self.power())
                count += 1
                simple = simple and number and count == 2
            elif token.text == "∠" and self.words.imaginary:  # a divisor that was cut short: (10/√2)∠30°
                if isinstance(node, Call) and node.function == "polar" and self.tokens[self.place - 1].text != ")":
                    self.stop(reasons.ANGLES)
                node = atoms.polar(self, node)
            else:
                return self.turned(node), simple

    def angle_follows(self) -> bool:
        """Whether an angle in degrees is behind the stroke here, which then stands for ∠."""
        ahead = self.place + 1 + (self.tokens[self.place + 1].text in ("+", "-"))
        return self.tokens[ahead].kind == "number" and self.tokens[ahead + 1].text == "°"

    def turned(self, node: Node) -> Node:
        """A product with the unit of an angle behind it, where one is there."""
        behind = self.tokens[self.place - 1].text
        if self.next.text not in ("°", "rad") or behind in ("°", "rad"):
            return node
        in_radians = self.take().text == "rad" or (calls.is_angle(node) and self.way("degrees"))
        return node if in_radians else Binary("*", node, atoms.TURN)

    def divisor(self, start: int) -> Node:
        """What is below a stroke: letters side by side are one divisor, a number before letters is two readings."""
        begin, opening = self.place, self.next.text in OPENING or self.next.text == "\\frac"
        node = self.raised()
        if self.next.text == "∠" and self.words.imaginary:
            if self.way("phasor") == "first":
                return node
            node = atoms.polar(self, node)
        if self.begins() and opening and self.tokens[self.place - 1].text in (")", "]", "}"):
            node = self.beside(node) if self.way("divisor") == "on" else node
        elif self.begins():
            head = self.tokens[begin]
            if head.kind == "number" or head.text in ("√", "\\sqrt"):
                self.ambiguous(start, begin)
            way = self.way("divisor")
            if way == "first":
                return node
            node = self.beside(node, until=way)
        goes_on = self.next.text == "*" or (not opening and self.next.text in ("+", "-"))
        way = self.way("factor") if goes_on else ""
        while way and (self.next.text == "*" or self.begins()):
            if self.next.text == "*":
                self.take()
            node = Binary("*", node, self.power())
        if way == "sum":
            self.deeper()  # 1/x+1/x+…: each divisor goes on to the end
            node = self.terms(node)
            self.depth -= 1
        return node

    def beside(self, node: Node, until: str = "") -> Node:
        """The product of a factor and of all that is beside it without a sign, to the end or to a space or bracket."""
        while self.begins():
            if (until == "space" and self.next.spaced) or (until == "bracket" and self.next.text in OPENING):
                break
            node = Binary("*", node, self.power())
        return node

    def lettered(self, start: int) -> bool:
        """Whether a letter is between a token and this place, or right behind a sign here."""
        tokens = (*self.tokens[start : self.place], *self.tokens[self.place + 1 : self.place + 2])
        return any(token.kind in ("name", "constant") for token in tokens)

    def begins(self) -> bool:
        """Whether a factor without a sign before it begins here."""
        kind, text = self.next.kind, self.next.text
        if kind == "function" and self.short:
            return False
        if kind == "number":  # j4, (-1)^n 2^n; `3+4j 3-4j` is two answers
            before, earlier = self.tokens[self.place - 1], self.tokens[max(self.place - 2, 0)]
            raised = self.next.spaced and self.tokens[self.place + 1].text in ("^", "**")
            return (before.kind == "constant" and before.text == "i" and earlier.kind != "number") or (
                raised and (before.kind in ("name", "constant") or before.text in (")", "]", "}")))
        if text in ("|", "||"):
            return not self.bars and not self.parallel()
        return kind in ("name", "constant", "function") or (kind == "sign" and text in _BEGINNING)

    def ambiguous(self, start: int, begin: int) -> NoReturn:
        """Stop at a factor without a sign after a divisor: 1/2R."""
        here, typed, at = self.next, self.source.typed, self.tokens[begin].at
        dividend, divisor = typed(self.tokens[start].at, self.tokens[begin - 1].at), typed(at, here.at)
        self.power()
        self.stop(reasons.divided(dividend, divisor, typed(here.at, self.next.at)), here)

    def power(self, base: Node | None = None) -> Node:
        """A power, or a modulus and its angle; its base may have been read."""
        node = self.raised(base)
        return atoms.polar(self, node) if self.next.text == "∠" and self.words.imaginary else node

    def raised(self, base: Node | None = None) -> Node:
        base = base or atoms.atom(self)
        text = self.next.text
        if text == "!":
            base = atoms.factorials(self, base)
            text = self.next.text
        if text != "^" and text != "**":
            return base
        self.take()
        exponent = self.exponent(base)
        if isinstance(base, Constant) and base.name == "e" and calls.is_phase(exponent) and self.way("degrees"):
            exponent = Binary("*", exponent, atoms.TURN)
        return Binary("**", base, exponent)

    def exponent(self, base: Node) -> Node:
        """An exponent; that of `x^2(x+1)` is over, that of `e^2(x+1)` may go on."""
        self.deeper()
        negative = self.sign()
        start, bracketed = self.place, self.next.text in OPENING
        node = self.raised()
        over = self.next.text in OPENING and isinstance(node, Number) and not isinstance(base, Number | Constant)
        goes_on = not bracketed and not over and (self.begins() or self.next.text in ("+", "-", "*", "/"))
        way = self.way("exponent") if goes_on else ""
        short, self.short = self.short, way in ("run", "quotient")
        if way in ("run", "product"):
            node = self.beside(node)
        elif way:
            node = self.factors(node, start)[0]
        self.short = short
        if negative:
            node = self.signed(node)
        if way == "sum" and self.lettered(start):  # no one writes x^2+1 for x^3
            node = self.terms(node)
        self.depth -= 1
        return node
