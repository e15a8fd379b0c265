"""Texts of an item as QTI shows them: MathML with its TeX beside it, pictures and files of the package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree

from qbank.maths.mathml import mathml
from qbank.model import Attachment, Drawing, Lang, Maths
from qbank.outputs import _media, _text, _webtext

PICTURES = "pictures/"
FILES = "files/"
_LABEL = re.compile(' aria-label="[^"]*"')
SPACE = "http://www.w3.org/1998/Math/MathML"
ElementTree.register_namespace("", SPACE)


def manner(pictures: Mapping[Drawing, _media.Picture], blank: Callable[[str], str]) -> _webtext.Manner:
    """How formulas, figures, files and blanks are shown."""
    def figure(drawing: Drawing, lang: Lang) -> str:
        return _media.image(pictures[drawing], drawing, lang, PICTURES)

    return _webtext.Manner(formula, figure, handed_out, blank)


def formula(shown: Maths) -> str:
    """A formula as MathML that the schema of either version takes, with its TeX as the text beside it.

    >>> formula(Maths(("x",)))
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math>'
    """
    return _formula(shown.tex, shown.display)


@lru_cache(maxsize=65536)
def _formula(tex: str, display: bool) -> str:
    told = f' alttext="{escape(_text.clean(tex))}"'.replace("\n", " ")
    markup = _LABEL.sub(lambda _: told, mathml(tex, display), count=1)
    markup = markup.replace("<math", f'<math xmlns="{SPACE}"', 1)
    return _fractions(markup) if "<mfrac displaystyle" in markup else markup


def _fractions(markup: str) -> str:
    """The size of a fraction is said by a style around it: the schemas know no such attribute of its own."""
    root = ElementTree.fromstring(markup)
    for parent in list(root.iter()):
        for place, child in enumerate(parent):
            style = child.attrib.pop("displaystyle", None) if child.tag == f"{{{SPACE}}}mfrac" else None
            if style is not None:
                around = ElementTree.Element(f"{{{SPACE}}}mstyle", {"displaystyle": style})
                around.append(child)
                parent[place] = around
    return ElementTree.tostring(root, "unicode")


def handed_out(file: Attachment, lang: Lang) -> str:
    """A data file as a link into the package."""
    before, after = _text.attached(file, lang)
    name = _webtext.escaped(file.name)
    return (f'<p>{_webtext.escaped(before)}<a href="{escape(quote(path(file)))}" type="text/csv">{name}</a>'
            f"{_webtext.escaped(after)}</p>")


def path(file: Attachment) -> str:
    """Where a data file lies beside the items: variants have files of one name that differ."""
    return f"{FILES}{sha256(file.content).hexdigest()[:16]}/{file.name}"
