r"""Formulas as candidates type them. One pass, bounded depth, no evaluator.

    formula  := sum ["=" sum]
    sum      := [sign] term (sign [sign] term)*
    term     := product ("||" product)*                     beside a parallel sign a product is one factor, or 2R
    product  := power (("*" | "/") [sign] power | power)*   two factors side by side are a product, also below a stroke
    power    := atom "!"* [("^" | "**") [sign] power]       right-associative; -a^b is -(a^b)
    atom     := number | name | "(" sum ")" | "|" sum "|" | \frac{sum}{sum} | "√" (bracket | number | name)
              | function ["^" power] ("(" sum ("," sum)* ")" | [sign] power*)
              | atom "∠" [sign] power ["°" | "rad"]         where the question is complex
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NoReturn, cast

from qbank.algebra.table import FUNCTIONS, INVERSES, arity_fault
from qbank.algebra.tree import Binary, Call, Constant, Name, Node, Number, Operator, Unary, equation
from qbank.algebra.writing import plain
from qbank.formulas import messages
from qbank.formulas.source import Source, Unreadable
from qbank.formulas.styles import Kind, Style, others
from qbank.formulas.tokens import Token
from qbank.formulas.vocabulary import Vocabulary
from qbank.model import Bilingual

DEEPEST = 60
_BEGINNING = frozenset({"(", "[", "√", "\\frac", "\\sqrt"})
_OPENING = frozenset({"(", "[", "{"})
CLOSING = {"(": ")", "[": "]", "{": "}"}


def read(text: str, words: Vocabulary, *, decimal_comma: bool = False) -> Node:
    """The formula or equation that a text is, in its usual reading. Raises Unreadable.

    >>> read("2Rf", Vocabulary(("Rf",)))
    Binary(operator='*', left=Number(text='2', value=Decimal('2'), at=0), right=Name(name='Rf', at=0), at=0)
    >>> read("2(R1 R2", Vocabulary(("R1", "R2")))
    Traceback (most recent call last):
    qbank.formulas.source.Unreadable: column 8: the ( at column 2 is not closed
    """
    return Reader(Source(text, words), Style(), decimal_comma).formula()


def second(text: str, words: Vocabulary, *, decimal_comma: bool = False) -> tuple[Node, ...]:
    """The other usual readings of a text that can be read, each once.

    >>> from qbank.algebra.writing import plain
    >>> [plain(node) for node in second("e^2x + 1", Vocabulary(("x",)))]
    ['e^(2*x) + 1', 'e^(2*x + 1)']
    """
    source, style = Source(text, words), Style()
    usual = Reader(source, style, decimal_comma).formula()
    if not style.passed:
        return ()
    found = {plain(usual): usual}
    for other in others(style.passed):
        try:
            node = Reader(source, other, decimal_comma).formula()
        except Unreadable:
            continue
        found.setdefault(plain(node), node)
    return tuple(found.values())[1:]


class Reader:
    """The words of one text, a place among them, and the style in which it is read."""

    __slots__ = ("bars", "called", "decimal_comma", "depth", "next", "place", "source", "style", "tokens", "words")

    def __init__(self, source: Source, style: Style, decimal_comma: bool) -> None:
        self.source, self.words, self.tokens = source, source.words, list(source.tokens)
        self.style, self.decimal_comma = style, decimal_comma
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
            self.stop(messages.ONE_EQUALS)
        self.ended()
        return equation(left, right)

    def ended(self) -> None:
        if self.next.kind == "end":
            return
        if self.next.text in ")]}":
            self.stop(messages.unopened(self.next.text))
        self.stop(messages.OPERATOR)

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
        """Whether one minus sign stands here; one sign is taken."""
        if self.next.text not in ("+", "-"):
            return False
        negative = self.take().text == "-"
        if self.next.text in ("+", "-"):
            self.stop(messages.SIGNS)
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
                self.stop(messages.BESIDE)
            sides.append(node)
            if not self.parallel():
                return Call("parallel", tuple(sides))
            if not self.words.parallel:
                self.stop(messages.PARALLEL)
            self.take()
            node, simple = self.product()

    def parallel(self) -> bool:
        """Whether a parallel sign stands here, and no two bars that close and open absolute values."""
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
            if token.kind == "sign" and token.text in ("*", "/"):
                self.take()
                negative = self.sign()
                factor = self.divisor(start) if token.text == "/" else self.power()
                node = Binary(cast(Operator, token.text), node, self.signed(factor) if negative else factor)
                simple = False
            elif self.begins():
                node = Binary("*", node, self.power())
                count += 1
                simple = simple and number and count == 2
            else:
                return node, simple

    def divisor(self, start: int) -> Node:
        """What stands below a stroke: letters side by side are one divisor, a number before letters is two readings."""
        begin, opening = self.place, self.next.text in _OPENING or self.next.text == "\\frac"
        node = self.power()
        if self.begins() and not (opening and self.tokens[self.place - 1].text in (")", "]", "}")):
            head = self.tokens[begin]
            if head.kind == "number" or head.text in ("√", "\\sqrt"):
                self.ambiguous(start, begin)
            if self.way("divisor") == "first":
                return node
            node = self.beside(node)
        if self.next.text == "*" and self.way("factor") == "term":
            while self.next.text == "*" or self.begins():
                if self.next.text == "*":
                    self.take()
                node = Binary("*", node, self.power())
        return node

    def beside(self, node: Node) -> Node:
        """The product of a factor and of all that stands beside it without a sign."""
        while self.begins():
            node = Binary("*", node, self.power())
        return node

    def begins(self) -> bool:
        """Whether a factor without a sign before it begins here."""
        kind, text = self.next.kind, self.next.text
        if kind == "number":  # j4
            before = self.tokens[self.place - 1]
            return before.kind == "constant" and before.text == "i"
        if text in ("|", "||"):
            return not self.bars and not self.parallel()
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
        if text == "∠" and self.words.imaginary:
            return self.polar(base)
        if text != "^" and text != "**":
            return base
        self.take()
        return Binary("**", base, self.exponent())

    def exponent(self) -> Node:
        self.deeper()
        negative = self.sign()
        start, bracketed = self.place, self.next.text in _OPENING
        node = self.power()
        goes_on = not bracketed and (self.begins() or self.next.text in ("+", "-", "*", "/"))
        way = self.way("exponent") if goes_on else ""
        if way == "product":
            node = self.beside(node)
        elif way:
            node = self.factors(node, start)[0]
        if negative:
            node = self.signed(node)
        if way == "sum":
            node = self.terms(node)
        self.depth -= 1
        return node

    def polar(self, modulus: Node) -> Node:
        """A modulus and its angle, in degrees unless it says radians."""
        self.take()
        negative = self.sign()
        angle = self.power()
        angle = self.signed(angle) if negative else angle
        if self.next.text == "°":
            self.take()
        elif self.next.text == "rad":
            self.take()
            return Call("polar", (modulus, angle))
        elif self.way("angle") == "radians":
            return Call("polar", (modulus, angle))
        turn = Binary("/", Constant("pi"), Number("180", Decimal(180)))
        return Call("polar", (modulus, Binary("*", angle, turn)))

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
                return Constant(token.text)  # type: ignore[arg-type]
            case "function":
                return self.function()
        match token.text:
            case "(" | "[" | "{":
                return self.group()
            case "|" | "||":
                return self.absolute()
            case "√" | "\\sqrt":
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
        return Number(text, value)

    def with_comma(self, token: Token) -> str:
        """A number with a decimal comma; `1,234` could be two numbers."""
        after = self.tokens[self.place + 1]
        if after.kind != "number" or after.spaced or not after.text.isdigit() or not token.text.isdigit():
            self.stop(messages.OPERATOR)
        if len(after.text) == 3 and not self.decimal_comma:
            self.stop(messages.COMMA)
        self.take()
        self.take()
        if self.next.text == ",":
            self.stop(messages.OPERATOR)
        return f"{token.text}.{after.text}"

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
            self.halve(opening)
        else:
            self.take()
        self.bars += 1
        node = self.sum()
        if self.next.text == "||":
            self.halve(self.next)
        elif self.next.text == "|":
            self.take()
        elif self.next.kind == "end":
            self.stop(messages.unclosed("|", self.source.column(opening.at)))
        else:
            self.stop(messages.OPERATOR)
        self.bars -= 1
        return Call("abs", (node,))

    def halve(self, token: Token) -> None:
        """Take the first of two bars."""
        self.tokens[self.place] = self.next = Token("sign", "|", token.at + 1, False)

    def root(self) -> Node:
        r"""`√2`, `√(x+1)`, `\sqrt{x}`, `\sqrt[3]{x}`, `sqrt 2`: a bracket, or the next number or name."""
        self.take()
        self.deeper()
        if self.next.text == "[" and self.tokens[self.place - 1].text == "\\sqrt":
            index = self.group()
            inner = self.atom()
            self.depth -= 1
            return Call("root", (inner, index))
        start, bracketed = self.place, self.next.text in _OPENING
        inner = self.atom()
        goes_on = not bracketed and (self.begins() or self.next.text in ("^", "**", "!", "+", "-", "*", "/"))
        way = self.way("root") if goes_on else ""
        if way:
            self.place = start
            self.next = self.tokens[start]
            inner = self.beside(self.power()) if way == "product" else self.product()[0]
        if way == "sum":
            inner = self.terms(inner)
        self.depth -= 1
        return Call("sqrt", (inner,))

    def fraction(self) -> Node:
        r"""`\frac{a}{b}`."""
        self.take()
        parts = []
        for _ in range(2):
            if self.next.text != "{":
                self.stop(messages.FRACTION)
            parts.append(self.group())
        return Binary("/", parts[0], parts[1])

    def function(self) -> Node:
        token = self.next
        if token.text == "sqrt" and self.tokens[self.place + 1].text not in _OPENING:
            return self.root()
        self.take()
        exponent: Node | None = None
        inverse = False
        if self.next.text in ("^", "**"):
            self.take()
            at = self.next
            exponent = self.functional_exponent()
            inverse = exponent == Unary("-", Number("1", Decimal(1)))
            if inverse and token.text not in INVERSES:
                self.stop(messages.INVERSE, at)
        arguments = self.arguments(token)
        fault = arity_fault(token.text, len(arguments))
        if fault is not None:
            self.stop(messages.arguments(token.text, *fault, len(arguments)), token)
        if inverse and self.way("inverse") != "reciprocal":
            return Call(INVERSES[token.text], arguments)
        name = self.words.log if token.text == "log" and len(arguments) == 1 else token.text
        call = Call(name, arguments)
        return call if exponent is None else Binary("**", call, exponent)

    def arguments(self, function: Token) -> tuple[Node, ...]:
        """The arguments in a bracket, or the one that follows without a bracket."""
        if self.next.text not in _OPENING:
            return (self.bare(function),)
        opening = self.take()
        self.called += 1
        bars, self.bars = self.bars, 0
        found = [self.sum()]
        while self.next.text == ",":
            self.take()
            found.append(self.sum())
        self.called -= 1
        self.bars = bars
        self.close(opening)
        return tuple(found)

    def bare(self, function: Token) -> Node:
        """An argument without brackets: the product side by side that follows, up to a sign or a function."""
        row = FUNCTIONS[function.text]
        negative = self.next.text == "-" and not self.tokens[self.place + 1].spaced and self.next.spaced
        if negative:
            self.take()
        begin = self.next
        if row.least > 1 or not (self.begins() or begin.kind == "number" or begin.text in ("|", "||")):
            typed = self.source.typed(function.at, self.tokens[self.place - 1].at) or function.text
            self.stop(messages.bare(typed))
        self.deeper()
        start, way = self.place, self.way("argument")
        if way == "atom":
            node = self.atom()
        elif way in ("term", "sum"):
            node = self.product()[0]
        else:
            node = self.power()
            while way != "first" and self.next.kind != "function" and self.begins():
                node = Binary("*", node, self.power())
        node = self.signed(node) if negative else node
        if way == "sum":
            node = self.terms(node)
        self.depth -= 1
        if self.next.text == "/" and not way:
            self.undivided(function, start)
        return node

    def undivided(self, function: Token, start: int) -> NoReturn:
        """Stop at a stroke after an argument without brackets: sin x/2."""
        here, typed = self.next, self.source.typed
        argument = typed(self.tokens[start].at, here.at)
        self.take()
        self.sign()
        self.power()
        divisor = typed(here.at + 1, self.next.at)
        name = function.text
        self.stop(messages.either(f"{name}({argument})/{divisor}", f"{name}({argument}/{divisor})"), here)

    def functional_exponent(self) -> Node:
        """The exponent between a function and its bracket: `sin^2(x)`, `sin^{2}(x)`, `sin^(n)(x)`."""
        if self.next.text in ("(", "{"):
            return self.group()
        if self.next.text == "-":
            self.take()
            return Unary("-", self.number())
        if self.next.kind == "number":
            return self.number()
        if self.next.kind == "name":
            return Name(self.take().text)
        raise Unreadable(self.source.column(self.next.at), messages.OPERAND)
