"""One self-contained web page: no script, no request, no style attribute; its style sheet is named by digest."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from qbank import maths, templating
from qbank.model import Lang
from qbank.outputs import _page, _text
from qbank.outputs._wording import wording
from qbank.outputs.html import fonts, lines

FAMILY = {
    "zh": '"Q Text", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif',
    "en": '"Q Text", "Noto Sans", system-ui, sans-serif',
}

HEAD = 1024
"""So many bytes at the beginning of a page tell whose it is."""
_MARK = b'<meta name="generator" content="qbank">'
LONG = 14.0
"""How wide a formula may be, in em, to fit a line of a phone in all places where one may stand."""
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20]*")


@dataclass(frozen=True, slots=True)
class Page:
    """A page being written: the classes that its widths and places have asked for."""

    lang: Lang
    kind: str
    classes: dict[str, str] = field(default_factory=dict)
    own: templating.Own = ()
    """A department's own templates."""

    def style(self, rule: str) -> str:
        """The class that stands for a piece of style."""
        return self.classes.setdefault(rule, f"s{len(self.classes)}")

    def fill(self, template: str, *, lang: Lang | None = None, **values: Any) -> str:
        """A template of `templates/web`, with our printers at hand."""
        html = templating.render(
            f"web/{template}.html.j2", self.own, lang=lang or self.lang, words=wording(lang or self.lang),
            style=self.style, mathml=_mathml, long=_long, drawing=_drawing, file=_file, sort=_page.sort,
            unknown=_unknown, glued=lines.glued, foreign=_Foreign(lang or self.lang), **values,
        )
        return templating.trusted(html)

    def finish(self, title: str, body: str, common: str = "", class_: str = "") -> str:
        """The whole document around a body; `common` are characters for which pages like it share a font, those of the
        `class_` are on one or another of them.
        """
        sheet = templating.render(
            "web/page.css.j2", self.own, lang=self.lang, kind=self.kind, family=FAMILY[self.lang]
        )
        own = "\n".join(f".{name} {{ {rule} }}" for rule, name in self.classes.items())
        css = "\n".join((fonts.faces(body, common, class_), sheet, maths.CSS, own))
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        return templating.render(
            "web/page.html.j2", lang=self.lang, kind=self.kind, title=title, content=templating.trusted(body),
            css=templating.trusted(css), digest=templating.trusted(f"sha256-{digest}"),
        )


def is_own(head: bytes) -> bool:
    """Whether a file that begins so is a page of qbank."""
    return head.startswith(b"<!doctype html>") and _MARK in head[:HEAD]


def _mathml(tex: str, display: bool) -> str:
    return templating.trusted(maths.mathml(tex, display))


def _long(tex: str) -> bool:
    """Whether a formula may be wider than a line of a phone."""
    return _text.width(maths.plain(tex)) > LONG


@dataclass(frozen=True, slots=True)
class _Foreign:
    """Text of either language for a page in one: on an English page, Chinese is marked as Chinese, for speech.

    English words within Chinese text are as usual there as the letters of a formula, and are left as they are.
    """

    lang: Lang

    def __call__(self, text: str) -> str:
        marked = templating.escaped(text)
        if self.lang == "en":
            marked = _HAN.sub(lambda found: f'<span lang="zh-CN">{found[0]}</span>', marked)
        return templating.trusted(marked)


def _drawing(svg: str) -> str:
    """A drawing as an image of its own: its names and styles cannot touch the page's, and it is kept once a page."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg[svg.index("<svg") :].encode()).decode()


def _file(content: bytes) -> str:
    """A data file as a link that needs no other file beside the page."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode()


def _unknown(sort: str) -> NoReturn:
    raise ValueError(f"no page template knows a {sort}")
