r"""Formulas as candidates type them. One pass, bounded depth, no evaluator.

    formula  := sum ["=" sum]
    sum      := [sign] term (sign term)*
    term     := product ("||" product)*                     beside a parallel sign a product is one factor, or 2R
    product  := power (("*" | "/") [sign] power | power)*   two factors side by side are a product
    power    := atom "!"* [("^" | "**") [sign] power]       right-associative; -a^b is -(a^b)
    atom     := number | name | "(" sum ")" | "|" sum "|" | "√" atom | \frac{sum}{sum}
              | function ["^" power] "(" sum ("," sum)* ")"
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NoReturn

from qbank.formulas import messages
from qbank.formulas.functions import arity_fault
from qbank.formulas.source import Source, Unreadable
from qbank.formulas.tokens import Token
from qbank.formulas.tree import (
    Call,
    Constant,
    Equation,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Parallel,
    Power,
    Product,
    Sum,
)
from qbank.formulas.vocabulary import Vocabulary
from qbank.model import Bilingual

DEEPEST = 60
_BEGINNING = frozenset({"(", "[", "√", "\\frac", "\\sqrt"})
CLOSING = {"(": ")", "[": "]", "{": "}"}


def read(text: str, words: Vocabulary, *, decimal_comma: bool = False) -> Formula:
    """The formula or equation that a text is. Raises Unreadable.

    >>> read("2Rf", Vocabulary(("Rf",)))
    Product(factors=(Number(value=Decimal('2')), Name(name='Rf')), divisors=())
    >>> read("2(R1 R2", Vocabulary(("R1", "R2")))
    Traceback (most recent call last):
    qbank.formulas.source.Unreadable: column 8: the ( at column 2 is not closed
    """
    return _Reader(Source(text, words), decimal_comma).formula()


class _Reader:
    """The words of one text and a place among them."""

    __slots__ = ("bars", "called", "decimal_comma", "depth", "next", "place", "source", "tokens", "words")

    def __init__(self, source: Source, decimal_comma: bool) -> None:
        self.source, self.words, self.tokens, self.decimal_comma = source, source.words, source.tokens, decimal_comma
        self.place, self.depth, self.bars, self.called = 0, 0, 0, 0
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
        if self.depth > DEEPEST:
            self.stop(messages.DEEP)

    def formula(self) -> Formula:
        left = self.sum()
        if self.next.text != "=":
            self.ended()
            return left
        self.take()
        right = self.sum()
        if self.next.text == "=":
            self.stop(messages.ONE_EQUALS)
        self.ended()
        return Equation(left, right)

    def ended(self) -> None:
        if self.next.kind == "end":
            return
        if self.next.text in ")]}":
            self.stop(messages.unopened(self.next.text))
        self.stop(messages.OPERATOR)

    def sum(self) -> Node:
        self.deeper()
        negative = self.sign()
        terms = [Negative(self.term()) if negative else self.term()]
        while self.next.text in ("+", "-") and self.next.kind == "sign":
            negative = self.take().text == "-"
            if self.next.text in ("+", "-"):
                self.stop(messages.SIGNS)
            term = self.term()
            terms.append(Negative(term) if negative else term)
        self.depth -= 1
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def sign(self) -> bool:
        """Whether one minus sign stands here; one sign is taken."""
        if self.next.text not in ("+", "-"):
            return False
        negative = self.take().text == "-"
        if self.next.text in ("+", "-"):
            self.stop(messages.SIGNS)
        return negative

    def term(self) -> Node:
        node, simple = self.product()
        if not self.parallel():
            return node
        sides = []
        while True:
            if not simple:
                self.stop(messages.BESIDE)
            sides.append(node)
            if not self.parallel():
                return Parallel(tuple(sides))
            if not self.words.parallel:
                self.stop(messages.PARALLEL)
            self.take()
            node, simple = self.product()

    def parallel(self) -> bool:
        """Whether a parallel sign stands here, and no two bars that close two absolute values."""
        sign = self.next.text
        return sign in ("∥", "//") or (sign == "||" and (self.words.parallel or self.bars < 2))

    def product(self) -> tuple[Node, bool]:
        """The product, and whether it is one factor, or a number before one."""
        start = self.place
        factors = [self.power()]
        divisors: list[Node] = []
        simple, divided = True, False
        while True:
            token = self.next
            if token.kind == "sign" and token.text in ("*", "/"):
                self.take()
                simple = False
                bracketed = self.next.text in ("(", "[", "{", "\\frac")
                begin = self.place
                negative = self.sign()
                factor = self.power()
                bracketed &= self.place > begin and self.tokens[self.place - 1].text in (")", "]", "}")
                (divisors if token.text == "/" else factors).append(Negative(factor) if negative else factor)
                divided = token.text == "/" and not bracketed
            elif self.begins():
                if divided:
                    self.ambiguous(start, begin)
                factors.append(self.power())
                simple = simple and len(factors) == 2 and isinstance(factors[0], Number)
            else:
                break
        if len(factors) == 1 and not divisors:
            return factors[0], True
        return Product(tuple(factors), tuple(divisors)), simple

    def begins(self) -> bool:
        """Whether a factor without a sign before it begins here."""
        kind, text = self.next.kind, self.next.text
        if kind == "number":  # j4
            before = self.tokens[self.place - 1]
            return before.kind == "constant" and before.text == "i"
        return kind in ("name", "constant", "function") or (kind == "sign" and text in _BEGINNING)

    def ambiguous(self, start: int, begin: int) -> NoReturn:
        """Stop at a factor without a sign after a divisor: 1/2R."""
        here, typed, at = self.next, self.source.typed, self.tokens[begin].at
        dividend, divisor = typed(self.tokens[start].at, self.tokens[begin - 1].at), typed(at, here.at)
        self.power()
        self.stop(messages.divided(dividend, divisor, typed(here.at, self.next.at)), here)

    def power(self) -> Node:
        base = self.atom()
        text = self.next.text
        if text == "!":
            base = self.factorials(base)
            text = self.next.text
        if text != "^" and text != "**":
            return base
        self.take()
        return Power(base, self.exponent())

    def exponent(self) -> Node:
        self.deeper()
        negative = self.sign()
        exponent = self.power()
        self.depth -= 1
        return Negative(exponent) if negative else exponent

    def factorials(self, node: Node) -> Node:
        count = 0
        while self.next.text == "!":
            self.take()
            count += 1
            if self.depth + count > DEEPEST:
                self.stop(messages.DEEP)
            node = Call("factorial", (node,))
        return node

    def atom(self) -> Node:
        token = self.next
        match token.kind:
            case "name":
                self.take()
                return Name(token.text)
            case "number":
                return self.number()
            case "constant":
                self.take()
                return Constant(token.text)
            case "function":
                return self.function()
        match token.text:
            case "(" | "[" | "{":
                return self.group()
            case "|" | "||":
                return self.absolute()
            case "√":
                self.take()
                self.deeper()
                node = Call("sqrt", (self.atom(),))
                self.depth -= 1
                return node
            case "\\sqrt":
                return self.root()
            case "\\frac":
                return self.fraction()
            case ")" | "]" | "}" if self.depth == 1:
                raise Unreadable(self.source.column(token.at), messages.unopened(token.text))
            case _:
                raise Unreadable(self.source.column(token.at), messages.OPERAND)

    def number(self) -> Number:
        token = self.take()
        text = token.text
        if self.next.kind == "number" and not self.next.spaced:
            self.stop(messages.OPERATOR)
        if self.next.text == "," and not self.called and not self.next.spaced:
            text = self.with_comma(token)
        try:
            value = Decimal(text)
        except InvalidOperation:  # its exponent has more digits than a Decimal counts
            self.stop(messages.RANGE, token)
        if len(text) > 4 and value and not -99 <= value.adjusted() <= 99:
            self.stop(messages.RANGE, token)
        return Number(value)

    def with_comma(self, token: Token) -> str:
        """A number with a decimal comma; `1,234` could be two numbers."""
        comma = self.next
        after = self.tokens[self.place + 1]
        if after.kind != "number" or after.spaced or not after.text.isdigit() or not token.text.isdigit():
            self.stop(messages.OPERATOR)
        if len(after.text) == 3 and not self.decimal_comma:
            self.stop(messages.COMMA)
        self.take()
        self.take()
        if self.next.text == ",":
            self.stop(messages.OPERATOR)
        return f"{token.text}.{self.tokens[self.place - 1].text}" if comma else token.text

    def group(self) -> Node:
        """A bracketed sum."""
        opening = self.take()
        called, self.called = self.called, 0
        bars, self.bars = self.bars, 0
        node = self.sum()
        self.close(opening)
        self.called, self.bars = called, bars
        return node

    def close(self, opening: Token) -> None:
        wanted = CLOSING[opening.text]
        if self.next.text == wanted:
            self.take()
            return
        column = self.source.column(opening.at)
        if self.next.kind == "end":
            self.stop(messages.unclosed(opening.text, column))
        if self.next.text in (")", "]", "}"):
            self.stop(messages.closing(self.next.text, wanted, column))
        self.stop(messages.OPERATOR)

    def absolute(self) -> Node:
        """What stands between two bars."""
        opening = self.next
        if opening.text == "||":  # two bars, the second one is still to come
            self.tokens[self.place] = self.next = Token("sign", "|", opening.at + 1, False)
        else:
            self.take()
        self.bars += 1
        node = self.sum()
        if self.next.text == "||":
            self.tokens[self.place] = self.next = Token("sign", "|", self.next.at + 1, False)
        elif self.next.text == "|":
            self.take()
        elif self.next.kind == "end":
            self.stop(messages.unclosed("|", self.source.column(opening.at)))
        else:
            self.stop(messages.OPERATOR)
        self.bars -= 1
        return Call("abs", (node,))

    def root(self) -> Node:
        r"""`\sqrt{x}`, `\sqrt[3]{x}`."""
        self.take()
        self.deeper()
        index = self.group() if self.next.text == "[" else None
        inner = self.atom()
        self.depth -= 1
        return Call("sqrt", (inner,)) if index is None else Call("root", (inner, index))

    def fraction(self) -> Node:
        r"""`\frac{a}{b}`."""
        self.take()
        parts = []
        for _ in range(2):
            if self.next.text != "{":
                self.stop(messages.FRACTION)
            parts.append(self.group())
        return Product((parts[0],), (parts[1],))

    def function(self) -> Node:
        token = self.take()
        exponent: Node | None = None
        if self.next.text in ("^", "**"):
            self.take()
            at = self.next
            exponent = self.functional_exponent()
            if isinstance(exponent, Negative):
                self.stop(messages.INVERSE, at)
        if self.next.text not in ("(", "[", "{"):
            self.stop(messages.bare(self.source.typed(token.at, self.tokens[self.place - 1].at) or token.text))
        opening = self.take()
        self.called += 1
        bars, self.bars = self.bars, 0
        arguments = [self.sum()]
        while self.next.text == ",":
            self.take()
            arguments.append(self.sum())
        self.called -= 1
        self.bars = bars
        self.close(opening)
        fault = arity_fault(token.text, len(arguments))
        if fault is not None:
            self.stop(messages.arguments(token.text, *fault, len(arguments)), token)
        name = self.words.log if token.text == "log" and len(arguments) == 1 else token.text
        call = Call(name, tuple(arguments))
        return call if exponent is None else Power(call, exponent)

    def functional_exponent(self) -> Node:
        """The exponent between a function and its bracket: `sin^2(x)`, `sin^{2}(x)`, `sin^(n)(x)`."""
        if self.next.text in ("(", "{"):
            return self.group()
        if self.next.text == "-":
            self.take()
            return Negative(self.number())
        if self.next.kind == "number":
            return self.number()
        if self.next.kind == "name":
            return Name(self.take().text)
        raise Unreadable(self.source.column(self.next.at), messages.OPERAND)
