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
    sources: Mapping[str, Source], library: Mapping[str, circuits.Circuit] | None
) -> dict[str, tuple[Item | None, list[Problem]]]:
    """Each item of an exam, or None and why not, by the names of their files.

    What these very bytes were read as before is not read again. The exam is not written to; see `bank._known`.
    """
    known = Known(cache.Shelf.opened(b"\0".join((b"exam", *(source.text for source in sources.values())))))
    found = {name: known.item(source, library, sealed=True) for name, source in sources.items()}
    known.shelf.close()
    return {name: (None if item is None else _lazily.whole(item), problems) for name, (item, problems) in found.items()}
