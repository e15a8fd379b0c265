"""What pydantic's error types say to the writer of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qbank import registry

OF_KEY = frozenset({"dict_type", "model_type", "model_attributes_type", "too_short", "too_long"})
"""Complaints about a value as a whole, which are shown at its key."""

SHAPES = {
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "dict_type": "a mapping ('key: value' lines)",
    "model_type": "a mapping ('key: value' lines)",
    "model_attributes_type": "a mapping ('key: value' lines)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "bool_type": "yes or no",
    "bool_parsing": "yes or no",
    "finite_number": "a finite number",
    "none_required": "empty",
    "date_from_datetime_parsing": "a date such as 2025-06-30",
    "date_parsing": "a date such as 2025-06-30",
}
"""What a value should have been, for the complaints that it is something else."""

_LIMITS = {
    "greater_than": ("gt", "must be greater than {}"),
    "greater_than_equal": ("ge", "must be at least {}"),
    "less_than": ("lt", "must be less than {}"),
    "less_than_equal": ("le", "must be at most {}"),
    "multiple_of": ("multiple_of", "must be a multiple of {}"),
    "too_short": ("min_length", "needs at least {} entries"),
    "too_long": ("max_length", "may hold at most {} entries"),
    "string_too_short": ("min_length", "needs at least {} characters"),
    "string_too_long": ("max_length", "may hold at most {} characters"),
    "string_pattern_mismatch": ("pattern", "does not have the form {}"),
}


def sentence(kind: str, details: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the sentence for one complaint.

    >>> sentence("literal_error", {"input": "nett"}, {"expected": "'net' or 'exact'"})
    ('model.choice', "'nett' is not known; did you mean 'net'?")
    """
    value = details.get("input")
    if value is None and kind != "none_required":
        return "model.empty", "needs a value"
    if kind in ("literal_error", "enum"):
        known = quoted(str(context.get("expected", "")))
        if isinstance(value, str):
            return "model.choice", registry.unknown(value, known)
        return "model.choice", f"must be one of {', '.join(known)}, not {_described(value)}"
    if kind in SHAPES:
        quote = kind == "string_type" and isinstance(value, dict | list)
        hint = "; quote a text that begins with { or [" if quote else ""
        return "model.type", f"must be {SHAPES[kind]}, not {_described(value)}{hint}"
    if kind in _LIMITS:
        name, wording = _LIMITS[kind]
        if kind in ("string_too_short", "too_short") and not value:
            return "model.value", "must not be empty"
        return "model.value", f"{_described(value)} {wording.format(_short(context.get(name)))}"
    message = str(details.get("msg", "")).replace("Input should", "should").replace("Value should", "should")
    if isinstance(value, str) and message.startswith(repr(value)):  # a sentence of ours that names the value itself
        return "model.value", message
    return "model.value", f"{_described(value)} {message[:1].lower()}{message[1:]}"


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
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "this value"
