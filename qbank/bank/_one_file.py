"""The bank with the item or the blueprint of one file that the user names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qbank.bank import _enclosed, _files, _lazily, reading
from qbank.bank._bank import Bank
from qbank.bank._folder import settings_of
from qbank.bank.blueprint import Blueprint
from qbank.bank.settings import is_blueprint
from qbank.model import Problem, Refused


def with_file(source: Bank, path: Path) -> tuple[Bank, str]:
    """The bank with the item or the blueprint of one file in place of its own of that id; and that id.

    What the file does not say, the settings of the bank in which it lies do. Raises Refused with what is wrong in the
    file, or when it cannot be read.
    """
    own = _files.read(path, str(path))
    settings = settings_of(path)
    if is_blueprint(own.text):
        plan, problems = reading.read(own, Blueprint, settings=settings)
        if plan is None:
            raise Refused(*problems)
        faults: list[Problem] = []
        held = _enclosed.added(source, {plan.id: plan}, {plan.id: own}, faults)
        if faults:
            raise Refused(*faults)
        return replace(held, problems=source.problems), plan.id
    item, problems = reading.read_item(own, source.circuits, settings=settings)
    if item is None:
        raise Refused(*problems)
    items, sources = _lazily.joined(source.items, {item.id: item}), {**source.sources, item.id: own}
    return replace(source, items=items, sources=sources), item.id
