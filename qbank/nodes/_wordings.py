"""What pydantic's error types tell the writer of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydantic

from qbank import messages, registry

OF_KEY = frozenset({"dict_type", "model_type", "model_attributes_type", "too_short", "too_long"})
"""Complaints about a value as a whole, which are shown at its key."""

SHAPES: Mapping[str, str] = {
    "string_type": "text",
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "mapping"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "whole"),
    "int_parsing_size": "smaller",
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), "number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "truth"),
    "finite_number": "finite",
    "none_required": "empty",
    **dict.fromkeys(("date_type", "date_from_datetime_parsing", "date_from_datetime_inexact", "date_parsing"), "date"),
}
"""The shape that a value should have had, for the complaints that it has another."""

_LIMITS = {
    "greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le",
    "multiple_of": "multiple_of", "too_short": "min_length", "too_long": "max_length",
    "string_too_short": "min_length", "string_too_long": "max_length", "string_pattern_mismatch": "pattern",
}  # fmt: skip
"""The complaints about a limit, each with the name that pydantic gives it."""


_JSON = re.compile(r"line (\d+) column (\d+)")
"""Where a reader of JSON stops."""


def complaint(error: pydantic.ValidationError) -> tuple[tuple[str | int, ...], str]:
    """The place and the sentence of the first complaint of a model; of one within another, the innermost.

    >>> class Range(pydantic.BaseModel):
    ...     low: float
    >>> try:
    ...     Range.model_validate({"low": "a"})
    ... except pydantic.ValidationError as error:
    ...     complaint(error)
    (('low',), "must be a number, not 'a'")
    """
    first = error.errors(include_url=False)[0]
    context = first.get("ctx") or {}
    cause, kind, place = context.get("error"), first["type"], tuple(first["loc"])
    if isinstance(cause, pydantic.ValidationError):
        deeper, message = complaint(cause)
        return (*place, *deeper), message
    if kind == "missing":
        return place, messages.tell("this field is missing")
    if kind == "extra_forbidden":
        return place, messages.tell("there is no such field")
    if kind == "json_invalid":
        stop = _JSON.search(first["msg"])
        line, column = stop.groups() if stop else ("1", "1")
        return place, messages.tell("invalid JSON at line {line}, column {column}", line=line, column=column)
    if isinstance(cause, Exception):  # a sentence of ours
        return place, str(cause) or messages.tell("is invalid")
    return place, sentence(kind, first, context)[1]


def sentence(kind: str, details: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the sentence for one complaint.

    >>> sentence("literal_error", {"input": "nett"}, {"expected": "'net' or 'exact'"})
    ('model.choice', "'nett' is not known; did you mean 'net'?")
    """
    value = details.get("input")
    if "message" in context:  # a sentence of ours
        return "model.value", str(context["message"])
    if value is None and kind != "none_required":
        return "model.empty", messages.tell("needs a value")
    if kind in ("literal_error", "enum"):
        known = quoted(str(context.get("expected", "")))
        if isinstance(value, str):
            return "model.choice", registry.unknown(value, known)
        listing = messages.listed(known)
        message = messages.tell("must be one of {names}, not {value}", names=listing, value=_described(value))
        return "model.choice", message
    if kind in SHAPES:
        return "model.type", _misshaped(SHAPES[kind], value)
    if kind in ("string_too_short", "too_short") and not value:
        return "model.value", messages.tell("must not be empty")
    if kind in _LIMITS:
        return "model.value", _beyond(kind, _described(value), _short(context.get(_LIMITS[kind])))
    reason = str(details.get("msg", ""))
    return "model.value", messages.tell("{value} is invalid: {reason}", value=_described(value), reason=reason)


def _misshaped(shape: str, value: object) -> str:
    """That a value should have had a shape of SHAPES."""
    given = _described(value)
    match shape:
        case "text" if isinstance(value, dict | list):
            return messages.tell("must be text, not {value}; quote text that begins with {{ or [", value=given)
        case "text":
            return messages.tell("must be text, not {value}", value=given)
        case "list":
            return messages.tell("must be a list, not {value}", value=given)
        case "mapping":
            return messages.tell("must be a mapping ('key: value' lines), not {value}", value=given)
        case "whole":
            return messages.tell("must be a whole number, not {value}", value=given)
        case "smaller":
            return messages.tell("must be a smaller whole number, not {value}", value=given)
        case "number":
            return messages.tell("must be a number, not {value}", value=given)
        case "truth":
            return messages.tell("must be yes or no, not {value}", value=given)
        case "finite":
            return messages.tell("must be a finite number, not {value}", value=given)
        case "empty":
            return messages.tell("must be empty, not {value}", value=given)
        case "date":
            return messages.tell("must be a date such as 2025-06-30, not {value}", value=given)
    raise AssertionError(shape)


def _beyond(kind: str, value: str, limit: str) -> str:
    """That a value is beyond a limit of _LIMITS."""
    match kind:
        case "greater_than":
            return messages.tell("{value} must be greater than {limit}", value=value, limit=limit)
        case "greater_than_equal":
            return messages.tell("{value} must be at least {limit}", value=value, limit=limit)
        case "less_than":
            return messages.tell("{value} must be less than {limit}", value=value, limit=limit)
        case "less_than_equal":
            return messages.tell("{value} must be at most {limit}", value=value, limit=limit)
        case "multiple_of":
            return messages.tell("{value} must be a multiple of {limit}", value=value, limit=limit)
        case "too_short":
            return messages.tell("{value} needs at least {limit} entries", value=value, limit=limit)
        case "too_long":
            return messages.tell("{value} may have at most {limit} entries", value=value, limit=limit)
        case "string_too_short":
            return messages.tell("{value} needs at least {limit} characters", value=value, limit=limit)
        case "string_too_long":
            return messages.tell("{value} may have at most {limit} characters", value=value, limit=limit)
        case "string_pattern_mismatch":
            return messages.tell("{value} does not match the pattern {limit}", value=value, limit=limit)
    raise AssertionError(kind)


def _short(limit: object) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)


def quoted(listing: str) -> tuple[str, ...]:
    """The names in a listing such as "'a', 'b' or 'c'"."""
    return tuple(re.findall(r"'((?:[^'\\]|\\.)*)'", listing))


def _described(value: object) -> str:
    """A value as a sentence names it: short text in quotes, anything else by its shape."""
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:39]}…")
    if isinstance(value, dict):
        return messages.tell("a mapping")
    if isinstance(value, list | tuple):
        return messages.tell("a list")
    return messages.tell("this value")
