"""The schemas of files that no record reads: a circuit's parts, and lists of names with a text in each language."""

from __future__ import annotations

from typing import Any

from qbank import circuits, messages
from qbank.records import TEXTS, by_key
from qbank.schemas._meanings import Meanings

REPLACES = {
    "type": "string", "description": "its own name, where it replaces the one with that name in an earlier bank",
}  # fmt: skip
_SCALAR = ["string", "number", "boolean"]


def circuit(meanings: Meanings) -> dict[str, Any]:
    """A circuit: every sort of entry with the keys that it may have besides its own."""
    told, entries = meanings.get("circuits:Circuit", {}), meanings.get("circuits:Entry", {})
    sorts = {
        kind: {
            "type": "object",
            "properties": {kind: _entry(kind, entries), **{name: _entry(name, entries) for name in sorted(keys)}},
            "additionalProperties": False,
        }
        for kind, keys in circuits.ENTRIES.items()
    }
    described = {
        "description": messages.translated(told.get("parts", "")), "type": "array", "minItems": 1,
        "items": by_key(sorts),
    }  # fmt: skip
    texts = {name: {**TEXTS, "description": told.get(name, "")} for name in ("title", "alt")}
    return {
        "title": "Circuit",
        "type": "object",
        "properties": {**texts, "parts": described, "replaces": REPLACES},
        "required": ["title", "alt", "parts"],
        "additionalProperties": False,
    }


def _entry(name: str, meanings: Any) -> dict[str, Any]:
    written: dict[str, Any] = {"type": _SCALAR}
    if name in ("wire", "flow"):
        written = {"type": "array", "minItems": 2, "items": {"type": _SCALAR}}
    elif name in ("pins", "signs"):
        written = {"type": "object", "additionalProperties": {"type": _SCALAR}}
    elif name == "side":
        written = {"enum": ["above", "below", "left", "right", "center"]}
    elif name in ("flip", "mirror"):
        written = {"enum": ["yes", "no", True, False]}
    return {**written, "description": meanings.get(name, meanings.get("name", ""))}


def texts(title: str) -> dict[str, Any]:
    """A file of names, each with its text in every language."""
    text = {**TEXTS, "properties": {**TEXTS["properties"], "replaces": REPLACES}}
    return {"title": title, "type": "object", "additionalProperties": text}
