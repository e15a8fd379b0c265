"""Elements of Moodle XML: HTML in CDATA with the files that it shows, beside it in the same element."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from qbank.model import Attachment, Drawing, Lang, Maths
from qbank.outputs import _media, _text, _webtext
from qbank.outputs._media import Picture
from qbank.sheets import Items

PLACE = "@@PLUGINFILE@@/"
"""Where Moodle puts the files of a text."""


@dataclass(frozen=True, slots=True)
class Files:
    """The pictures of figures, and every file by the name that an address has, with its content in base64."""

    pictures: Mapping[Drawing, Picture]
    content: Mapping[str, str]

    def element(self, tag: str, html: str, name: str = "") -> str:
        """A text with its files: what its addresses name."""
        told = dict.fromkeys(re.findall(rf'"{PLACE}([^"]+)"', html))
        files = "".join(
            f'<file name="{escape(_name(address))}" path="/" encoding="base64">{self.content[address]}</file>'
            for address in told if address in self.content
        )  # fmt: skip
        return f'<{tag}{name} format="html"><text>{cdata(html)}</text>{files}</{tag}>'

    def having(self, attachments: tuple[Attachment, ...]) -> Files:
        """These files, and the data files of one variant, which have names of its own."""
        own = {quote(_file(each)): _coded(each.content) for each in attachments}
        return Files(self.pictures, {**self.content, **own}) if own else self


def files(items: Items) -> Files:
    """The pictures of all items."""
    pictures = _media.pictures(items)
    return Files(pictures, {each.file: _coded(each.content) for each in pictures.values()})


def manner(shown: Files) -> _webtext.Manner:
    """Figures and data files as files beside the text."""
    def figure(drawing: Drawing, lang: Lang) -> str:
        return _media.image(shown.pictures[drawing], drawing, lang, PLACE)

    return _webtext.Manner(figure=figure, file=_linked)


def within(shown: Files) -> _webtext.Manner:
    """Figures in the text itself: for the options of a cloze, whose files Moodle looks for elsewhere."""
    def figure(drawing: Drawing, lang: Lang) -> str:
        picture = shown.pictures[drawing]
        shown_at = _media.image(picture, drawing, lang)
        return shown_at.replace(f'src="{picture.file}"', f'src="data:image/png;base64,{_coded(picture.content)}"')

    return _webtext.Manner(figure=figure, file=_linked)


def formula(tex: str) -> str:
    """TeX as Moodle shows it."""
    return _webtext.tex(Maths((tex,)))


def cdata(text: str) -> str:
    """A text in CDATA, which no text ends early.

    >>> cdata("a]]>b")
    '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def answer(percent: str, text: str, why: str, *, html: bool = False, more: str = "") -> str:
    """An answer with its fraction, what is said of it, and whatever else belongs to it."""
    form = "html" if html else "moodle_auto_format"
    said = f'<feedback format="html"><text>{cdata(why)}</text></feedback>'
    return f'<answer fraction="{percent}" format="{form}"><text>{cdata(text)}</text>{said}{more}</answer>'


def _linked(file: Attachment, lang: Lang) -> str:
    before, after = map(_webtext.escaped, _text.attached(file, lang))
    name = _file(file)
    return f'<p>{before}<a href="{PLACE}{quote(name)}">{_webtext.escaped(name)}</a>{after}</p>'


def _file(file: Attachment) -> str:
    return _text.clean(file.name).replace("/", "_").strip()


def _name(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


