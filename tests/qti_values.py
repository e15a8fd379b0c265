"""An assessment item of QTI as it was read: its variables, its text, and the scores of answers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree import ElementTree as Tree

Node: TypeAlias = "Tree.Element[str]"
Value: TypeAlias = "str | float | bool | tuple[str, ...] | None"
FLOAT = re.compile(r"-?[0-9]+\.[0-9]+(?:e-?[0-9]+)?").fullmatch
NUMERIC = ("float", "integer")


class Spoilt(ValueError):
    """What a client would refuse, or take for something else."""


@dataclass(frozen=True)
class Variable:
    """A declared response or outcome."""

    name: str
    base: str
    cardinality: str = "single"
    correct: tuple[str, ...] = ()
    start: Value = None
    mapping: tuple[tuple[str, float, bool], ...] = ()
    bounds: tuple[float, float] = (-math.inf, math.inf)


@dataclass
class Item:
    """An assessment item: what may be answered, what comes out, what can be picked, its text, and how it is scored."""

    identifier: str
    root: Node
    responses: dict[str, Variable] = field(default_factory=dict)
    outcomes: dict[str, Variable] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All characters of the body, formulas by their TeX."""
        return _text(only(self.root, "qti-item-body"))

    @property
    def feedback(self) -> dict[tuple[str, str], str]:
        """What is said, by the outcome and its value."""
        return {(each.attrib["outcome-identifier"], each.attrib["identifier"]): _text(each)
                for each in self.root.iter("qti-modal-feedback")}  # fmt: skip

    @property
    def person(self) -> set[str]:
        """The outcomes that a person scores."""
        return {each.attrib["identifier"] for each in self.root.iter("qti-outcome-declaration")
                if each.get("external-scored") == "human"}  # fmt: skip

    def scored(self, given: Mapping[str, str | Sequence[str]]) -> dict[str, Value]:
        """The outcomes for what is typed, picked or put in order. Raises Spoilt for what cannot be answered there."""
        import qti_rules  # it knows items

        values: dict[str, Value] = dict.fromkeys(self.responses)
        for name, answer in given.items():
            values[name] = _answered(self.responses[name], answer, self.choices.get(name, ()))
        values |= {name: each.start for name, each in self.outcomes.items()}
        for rule in only(self.root, "qti-response-processing"):
            qti_rules.run(self, rule, values)
        return {name: values[name] for name in self.outcomes}


def number(text: str, base: str) -> float:
    if base == "float" and not FLOAT(text):
        raise Spoilt(f"{text!r} has no decimal point, or is not a number")
    return int(text) if base == "integer" else float(text)


def only(root: Node, name: str) -> Node:
    (found,) = root.iter(name)
    return found


def _text(node: Node) -> str:
    told = node.attrib.get("alttext", "") if node.tag == "math" else node.attrib.get("alt", "")
    return told + (node.text or "") + "".join(_text(each) + (each.tail or "") for each in node)


def _answered(variable: Variable, given: str | Sequence[str], choices: tuple[str, ...]) -> Value:
    if isinstance(given, str) == (variable.cardinality != "single"):
        raise Spoilt(f"{given!r} is not an answer to {variable.name}")
    if not isinstance(given, str):
        if not set(given) <= set(choices):
            raise Spoilt(f"{given} cannot be picked")
        return tuple(given) or None
    if choices and given not in choices:
        raise Spoilt(f"{given} cannot be picked")
    if variable.base == "float":
        plain = given.strip()
        return float(plain) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain) else None
    return given or None
