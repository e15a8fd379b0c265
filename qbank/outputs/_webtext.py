"""Texts as the HTML that other systems show, which is XML as well: every character escaped, the rest by the target.

How a target shows formulas, figures and data files is its `Manner`; the plain one writes TeX between \\( and \\), and
names figures and files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias, assert_never

from qbank.maths import chemistry
from qbank.model import (
    Attachment,
    Bilingual,
    Blank,
    Block,
    Code,
    Derivation,
    Drawing,
    FigureSlot,
    FileSlot,
    Inline,
    Lang,
    Listing,
    Maths,
    Name,
    Paragraph,
    Strong,
    Table,
    Text,
)
from qbank.outputs import _text

Blocks: TypeAlias = Iterable[Block | Drawing | Attachment]
FIGURE = Bilingual(zh="［图：{}］", en="[Figure: {}]")


def tex(formula: Maths) -> str:
    """A formula as TeX between the brackets that MathJax takes, without commands of packages that may be missing."""
    written = escaped(chemistry.expanded(formula.tex))
    return rf"\[{written}\]" if formula.display else rf"\({written}\)"


def named(figure: Drawing, lang: Lang) -> str:
    """A figure by what it shows, for a target without images."""
    return f"<p>{escaped(FIGURE[lang].format(figure.alt[lang]))}</p>"


def handed_out(file: Attachment, lang: Lang) -> str:
    """A data file by its name, for a target without files."""
    before, after = _text.attached(file, lang)
    return f"<p>{escaped(before + file.name + after)}</p>"


def line_of(part: str) -> str:  # noqa: ARG001 - the shape of a Manner's blank
    """The line of a blank, whichever it is."""
    return "____"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a target shows what is no plain text, each as markup of its own; `blank` is asked for an inline part."""

    formula: Callable[[Maths], str] = tex
    figure: Callable[[Drawing, Lang], str] = named
    file: Callable[[Attachment, Lang], str] = handed_out
    blank: Callable[[str], str] = line_of


PLAIN = Manner()


def html(body: Blocks, lang: Lang, manner: Manner = PLAIN) -> str:
    """The blocks as HTML.

    Raises ValueError on a name, a figure or a derivation that was not filled in.
    """
    return "".join(_block(block, lang, manner) for block in body)


def line(run: Iterable[Inline], manner: Manner = PLAIN) -> str:
    """A run of inlines as HTML."""
    return "".join(_inline(inline, manner) for inline in run)


def alone(body: Blocks, lang: Lang, manner: Manner = PLAIN) -> str:
    """The same without the paragraph around a text that is one paragraph, as an option or a feedback is."""
    blocks = tuple(body)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return line(blocks[0].inlines, manner)
    return html(blocks, lang, manner)


def figures(body: Blocks) -> int:
    """How many figures the text has."""
    return sum(isinstance(block, Drawing) for block in body)


def files(body: Blocks) -> int:
    """How many data files the text names."""
    return sum(isinstance(block, Attachment) for block in body)


def _block(block: Block | Drawing | Attachment, lang: Lang, manner: Manner) -> str:
    match block:
        case Paragraph(run):
            return f"<p>{line(run, manner)}</p>"
        case Table(header, rows):
            head = "".join(f"<th>{line(cell, manner)}</th>" for cell in header)
            cells = ("".join(f"<td>{line(cell, manner)}</td>" for cell in row) for row in rows)
            return f"<table><tbody><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"
        case Listing(text, _):
            lines = (escaped(each).replace(" ", "&#160;") for each in text.expandtabs(4).splitlines())
            return f"<pre>{'<br/>'.join(lines)}</pre>"
        case Drawing():
            return manner.figure(block, lang)
        case Attachment():
            return manner.file(block, lang)
        case FigureSlot(name) | FileSlot(name) | Derivation(name):
            raise ValueError(f"the place of {name!r} is still open on a page")
        case other:
            assert_never(other)


def _inline(inline: Inline, manner: Manner) -> str:
    match inline:
        case Text(text):
            return escaped(text)
        case Strong(inner):
            return f"<strong>{line(inner, manner)}</strong>"
        case Code(text):
            return f"<code>{escaped(text)}</code>"
        case Maths():
            return manner.formula(inline)
        case Blank(part):
            return manner.blank(part)
        case Name(name):
            raise ValueError(f"the name {name!r} is still open on a page")
        case other:
            assert_never(other)


def escaped(text: str) -> str:
    """Plain characters; a dollar sign or a TeX bracket in a text is not the beginning of a formula."""
    return re.sub(r"\\(?=[()\[\]])", "&#92;", escape(_text.clean(text), quote=False).replace("$", "&#36;"))
