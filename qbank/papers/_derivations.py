"""How derived values are worked out: their symbol, their formula, the formula with numbers, their value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qbank import algebra, numerals, units, variants
from qbank.algebra.branches import taken
from qbank.algebra.tree import Binary, Call, Expression, walk
from qbank.bank.item import Item
from qbank.markup.cells import Values
from qbank.model import Maths, Paragraph
from qbank.variants import Variants

FEW = 9
"""The most entries of a vector or matrix that is printed in a formula in place of its letter."""


@dataclass(frozen=True, slots=True, eq=False)
class Derivations:
    """The derived values of one variant, whose values are printed, as lines that work them out."""

    drawn: Variants
    row: int
    values: Values

    def lines(self) -> tuple[Paragraph, ...]:
        """A line for every derived value, in the order in which they follow from each other."""
        return tuple(map(self.line, self.drawn.item.order))

    def line(self, name: str) -> Paragraph:
        """symbol = formula = the formula with this variant's numbers = its value, where that is no long vector.

        Of a formula with conditions, the branch that this variant takes.
        """
        item = self.drawn.item
        if name not in item.derive or self.drawn.columns[name].labels:
            value = self.values[name]
            return Paragraph((Maths((f"{_symbols(item)[name]} = {value.tex}",), display=True),))
        expression, names = taken(item.derive[name].value, self.drawn.columns, self.row), _symbols(item)
        steps = [names[name], algebra.latex(expression, names)]
        if algebra.names(expression):
            told = [each for each in algebra.names(expression) if self._is_short(each) and not self._is_word(each)]
            numbers = {each: self._within(each, expression) for each in told}
            steps.append(algebra.latex(expression, names, numbers))
        if steps[-1] in (self.values[name].tex, self.values[name].bare_tex):
            steps.pop()
        chain = " = ".join(dict.fromkeys(steps))
        if not self._is_short(name):  # a sample of thirty values is read in its file or in the stem
            return Paragraph((Maths((chain,), display=True),))
        sign = "=" if self._is_printed_exactly(name) else r"\approx"
        last = self.values[name].tex
        last = f"({last})_{{{expression.base}}}" if expression.base != 10 else last
        return Paragraph((Maths((f"{chain} {sign} {last}",), display=True),))

    def _within(self, name: str, expression: Expression) -> str:
        """A value as it is computed with: a temperature counts from absolute zero in a product, a quotient, a power."""
        unit = variants.unit_of(self.drawn.item, name)
        if not units.read(units.canonical(unit)).offset or not any(
            isinstance(node, Call) or (isinstance(node, Binary) and node.operator not in ("+", "-"))
            for node in walk(expression.root)
        ):
            return self.values[name].tex
        kelvins = self.drawn.columns[name].values[self.row]
        return numerals.write(float(f"{kelvins:.7g}"), "K").tex if np.ndim(kelvins) == 0 else self.values[name].tex

    def _is_word(self, name: str) -> bool:
        """Whether a name prints as a word, which is not the label that a formula compares it with."""
        return bool(self.drawn.columns[name].labels)

    def _is_short(self, name: str) -> bool:
        """Whether a value may stand in a formula in place of its letter: a number, or a vector or matrix of few."""
        return name in self.values and self.drawn.columns[name].values[self.row].size <= FEW

    def _is_printed_exactly(self, name: str) -> bool:
        value = self.drawn.columns[name].values[self.row]
        return bool(np.all(np.isclose(variants.as_printed(self.drawn.item, name, value), value, rtol=1e-12, atol=0)))


def _symbols(item: Item) -> dict[str, str]:
    """The TeX by which each of the item's names is printed: its `symbol:`, or the name with its tail as a subscript."""
    rules: dict[str, Any] = {**item.parameters, **item.derive}
    return {name: rule.symbol or algebra.default_symbol(name) for name, rule in rules.items()}
