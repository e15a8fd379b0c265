"""A strict reader of QTI packages, and the score that response processing gives: written from the specification.

Names of version 2.1 are read as those of version 3. It refuses what real clients refuse or compute differently: a
float without a decimal point before its exponent, a comparison of different types, what a candidate may leave empty
being compared before it was asked for, an option that no mapping lists.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import unquote
from xml.etree import ElementTree as Tree

import qti_grammar

Node: TypeAlias = "Tree.Element[str]"
Value: TypeAlias = "str | float | bool | tuple[str, ...] | None"
ITEM = {"http://www.imsglobal.org/xsd/imsqtiasi_v3p0": 3, "http://www.imsglobal.org/xsd/imsqti_v2p1": 2}
PACKAGE = {"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1": 3, "http://www.imsglobal.org/xsd/imscp_v1p1": 2}
MATHS = "http://www.w3.org/1998/Math/MathML"
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FLOAT = re.compile(r"-?[0-9]+\.[0-9]+(?:e-?[0-9]+)?").fullmatch
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*").fullmatch
HTML = {"a", "br", "code", "em", "small", "span", "strong", "sub", "sup", "img", "math", "p", "div", "pre", "table",
        "tbody", "tr", "th", "td", "ul", "ol", "dl", "blockquote"}  # fmt: skip
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
    """An assessment item: what may be answered, its text, and its rules."""

    identifier: str
    root: Node
    responses: dict[str, Variable] = field(default_factory=dict)
    outcomes: dict[str, Variable] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All characters of the body, formulas by their TeX."""
        return _text(_only(self.root, "qti-item-body"))

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
        values: dict[str, Value] = dict.fromkeys(self.responses)
        for name, answer in given.items():
            values[name] = _answered(self.responses[name], answer, self.choices.get(name, ()))
        values |= {name: each.start for name, each in self.outcomes.items()}
        for rule in _only(self.root, "qti-response-processing"):
            _run(self, rule, values)
        return {name: values[name] for name in self.outcomes}


