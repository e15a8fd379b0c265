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
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree as Tree

import qti_grammar
import qti_rules
from qti_values import NUMERIC, Item, Node, Spoilt, Value, Variable, number, only

ITEM = {"http://www.imsglobal.org/xsd/imsqtiasi_v3p0": 3, "http://www.imsglobal.org/xsd/imsqti_v2p1": 2}
PACKAGE = {"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1": 3, "http://www.imsglobal.org/xsd/imscp_v1p1": 2}
MATHS = "http://www.w3.org/1998/Math/MathML"
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*").fullmatch
HTML = {"a", "br", "code", "em", "small", "span", "strong", "sub", "sup", "img", "math", "p", "div", "pre", "table",
        "tbody", "tr", "th", "td", "ul", "ol", "dl", "blockquote"}  # fmt: skip


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
    for rule in only(root, "qti-response-processing"):
        qti_rules.checked(one, rule, frozenset())
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


# --- declarations ------------------------------------------------------------------------------------------------


def _declared(node: Node) -> Variable:
    base, cardinality = node.attrib["base-type"], node.attrib["cardinality"]
    right = tuple(each.text or "" for each in node.findall("qti-correct-response/qti-value"))
    start: Value = None
    for each in node.findall("qti-default-value/qti-value"):
        start = number(each.text or "", base) if base in NUMERIC else each.text
    mapping = node.find("qti-mapping")
    entries = () if mapping is None else tuple(
        (each.attrib["map-key"], float(number(each.attrib["mapped-value"], "float")),
         each.get("case-sensitive", "true") == "true") for each in mapping)
    if mapping is not None and float(mapping.attrib["default-value"]):
        raise Spoilt("a client was seen that does not know default-value")
    bounds = (-math.inf, math.inf) if mapping is None else (
        float(mapping.get("lower-bound", "-inf")), float(mapping.get("upper-bound", "inf")))
    for value in right if base == "float" else ():
        number(value, "float")
    return Variable(node.attrib["identifier"], base, cardinality, right, start, entries, bounds)


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


