"""Rules of response processing: their types, and what they compute, as the specification has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qti_values import NUMERIC, Item, Node, Spoilt, Value, Variable, number


def checked(one: Item, node: Node, known: frozenset[str]) -> tuple[str, str]:
    """The base type and the cardinality of an expression; `known` are the responses that are there for sure."""
    if node.tag == "qti-response-condition":
        for branch in node:
            inner = known
            if branch.tag != "qti-response-else":
                _expect(checked(one, branch[0], known) == ("boolean", "single"), branch[0])
                inner = known | _asked(branch[0])
                absent = _absent(branch[0])
                known = known | absent
            for rule in branch if branch.tag == "qti-response-else" else branch[1:]:
                checked(one, rule, inner)
        return "", ""
    if node.tag == "qti-set-outcome-value":
        outcome = one.outcomes[node.attrib["identifier"]]
        base, cardinality = checked(one, node[0], known)
        same = base == outcome.base or (base in NUMERIC and outcome.base == "float")
        _expect(same and cardinality == "single", node)
        return "", ""
    inner = known | _asked(node) if node.tag == "qti-and" else known
    types = [checked(one, each, inner) for each in node]
    name = node.attrib.get("identifier", "")
    match node.tag:
        case "qti-base-value":
            if node.attrib["base-type"] in NUMERIC:
                number(node.text or "", node.attrib["base-type"])
            return node.attrib["base-type"], "single"
        case "qti-variable" | "qti-correct":
            variable = one.responses[name] if node.tag == "qti-correct" else {**one.responses, **one.outcomes}[name]
            return variable.base, variable.cardinality
        case "qti-map-response":
            _expect(name in known and bool(one.responses[name].mapping), node)
            return "float", "single"
        case "qti-container-size":
            _expect(types[0][1] != "single", node)
            return "integer", "single"
        case "qti-index":
            _expect(types[0][1] == "ordered" and one.outcomes[node.attrib["n"]].base == "integer", node)
            return types[0][0], "single"
        case "qti-sum":
            _expect(all(base in NUMERIC and size == "single" for base, size in types), node)
            return ("integer" if all(base == "integer" for base, _ in types) else "float"), "single"
        case "qti-is-null":
            return "boolean", "single"
        case "qti-not" | "qti-and" | "qti-or":
            _expect(set(types) == {("boolean", "single")}, node)
        case "qti-gte" | "qti-lte" | "qti-lt":
            _expect(all(base in NUMERIC and size == "single" for base, size in types), node)
        case "qti-match":
            _expect(types[0] == types[1] and types[0][0] != "float", node)
        case "qti-string-match":
            _expect(types == [("string", "single")] * 2, node)
        case "qti-member":
            _expect(types[0][0] == types[1][0] and types[0][1] == "single" and types[1][1] != "single", node)
    for each in node.iter("qti-variable"):
        if each.attrib["identifier"] in one.responses and each.attrib["identifier"] not in inner and node.tag in (
            "qti-gte", "qti-lte", "qti-string-match"
        ):
            raise Spoilt(f"{each.attrib['identifier']} is compared though it may be empty")
    return "boolean", "single"


def _expect(right: bool, node: Node) -> None:
    if not right:
        raise Spoilt(f"the types of {node.tag} {node.attrib} do not fit")


def _asked(condition: Node) -> frozenset[str]:
    """The responses that are there where a condition holds."""
    if condition.tag == "qti-and":
        return frozenset().union(*map(_asked, condition))
    if condition.tag == "qti-not" and condition[0].tag == "qti-is-null":
        return frozenset((condition[0][0].attrib["identifier"],))
    return frozenset()


def _absent(condition: Node) -> frozenset[str]:
    """The responses that are there where a condition does not hold."""
    return frozenset((condition[0].attrib["identifier"],)) if condition.tag == "qti-is-null" else frozenset()


def run(one: Item, rule: Node, values: dict[str, Value]) -> None:
    if rule.tag == "qti-set-outcome-value":
        values[rule.attrib["identifier"]] = _value(one, rule[0], values)
        return
    for branch in rule:
        if branch.tag == "qti-response-else" or _value(one, branch[0], values) is True:
            for inner in branch if branch.tag == "qti-response-else" else branch[1:]:
                run(one, inner, values)
            return


def _value(one: Item, node: Node, values: Mapping[str, Value]) -> Value:
    """An expression; nothing in, nothing out, but for the operators that say otherwise."""
    name = node.attrib.get("identifier", "")
    if node.tag == "qti-base-value":
        base = node.attrib["base-type"]
        return number(node.text or "", base) if base in NUMERIC else node.text or ""
    if node.tag == "qti-variable":
        return values[name]
    if node.tag == "qti-correct":
        variable = one.responses[name]
        return variable.correct if variable.cardinality != "single" else variable.correct[0]
    if node.tag == "qti-map-response":
        return _mapped(one.responses[name], values[name])
    inner: list[Any] = [_value(one, each, values) for each in node]
    match node.tag:
        case "qti-is-null":
            return inner[0] is None
        case "qti-container-size":
            return float(len(inner[0] or ()))
        case "qti-and":
            return False if False in inner else None if None in inner else True
        case "qti-or":
            return True if True in inner else None if None in inner else False
    if None in inner:
        return None
    match node.tag:
        case "qti-not":
            return not inner[0]
        case "qti-match":
            return bool(sorted(inner[0]) == sorted(inner[1]) if isinstance(inner[0], tuple) and _several(one, node)
                        else inner[0] == inner[1])  # fmt: skip
        case "qti-member":
            return inner[0] in inner[1]
        case "qti-gte":
            return bool(inner[0] >= inner[1])
        case "qti-lte":
            return bool(inner[0] <= inner[1])
        case "qti-lt":
            return bool(inner[0] < inner[1])
        case "qti-sum":
            return float(sum(inner))
        case "qti-index":
            place = int(str(values[node.attrib["n"]])) - 1
            return str(inner[0][place]) if place < len(inner[0]) else None
        case "qti-string-match":
            one_text, other = (each if node.attrib["case-sensitive"] == "true" else each.lower() for each in inner)
            return bool(one_text == other)
    raise Spoilt(f"{node.tag} is not an expression that is known here")


def _several(one: Item, node: Node) -> bool:
    name = node[0].attrib.get("identifier", "")
    return name in one.responses and one.responses[name].cardinality == "multiple"


def _mapped(variable: Variable, value: Value) -> float:
    answers = () if value is None else value if isinstance(value, tuple) else (str(value),)
    total = 0.0
    for answer in dict.fromkeys(answers):
        for key, worth, case in variable.mapping:
            if key == answer or (not case and key.lower() == answer.lower()):
                total += worth
                break
    return min(max(total, variable.bounds[0]), variable.bounds[1])
