"""The bank: a folder of YAML files read into items, circuits, blueprints and topics, with every problem in one run.

One file holds one item. Loading never stops at the first fault: what can be read is read, the rest is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from qbank import circuits, nodes, records, registry
from qbank.bank import _files, consistency, logo, searching
from qbank.bank._files import Source as Source
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Bilingual, Problem, Refused, caught
from qbank.records import bilingual

Model = TypeVar("Model", bound=BaseModel)

CIRCUITS, BLUEPRINTS, TOPICS, POINTS = "circuits", "blueprints", "topics.yaml", "knowledge-points.yaml"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bank:
    """Everything that one folder holds; `problems` are what could not be read or does not fit together."""

    items: Mapping[str, Item] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    circuits: Mapping[str, circuits.Circuit] = field(default_factory=dict)
    circuit_sources: Mapping[str, Source] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    blueprint_sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, Bilingual] = field(default_factory=dict)
    points: Mapping[str, Bilingual] = field(default_factory=dict)
    logos: Mapping[str, bytes] = field(default_factory=dict)
    """The logo's file of each blueprint that has one."""
    problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return f"Bank({len(self.items)} items, {len(self.blueprints)} blueprints, {len(self.problems)} problems)"

    def item(self, name: str) -> Item:
        """The item of that id. Raises Refused with the nearest id, or with the item's own problems."""
        if name in self.items:
            return self.items[name]
        own = tuple(problem for problem in self.problems if problem.item == name)
        if own:
            raise Refused(*own)
        raise Refused(f"the item {registry.unknown(name, self.items)}")

    def blueprint(self, name: str) -> Blueprint:
        """The blueprint of that id. Raises Refused with the nearest id, or with the blueprint's own problems."""
        if name in self.blueprints:
            return self.blueprints[name]
        own = tuple(p for p in self.problems if p.place and Path(p.place.file).stem == name)
        if own:
            raise Refused(*own)
        raise Refused(f"the blueprint {registry.unknown(name, self.blueprints)}")

    def select(
        self,
        names: Iterable[str] = (),
        *,
        topic: str | None = None,
        level: Iterable[int] = (),
        kind: str | None = None,
        covers: Iterable[str] = (),
    ) -> tuple[Item, ...]:
        """The items that a user means: ids or topics by name, then narrowed; in the order of the bank.

        Raises Refused for a name that is neither an item nor a topic.
        """
        wanted = tuple(names)
        for name in wanted:
            if name not in self.items and not any(within(item.topic, name) for item in self.items.values()):
                known = [*self.items, *self.topics]
                raise Refused(f"the item or topic {registry.unknown(name, known)}")
        levels, points = frozenset(level), frozenset(covers)
        return tuple(
            item
            for item in self.items.values()
            if (not wanted or any(item.id == name or within(item.topic, name) for name in wanted))
            and (topic is None or within(item.topic, topic))
            and (not levels or item.level in levels)
            and (kind is None or kind in item.kinds)
            and (not points or points & set(item.covers))
        )


def found(source: Bank, words: Iterable[str]) -> tuple[Item, ...]:
    """The items in whose ids, titles, topics and texts, in either language, every one of the words stands."""
    return searching.search(source.items.values(), words, source.topics)


def within(topic: str, wanted: str) -> bool:
    """Whether a topic is the wanted one or lies under it.

    >>> within("electronics/opamp/inverting", "electronics/opamp")
    True
    """
    return topic == wanted or topic.startswith(wanted.rstrip("/") + "/")


