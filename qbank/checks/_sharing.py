"""What a witness may not share with the key: its formula, the values it is made of, the subject's functions it calls.

A witness that is an author's own formulas says so by `expressions` and `names`; a circuit has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from qbank import algebra, figures, markup, messages
from qbank.algebra import Expression
from qbank.algebra.functions import MATHEMATICS
from qbank.algebra.tree import Binary, Name, Node, Number, Unary, children
from qbank.bank.item import Item, Part
from qbank.model import LANGS

Canonical: TypeAlias = tuple[Any, ...]
TWINS = {"ln": "log", "lg": "log10", "T": "transpose"}


def shared(item: Item, part: Part, spec: Any) -> str:
    """The sentence for what the witness shares with the part's key, or nothing."""
    if not hasattr(spec, "expressions"):
        return ""
    keys = key_expressions(part)
    made = _made_of(item, keys)
    data = _data(item, part)
    for name in sorted(spec.names & set(item.derive)):
        moved = getattr(spec, "moved", name)
        if name in made - data:
            return messages.tell("it uses {name}, which the key is made of; start from the parameters", name=name)
        if moved != name and moved in _made_of(item, [item.derive[name].value]):
            return messages.tell(
                "it uses {name}, which depends on {moved} but would not change with it; define it in given:",
                name=name, moved=moved,
            )  # fmt: skip
    used = {function for expression in spec.expressions for function in algebra.functions(expression)}
    called = {function for key in keys for function in algebra.functions(key)}
    called |= {function for name in made & set(item.derive) for function in algebra.functions(item.derive[name].value)}
    for function in sorted((used & called) - MATHEMATICS):
        return messages.tell("it calls {function}, as the key does; write out what it computes", function=function)
    definitions = {name: rule.value for name, rule in item.derive.items()}
    written = [canonical(key.root, definitions) for key in keys]
    own = {name: each for name, each in getattr(spec, "given", {}).items() if isinstance(each, Expression)}
    for expression in spec.expressions:
        if not isinstance(expression.root, Name | Number) and canonical(expression.root, own) in written:
            return messages.tell("{formula} is the key's own formula", formula=expression)
    return ""


def key_expressions(part: Part) -> list[Expression]:
    """The formulas of the part's key."""
    return [key.expression for key in part.facts.keys]


def canonical(node: Node, definitions: Mapping[str, Expression]) -> Canonical:
    """The tree with names replaced by what they mean, and sums and products in one order whatever was written.

    >>> canonical(algebra.read("2k*b + a").root, {}) == canonical(algebra.read("a + b*2000").root, {})
    True
    """
    match node:
        case Name(name=name) if name in definitions:
            rest = {each: rule for each, rule in definitions.items() if each != name}
            return canonical(definitions[name].root, rest)
        case Name(name=name):
            return ("name", name)
        case Number(value=value):
            return ("number", float(value))
        case Unary(operator="+", operand=operand):
            return canonical(operand, definitions)
        case Binary(operator="+" | "*" as operator):
            return (operator, *sorted(map(repr, _terms(node, operator, definitions))))
        case _:
            function = getattr(node, "function", "")
            what = TWINS.get(function, function) or str(getattr(node, "operator", getattr(node, "operators", "")))
            return (type(node).__name__, what, *(canonical(child, definitions) for child in children(node)))


def _terms(node: Node, operator: str, definitions: Mapping[str, Expression]) -> list[Canonical]:
    """What a sum adds up, or a product multiplies, however it was put together."""
    if isinstance(node, Name) and node.name in definitions:
        rest = {name: rule for name, rule in definitions.items() if name != node.name}
        return _terms(definitions[node.name].root, operator, rest)
    if isinstance(node, Binary) and node.operator == operator:
        return [*_terms(node.left, operator, definitions), *_terms(node.right, operator, definitions)]
    return [canonical(node, definitions)]


def _made_of(item: Item, expressions: Iterable[Expression]) -> set[str]:
    """The names that these formulas need, and those that these need."""
    found: set[str] = set()
    waiting = [name for expression in expressions for name in algebra.names(expression)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            if name in item.derive:
                waiting.extend(algebra.names(item.derive[name].value))
    return found


def _data(item: Item, part: Part) -> set[str]:
    """The names whose values the candidate is told: in the stem, in what the part asks, a printed figure, a file."""
    told = {
        name
        for text in (item.stem, part.ask)
        if text
        for lang in LANGS
        for name in markup.names(markup.read(text[lang]))
    }
    drawn: Iterable[figures.Spec] = (figure for figure in item.figures.values() if figure.printed)
    told |= {name for figure in drawn for name in figure.uses}
    return told.union(*(file.names for file in item.files.values()))