def package(content: bytes) -> dict[str, Item]:
    """The items of a package by their identifiers; its manifest names all that is in it, and nothing else.

    The test draws one item from each of its sections.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = Tree.fromstring(files["imsmanifest.xml"])
    space = manifest.tag[1:].partition("}")[0]
    if space not in PACKAGE:
        raise Spoilt(f"{space} is not a namespace of content packaging")
    version = PACKAGE[space]
    found: dict[str, Item] = {}
    hrefs = {unquote(each.attrib["href"]) for each in manifest.iter(f"{{{space}}}file")}
    if hrefs != {name for name in files if name != "imsmanifest.xml"}:
        raise Spoilt(f"the manifest and the package differ: {sorted(hrefs ^ set(files))[:4]}")
    names = [each.attrib["identifier"] for each in manifest.iter(f"{{{space}}}resource")]
    asked = [each.attrib["identifierref"] for each in manifest.iter(f"{{{space}}}dependency")]
    if len(set(names)) != len(names) or not set(asked) <= set(names) or not all(map(NAME, names)):
        raise Spoilt("the names of resources are not unique, or are not there")
    for resource in manifest.iter(f"{{{space}}}resource"):
        href = resource.attrib["href"]
        if resource.attrib["type"] == f"imsqti_item_xmlv{'3p0' if version == 3 else '2p1'}":
            one = item(files[href])
            found[one.identifier] = one
            folder = href.rpartition("/")[0]
            used = {f"{folder}/{unquote(path)}" for path in _linked(one.root)}
            if used - set(files):
                raise Spoilt(f"{href} shows what is not in the package: {used}")
    _test(_root(files["test.xml"]), found)
    return found


def _test(root: Node, items: Mapping[str, Item]) -> None:
    sections = [each for each in root.iter("qti-assessment-section") if each.find("qti-selection") is not None]
    drawn = [ref.attrib["identifier"] for each in sections for ref in each.iter("qti-assessment-item-ref")]
    if sorted(drawn) != sorted(items) or any(each[0].attrib["select"] != "1" for each in sections):
        raise Spoilt("the test does not draw one of each")


def _linked(root: Node) -> Iterator[str]:
    yield from (each.attrib["src"] for each in root.iter("img"))
    yield from (each.attrib["href"] for each in root.iter("a"))


def item(content: bytes) -> Item:
    """An assessment item, each of its elements where the specification lets it stand."""
    root = _root(content)
    one = Item(root.attrib["identifier"], root)
    for declared, found in (("response", one.responses), ("outcome", one.outcomes)):
        for each in root.iter(f"qti-{declared}-declaration"):
            variable = _declared(each)
            if variable.name in one.responses or variable.name in one.outcomes or not NAME(variable.name):
                raise Spoilt(f"{variable.name} is declared twice, or is not a name")
            found[variable.name] = variable
    bound = [(each.attrib["response-identifier"], each) for each in root.iter() if "response-identifier" in each.attrib]
    if sorted(name for name, _ in bound) != sorted(one.responses):
        raise Spoilt("an interaction without its own response, or a response without its interaction")
    for name, each in bound:
        one.choices[name] = _choices(each)
        _fits(one.responses[name], each, one.choices[name])
    for rule in _only(root, "qti-response-processing"):
        _typed(one, rule, frozenset())
    return one


def _root(content: bytes) -> Node:
    root = Tree.fromstring(content)
    space = root.tag[1:].partition("}")[0]
    if space not in ITEM or SCHEMA not in root.attrib:
        raise Spoilt(f"{space} is not a namespace of QTI")
    return _read(root, space, ITEM[space])


def _read(node: Node, space: str, version: int) -> Node:
    """The element with the names of version 3, checked; formulas stay as they are."""
    if node.tag.startswith(f"{{{MATHS}}}"):
        _formula(node)
        found = Tree.Element("math", {"alttext": node.attrib["alttext"]})
        found.tail = node.tail
        return found
    if not node.tag.startswith(f"{{{space}}}"):
        raise Spoilt(f"{node.tag} in a foreign namespace")
    name = _kebab(node.tag.removeprefix(f"{{{space}}}"), version)
    attributes = {}
    for key, value in node.attrib.items():
        if key != SCHEMA:
            attributes["xml:lang" if key == LANGUAGE else _hyphens(key, version)] = value
    children = [_read(each, space, version) for each in node]
    if version == 2 and name == "qti-modal-feedback":
        body = Tree.Element("qti-content-body")
        body.text, body[:] = node.text, children
        children, node = [body], Tree.Element("x")
    words = "".join(filter(None, (node.text, *(each.tail for each in children))))
    wrong = qti_grammar.fault(name, tuple(attributes), tuple(each.tag for each in children), bool(words.strip()))
    if wrong:
        raise Spoilt(wrong)
    found = Tree.Element(name, attributes)
    found.text, found.tail, found[:] = node.text, node.tail, children
    return found


def _formula(node: Node) -> None:
    """MathML as both schemas have it: presentation elements without attributes of HTML."""
    if node.tag != f"{{{MATHS}}}math" or not node.get("alttext"):
        raise Spoilt("a formula without its text")
    for each in node.iter():
        if not each.tag.startswith(f"{{{MATHS}}}") or any(key.startswith("aria") for key in each.attrib):
            raise Spoilt(f"{each.tag} {each.attrib} in a formula")
        if each.tag.endswith("}mfrac") and "displaystyle" in each.attrib:
            raise Spoilt("a style on a fraction")


def _kebab(name: str, version: int) -> str:
    if name in HTML or (version == 3 and name.startswith("qti-")):
        return name
    if version == 3 or "-" in name:
        raise Spoilt(f"<{name}> is not a name of this version")
    return f"qti-{_hyphens(name, version)}"


def _hyphens(name: str, version: int) -> str:
    if version == 3:
        if name != name.lower():
            raise Spoilt(f"{name} is not a name of this version")
        return name
    if "-" in name:
        raise Spoilt(f"{name} is not a name of this version")
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)


def told(node: Node) -> tuple[object, ...]:
    """An element as a value, to be compared with another."""
    return (node.tag, tuple(sorted(node.attrib.items())), node.text or "", node.tail or "", *map(told, node))


def _only(root: Node, name: str) -> Node:
    (found,) = root.iter(name)
    return found


def _text(node: Node) -> str:
    told = node.attrib.get("alttext", "") if node.tag == "math" else node.attrib.get("alt", "")
    return told + (node.text or "") + "".join(_text(each) + (each.tail or "") for each in node)


# --- declarations ------------------------------------------------------------------------------------------------


def _declared(node: Node) -> Variable:
    base, cardinality = node.attrib["base-type"], node.attrib["cardinality"]
    right = tuple(each.text or "" for each in node.findall("qti-correct-response/qti-value"))
    start: Value = None
    for each in node.findall("qti-default-value/qti-value"):
        start = _number(each.text or "", base) if base in NUMERIC else each.text
    mapping = node.find("qti-mapping")
    entries = () if mapping is None else tuple(
        (each.attrib["map-key"], float(_number(each.attrib["mapped-value"], "float")),
         each.get("case-sensitive", "true") == "true") for each in mapping)
    if mapping is not None and float(mapping.attrib["default-value"]):
        raise Spoilt("a client was seen that does not know default-value")
    bounds = (-math.inf, math.inf) if mapping is None else (
        float(mapping.get("lower-bound", "-inf")), float(mapping.get("upper-bound", "inf")))
    for value in right if base == "float" else ():
        _number(value, "float")
    return Variable(node.attrib["identifier"], base, cardinality, right, start, entries, bounds)


def _number(text: str, base: str) -> float:
    if base == "float" and not FLOAT(text):
        raise Spoilt(f"{text!r} has no decimal point, or is not a number")
    return int(text) if base == "integer" else float(text)


def _choices(node: Node) -> tuple[str, ...]:
    """The values that can be picked: options, or pairs of them."""
    if node.tag == "qti-match-interaction":
        left, right = ([each.attrib["identifier"] for each in side] for side in node.iter("qti-simple-match-set"))
        if set(left) & set(right):
            raise Spoilt("one name on both sides")
        return tuple(f"{one} {other}" for one in left for other in right)
    names = tuple(each.attrib["identifier"] for each in node if "identifier" in each.attrib)
    if len(set(names)) != len(names) or not all(map(NAME, names)):
        raise Spoilt("options whose names are not unique, or are not names")
    return names


def _fits(variable: Variable, node: Node, choices: tuple[str, ...]) -> None:
    """The declaration of a response fits its interaction, and lists every option in its mapping."""
    several = "multiple" if node.get("max-choices", "1") != "1" else "single"
    wanted = {
        "qti-text-entry-interaction": (("string", "float"), "single"),
        "qti-extended-text-interaction": (("string",), "single"),
        "qti-inline-choice-interaction": (("identifier",), "single"),
        "qti-choice-interaction": (("identifier",), several),
        "qti-order-interaction": (("identifier",), "ordered"),
        "qti-match-interaction": (("directedPair",), "multiple"),
    }[node.tag]
    if variable.base not in wanted[0] or variable.cardinality != wanted[1]:
        raise Spoilt(f"{variable.name} is not what {node.tag} gives")
    keys = {key for key, _, _ in variable.mapping}
    if choices and not set(variable.correct) <= set(choices):
        raise Spoilt(f"{variable.name} is right by an option that is not there")
    if choices and keys and keys != set(choices):
        raise Spoilt(f"the mapping of {variable.name} does not list every option")


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


# --- types, and what is asked for before it is compared ------------------------------------------------------------


def _typed(one: Item, node: Node, known: frozenset[str]) -> tuple[str, str]:
    """The base type and the cardinality of an expression; `known` are the responses that are there for sure."""
    if node.tag == "qti-response-condition":
        for branch in node:
            inner = known
            if branch.tag != "qti-response-else":
                _expect(_typed(one, branch[0], known) == ("boolean", "single"), branch[0])
                inner = known | _asked(branch[0])
                absent = _absent(branch[0])
                known = known | absent
            for rule in branch if branch.tag == "qti-response-else" else branch[1:]:
                _typed(one, rule, inner)
        return "", ""
    if node.tag == "qti-set-outcome-value":
        outcome = one.outcomes[node.attrib["identifier"]]
        base, cardinality = _typed(one, node[0], known)
        same = base == outcome.base or (base in NUMERIC and outcome.base == "float")
        _expect(same and cardinality == "single", node)
        return "", ""
    inner = known | _asked(node) if node.tag == "qti-and" else known
    types = [_typed(one, each, inner) for each in node]
    name = node.attrib.get("identifier", "")
    match node.tag:
        case "qti-base-value":
            if node.attrib["base-type"] in NUMERIC:
                _number(node.text or "", node.attrib["base-type"])
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


# --- response processing -------------------------------------------------------------------------------------------


def _run(one: Item, rule: Node, values: dict[str, Value]) -> None:
    if rule.tag == "qti-set-outcome-value":
        values[rule.attrib["identifier"]] = _value(one, rule[0], values)
        return
    for branch in rule:
        if branch.tag == "qti-response-else" or _value(one, branch[0], values) is True:
            for inner in branch if branch.tag == "qti-response-else" else branch[1:]:
                _run(one, inner, values)
            return


def _value(one: Item, node: Node, values: Mapping[str, Value]) -> Value:
    """An expression; nothing in, nothing out, but for the operators that say otherwise."""
    name = node.attrib.get("identifier", "")
    if node.tag == "qti-base-value":
        base = node.attrib["base-type"]
        return _number(node.text or "", base) if base in NUMERIC else node.text or ""
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
