"""Which keys a model knows at a path, read from its annotations."""

from __future__ import annotations

import types
from collections import abc
from typing import Annotated, Any, Protocol, Union, get_args, get_origin, runtime_checkable

import pydantic

from qbank.nodes._tree import Mapping, Node, Scalar, child


@runtime_checkable
class ByContent(Protocol):
    """What stands in an annotation whose model depends on what was written: an answer of a kind, a figure."""

    def model_for(self, written: abc.Mapping[str, str]) -> type[pydantic.BaseModel] | None:
        """The model of a mapping, by the texts of its keys; None where they do not tell."""
        ...


def known(model: Any, node: Node, path: abc.Sequence[str | int]) -> tuple[str, ...]:
    """The keys that are allowed at `path` below a value of the given model (a class or any annotation), sorted.

    >>> class Part(pydantic.BaseModel):
    ...     marks: str
    >>> from qbank.nodes import read
    >>> known(list[Part], read(b"[{mark: 2}]", "item.yaml"), [0])
    ('marks',)
    """
    here, at = [model], node
    for step in path:
        here = [inner for annotation in here for inner in _below(annotation, step, at)]
        at = child(at, step) or at
    return tuple(sorted({key for annotation in here for cls in _branches(annotation, at) for key in _keys(cls)}))


def _branches(annotation: Any, node: Node) -> abc.Iterator[Any]:
    """The annotation of a node without Annotated, aliases and unions."""
    if hasattr(annotation, "__value__"):
        yield from _branches(annotation.__value__, node)
    elif get_origin(annotation) is Annotated:
        plain, *more = get_args(annotation)
        chosen = [model for each in more if isinstance(each, ByContent) and (model := each.model_for(_written(node)))]
        yield from chosen or _branches(plain, node)
    elif get_origin(annotation) in (Union, types.UnionType):
        for branch in get_args(annotation):
            yield from _branches(branch, node)
    else:
        yield annotation


def _written(node: Node) -> dict[str, str]:
    """The keys of a mapping with the texts of their values, where these are texts."""
    if not isinstance(node, Mapping):
        return {}
    return {key: (value.text or "" if isinstance(value, Scalar) else "") for key, value in node.values.items()}


def _below(annotation: Any, step: str | int, node: Node) -> abc.Iterator[Any]:
    for branch in _branches(annotation, node):
        if _is_model(branch):
            for name, field in branch.model_fields.items():
                if step in (name, field.alias, field.validation_alias):
                    yield _annotated(field)
        elif arguments := get_args(branch):  # the values of a mapping, the items of a list or of a tuple of any length
            yield arguments[0] if arguments[-1] is Ellipsis else arguments[-1]


def _annotated(field: Any) -> Any:
    """The annotation of a field, with what stands beside it."""
    chosen = next((each for each in field.metadata if isinstance(each, ByContent)), None)
    return field.annotation if chosen is None else Annotated[field.annotation, chosen]


def _keys(annotation: Any) -> abc.Iterator[str]:
    if _is_model(annotation):
        for name, field in annotation.model_fields.items():
            alias = field.validation_alias or field.alias
            yield alias if isinstance(alias, str) else name


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
