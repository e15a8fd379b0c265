"""The items of a sealed exam, read from the bytes that were compared with its seal."""

from __future__ import annotations

from collections.abc import Mapping

from qbank import cache, circuits
from qbank.bank import _lazily
from qbank.bank._files import Source
from qbank.bank._known import Known
from qbank.bank.item import Item
from qbank.model import Problem


def read_sealed(
    sources: Mapping[str, Source], of_circuits: Mapping[str, Source] | None
) -> tuple[dict[str, Item], dict[str, circuits.Circuit], list[Problem]]:
    """The items and the circuits of an exam by the names of their files, and what is wrong with the others.

    Without sources of circuits, an item is read without its figures. What these very bytes were read as before is not
    read again. The exam is not written to; see `bank._known`.
    """
    known = Known(cache.Shelf.opened(b"\0".join((b"exam", *(source.text for source in sources.values())))))
    drawn = {name: known.circuit(name, source, ()) for name, source in (of_circuits or {}).items()}
    library = {name: _lazily.whole(circuit) for name, (circuit, _) in drawn.items() if circuit is not None}
    named = None if of_circuits is None else library
    found = {name: known.item(source, named, sealed=True) for name, source in sources.items()}
    items = {name: _lazily.whole(item) for name, (item, _) in found.items() if item is not None}
    known.shelf.close()
    return items, library, [fault for _, faults in (*drawn.values(), *found.values()) for fault in faults]
