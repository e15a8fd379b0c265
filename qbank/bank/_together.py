"""What several banks hold together: a name belongs to one of them, unless a later one replaces it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from qbank import messages
from qbank.bank import _lazily
from qbank.bank._files import Source
from qbank.bank._lazily import Unread
from qbank.model import Problem

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Found(Generic[Thing]):
    """A thing of a bank under its name, with its file, the number of its bank, and the name that it replaces."""

    name: str
    thing: Thing | Unread[Thing]
    source: Source
    bank: int
    replaces: str = ""
    path: tuple[str, ...] = ()
    """Where it is in the file, which may hold several."""

    @property
    def whole(self) -> Thing:
        """The thing itself."""
        return _lazily.whole(self.thing)


@dataclass(slots=True)
class Names(Generic[Thing]):
    """The things of one sort by their names, as they are found bank by bank, and what is wrong with their names.

    `what` is the sort, as `_noun` tells it, `banks` how many are read; with `some`, not all of their files are. With
    `same`, equal things may have one name.
    """

    code: str
    what: str
    banks: int
    some: bool = False
    same: bool = False
    found: dict[str, Found[Thing]] = field(default_factory=dict)

    def add(self, each: Found[Thing], broken: Iterable[str] = ()) -> list[Problem]:
        """Take the thing under its name, or say why not; `broken` are names whose things could not be read."""
        earlier = self.found.get(each.name)
        if each.replaces and each.replaces != each.name:
            message = messages.tell("must be its own id {name!r}, not {replaced!r}",
                                    name=each.name, replaced=each.replaces)  # fmt: skip
            advice = messages.tell("write replaces: {name}, or give this {what} the id {replaced}",
                                   name=each.name, what=_noun(self.what), replaced=each.replaces)  # fmt: skip
            return [_problem("replaces", message, each, advice)]
        if earlier is None:
            self.found[each.name] = each
            missing = each.replaces and not self.some and each.name not in broken
            return [self._nothing(each)] if missing else []
        if self.same and earlier.whole == each.whole:
            return []
        if earlier.bank == each.bank:
            if each.replaces:
                advice = messages.tell("delete one of the two")
            else:
                advice = messages.tell("give this {what} an id of its own", what=_noun(self.what))
            return [_problem(f"{self.code}.twice", _taken(each, earlier), each, advice)]
        if each.replaces:
            self.found[each.name] = each
            return []
        if earlier.replaces and earlier.whole != each.whole:
            advice = messages.tell("name the banks in the other order: the bank with replaces: must be last")
        else:
            advice = messages.tell(
                "give this {what} an id of its own, or write replaces: {name} if it replaces the other one",
                what=_noun(self.what), name=each.name,
            )  # fmt: skip
        return [_problem(f"{self.code}.twice", _taken(each, earlier), each, advice)]

    @property
    def things(self) -> dict[str, Thing | Unread[Thing]]:
        """Every thing by its name, those that were not read as they are."""
        return {name: each.thing for name, each in self.found.items()}

    @property
    def sources(self) -> dict[str, Source]:
        """The file of each."""
        return {name: each.source for name, each in self.found.items()}

    def _nothing(self, each: Found[Thing]) -> Problem:
        """What replaces nothing; of one bank alone it may be so, for the other is not open."""
        message = messages.tell("no earlier bank has the {what} {name!r}", what=_noun(self.what), name=each.name)
        advice = messages.tell(
            "name the bank that has it before this one, as in --bank shipped --bank this, or delete replaces:"
        )
        return _problem("replaces", message, each, advice, warning=self.banks == 1)


def _taken(each: Found[Any], earlier: Found[Any]) -> str:
    return messages.tell("the id {name!r} is already used in {file}", name=each.name, file=earlier.source.file)


def _noun(what: str) -> str:
    match what:
        case "item":
            return messages.tell("item")
        case "circuit":
            return messages.tell("circuit")
        case "blueprint":
            return messages.tell("blueprint")
        case "topic":
            return messages.tell("topic")
        case "knowledge point":
            return messages.tell("knowledge point")
        case "name":
            return messages.tell("entry")
    raise AssertionError(what)


def _problem(code: str, message: str, each: Found[Any], proposal: str, *, warning: bool = False) -> Problem:
    """A problem at the thing's id, or at its `replaces:`."""
    from qbank import nodes

    node = nodes.read(each.source.text, each.source.file)
    replacing = code == "replaces"
    path = (*each.path, "replaces") if replacing else each.path or ("id",)
    return Problem(code, message, nodes.place(node, path), nodes.path_text(path) if replacing else "", proposal,
                   each.name, "warning" if warning else "error")
