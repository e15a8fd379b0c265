"""What other rooms may know of a grid."""

from __future__ import annotations

from qbank.algebra import Expression
from qbank.answers import Facts, Key, Mistake, _mistakes
from qbank.answers.grid.spec import Spec


def of(spec: Spec) -> Facts:
    """What its entries say, and the mistakes of the whole; complex entries are carried on together."""
    entries = [spec.scalar.facts(cell) for cell in spec.cells]
    keys = tuple(Key(key.expression, key.unit) for entry in entries for key in entry.keys)
    mistakes = tuple(
        Mistake(name, one.text, one.credit, _values(spec, name), one.when) for name, one in spec.mistakes.items()
    )
    deciding = tuple(dict.fromkeys(each for entry in entries for each in entry.deciding))
    carried = (spec.text,) if spec.scalar.value is not None else ()
    return Facts(
        keys=keys, column="key" if all(entry.column for entry in entries) else "", deciding=deciding,
        mistakes=mistakes, told=tuple(one.text for one in mistakes),
        rules=entries[0].rules, carried=carried, complex=bool(carried),
        names=_mistakes.called(spec.name, spec.text),
        letters=tuple(dict.fromkeys(each for entry in entries for each in entry.letters)),
        in_letters=entries[0].in_letters,
    )  # fmt: skip


def _values(spec: Spec, name: str) -> tuple[Expression, ...]:
    """The expressions of a mistake; those of a formula are in its own letters."""
    found = [spec.scalar.facts(cell) for cell in spec.wrong[name]]
    return () if found[0].in_letters else tuple(key.expression for entry in found for key in entry.keys)
