"""Let the bank check itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from qbank import bank, messages
from qbank.actions import _kept
from qbank.actions._watching import Watch, quietly
from qbank.bank import Bank
from qbank.cache import Entries
from qbank.model import FAILED, Problem, caught

SEATS = 2000
"""The variants of each item that are checked, unless asked otherwise."""
FEW = 6
"""Up to this many items are checked in this process: starting others takes longer."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: the items, every problem of them in the order of the bank, and how many were known already."""

    source: Bank
    items: tuple[str, ...]
    seats: int
    problems: tuple[Problem, ...]
    kept: int = 0
    plans: int = 0
    """How many blueprints were named and composed."""
    looked: Mapping[str, int] = field(default_factory=dict)
    """The checks that look at variants one by one, and at how many (`checks.samples`)."""

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def failed(self) -> int:
        """How many checks or files failed with an unexpected exception."""
        return sum(problem.code.endswith(FAILED) for problem in self.problems)


def kept() -> Path | None:
    """The user's folder in which what was found is kept until an item or the program changes; None where none is."""
    return _kept.folder()


def check(
    folders: Sequence[Path],
    paths: Iterable[Path] = (),
    names: Iterable[str] = (),
    *,
    seats: int = SEATS,
    jobs: int = 1,
    cache: Path | None = None,
    changed: str | None = None,
    watch: Watch = quietly,
) -> Checked:
    """Check one or several banks together, or some of their files or items.

    First what cannot be read, then item by item, then all together.

    `jobs` processes share the items; what they find is kept in the folder `cache` and not computed again. With
    `changed`, only the items that differ from this revision of git. Items together (copies, coverage) are checked where
    the whole bank is; a blueprint that is named is composed. Raises Refused for a path, a name
    or a revision that is not there.
    """
    wanted, named = list(names), list(paths)
    plans = [path for path in named if path.is_file() and bank.holds_blueprint(path)]
    only = [path for path in named if path not in plans]
    source = bank.load(*folders, only=only or None)
    cards = {card.id: card for card in source.picked(wanted)} if only or wanted or not plans else {}
    if changed is not None:
        from qbank.actions import _changed

        among = frozenset(_changed.items(source, changed))
        cards = {name: card for name, card in cards.items() if name in among}
    items = tuple(cards)
    found: dict[str, Sequence[Problem]] = {}
    entries = Entries(cache) if cache else None
    digests = {name: _kept.digest(source, card, seats) for name, card in cards.items()} if entries else {}
    if entries:
        known = {name: _kept.found(entries, digests[name]) for name in items}
        found = {name: problems for name, problems in known.items() if problems is not None}
    waiting = [name for name in items if name not in found]
    kept = len(found)
    work = _each(source, folders, only, waiting, seats, jobs)
    for name, problems in watch(work, len(waiting), messages.tell("items")):
        found[name] = problems
        if entries and not any(problem.code.endswith(FAILED) for problem in problems):
            _kept.keep(entries, digests[name], problems)
    if entries and waiting:
        entries.forget()
    problems = [*source.problems]
    for name in items:
        problems += found[name]
    whole = bank.load(*folders) if plans and only else source
    for path in plans:
        problems += _of_plan(whole, path, seats)
    if not named and not wanted and changed is None:
        problems += of_bank(source, seats)
    return Checked(source, items, seats, tuple(problems), kept, len(plans), _kept.samples(entries))


def of_bank(source: Bank, seats: int) -> list[Problem]:
    """The problems of a bank's items together, and of those in the files that its blueprints name."""
    from qbank import checks

    found = [problem for plan in source.blueprints for problem in _enclosed(source, plan, seats)]
    return [*found, *checks.of_bank(source)]


def _of_plan(source: Bank, path: Path, seats: int) -> tuple[Problem, ...]:
    """The faults of a blueprint's file, composed from the bank, and of the items in the files that it names."""
    from qbank.checks import blueprints

    found: list[Problem] = []
    with caught(found, "blueprints", messages.tell("the check {check!r} of {file}", check="blueprints", file=path)):
        together, name = bank.with_file(source, path)
        found += _enclosed(together, name, seats)
        found += blueprints.check_bank(replace(together, blueprints={name: together.blueprints[name]}))
    return tuple(found)


def _enclosed(source: Bank, plan: str, seats: int) -> list[Problem]:
    """The problems of the items in files that a blueprint names, where they are not the bank's own."""
    found: list[Problem] = []
    for each in source.enclosed.get(plan, {}).values():
        name, own = each.item.id, source.sources.get(each.item.id)
        if own is None or own.path != each.source.path:
            beside = replace(source, items={**source.items, name: each.item},
                             sources={**source.sources, name: each.source})  # fmt: skip
            found += of_item(beside, name, seats)
    return found


def _each(
    source: Bank, folders: Sequence[Path], only: list[Path], names: list[str], seats: int, jobs: int
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Each item with its problems, as they are found."""
    done: set[str] = set()
    if jobs > 1 and len(names) > FEW:
        from concurrent.futures.process import BrokenProcessPool

        from qbank.actions import _processes

        try:
            for name, found in _processes.shared(names, partial(_one, seats), (_open, (folders, only)), jobs):
                done.add(name)
                yield name, _dead(source, name) if found is None else found
        except BrokenProcessPool:  # no process can be started here: this one does what is left
            pass
    for name in names:
        if name not in done:
            yield name, of_item(source, name, seats)


def _dead(source: Bank, name: str) -> tuple[Problem, ...]:
    """The problem of an item whose check took its process with it: too much memory, or a fault in a library."""
    found: list[Problem] = []
    with caught(found, "check", _checking(source, name), item=name):
        raise RuntimeError(messages.tell("the process that checked it was killed; is there enough memory?"))
    return tuple(found)


def _checking(source: Bank, name: str) -> str:
    return messages.tell("checking {item} from {file}", item=name, file=source.sources[name].file)


def of_item(source: Bank, name: str, seats: int) -> tuple[Problem, ...]:
    """The problems of one item; those of a draft are warnings."""
    from qbank import checks

    found: list[Problem] = []
    with caught(found, "check", _checking(source, name), item=name):
        found += checks.of_item(source, name, seats=seats)
    if source.items[name].status == "draft":  # no paper takes it yet
        found = [each if each.code.endswith(FAILED) else replace(each, severity="warning") for each in found]
    return tuple(found)


_BANKS: list[Bank] = []
"""The bank of a process that checks items, read when it starts."""


def _open(folders: Sequence[Path], only: list[Path]) -> None:
    _BANKS.append(bank.load(*folders, only=only or None))


def _one(seats: int, name: str) -> tuple[Problem, ...]:
    return of_item(_BANKS[-1], name, seats)
