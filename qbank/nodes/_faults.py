"""From a model's complaints to problems: each with its place, its path, and a sentence for the writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydantic

from qbank import messages, registry
from qbank.model import Place, Problem
from qbank.nodes import _fields, _wordings
from qbank.nodes._places import place, scalar_place
from qbank.nodes._tree import Mapping, Node, Path, child, path_text


class Wrong(ValueError):
    """A validator's complaint that knows its place: `path` below the validated value, `offset` in its text."""

    def __init__(
        self, message: str, *, path: Path = (), offset: int | None = None, length: int = 1, proposal: str = ""
    ) -> None:
        super().__init__(message)
        self.path, self.offset, self.length, self.proposal = tuple(path), offset, length, proposal


@dataclass(frozen=True, slots=True)
class _Found:
    """A problem, and the key that is missing, or that was meant by an unknown one, with the path of its mapping."""

    problem: Problem
    above: tuple[str | int, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Fault:
    """One complaint of pydantic: its details, the path that exists in the file, and the rest of its location."""

    details: Any
    path: tuple[str | int, ...]
    rest: tuple[str | int, ...]
    location: tuple[str | int, ...]

    @property
    def kind(self) -> str:
        return str(self.details["type"])


def problems(
    error: pydantic.ValidationError, node: Node, *, item: str = "", at: Path = (), model: Any = None
) -> list[Problem]:
    """Every complaint of a model about the node as Problems, in the order of the file.

    `at` is the path from `node` to the value that was validated; `model` is what it was validated as (a model class
    or any annotation), and lets an unknown key find the known one that was meant.
    """
    found = list(_told(error, node, item, tuple(at), model))
    meant = {(each.above, each.key) for each in found if each.problem.code == "model.unknown-key"}
    kept = {  # that the right key is missing is clear where it is misspelt
        str(each.problem): each.problem
        for each in found
        if each.problem.code != "model.missing" or (each.above, each.key) not in meant
    }
    return sorted(kept.values(), key=_order)


def _order(problem: Problem) -> tuple[int, int]:
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)


def _told(
    error: pydantic.ValidationError, node: Node, item: str, at: tuple[str | int, ...], model: Any
) -> Iterator[_Found]:
    below = _descend(node, at)
    faults = [_fault(details, below) for details in error.errors(include_url=False)]
    for fault in _one_branch([fault for fault in faults if not _is_echo(fault, faults)]):
        cause = (fault.details.get("ctx") or {}).get("error")
        if isinstance(cause, pydantic.ValidationError):
            yield from _told(cause, node, item, (*at, *fault.path), None)
        else:
            yield _problem(fault, node, item, at, model)


def _descend(node: Node, path: Path) -> Node:
    for step in path:
        below = child(node, step)
        if below is None:
            return node
        node = below
    return node


def _fault(details: Any, node: Node) -> _Fault:
    location = tuple(details["loc"])
    last = location[-1:] if details["type"] == "missing" else ()
    marked = location[-1:] == ("[key]",)
    steps = location[: len(location) - len(last) - marked]
    path = _aligned(node, steps)
    return _Fault(details, path, last, steps)


