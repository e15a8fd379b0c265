"""Things of a bank by name that are read from what was kept when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(eq=False)
class Unread(Generic[Thing]):
    """A thing that is known and was not read yet: its card, and itself, which is read once."""

    card: Any
    read: Callable[[], Thing]

    @cached_property
    def thing(self) -> Thing:
        """The thing itself."""
        return self.read()


class Lazily(Mapping[str, Thing]):
    """Things by name, of which some are unread; as a mapping it has them all."""

    def __init__(self, things: Mapping[str, Thing | Unread[Thing]]) -> None:
        self._things = things

    def __getitem__(self, name: str) -> Thing:
        return whole(self._things[name])

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)


def whole(thing: Thing | Unread[Thing]) -> Thing:
    """The thing itself, read where it was not."""
    return thing.thing if isinstance(thing, Unread) else thing


def held(things: Mapping[str, Thing]) -> Mapping[str, Thing | Unread[Thing]]:
    """The things by name, those that were not read as they are."""
    return things._things if isinstance(things, Lazily) else things


def joined(first: Mapping[str, Thing], more: Mapping[str, Thing | Unread[Thing]]) -> Mapping[str, Thing]:
    """Both together, of equal names the second, without reading any."""
    return Lazily({**held(first), **more})
