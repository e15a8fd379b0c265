"""The items of files that blueprints name: `{file: mine.yaml}`, beside the blueprint or in an open bank."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank import messages
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
                    message = problem.message
                    if problem.place:
                        message = messages.tell("{file}: {fault}", file=problem.place, fault=message)
                    yield replace(problem, code="blueprint.file", message=message, place=nodes.place(node, where),
                                  path=nodes.path_text(where), item="")
                continue
            own[entry.file] = found


def _enclosed(held: Bank, plan: Source, file: str) -> Enclosed:
    """The item of a file, named from the blueprint's folder. Raises Refused with what is wrong."""
    if plan.path is None:
        raise Refused(messages.tell(
            "{file} is named relative to the blueprint's file, and this blueprint has no file", file=file
        ))  # fmt: skip
    beside = plan.path.parent
    path = Path(os.path.normpath(beside / file))
    allowed = (beside, *(whole(folder) for folder in held.folders))
    if not any(path.is_relative_to(folder) for folder in allowed):
        raise Refused(Problem(
            "file.outside",
            messages.tell("{file}: is outside the blueprint's folder and every bank, and was not read", file=file),
            proposal=messages.tell("put the file beside the blueprint"),
        ))  # fmt: skip
    from qbank.bank import reading

    text = _files.read(path, str(Path(os.path.normpath(Path(plan.file).parent / file))), allowed)
    item, problems = reading.read_item(text, held.circuits, settings=settings_of(path))
    if item is None:
        raise Refused(*problems)
    return Enclosed(item, text)


def _alone(held: Bank, found: Enclosed, own: Mapping[str, Enclosed]) -> None:
    """Raise Refused where another item has the id, and this one does not replace it."""
    item, file = found.item, found.source.file
    for other in own.values():
        if other.item.id == item.id:
            raise Refused(_taken(found, other.source))
    taken = held.sources.get(item.id)
    if item.replaces and item.replaces != item.id:
        raise Refused(messages.tell("{file}: replaces: must be its own id {name!r}, not {replaced!r}",
                                    file=file, name=item.id, replaced=item.replaces))  # fmt: skip
    if item.replaces and taken is None:
        raise Refused(messages.tell("{file}: replaces: no open bank has the item {name!r}", file=file, name=item.id))
    if taken is not None and not item.replaces and taken.path != found.source.path:
        raise Refused(Problem(
            "item.twice", _taken(found, taken),
            proposal=messages.tell(
                "give this {what} an id of its own, or write replaces: {name} if it replaces the other one",
                what=messages.tell("item"), name=item.id,
            ),
        ))  # fmt: skip


def _taken(found: Enclosed, other: Source) -> str:
    return messages.tell("{file}: the id {name!r} is already used in {other}",
                         file=found.source.file, name=found.item.id, other=other.file)  # fmt: skip
