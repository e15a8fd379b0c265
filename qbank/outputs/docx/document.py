"""A page of ours as the parts of a Word document: our templates filled in, with our printers at hand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NoReturn

from qbank import maths, templating
from qbank.outputs import _page, _questions, _text
from qbank.outputs.docx import package, pictures
from qbank.outputs.docx.page import Page
from qbank.outputs.docx.pictures import Picture

_STYLES = {
    "bold": "<w:b/>", "plain": '<w:b w:val="0"/><w:sz w:val="21"/>', "small": '<w:b w:val="0"/><w:sz w:val="17"/>',
    "underlined": '<w:u w:val="single"/>',
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/>',
}  # fmt: skip
_HELD = "\u00a0" * 4
"""An em at which no line ends."""
_KINDS = {"header-first": "first", "header": "default", "header-even": "even"}
"""On which pages each header stands."""
_SEAL = 78
"""How many dots the line has along which a sheet is sealed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the templates place it."""

    id: int
    file: str
    relation: str
    width: int
    height: int


def written(template: str, paper: _page.Paper, page: Page, note: str = "") -> bytes:
    """A paper as a Word document by a template of `templates/word`; `note` is in the footer."""
    drawn, logo = pictures.drawn(paper, page.text / 20)
    shown = {figure: _shown(picture) for figure, picture in drawn.items()}
    numbers = count(len(drawn) + 2)
    styles: dict[str, Any] = {name: templating.trusted(rpr) for name, rpr in _STYLES.items()}

    def fill(part: str, **values: Any) -> str:
        return templating.render(
            f"word/{part}.xml.j2", spaces=package.SPACES, doc=paper, lang=paper.lang, words=paper.words, page=page,
            sort=_page.sort, unknown=_unknown, text=_page.Text, omml=_omml, omml_grid=_grid, picture=shown.__getitem__,
            pieces=_pieces, filled=_filled, shares=_shares, marked=_marked, glanced=_glanced,
            key_rows=_key_rows, mistake_rows=_mistake_rows,
            bracket=re.sub("[\u2003\u3000]", _HELD, paper.words.bracket),
            number=lambda: next(numbers), **styles, **values,
        )  # fmt: skip

    headers = _headers(paper, page, fill)
    parts = {
        "document": fill(
            template, logo=_shown(logo) if logo else None,
            headers=[(_KINDS[name], package.relation(name)) for name in headers],
            footers=[(kind, package.relation("footer")) for kind in _kinds(page)],
        ),
        "styles": fill("styles", book=not page.strip),
        "settings": fill("settings"),
        "footer": fill("footer", note=note),
        **headers,
    }  # fmt: skip
    own = [*drawn.values(), *([logo] if logo else [])]
    core = fill("core", title=paper.title)
    return package.packed(parts, {picture.file: picture.content for picture in own}, core)


def _kinds(page: Page) -> list[str]:
    return ["default", *(["first"] if page.strip else []), *(["even"] if page.strip and page.mirrored else [])]


def _headers(paper: _page.Paper, page: Page, fill: Any) -> dict[str, str]:
    """Its headers: the strip that is sealed stands on the fronts, with who sits the paper on the first of them."""
    dots = _dots(paper.words.seal)
    if not page.strip:
        return {"header": fill("strip", sealed=False, fields=(), dotted="", headline=_book(paper))}
    headers = {
        "header-first": fill("strip", sealed=True, fields=paper.fields, dotted=dots, headline=""),
        "header": fill("strip", sealed=True, fields=(), dotted=dots, headline=paper.headline),
    }
    if page.mirrored:
        headers["header-even"] = fill("strip", sealed=False, fields=(), dotted="", headline=paper.headline)
    return headers


def _book(paper: _page.Paper) -> str:
    return f"{paper.headline} · {paper.words.book}"


def _dots(seal: str) -> str:
    """The line along which a sheet is sealed, with its word in it.

    >>> _dots("封")[38:41]
    '…封…'
    """
    run = "…" * (_SEAL // (len(seal) + 1))
    return run + "".join(sign + run for sign in seal)


def _shown(picture: Picture) -> Shown:
    return Shown(picture.id, picture.file, package.relation(picture.file), picture.width, picture.height)


def _omml(tex: str, display: bool) -> str:
    return templating.trusted(maths.omml(tex, display))


def _grid(grid: _page.Grid) -> str:
    """Blanks within the brackets of a matrix."""
    blank = r"\text{" + r"\_" * max(2, round(grid.width * 2)) + "}"
    rows = r"\\".join("&".join([blank] * grid.columns) for _ in range(grid.rows))
    return _omml(rf"\begin{{bmatrix}}{rows}\end{{bmatrix}}", False)


def _pieces(run: _page.Run) -> Iterator[_page.Run | dict[str, str]]:
    """A run cut at its formulas that are a line of their own, each as {"tex": …}."""
    before: list[_page.Inline] = []
    found = False
    for each in run:
        if isinstance(each, _page.Formula) and each.display:
            if _text.plain(before).strip():
                yield tuple(before)
            yield {"tex": each.tex}
            before, found = [], True
        else:
            before.append(each)
    if not found or _text.plain(before).strip():
        yield tuple(before)


def _filled(width: float, value: str) -> str:
    """A line so many em wide, or what is written on it between spaces; a stroke is half an em, a space a quarter."""
    if not value:
        return "_" * max(2, round(width * 2))
    spare = "\u00a0" * max(2, round((width - _text.width(value)) * 2))
    return f"{spare}{value}{spare}"


def _shares(whole: float, most: float) -> list[float]:
    """A height in equal pieces that are none higher than `most`."""
    pieces = max(1, math.ceil(whole / most))
    return [whole / pieces] * pieces


def _marked(body: _page.Body, marks: str) -> _page.Body:
    """The text of a step with its marks at the right end of its last line."""
    return _questions.put(body, tail=(_page.Text(marks),))


def _key_rows(answers: Sequence[_page.Key], several: bool, told: bool) -> list[list[Any]]:
    """The cells of the table of keys: the part where there are several, the key, what is accepted, the marks."""
    text = _page.Text
    return [
        [*([(text(a.label),)] if several else []), a.key, *([(text(a.accepted),)] if told else []), (text(a.marks),)]
        for a in answers
    ]


def _mistake_rows(answers: Sequence[_page.Key], several: bool) -> list[list[Any]]:
    """The cells of the table of foreseen mistakes."""
    text = _page.Text
    return [
        [*([(text(a.label),)] if several else []), (text(x.printed),), x.run, (text(x.credit),)]
        for a in answers for x in a.mistakes
    ]  # fmt: skip


def _glanced(worked: Sequence[_page.Worked]) -> list[_page.Worked]:
    """The questions of which a key is short enough for the list of all keys."""
    return [each for each in worked if any(answer.brief for answer in each.answers)]


def _unknown(sort: str) -> NoReturn:
    raise ValueError(f"no template knows a {sort}")
