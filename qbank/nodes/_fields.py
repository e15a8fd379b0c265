"""Which keys a model knows at a path, read from its annotations."""

from __future__ import annotations

import types
from collections import abc
from typing import Annotated, Any, Union, get_args, get_origin

import pydantic


def known(model: Any, path: abc.Sequence[str | int]) -> tuple[str, ...]:
    """The keys that are allowed at `path` below a value of the given model (a class or any annotation), sorted.

    >>> class Part(pydantic.BaseModel):
    ...     marks: str
    >>> known(list[Part], [0])
    ('marks',)
    """
    here = [model]
    for step in path:
        here = [inner for annotation in here for inner in _below(annotation, step)]
    return tuple(sorted({key for annotation in here for cls in _branches(annotation) for key in _keys(cls)}))


def _branches(annotation: Any) -> abc.Iterator[Any]:
    """The annotation without Annotated, aliases and unions."""
    if hasattr(annotation, "__value__"):
        yield from _branches(annotation.__value__)
    elif get_origin(annotation) is Annotated:
        yield from _branches(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for branch in get_args(annotation):
            yield from _branches(branch)
    else:
        yield annotation


def _below(annotation: Any, step: str | int) -> abc.Iterator[Any]:
    for branch in _branches(annotation):
        if _is_model(branch):
            for name, field in branch.model_fields.items():
                if step in (name, field.alias, field.validation_alias):
                    yield field.annotation
        elif arguments := get_args(branch):  # the values of a mapping, the items of a list or of a tuple of any length
            yield arguments[0] if arguments[-1] is Ellipsis else arguments[-1]


def _keys(annotation: Any) -> abc.Iterator[str]:
    if _is_model(annotation):
        for name, field in annotation.model_fields.items():
            alias = field.validation_alias or field.alias
            yield alias if isinstance(alias, str) else name


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
