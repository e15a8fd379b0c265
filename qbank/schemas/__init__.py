"""The JSON Schemas of the files that authors write, for editors: they let through whatever the bank reads.

Every field has a sentence with its meaning, in the language of the reader, and a field that depends on another one (a
`kind:`, a domain, a figure, a witness) is asked for by `if` and `then`. With a bank, ids, topics and knowledge
points complete themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from qbank.bank import Bank, Settings, Sitting
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.schemas import _plain, _records, _translated
from qbank.schemas._meanings import Meanings, key, meaning

__all__ = ["FILES", "Meanings", "key", "meaning", "schema", "texts"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _of(record: Any) -> Callable[[Meanings, Bank], dict[str, Any]]:
    return lambda meanings, bank: _records.schema(record, meanings, _known(bank))


FILES: Mapping[str, Callable[[Meanings, Bank], dict[str, Any]]] = {
    "item": _of(Item),
    "blueprint": _of(Blueprint),
    "circuit": lambda meanings, _: _plain.circuit(meanings),
    "topics": lambda _, __: _plain.texts("Topics, with their names"),
    "knowledge-points": lambda _, __: _plain.texts("Knowledge points, with their names"),
    "bank": _of(Settings),
    "sitting": _of(Sitting),
}
"""The sorts of files that authors write, each with the schema that is made of it."""


def schema(file: str, meanings: Meanings, bank: Bank | None = None) -> dict[str, Any]:
    """The schema of one of FILES; with a bank, what it has completes itself. Raises KeyError for another file."""
    return {"$schema": DIALECT, **_translated.whole(FILES[file](meanings, bank or Bank()))}


def texts() -> Iterator[str]:
    """The English texts that the schemas have besides the meanings of fields: what the records are, and some titles."""
    for made in FILES.values():
        yield from _translated.texts(made({}, Bank()))


def _known(bank: Bank) -> Mapping[tuple[str, str], Iterable[str]]:
    """What may be written into the fields that name something of the bank, by record and field."""
    topics, points = tuple(bank.topics), tuple(bank.points)
    return {
        ("Item", "topic"): topics,
        ("Item", "covers"): points,
        ("Part", "covers"): points,
        ("Item", "excludes"): tuple(bank.items),
        **{(record, "topic"): topics for record in ("Entry", "Row")},
        **{(record, "covers"): points for record in ("Entry", "Row")},
        **{(record, "circuit"): tuple(bank.circuits) for record in ("Entry", "Row")},
        ("Entry", "item"): tuple(bank.items),
        ("Blueprint", "require"): tuple(bank.items),
        ("Blueprint", "exclude"): (*bank.items, *topics),
    }