def load(folder: Path, *, only: Iterable[Path] | None = None) -> Bank:
    """The bank in a folder; with `only`, the items of just those files or folders (circuits and topics as always).

    Raises Refused when the folder cannot be read at all.
    """
    if not folder.is_dir():
        raise Refused(f"there is no folder {folder}; --bank names the folder that holds your items")
    drawn, circuit_sources, of_circuits = _circuits(folder)
    topics, of_topics = _texts(folder / TOPICS)
    points, of_points = _texts(folder / POINTS)
    problems = [*of_circuits, *of_topics, *of_points]
    items: dict[str, Item] = {}
    sources: dict[str, Source] = {}
    named = None if only is None else list(only)
    for path, root in _item_files(folder, named):
        source, faults = _source(path, folder, root)
        problems += faults
        if source is None or (only is not None and is_blueprint(source.text)):
            continue
        item = None
        with caught(problems, "file", f"reading {source.file}"):
            item, found = read_item(source, drawn)
            problems += found
        if item is None:
            continue
        if item.id in items:
            problems.append(Problem("item.twice", f"the id {item.id!r} is taken by {sources[item.id].file} already",
                                    place=_start(source), item=item.id, proposal="give this item an id of its own"))
            continue
        items[item.id], sources[item.id] = item, source
    blueprints: dict[str, Blueprint] = {}
    blueprint_sources: dict[str, Source] = {}
    logos: dict[str, bytes] = {}
    for path in sorted((folder / BLUEPRINTS).glob("*.yaml")):
        source, faults = _source(path, folder)
        problems += faults
        if source is None:
            continue
        blueprint, found = read(source, Blueprint)
        problems += found
        if blueprint is not None and blueprint.id in blueprints:
            taken = blueprint_sources[blueprint.id].file
            problems.append(Problem("blueprint.twice", f"the id {blueprint.id!r} is taken by {taken} already",
                                    place=_start(source), proposal="give this blueprint an id of its own"))
        elif blueprint is not None:
            with caught(problems, "blueprint", f"the logo of {blueprint.id}"):
                logos |= logo.of(blueprint.id, blueprint.logo, path, source)
                blueprints[blueprint.id], blueprint_sources[blueprint.id] = blueprint, source
    return Bank(items, sources, drawn, circuit_sources, blueprints, blueprint_sources, topics, points, logos,
                tuple(problems))  # fmt: skip


def is_blueprint(text: bytes) -> bool:
    """Whether a file holds a blueprint, which has sections; an item has none."""
    return re.search(rb"(?m)^[\"']?sections[\"']?\s*:", text) is not None


def holds_blueprint(path: Path) -> bool:
    """Whether a file that can be read holds a blueprint."""
    try:
        return is_blueprint(_files.read(path, str(path)).text)
    except Refused:
        return False


def with_file(source: Bank, path: Path) -> tuple[Bank, str]:
    """The bank with the item or the blueprint of one file in place of its own of that id; and that id.

    Raises Refused with what is wrong in the file, or when it cannot be read.
    """
    own = _files.read(path, str(path))
    if is_blueprint(own.text):
        plan, problems = read(own, Blueprint)
        if plan is None:
            raise Refused(*problems)
        plans, plan_sources = {**source.blueprints, plan.id: plan}, {**source.blueprint_sources, plan.id: own}
        logos = {**source.logos, **logo.of(plan.id, plan.logo, path, own)}
        return replace(source, blueprints=plans, blueprint_sources=plan_sources, logos=logos), plan.id
    item, problems = read_item(own, source.circuits)
    if item is None:
        raise Refused(*problems)
    items, sources = {**source.items, item.id: item}, {**source.sources, item.id: own}
    return replace(source, items=items, sources=sources), item.id


def read(source: Source, model: type[Model], *, sealed: bool = False) -> tuple[Model | None, list[Problem]]:
    """The record of a file, or None and why not; what is `sealed` keeps what a new file may not say."""
    try:
        node = nodes.read(source.text, source.file)
    except nodes.NodeError as error:
        return None, list(error.problems)
    plain = nodes.plain(node)
    name = str(plain.get("id", "")) if isinstance(plain, dict) else ""
    try:
        return model.model_validate(plain, context={records.SEALED: sealed}), []
    except ValidationError as error:
        return None, list(nodes.problems(error, node, item=name, model=model))


def read_item(
    source: Source, library: Mapping[str, circuits.Circuit] | None, *, sealed: bool = False
) -> tuple[Item | None, list[Problem]]:
    """The item of a file, or None and why not: first what its fields say, then whether they fit together.

    A `sealed` item belongs to an exam and keeps what earlier versions took and a new item may not say.
    """
    item, problems = read(source, Item, sealed=sealed)
    if item is None:
        return None, problems
    found = list(consistency.findings(item, library))
    if not found and not sealed:
        found = list(consistency.unanswerable(item))
    if not found:
        return item, []
    node = nodes.read(source.text, source.file)
    return None, [
        Problem("item.consistency", message, place=nodes.place(node, path), path=nodes.path_text(path), item=item.id)
        for path, message in found
    ]


