"""What of a bank's files is known from before, by their content: what was read without a fault is not read again.

A record is a function of its file, of what the settings say for it, of the pictures that it names, and of the program;
these are its key. What had a problem is not kept, so problems and their places are always found anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from qbank import cache
from qbank.bank._files import Source
from qbank.bank._lazily import Unread
from qbank.bank.card import Card
from qbank.model import Bilingual, Lang, Problem, Refused

if TYPE_CHECKING:
    from qbank import circuits
    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item
    from qbank.bank.settings import Settings

Thing = TypeVar("Thing")
Read: TypeAlias = tuple[Thing | None, list[Problem]]
Found: TypeAlias = tuple[Thing | Unread[Thing] | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the files that are read together."""

    shelf: cache.Shelf

    @classmethod
    def of(cls, what: str, paths: Iterable[Path]) -> Known:
        """What is known of the files that are found from these paths."""
        return cls(cache.Shelf.opened("\0".join((what, *(str(path.absolute()) for path in paths))).encode(*_ANY)))

    def settings(self, source: Source) -> Read[Settings]:
        """The settings of a bank."""

        def read() -> Read[Settings]:
            from qbank.bank import reading, settings

            return reading.read(source, settings.Settings)

        return _read(self._record(("settings", source.text), read, lambda _: None))

    def texts(
        self, source: Source, langs: tuple[Lang, ...]
    ) -> tuple[dict[str, Bilingual], dict[str, str], list[Problem]]:
        """What `reading.read_texts` gives."""

        def read() -> Read[tuple[dict[str, Bilingual], dict[str, str]]]:
            from qbank.bank import reading

            texts, replaced, problems = reading.read_texts(source, langs)
            return (texts, replaced), problems

        found, problems = _read(self._record(("texts", source.text, *langs), read, lambda _: None))
        return (*(found or ({}, {})), problems)

    def circuit(self, name: str, source: Source, langs: tuple[Lang, ...]) -> Found[circuits.Circuit]:
        """A circuit; its card has what it replaces."""

        def read() -> Read[circuits.Circuit]:
            from qbank.bank import reading

            drawn, problems = reading.read_circuits({name: source}, langs)
            return drawn.get(name), problems

        return self._record(("circuit", name, source.text, *langs), read, lambda circuit: circuit.replaces)

    def blueprint(self, source: Source, settings: Settings) -> Found[Blueprint]:
        """A blueprint; its card has its id, what it replaces, and whether it names other files."""

        def read() -> Read[Blueprint]:
            from qbank.bank import blueprint, reading

            return reading.read(source, blueprint.Blueprint, settings=settings)

        return self._record(("blueprint", source.text, *_said(settings)), read,
                            lambda plan: [plan.id, plan.replaces, plan.names_files])

    def item(
        self, source: Source, library: Mapping[str, circuits.Circuit] | None, *, settings: Settings | None = None,
        sealed: bool = False,
    ) -> Found[Item]:  # fmt: skip
        """An item, as `reading.read_item` reads it; where it was not read, the row of its card comes first."""
        pictures: dict[str, str] = {}

        def read() -> Read[Item]:
            from qbank.bank import reading

            pictures.clear()
            watched = replace(source, beside=_watched(source.beside, pictures))
            return reading.read_item(watched, library, sealed=sealed, settings=settings)

        way = f"{sealed} {library is None} {source.beside is None}"
        told: list[str | bytes] = ["item", source.text, way, *(() if settings is None else _said(settings))]
        return self._record(
            told, read, lambda item: [Card.of(item).written(), pictures],
            lambda card: (library is None or all(name in library for name in card[0]["circuits"]))
            and all(_is(source, name, check) for name, check in card[1].items()),
        )  # fmt: skip

    def _record(
        self, told: Sequence[str | bytes], read: Callable[[], Read[Thing]], card: Callable[[Thing], Any],
        holds: Callable[[Any], bool] = lambda _: True,
    ) -> Found[Thing]:  # fmt: skip
        """The thing that is a function of what is told, from before where its card still `holds`."""
        key = _key(told)
        kept = self.shelf.found(key)
        if kept is not None and holds(kept.card):
            return Unread(kept.card, lambda: _again(kept.read(), read)), []
        thing, problems = read()
        if thing is not None and not problems:
            self.shelf.keep(key, card(thing), thing)
        return thing, problems


_ANY = ("utf-8", "surrogateescape")


def _key(told: Sequence[str | bytes]) -> str:
    """The digest of texts and bytes, no two rows of which are taken for each other."""
    each = [piece.encode(*_ANY) if isinstance(piece, str) else piece for piece in told]
    sizes = " ".join([str(len(piece)) for piece in each])
    return cache.digest(b"\0".join((sizes.encode(), *each)))


def _said(settings: Settings) -> tuple[str, ...]:
    """What the settings of a bank decide for a record."""
    return tuple(str(value) for value in settings.shared())


def _again(thing: Thing | None, read: Callable[[], Read[Thing]]) -> Thing:
    """What was kept; where it cannot be read any more, what its file has."""
    if thing is not None:
        return thing
    anew, problems = read()
    if anew is None:
        raise Refused(*problems)
    return anew


def _read(found: Found[Thing]) -> Read[Thing]:
    """What is found, read at once."""
    thing, problems = found
    return (thing.thing if isinstance(thing, Unread) else thing), problems


def _watched(beside: Callable[[str], bytes] | None, seen: dict[str, str]) -> Callable[[str], bytes] | None:
    """What reads the files beside a source, and writes down the digest of each."""
    if beside is None:
        return None

    def read(name: str) -> bytes:
        content = beside(name)
        seen[name] = cache.digest(content)
        return content

    return read


def _is(source: Source, name: str, check: str) -> bool:
    """Whether the file beside a source is as it was."""
    try:
        return source.beside is not None and cache.digest(source.beside(name)) == check
    except Refused:
        return False
