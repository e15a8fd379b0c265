"""Elements of QTI in the words of version 3, and how each version writes them.

Version 2.1 has the same elements under other names: `qti-response-if` is `responseIf`, `base-type` is `baseType`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TypeAlias

from qbank.outputs import _text

Child: TypeAlias = "Element | Markup"


@dataclass(frozen=True, slots=True)
class Markup:
    """Markup that is written as it is: HTML and MathML, which both versions have."""

    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name in version 3, its attributes in their order, and what is inside."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Child, ...] = ()


def element(name: str, *children: Child, **attributes: str) -> Element:
    """An element of QTI, `_` in names for the hyphen.

    >>> written(element("response_if", response_identifier="A"), V3)
    '<qti-response-if response-identifier="A"/>'
    """
    named = tuple([(_hyphened(key), value) for key, value in attributes.items()])
    return Element(_called(name), named, children)


@cache
def _called(name: str) -> str:
    return f"qti-{name.replace('_', '-')}"


@cache
def _hyphened(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def text(value: str) -> Markup:
    """Plain characters."""
    return Markup(escape(_text.clean(value), quote=False))


@dataclass(frozen=True, slots=True)
class Version:
    """What a version calls its elements, attributes, namespaces and files."""

    tag: str
    namespace: str
    schema: str
    package: str
    package_schema: str
    schema_name: str
    schema_version: str
    item: str
    test: str
    name: Callable[[str], str]
    bodies: bool
    """Whether the text of a feedback lies in a content body of its own."""
    external: bool
    """Whether an outcome can say that a person scores it."""
    tabular: bool
    """Whether a matching can be asked for as a table."""
    standing: tuple[tuple[str, str], ...] = field(default=())
    """Attributes that every element of a name needs here: (element, attribute="…")."""


@cache
def _same(name: str) -> str:
    return name


@cache
def _camel(name: str) -> str:
    """The name in version 2.1.

    >>> _camel("qti-response-else-if"), _camel("xml:lang")
    ('responseElseIf', 'xml:lang')
    """
    return re.sub("-([a-z])", lambda found: found[1].upper(), name.removeprefix("qti-"))


V3 = Version(
    "qti3", "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    "QTI Package", "3.0.0", "imsqti_item_xmlv3p0", "imsqti_test_xmlv3p0", _same, True, True, True,
)  # fmt: skip
V21 = Version(
    "qti21", "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    "QTIv2.1 Package", "1.0.0", "imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1", _camel, False, False, False,
)  # fmt: skip


def written(child: Child, version: Version) -> str:
    """The markup of an element, in the words of a version."""
    pieces: list[str] = []
    _write(child, version.name, pieces.append)
    return "".join(pieces)


def _write(child: Child, name: Callable[[str], str], put: Callable[[str], None]) -> None:
    if isinstance(child, Markup):
        put(child.text)
        return
    called = name(child.name)
    attributes = ""
    for key, value in child.attributes:
        attributes += f' {name(key)}="{_quoted(value)}"'
    if not child.children:
        put(f"<{called}{attributes}/>")
        return
    put(f"<{called}{attributes}>")
    for inner in child.children:
        _write(inner, name, put)
    put(f"</{called}>")


_PLAIN = re.compile(r"[A-Za-z0-9_.:/=; -]*").fullmatch


def _quoted(value: str) -> str:
    return value if _PLAIN(value) else escape(_text.clean(value))


def declared(root: Element, version: Version) -> bytes:
    """A whole file: the root with the namespaces of its version."""
    schema = f"{version.namespace} {version.schema}"
    return _file(root, version, version.namespace, schema)


def packaged(root: Element, version: Version) -> bytes:
    """The manifest of a package: the root with the namespaces of content packaging."""
    return _file(root, version, version.package, f"{version.package} {version.package_schema}")


def _file(root: Element, version: Version, namespace: str, schema: str) -> bytes:
    spaces = (("xmlns", namespace), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
              ("xsi:schemaLocation", schema))  # fmt: skip
    whole = Element(root.name, (*spaces, *root.attributes), root.children)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written(whole, version)}\n'.encode()
