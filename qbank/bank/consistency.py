"""What no single field can tell: names that are not defined, blanks without parts, circles of derived values.

Each finding is (path in the item, message); the reader of the file turns it into a problem with a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qbank import answers, circuits, messages, registry
from qbank.bank import _asked, _defined, _worded
from qbank.bank._defined import Finding
from qbank.bank.item import Item


def findings(item: Item, library: Mapping[str, circuits.Circuit] | None = None) -> Iterator[Finding]:
    """Everything that does not fit together in one item; circuits are looked up where a library is given."""
    yield from _defined.definitions(item)
    yield from _defined.labels(item)
    yield from _defined.expressions(item)
    yield from _worded.passages(item)
    yield from _worded.texts(item)
    yield from _asked.parts(item)
    yield from _asked.trials(item)
    if library is not None:
        yield from _figures(item, library)


def unanswerable(item: Item) -> Iterator[Finding]:
    """Keys that no answer could be compared with; a sealed exam may hold some from before they were refused."""
    for number, part in enumerate(item.parts):
        kind = answers.kind_of(part.kind)
        for message in kind.faults(part.answer) if kind.faults else ():
            yield ("parts", number, "answer", "key"), message


def _figures(item: Item, library: Mapping[str, circuits.Circuit]) -> Iterator[Finding]:
    for name, spec in item.figures.items():
        for circuit in spec.names:
            if circuit not in library:
                unknown = registry.unknown(circuit, library)
                yield ("figures", name), messages.tell("the circuit {unknown}", unknown=unknown)
        for message in _defined.unknown(spec.uses, item):
            yield ("figures", name), message
