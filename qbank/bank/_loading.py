"""Loading folders of YAML: settings and circuits first, then the items that use them, then the blueprints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import messages
from qbank.bank import _enclosed, card
from qbank.bank._bank import Bank
from qbank.bank._folder import BLUEPRINTS, CIRCUITS, POINTS, TOPICS, Folder, opened
from qbank.bank._known import Known
from qbank.bank._lazily import Lazily, Unread
from qbank.bank._places import whole
from qbank.bank._together import Found, Names
from qbank.bank.settings import FILE, is_blueprint
from qbank.bank.uses import SITTINGS, Read, Sittings
from qbank.model import Bilingual, Problem, Refused, caught

if TYPE_CHECKING:
    from qbank.bank._files import Source
    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item
    from qbank.bank.sittings import Sitting
    from qbank.circuits import Circuit


def load(*paths: Path, only: Iterable[Path] | None = None) -> Bank:
    """The bank in a folder, or in several together, the later beside the earlier.

    With `only`, the items of just those files or folders (circuits and topics as always). Raises Refused when a folder
    cannot be read at all, or one is or holds another.
    """
    known = Known.of("bank", paths)
    folders, problems = opened(paths, known)
    named = None if only is None else list(only)
    for path in named or ():
        if not path.exists():
            raise Refused(messages.tell("there is no file or folder {path}", path=path))
    drawn, of_circuits = _circuits(folders, known)
    topics, of_topics = _texts(folders, TOPICS, "topic", known)
    points, of_points = _texts(folders, POINTS, "knowledge point", known)
    problems += [*of_circuits, *of_topics, *of_points]
    circuits_ = Lazily(drawn.things)
    items, of_items = _items(folders, named, circuits_, known)
    problems += of_items
    plans, of_plans = _blueprints(folders, known)
    problems += of_plans
    known.shelf.close(whole=named is None)
    held = Bank(
        Lazily(items.things), items.sources, circuits_, drawn.sources, topics=topics, points=points,
        folders=tuple(folder.path for folder in folders),
        settings=tuple(folder.path / FILE for folder in folders), sittings=Sittings(partial(_sittings, folders)),
    )  # fmt: skip
    return _enclosed.added(held, plans.things, plans.sources, problems)


def texts(folder: Path, name: str) -> dict[str, Bilingual]:
    """The topics or the knowledge points of one bank, as far as they can be read."""
    known = Known.of("texts", [folder])
    return _texts(opened([folder], known)[0], name, "name", known)[0]


def _circuits(folders: Sequence[Folder], known: Known) -> tuple[Names[Circuit], list[Problem]]:
    """Every circuit that can be drawn, and what is wrong with the others."""
    names: Names[Circuit] = Names("circuit", "circuit", len(folders))
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        files = {path.stem: read for path, read in folder.below(CIRCUITS).items()}
        problems += [fault for _, own in files.values() for fault in own]
        drawn: list[Found[Circuit]] = []
        for name, (source, _) in files.items():
            if source is not None:
                circuit, faults = known.circuit(name, source, folder.settings.languages)
                problems += faults
                if circuit is not None:
                    replaces = circuit.card if isinstance(circuit, Unread) else circuit.replaces
                    drawn.append(Found(name, circuit, source, number, replaces))
        for each in drawn:
            problems += names.add(each)
    return names, problems


def _texts(
    folders: Sequence[Folder], file: str, what: str, known: Known
) -> tuple[dict[str, Bilingual], list[Problem]]:
    """The names with a text each of one sort, and what is wrong with the others; equal ones may be in several banks."""
    names = Names[Bilingual]("bank", what, len(folders), same=True)
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        source, faults = folder.single(file)
        problems += faults
        if source is None:
            continue
        found, replaced, wrong = known.texts(source, folder.settings.languages)
        problems += wrong
        for name, text in found.items():
            problems += names.add(Found(name, text, source, number, replaced.get(name, ""), (name,)))
    return {name: each.whole for name, each in names.found.items()}, problems


def _items(
    folders: Sequence[Folder], only: Sequence[Path] | None, library: Mapping[str, Circuit], known: Known
) -> tuple[Names[Item], list[Problem]]:
    """Every item that can be read, and what is wrong with the others; a named file is of the bank it lies in."""
    names: Names[Item] = Names("item", "item", len(folders), some=only is not None)
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, folder in enumerate(folders):
        own = only if only is None else [path for path in only if _home(path, folders) == number]
        for path, root in folder.item_files(own):
            real = folder.places.real(path)
            if real in seen:
                continue
            seen.add(real)
            source, faults = folder.read(path, root)
            problems += faults
            if source is not None and not (only is not None and is_blueprint(source.text)):
                problems += _item(names, source, number, folder, library, known, problems)
    return names, problems


def _item(
    names: Names[Item], source: Source, number: int, folder: Folder, library: Mapping[str, Circuit],
    known: Known, earlier: Sequence[Problem],
) -> list[Problem]:  # fmt: skip
    """Take the item of one file, or say why not."""
    problems: list[Problem] = []
    with caught(problems, "file", messages.tell("reading {file}", file=source.file)):
        item, found = known.item(source, library, settings=folder.settings)
        problems += found
        if item is not None:
            name, replaces = card.named(item.card[0]) if isinstance(item, Unread) else (item.id, item.replaces)
            broken = {problem.item for problem in earlier} if replaces else ()
            problems += names.add(Found(name, item, source, number, replaces), broken)
    return problems


def _home(path: Path, folders: Sequence[Folder]) -> int:
    """The number of the bank in which a file or folder lies; the first where it lies in none."""
    return next((n for n, folder in enumerate(folders) if whole(path).is_relative_to(whole(folder.path))), 0)


def _blueprints(folders: Sequence[Folder], known: Known) -> tuple[Names[Blueprint], list[Problem]]:
    """Every blueprint that can be read, and what is wrong with the others."""
    names: Names[Blueprint] = Names("blueprint", "blueprint", len(folders))
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        for source, faults in folder.below(BLUEPRINTS).values():
            problems += faults
            if source is None:
                continue
            plan, found = known.blueprint(source, folder.settings)
            problems += found
            if plan is not None:
                name, replaces = plan.card[:2] if isinstance(plan, Unread) else (plan.id, plan.replaces)
                problems += names.add(Found(name, plan, source, number, replaces))
    return names, problems


def _sittings(folders: Sequence[Folder]) -> Read:
    """Every sitting that can be read, and what is wrong with the others; one that several banks keep counts once."""
    from qbank.bank import reading
    from qbank.bank.sittings import Sitting

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