def read_circuits(sources: Mapping[str, Source]) -> tuple[dict[str, circuits.Circuit], list[Problem]]:
    """The circuits of their files by name, and what is wrong with the others."""
    drawn: dict[str, circuits.Circuit] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        try:
            node = nodes.read(source.text, source.file)
            drawn[name] = circuits.read(name, nodes.plain(node))
        except nodes.NodeError as error:
            problems += error.problems
        except circuits.CircuitError as error:
            place = nodes.place(node, error.path)
            problems.append(Problem("circuit", str(error), place=place, path=nodes.path_text(error.path), item=name))
    return drawn, problems


def _circuits(folder: Path) -> tuple[dict[str, circuits.Circuit], dict[str, Source], tuple[Problem, ...]]:
    """Every circuit that can be drawn, the file of each that can be read, and what is wrong with the others."""
    found = {path.stem: _source(path, folder) for path in sorted((folder / CIRCUITS).glob("*.yaml"))}
    sources = {name: source for name, (source, _) in found.items() if source is not None}
    drawn, faults = read_circuits(sources)
    return drawn, sources, (*(fault for _, own in found.values() for fault in own), *faults)


def _texts(path: Path) -> tuple[dict[str, Bilingual], tuple[Problem, ...]]:
    """A file of names with a text in both languages each: the topics, the knowledge points."""
    if not path.exists() and not path.is_symlink():
        return {}, ()
    source, faults = _source(path, path.parent)
    if source is None:
        return {}, faults
    try:
        node = nodes.read(source.text, source.file)
    except nodes.NodeError as error:
        return {}, tuple(error.problems)
    texts: dict[str, Bilingual] = {}
    problems: list[Problem] = []
    plain: Any = nodes.plain(node)
    for name, value in plain.items() if isinstance(plain, dict) else ():
        try:
            texts[name] = bilingual(value)
        except ValueError as error:
            problems.append(Problem("bank.texts", str(error), place=nodes.place(node, (name,)), path=f"$.{name}"))
    return texts, tuple(problems)


def _item_files(folder: Path, only: Iterable[Path] | None) -> Iterator[tuple[Path, Path]]:
    """Every file that may hold an item, with the folder in which it was found (itself where it was named)."""
    apart = {_whole(folder) / CIRCUITS, _whole(folder) / BLUEPRINTS}
    roots = [folder] if only is None else list(only)
    seen: set[Path] = set()
    for root in roots:
        if not root.exists():
            raise Refused(f"there is no file or folder {root}")
        for path in sorted(root.rglob("*.yaml")) if root.is_dir() else [root]:
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            whole = _whole(path)
            aside = not apart.isdisjoint(whole.parents) or path.name in (TOPICS, POINTS) or _is_sealed(path, root)
            if not hidden and not aside and whole not in seen:
                seen.add(whole)
                yield path, root


def _whole(path: Path) -> Path:
    """Where a path leads, or the path itself where its links go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_sealed(path: Path, root: Path) -> bool:
    """Whether a file below the root belongs to an exam, whose folder holds items as they were."""
    above = [folder for folder in path.parents if folder.is_relative_to(root)]
    return any((folder / "exam.yaml").is_file() and (folder / "private").is_dir() for folder in above)


def _source(path: Path, folder: Path, root: Path | None = None) -> tuple[Source | None, tuple[Problem, ...]]:
    """A file of the bank, or None with the problem why not; what is found below a folder must lie in it."""
    name = str(path.relative_to(folder.parent)) if path.is_relative_to(folder.parent) else str(path)
    try:
        return _files.read(path, name, None if path == root else (folder, root or folder)), ()
    except Refused as refused:
        return None, tuple(refused.problems)


def _start(source: Source) -> Any:
    return nodes.place(nodes.read(source.text, source.file), ("id",))
