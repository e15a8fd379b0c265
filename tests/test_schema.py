"""The printed schema lets through every file that the bank reads, as an editor reads its YAML, and no misspelt key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from qbank import resources
from qbank.actions.schema import schema
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item

ROOT = resources.folder("questions")
APART = {"topics.yaml", "knowledge-points.yaml"}
FILES = sorted(
    path for path in ROOT.rglob("*.yaml") if path.parent.name != "circuits" or path.parent.parent != ROOT
)  # fmt: skip
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,), "null": (type(None),),
    "object": (dict,), "array": (list,),
}  # fmt: skip


def fits(value: Any, node: Any, defined: dict[str, Any]) -> bool:
    """Whether a value fits a schema, as far as our schemas go: types, keys, items and alternatives."""
    if isinstance(node, bool):
        return node
    if "$ref" in node:
        return fits(value, defined[node["$ref"].rpartition("/")[2]], defined)
    either = node.get("anyOf") or node.get("oneOf")
    if either and not any(fits(value, one, defined) for one in either):
        return False
    kinds = node.get("type", [])
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if ("enum" in node and value not in node["enum"]) or ("const" in node and value != node["const"]):
        return False
    if isinstance(value, dict):
        own, others = node.get("properties", {}), node.get("additionalProperties", True)
        below = all(fits(one, own.get(name, others), defined) for name, one in value.items())
        return below and set(node.get("required", ())) <= set(value)
    if isinstance(value, list):
        return all(fits(one, node.get("items", True), defined) for one in value)
    return True


SCHEMAS = {"item": schema(Item), "blueprint": schema(Blueprint)}


@pytest.mark.parametrize("record", SCHEMAS)
def test_every_shipped_file_fits_its_schema(record: str) -> None:
    made = SCHEMAS[record]
    files = [path for path in FILES if path.name not in APART]
    files = [path for path in files if (path.parent.name == "blueprints") == (record == "blueprint")]

    assert files
    assert [path.name for path in files if not fits(read(path), made, made["$defs"])] == []


def test_a_misspelt_key_does_not_fit() -> None:
    made = SCHEMAS["item"]
    item = read(next(path for path in FILES if path.name == "opamp.inverting.gain.yaml"))

    assert fits(item, made, made["$defs"])
    assert not fits(item | {"paramters": {}}, made, made["$defs"])
    item["parts"][0]["answer"]["kye"] = "1"
    assert not fits(item, made, made["$defs"])


def read(path: Path) -> Any:
    """The file as an editor reads it: numbers are numbers."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))
