"""The items of files that blueprints name: `{file: mine.yaml}`, beside the blueprint or in an open bank."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.bank import _files, _lazily
from qbank.bank._bank import Bank, Enclosed
from qbank.bank._files import Source
from qbank.bank._folder import settings_of
from qbank.bank._lazily import Unread
from qbank.bank._places import whole
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    from qbank.bank.blueprint import Blueprint


def added(
    held: Bank, plans: Mapping[str, Blueprint | Unread[Blueprint]], sources: Mapping[str, Source],
    problems: list[Problem],
) -> Bank:  # fmt: skip
    """The bank with these blueprints, the items of the files that they name, and their logos.

    What is wrong with such a file is added to the problems, and its blueprint left out.
    """
    enclosed: dict[str, dict[str, Enclosed]] = {}
    whole_plans: dict[str, Blueprint | Unread[Blueprint]] = {}
    logos: dict[str, bytes] = {}
    for name, plan in plans.items():
        own: dict[str, Enclosed] = {}
        if isinstance(plan, Unread):
            if not plan.card[2]:  # it names no file
                whole_plans[name], enclosed[name] = plan, own
                continue
            plan = plan.thing
        from qbank.bank import logo

        faults = list(_read(held, plan, sources[name], own))
        try:
            logos[name] = logo.of(plan.logo, sources[name])
        except Refused as refused:
            faults += refused.problems
        problems += faults
        if not faults:
            whole_plans[name], enclosed[name] = plan, own
    return replace(
        held, blueprints=_lazily.joined(held.blueprints, whole_plans), problems=tuple(problems),
        blueprint_sources={**held.blueprint_sources, **{name: sources[name] for name in whole_plans}},
        enclosed={**held.enclosed, **enclosed},
        logos={**held.logos, **{name: content for name, content in logos.items() if content}},
    )  # fmt: skip


def _read(held: Bank, plan: Blueprint, source: Source, own: dict[str, Enclosed]) -> Iterator[Problem]:
    """Fill in the items by the names of their files, and give every fault, placed at the entry."""
    for number, section in enumerate(plan.sections):
        for place, entry in enumerate(section.items):
            if entry.file is None or entry.file in own:
                continue
            where = ("sections", number, "items", place, "file")
            try:
                found = _enclosed(held, source, entry.file)
                _alone(held, found, own)
            except Refused as refused:
                from qbank import nodes

                node = nodes.read(source.text, source.file)
                for problem in refused.problems:
                    message = f"{problem.place}: {problem.message}" if problem.place else problem.message
                    yield replace(problem, code="blueprint.file", message=message, place=nodes.place(node, where),
                                  path=nodes.path_text(where), item="")
                continue
            own[entry.file] = found


def _enclosed(held: Bank, plan: Source, file: str) -> Enclosed:
    """The item of a file, named from the blueprint's folder. Raises Refused with what is wrong."""
    if plan.path is None:
        raise Refused("a file is named from the blueprint's own file, and this blueprint has none")
    beside = plan.path.parent
    path = Path(os.path.normpath(beside / file))
    allowed = (beside, *(whole(folder) for folder in held.folders))
    if not any(path.is_relative_to(folder) for folder in allowed):
        raise Refused(Problem(
            "file.outside", f"{file}: leads out of the blueprint's folder and of every bank, and is not read",
            proposal="put the file beside the blueprint",
        ))  # fmt: skip
    from qbank.bank import reading

    text = _files.read(path, str(Path(os.path.normpath(Path(plan.file).parent / file))), allowed)
    item, problems = reading.read_item(text, held.circuits, settings=settings_of(path))
    if item is None:
        raise Refused(*problems)
    return Enclosed(item, text)


def _alone(held: Bank, found: Enclosed, own: Mapping[str, Enclosed]) -> None:
    """Raise Refused where the id is another item's already, and this one does not say that it replaces it."""
    item, file = found.item, found.source.file
    for other in own.values():
        if other.item.id == item.id:
            raise Refused(f"{file}: the id {item.id!r} is taken by {other.source.file} already")
    taken = held.sources.get(item.id)
    if item.replaces and item.replaces != item.id:
        raise Refused(f"{file}: an item takes the place of the one with its own id, {item.id!r}, not of "
                      f"{item.replaces!r}")
    if item.replaces and taken is None:
        raise Refused(f"{file}: replaces: no bank that is open has the item {item.id!r}")
    if taken is not None and not item.replaces and taken.path != found.source.path:
        raise Refused(Problem(
            "item.twice", f"{file}: the id {item.id!r} is taken by {taken.file} already",
            proposal=f"give the item an id of its own; if it takes the place of that one: replaces: {item.id}",
        ))  # fmt: skip
