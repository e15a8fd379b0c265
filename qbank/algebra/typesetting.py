r"""An expression as TeX of the bank's subset, in the author's own order: nothing is simplified.

>>> from qbank.algebra import read
>>> latex(read("-Rf/R1"), {"Rf": "R_f", "R1": "R_1"})
'-\\frac{R_f}{R_1}'
>>> latex(read("-Rf/R1"), {}, {"Rf": "100", "R1": "10"})
'-\\frac{100}{10}'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qbank.algebra import notation
from qbank.algebra import symbols as letters
from qbank.algebra.pieces import (
    AND,
    ATOM,
    CASES,
    NOT,
    OR,
    PARALLEL,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Piece,
    fenced,
    juxtaposed,
    symbol,
    written,
)
from qbank.algebra.tree import (
    Binary,
    Call,
    Compare,
    Conditional,
    Constant,
    Expression,
    Index,
    Label,
    Listing,
    Logic,
    Name,
    Node,
    Number,
    Slice,
    Truth,
    Unary,
)

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in", "not in": "in"}
RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "in": r"\in", "not in": r"\notin"}


def latex(expression: Expression, symbols: Mapping[str, str], values: Mapping[str, str] | None = None) -> str:
    """The TeX of an expression; names print as their symbol, or with `values` as the numbers given for them.

    A name without a symbol prints by its own letters (`beta` as \\beta, `R1` as R_{1}). A component is counted from 1
    (`x[0]` is x_{1}); its value may be given under its text, `"x[0]"`.
    """
    return _Printer(symbols, values or {}).of(expression.root).tex


@dataclass(frozen=True, slots=True)
class _Printer:
    symbols: Mapping[str, str]
    values: Mapping[str, str]

    def of(self, node: Node) -> Piece:
        """The piece of a node of any kind."""
        match node:
            case Number(value=value):
                return written(letters.decimal(value))
            case Constant(name=name):
                return Piece({"pi": r"\pi", "e": r"\mathrm{e}", "i": r"\mathrm{j}", "inf": r"\infty "}[name])
            case Truth(value=truth):
                return Piece(r"\top" if truth else r"\bot")
            case Label(text=text):
                return Piece(letters.words(text))
            case Name(name=name):
                return self.named(name)
            case Listing():
                return self.matrix(node)
            case Unary(operator="not", operand=operand):
                return Piece(rf"\lnot {self.held(operand, NOT)}", NOT)
            case Unary(operand=operand):
                return Piece(f"{node.operator}{self.held(operand, PARALLEL)}", SUM, begins="sign")
            case Binary():
                return self.binary(node)
            case Compare():
                return self.compared(node)
            case Logic(operator=operator, left=left, right=right):
                word, level = (r"\land", AND) if operator == "and" else (r"\lor", OR)
                return Piece(f"{self.held(left, level)} {word} {self.held(right, level + 1)}", level)
            case Conditional():
                return self.cases(node)
            case Call(function=function, arguments=arguments):
                return self.called(function, arguments)
            case Index():
                return self.component(node)

    def held(self, node: Node, level: int) -> str:
        """The TeX of a node, in parentheses where it holds together less tightly than the level."""
        return fenced(self.of(node), level).tex

    def named(self, name: str) -> Piece:
        if name in self.values:
            return written(self.values[name])
        return symbol(self.symbols.get(name) or letters.default(name))

    def binary(self, node: Binary) -> Piece:
        positive = unsigned(node)
        if positive is not node:
            return self.of(Unary("-", positive))
        left, right = self.of(node.left), self.of(node.right)
        match node.operator:
            case "+" | "-":
                # a sign never follows a sign: a - (-3)
                second = fenced(right, PARALLEL if right.begins == "sign" or node.operator == "-" else SUM)
                return Piece(f"{fenced(left, SUM).tex} {node.operator} {second.tex}", SUM, left.begins, right.ends)
            case "*" | "@":
                return juxtaposed(fenced(left, PRODUCT), fenced(right, POWER if right.begins == "sign" else PRODUCT))
            case "/":
                return Piece(rf"\frac{{{left.tex}}}{{{right.tex}}}", PRODUCT, "fraction", "fraction")
            case "//":
                return Piece(rf"\left\lfloor \frac{{{left.tex}}}{{{right.tex}}}\right\rfloor")
            case "%":
                return Piece(rf"{fenced(left, PRODUCT).tex} \;\mathrm{{mod}}\; {fenced(right, POWER).tex}", PARALLEL)
            case "**":
                base = fenced(left, ATOM)
                return Piece(f"{base.tex}^{{{right.tex}}}", POWER, base.begins, "digits" if base.ends else "")

    def compared(self, node: Compare) -> Piece:
        parts = [self.held(node.operands[0], SUM)]
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            if isinstance(operand, Listing) and "in" in operator:
                inner = r",\, ".join(self.of(item).tex for item in operand.items)
                parts.append(rf"{RELATIONS[operator]} \{{{inner}\}}")
            else:
                parts.append(f"{RELATIONS[operator]} {self.held(operand, SUM)}")
        return Piece(" ".join(parts), RELATION)

    def cases(self, node: Conditional) -> Piece:
        rows, last = [], node
        while True:
            rows.append(f"{self.of(last.yes).tex} & {self.of(last.test).tex}")
            if not isinstance(last.no, Conditional):
                break
            last = last.no
        rows.append(f"{self.of(last.no).tex} & {self.of(denied(last.test)).tex}")
        return Piece(r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", CASES)

    def called(self, function: str, arguments: tuple[Node, ...]) -> Piece:
        by_letter = function in notation.SAMPLES and isinstance(arguments[0], Name)  # the mean of x stays that of x
        printer = replace(self, values={}) if by_letter else self
        return notation.called(function, arguments, [printer.of(argument) for argument in arguments])

    def component(self, node: Index) -> Piece:
        written_places = [letters.place(place) for place in node.places]
        if isinstance(node.value, Name) and None not in written_places:
            given = self.values.get(f"{node.value.name}[{', '.join(place or '' for place in written_places)}]")
            if given is not None:
                return written(given)
        base = self.of(node.value)
        body = base.tex if isinstance(node.value, Name) and "_" not in base.tex and not base.begins else f"({base.tex})"
        return Piece(f"{body}_{{{', '.join(self.place(place) for place in node.places)}}}")

    def place(self, place: Node | Slice) -> str:
        if isinstance(place, Slice):
            start = letters.counted(place.start) if place.start is not None else ""
            stop = str(place.stop) if place.stop is not None else ""
            return f"{start}:{stop}"
        index = letters.place(place)
        if index is not None:
            return letters.counted(int(index))
        return f"{self.held(place, SUM)} + 1"

    def matrix(self, node: Listing) -> Piece:
        rows = [
            " & ".join(self.of(entry).tex for entry in item.items) if isinstance(item, Listing) else self.of(item).tex
            for item in node.items
        ]
        return Piece(r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}")


def unsigned(node: Node) -> Node:
    """A product or fraction without the minus its first factor begins with; the same node when there is none."""
    match node:
        case Unary(operator="-", operand=operand):
            return operand
        case Binary(operator="*" | "/" | "@", left=left):
            first = unsigned(left)
            return node if first is left else replace(node, left=first)
        case _:
            return node


def denied(node: Node) -> Node:
    """The condition that is true where the given one is not; a single comparison turns its sign round."""
    match node:
        case Compare(operands=operands, operators=(operator,), at=at):
            return Compare(operands, (OPPOSITE[operator],), at)  # type: ignore[arg-type]
        case Unary(operator="not", operand=operand):
            return operand
        case _:
            return Unary("not", node)
