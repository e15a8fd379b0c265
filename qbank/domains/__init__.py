"""What a parameter is drawn from: one domain per file, and the one key that names a file is the tag.

>>> table(read({"series": "E24", "from": "1k", "to": "100k", "unit": "Ω"})).texts[:3]
('1000', '1100', '1200')
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from qbank import messages, numerals, records, registry
from qbank.domains._common import Domain, DomainExample, DomainRecord, quantity
from qbank.model import Array, Column

__all__ = ["Domain", "DomainExample", "DomainRecord", "Field", "column", "read", "table", "tag"]


def tag(mapping: Mapping[str, Any]) -> str:
    """The one key that names a domain. Raises ValueError when none does, or two do.

    >>> tag({"seres": "E24", "from": "1k", "to": "10k"})
    Traceback (most recent call last):
        ...
    ValueError: the parameter has no domain; did you mean 'series' instead of 'seres'?
    """
    known = registry.tags("domains")
    found = [key for key in mapping if key in known]
    if "matrix" in found and "values" in found:
        found.remove("values")  # of a matrix, the list its entries come from
    if len(found) > 1:
        raise ValueError(messages.tell("a parameter must have one domain, not several: {names}",
                                       names=messages.listed(map(repr, found))))  # fmt: skip
    if found:
        return found[0]
    common = {"unit", "symbol", "hidden", "zeros", "from", "to", "step", "size", "decimals", "of"}
    for key in mapping:
        guess = None if key in common else registry.nearest(str(key), known)
        if guess is not None:
            raise ValueError(messages.tell("the parameter has no domain; did you mean {guess!r} instead of {key!r}?",
                                           guess=guess, key=key))  # fmt: skip
    raise ValueError(messages.tell("the parameter has no domain; it needs one of: {names}",
                                   names=messages.listed(known)))  # fmt: skip


def read(mapping: Mapping[str, Any], context: Any = None) -> DomainRecord:
    """The record of a parameter's domain. Raises ValueError (of pydantic, where a field is wrong)."""
    spec: DomainRecord = registry.load("domains", tag(mapping)).Spec.model_validate(
        dict(mapping), context=context
    )
    return spec


@lru_cache(maxsize=1024)
def table(spec: DomainRecord) -> Domain:
    """The table of all values of a domain, made once."""
    domain: Domain = sys.modules[type(spec).__module__].table(spec)
    return domain


def column(domain: Domain, text: str) -> Column:
    """The column of one row with a value of the domain as an author writes it. Raises ValueError for any other.

    >>> resistors = table(read({"series": "E24", "from": "1k", "to": "100k"}))
    >>> column(resistors, "4.7k").values.tolist(), column(resistors, "4.7 kΩ").values.tolist()
    ([4700.0], [4700.0])
    """
    if domain.shape:
        return Column(_entries(domain, text), domain.labels)
    if domain.labels:
        if text.strip() not in domain.labels:
            unknown = registry.unknown(text.strip(), domain.labels)
            raise ValueError(messages.tell("the label {unknown}", unknown=unknown))
        place = domain.labels.index(text.strip())
    else:
        wanted = float(quantity(text).si)
        place = int(np.argmin(np.abs(domain.values - wanted)))
        if domain.values[place] != wanted:
            raise ValueError(messages.tell("{value!r} is not a value of its domain; the nearest is {nearest}",
                                           value=text, nearest=_as_written(domain, place)))  # fmt: skip
    return Column(domain.values[place : place + 1], domain.labels)


def _as_written(domain: Domain, place: int) -> str:
    """One value of a domain of numbers in the unit in which they are written."""
    if not domain.unit:
        return domain.texts[place]
    return f"{numerals.in_unit(float(domain.values[place]), domain.unit):f} {domain.unit}"


def _entries(domain: Domain, text: str) -> Array:
    """(1, *shape) the entries of a value as an author writes them. Raises ValueError for any other."""
    written = [word.strip() for word in re.findall(r"[^,\[\]()]*[^,\[\]()\s]", text)]
    if not domain.labels and len(written) == 1 < math.prod(domain.shape):  # numbers without units need no commas
        written = text.strip("[]() ").split()
    if domain.labels:
        codes = [domain.labels.index(word) if word in domain.labels else -1 for word in written]
        value = np.array(codes, dtype=np.int64)
    else:
        value = np.array([float(quantity(word).si) for word in written])
    fits = value.size == math.prod(domain.shape) and bool(np.isin(value, domain.values).all())
    if fits and not domain.entries:
        fits = bool((domain.values.reshape(len(domain), -1) == value).all(axis=1).any())
    if fits and domain.picks:
        places = [int(np.flatnonzero(domain.values == each)[0]) for each in value]
        fits = len(set(places)) == len(places) and (domain.picks == "ordered" or places == sorted(places))
    if not fits:
        raise ValueError(messages.tell("{value!r} is not a value of its domain", value=text))
    return value.reshape(1, *domain.shape)


class _AnyDomain:
    """Tells pydantic how a field of any domain is validated, written, and described to an editor."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        dumped = core_schema.plain_serializer_function_ser_schema(
            lambda spec: spec.model_dump(by_alias=True, exclude_unset=True)
        )
        return core_schema.with_info_plain_validator_function(_validated, serialization=dumped)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        rooms = {word: registry.load("domains", word) for word in registry.tags("domains")}
        return records.by_key({word: handler(room.Spec.__pydantic_core_schema__) for word, room in rooms.items()})


def _validated(value: Any, info: ValidationInfo) -> DomainRecord:
    if isinstance(value, DomainRecord):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(messages.tell(
            "a parameter must be a mapping, such as {{series: E24, from: 1k, to: 100k}}"
        ))  # fmt: skip
    return read(value, info.context)


Field: TypeAlias = Annotated[DomainRecord, _AnyDomain()]
"""A parameter's domain, whichever it is, as a field of a record."""
