"""A Word document as a package of parts: the same parts give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qbank import templating
from qbank.outputs._zipped import zipped

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACES = templating.trusted(" ".join(f'xmlns:{name}="{place}"' for name, place in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}.items()))  # fmt: skip
"""The namespaces of a part."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLACES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "header": "header", "footer": "footer",
}
"""What each kind of part is, by the beginning of its name."""


def packed(parts: Mapping[str, str], pictures: Mapping[str, bytes], core: str) -> bytes:
    """The package of the parts of `word/` (the document names the others by `relation`), pictures and properties.

    A character that no XML may hold is dropped.
    """
    names = [name for name in parts if name != "document"]
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PLACES}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": _relations(
            *((relation(name), f"{_OFFICE}/{kind(name)}", f"{name}.xml") for name in names),
            *((relation(name), f"{_OFFICE}/image", f"media/{name}") for name in pictures),
        ),
        **{f"word/{name}.xml": text for name, text in parts.items()},
        **{f"word/media/{name}": content for name, content in pictures.items()},
    }
    return zipped((name, content if isinstance(content, bytes) else _xml(content)) for name, content in whole.items())


def relation(name: str) -> str:
    """The id by which the document refers to a part or a picture.

    >>> relation("header-first"), relation("3.png")
    ('rHeaderfirst', 'r3png')
    """
    return "r" + re.sub(r"\W", "", name).capitalize()


def kind(name: str) -> str:
    """What a part is: header-first is a header."""
    return name.partition("-")[0]


def _xml(text: str) -> bytes:
    return _NO_XML.sub("", text if text.startswith("<?xml") else _HEAD + text.lstrip()).encode()


def _types(parts: Mapping[str, str]) -> str:
    told = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{_PARTS[kind(name)]}+xml"/>' for name in parts
    )
    return (
        f'<Types xmlns="{_PLACES}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{told}</Types>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    told = "".join(f'<Relationship Id="{id}" Type="{what}" Target="{target}"/>' for id, what, target in relations)
    return f'<Relationships xmlns="{_PLACES}/relationships">{told}</Relationships>'
