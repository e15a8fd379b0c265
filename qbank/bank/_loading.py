"""Loading folders of YAML: settings and circuits first, then the items that use them, then the blueprints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from qbank import circuits
from qbank.bank import _enclosed, reading
from qbank.bank._bank import Bank
from qbank.bank._files import Source
from qbank.bank._folder import BLUEPRINTS, CIRCUITS, POINTS, TOPICS, Folder, opened, whole
from qbank.bank._together import Found, Names
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.bank.settings import FILE
from qbank.bank.sittings import SITTINGS, Read, Sitting, Sittings
from qbank.model import Bilingual, Problem, Refused, caught


def load(*paths: Path, only: Iterable[Path] | None = None) -> Bank:
    """The bank in a folder, or in several together, the later beside the earlier.

    With `only`, the items of just those files or folders (circuits and topics as always). Raises Refused when a folder
    cannot be read at all, or one is or holds another.
    """
    folders, problems = opened(paths)
    named = None if only is None else list(only)
    for path in named or ():
        if not path.exists():
            raise Refused(f"there is no file or folder {path}")
    drawn, of_circuits = _circuits(folders)
    topics, of_topics = _texts(folders, TOPICS, "topic")
    points, of_points = _texts(folders, POINTS, "knowledge point")
    problems += [*of_circuits, *of_topics, *of_points]
    items, of_items = _items(folders, named, drawn.things)
    problems += of_items
    plans, of_plans = _blueprints(folders)
    problems += of_plans
    held = Bank(
        items.things, items.sources, drawn.things, drawn.sources, topics=topics, points=points,
        folders=tuple(folder.path for folder in folders),
        settings=tuple(folder.path / FILE for folder in folders), sittings=Sittings(partial(_sittings, folders)),
    )  # fmt: skip
    return _enclosed.added(held, plans.things, plans.sources, problems)


def texts(folder: Path, name: str) -> dict[str, Bilingual]:
    """The topics or the knowledge points of one bank, as far as they can be read."""
    return _texts(opened([folder])[0], name, "name")[0]


def _circuits(folders: Sequence[Folder]) -> tuple[Names[circuits.Circuit], list[Problem]]:
    """Every circuit that can be drawn, and what is wrong with the others."""
    names = Names[circuits.Circuit]("circuit", "circuit", len(folders))
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        files = {path.stem: read for path, read in folder.below(CIRCUITS).items()}
        sources = {name: source for name, (source, _) in files.items() if source is not None}
        drawn, faults = reading.read_circuits(sources, folder.settings.languages)
        problems += [*(fault for _, own in files.values() for fault in own), *faults]
        for name, circuit in drawn.items():
            problems += names.add(Found(name, circuit, sources[name], number, circuit.replaces))
    return names, problems


def _texts(folders: Sequence[Folder], file: str, what: str) -> tuple[dict[str, Bilingual], list[Problem]]:
    """The names with a text each of one sort, and what is wrong with the others; equal ones may be in several banks."""
    names = Names[Bilingual]("bank", what, len(folders), same=True)
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        source, faults = folder.single(file)
        problems += faults
        if source is None:
            continue
        found, replaced, wrong = reading.read_texts(source, folder.settings.languages)
        problems += wrong
        for name, text in found.items():
            problems += names.add(Found(name, text, source, number, replaced.get(name, ""), (name,)))
    return names.things, problems


def _items(
    folders: Sequence[Folder], only: Sequence[Path] | None, library: dict[str, circuits.Circuit]
) -> tuple[Names[Item], list[Problem]]:
    """Every item that can be read, and what is wrong with the others; a named file is of the bank it lies in."""
    names = Names[Item]("item", "item", len(folders), some=only is not None)
    problems: list[Problem] = []
    seen: set[Path] = set()
    for number, folder in enumerate(folders):
        own = only if only is None else [path for path in only if _home(path, folders) == number]
        for path, root in folder.item_files(own):
            if whole(path) in seen:
                continue
            seen.add(whole(path))
            source, faults = folder.read(path, root)
            problems += faults
            if source is not None and not (only is not None and reading.is_blueprint(source.text)):
                problems += _item(names, source, number, folder, library, problems)
    return names, problems


def _item(
    names: Names[Item], source: Source, number: int, folder: Folder, library: dict[str, circuits.Circuit],
    known: Sequence[Problem],
) -> list[Problem]:  # fmt: skip
    """Take the item of one file, or say why not."""
    problems: list[Problem] = []
    with caught(problems, "file", f"reading {source.file}"):
        item, found = reading.read_item(source, library, settings=folder.settings)
        problems += found
        if item is not None:
            broken = {problem.item for problem in known} if item.replaces else ()
            problems += names.add(Found(item.id, item, source, number, item.replaces), broken)
    return problems


def _home(path: Path, folders: Sequence[Folder]) -> int:
    """The number of the bank in which a file or folder lies; the first where it lies in none."""
    return next((n for n, folder in enumerate(folders) if whole(path).is_relative_to(whole(folder.path))), 0)


def _blueprints(folders: Sequence[Folder]) -> tuple[Names[Blueprint], list[Problem]]:
    """Every blueprint that can be read, and what is wrong with the others."""
    names = Names[Blueprint]("blueprint", "blueprint", len(folders))
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        for source, faults in folder.below(BLUEPRINTS).values():
            problems += faults
            if source is None:
                continue
            plan, found = reading.read(source, Blueprint, settings=folder.settings)
            problems += found
            if plan is not None:
                problems += names.add(Found(plan.id, plan, source, number, plan.replaces))
    return names, problems


def _sittings(folders: Sequence[Folder]) -> Read:
    """Every sitting that can be read, and what is wrong with the others; one that several banks keep counts once."""
    found: dict[tuple[str, int, str], tuple[Sitting, Source]] = {}
    problems: list[Problem] = []
    for folder in folders:
        for source, faults in folder.below(SITTINGS).values():
            problems += faults
            if source is None:
                continue
            sitting, wrong = reading.read(source, Sitting, sealed=True)  # a title in one language is enough
            problems += wrong
            if sitting is not None:
                found[sitting.exam, sitting.number, sitting.seal] = sitting, source
    return tuple(found.values()), tuple(problems)