def _aligned(node: Node, steps: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The longest way through the file that the location contains; names of a union's branches fall out."""
    known: dict[tuple[int, int], tuple[str | int, ...]] = {}

    def longest(here: Node, start: int) -> tuple[str | int, ...]:
        if start == len(steps):
            return ()
        if (id(here), start) not in known:
            below = child(here, steps[start])
            taken = (steps[start], *longest(below, start + 1)) if below is not None else ()
            skipped = longest(here, start + 1) if len(taken) < len(steps) - start else ()
            known[id(here), start] = taken if len(taken) >= len(skipped) else skipped
        return known[id(here), start]

    return longest(node, 0)


def _is_echo(fault: _Fault, faults: list[_Fault]) -> bool:
    """Whether a list is called too short only because an entry of it is wrong, which has its own problem."""
    size = len(fault.location)
    return fault.kind == "too_short" and any(
        len(other.location) > size and other.location[:size] == fault.location for other in faults
    )


def _one_branch(faults: list[_Fault]) -> list[_Fault]:
    """Of the branches of each union, the one that the writer most likely meant."""
    unions: dict[tuple[str | int, ...], dict[str | int, list[_Fault]]] = {}
    plain: list[_Fault] = []
    for fault in faults:
        at = next((i for i, step in enumerate(fault.location) if fault.path[i : i + 1] != (step,)), None)
        if at is None:
            plain.append(fault)
        else:
            unions.setdefault(fault.location[:at], {}).setdefault(fault.location[at], []).append(fault)
    for prefix, branches in unions.items():
        fitting = [told for told in branches.values() if not all(_is_mismatch(fault, prefix) for fault in told)]
        plain.extend(sorted(fitting or branches.values(), key=len)[0])
    return plain


def _is_mismatch(fault: _Fault, prefix: tuple[str | int, ...]) -> bool:
    return len(fault.path) <= len(prefix) and not fault.rest and fault.kind in _wordings.SHAPES


def _problem(fault: _Fault, node: Node, item: str, at: tuple[str | int, ...], model: Any) -> _Found:
    context = fault.details.get("ctx") or {}
    path = (*at, *fault.path)
    if fault.kind == "missing":
        name = str(fault.rest[-1]) if fault.rest else ""
        return _missing(name, node, item, path)
    if fault.kind == "union_tag_not_found":
        name = str(context.get("discriminator", "kind")).strip("'")
        return _missing(name, node, item, path)
    if fault.kind == "extra_forbidden":
        return _unknown_key(fault, node, item, at, model)
    if fault.kind == "union_tag_invalid":
        name = str(context.get("discriminator", "")).strip("'")
        path = (*path, name)
        known = _wordings.quoted(str(context.get("expected_tags", "")))
        message = registry.unknown(str(context.get("tag", "")), known)
        return _Found(Problem("model.choice", message, place(node, path), path_text(path), item=item))
    cause = context.get("error")
    if cause is not None and fault.kind in ("value_error", "assertion_error"):
        return _Found(_own(cause, node, item, path))
    code, message = _wordings.sentence(fault.kind, fault.details, context)
    where = place(node, path, key=fault.kind in _wordings.OF_KEY)
    return _Found(Problem(code, message, where, path_text(path), item=item))


def _missing(name: str, node: Node, item: str, path: tuple[str | int, ...]) -> _Found:
    where, message = place(node, path, key=True), messages.tell("'{key}:' is missing", key=name)
    return _Found(Problem("model.missing", message, where, path_text(path), item=item), path, name)


def _own(cause: BaseException, node: Node, item: str, path: Path) -> Problem:
    """A complaint of one of our validators: its sentence as it is, at the character that it names."""
    full = (*path, *getattr(cause, "path", ()))
    offset = getattr(cause, "offset", None)
    length = getattr(cause, "length", 1)
    where: Place
    if isinstance(offset, int):
        where = scalar_place(node, full, offset, length if isinstance(length, int) else 1)
    else:
        where = place(node, full)
    proposal = str(getattr(cause, "proposal", "") or "")
    return Problem("model.value", str(cause) or messages.tell("is invalid"), where, path_text(full), proposal, item)


def _unknown_key(fault: _Fault, node: Node, item: str, at: tuple[str | int, ...], model: Any) -> _Found:
    name, path = str(fault.location[-1]), (*at, *fault.path)
    written = fault.path[-1:] == fault.location[-1:]  # else a validator looked at a value of its own making
    known = _fields.known(model, _descend(node, at), fault.path[:-1]) if model is not None and written else ()
    above = _descend(node, path[:-1])
    present = set(above.keys) if isinstance(above, Mapping) else set()
    guess = registry.nearest(name, [key for key in known if key not in present])
    where = place(node, path, key=True)
    if guess is not None:
        message = messages.tell("unknown key {key!r}; did you mean {guess!r}?", key=name, guess=guess)
        proposal = messages.tell("write {guess!r}", guess=guess)
        problem = Problem("model.unknown-key", message, where, path_text(path), proposal, item)
        return _Found(problem, path[:-1], guess)
    if known:
        listing = messages.listed(known)
        message = messages.tell("unknown key {key!r}; the known ones are: {names}", key=name, names=listing)
    else:
        message = messages.tell("unknown key {key!r}", key=name)
    return _Found(Problem("model.unknown-key", message, where, path_text(path), item=item))
