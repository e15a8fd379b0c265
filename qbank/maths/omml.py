"""A formula as OMML, the equations that Word edits.

Each letter and number is a run of its own, so that no reader takes two of them for one word; upright signs and words
are normal text. A sum holds what it sums, for Word shows an empty place as a box.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import assert_never

from qbank.maths.faces import faced
from qbank.maths.parse import parse
from qbank.maths.symbols import ARROWS, BINARIES, CLOSING, OPENING, PUNCTUATION, RELATIONS
from qbank.maths.tree import (
    Accent,
    Big,
    Binomial,
    Face,
    Fenced,
    Font,
    Fraction,
    Function,
    Grid,
    Letter,
    Line,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Symbol,
    Words,
    apart,
    is_upright,
)

_FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math" w:eastAsia="宋体"/></w:rPr>'
_ITALIC, _UPRIGHT, _NORMAL = "", '<m:rPr><m:sty m:val="p"/></m:rPr>', "<m:rPr><m:nor/></m:rPr>"
_SPACES = ((1.5, "\u2003\u2003"), (0.5, "\u2003"), (0.23, "\u2005"), (0.2, "\u205f"), (0.0, "\u2009"))
_ACCENTS = {"\u0304": "\u0305"}
"""Accents that Word has as another character."""
_GROUPED = {"overbrace": ("⏞", "top", "bot"), "underbrace": ("⏟", "bot", "top")}
_NOTHING = "\u200b"
"""Stands in an empty place."""
_JOINING, _SIGNS = RELATIONS | BINARIES, frozenset("+−±∓")


@lru_cache(maxsize=65536)
def omml(tex: str, display: bool = False) -> str:
    r"""The `<m:oMath>` element of a formula; with `display`, as a paragraph. Raises MathsError outside the subset.

    >>> omml("x").count("<m:t"), omml(r"\frac{1}{2}")[:19]
    (1, '<m:oMath><m:f><m:fP')
    """
    printed = f"<m:oMath>{_print(parse(tex), 'italic', display)}</m:oMath>"
    return f"<m:oMathPara>{printed}</m:oMathPara>" if display else printed


def _print(node: Node, face: Face, wide: bool) -> str:
    """The elements of one node; where it is `wide`, bounds are under and over their sign."""
    match node:
        case Row(items):
            return "".join(_row(items, face, wide))
        case Number(text):
            return _run("".join(faced(digit, face) for digit in text), _UPRIGHT if face == "upright" else _ITALIC)
        case Letter(text):
            upright = is_upright(text, face) or face not in ("italic", "upright")
            return _run(faced(text, face), _UPRIGHT if upright else _ITALIC)
        case Symbol(text) | Words(text):
            return _run(text, _NORMAL)
        case Function(name, _):
            return _run(name, _NORMAL)
        case Operator(sign):
            around = _run(_NOTHING, _NORMAL) if sign in _JOINING else ""
            return around + _run(sign, _ITALIC) + around
        case Big(sign):
            return _run(sign, _ITALIC)
        case Space(width):
            return next((_run(space, _NORMAL) for least, space in _SPACES if width > least), "")
        case Fraction(over, under, _):
            return _fraction("bar", over, under, face)
        case Binomial(over, under):
            return _fenced("(", _fraction("noBar", over, under, face), ")")
        case Root(body, degree):
            told = "" if degree is None else _print(degree, face, False)
            hidden = '<m:degHide m:val="1"/>' if degree is None else ""
            return f"<m:rad><m:radPr>{hidden}</m:radPr><m:deg>{told}</m:deg>{_e(_print(body, face, wide))}</m:rad>"
        case Accent(mark, body):
            return _accent(_ACCENTS.get(mark, mark), _print(body, face, wide))
        case Line("rightarrow" | "leftarrow" as where, body):
            return _accent(ARROWS[where], _print(body, face, wide))
        case Line("overbrace" | "underbrace" as where, body):
            sign, place, base = _GROUPED[where]
            told = f'<m:chr m:val="{sign}"/><m:pos m:val="{place}"/><m:vertJc m:val="{base}"/>'
            return _element("groupChr", told, e=_print(body, face, wide))
        case Line(where, body):
            place = "top" if where == "over" else "bot"
            return _element("bar", f'<m:pos m:val="{place}"/>', e=_print(body, face, wide))
        case Stacked():
            return _stacked(node, face, wide)
        case Font(inner, body):
            return _print(body, inner, wide)
        case Fenced(left, body, right):
            return _fenced(left, _print(body, face, wide), right)
        case Scripts():
            return _scripts(node, face, wide)
        case Grid():
            return _grid(node, face)
        case other:
            assert_never(other)


def _fraction(bar: str, over: Node, under: Node, face: Face) -> str:
    told = f'<m:type m:val="{bar}"/>'
    return _element("f", told, num=_print(over, face, False), den=_print(under, face, False))


def _row(items: tuple[Node, ...], face: Face, wide: bool) -> Iterator[str]:
    """The elements of a row: a sum takes what follows it, a function keeps its distance.

    A relation at an end of the row joins what is there with nothing that shows: by itself it would be an error.
    """
    before: Node | None = None
    place = 0
    if items and isinstance(items[0], Operator) and items[0].sign in _JOINING - _SIGNS:
        yield _run(_NOTHING, _NORMAL)
    while place < len(items):
        item = items[place]
        if before is not None and apart(before, item):
            yield _run("\u2009", _NORMAL)
        end = place + 1
        closing = _closed(items, place)
        if closing:
            inner = "".join(_row(items[place + 1 : closing], face, wide))
            end, last = closing + 1, items[closing]
            fenced = _fenced(_sign(item), inner, _sign(_base(last)))
            yield _scripted(last, fenced, face) if isinstance(last, Scripts) else fenced
        elif isinstance(_base(item), Big):
            end = _summed(items, end)
            yield _nary(item, "".join(_row(items[place + 1 : end], face, wide)), face, wide)
        else:
            yield _run(item.sign, _ITALIC) if isinstance(item, Operator) else _print(item, face, wide)
        before, place = items[end - 1], end
    if isinstance(before, Operator) and before.sign in _JOINING:
        yield _run(_NOTHING, _NORMAL)


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripts) else node


def _sign(node: Node) -> str:
    return node.sign if isinstance(node, Operator) else ""


def _closed(items: tuple[Node, ...], place: int) -> int:
    """Where the bracket that opens here is closed, with its scripts or without; 0 for what opens none, or for good."""
    if _sign(items[place]) not in OPENING:
        return 0
    depth = 0
    for end in range(place, len(items)):
        depth += (_sign(items[end]) in OPENING) - (_sign(_base(items[end])) in CLOSING)
        if depth == 0:
            return end
    return 0


def _summed(items: tuple[Node, ...], start: int) -> int:
    """Where that ends which a sum takes: before a relation, a sign between two terms, a comma or a closing bracket."""
    ends = RELATIONS | PUNCTUATION | CLOSING | _SIGNS
    place = start
    while place < len(items):
        sign = _sign(items[place])
        if sign in ends and not (place == start and sign in _SIGNS):
            break
        place = (_closed(items, place) or place) + 1
    return place


def _nary(node: Node, body: str, face: Face, wide: bool) -> str:
    sign = _base(node)
    assert isinstance(sign, Big)
    bounds = (("sub", node.sub), ("sup", node.sup)) if isinstance(node, Scripts) else (("sub", None), ("sup", None))
    where = "undOvr" if wide and sign.limits else "subSup"
    hidden = "".join(f'<m:{name}Hide m:val="1"/>' for name, bound in bounds if bound is None)
    told = f'<m:chr m:val="{sign.sign}"/><m:limLoc m:val="{where}"/><m:grow m:val="1"/>{hidden}'
    given = {name: "" if bound is None else _print(bound, face, False) for name, bound in bounds}
    return _element("nary", told, **given, e=body)


def _scripts(node: Scripts, face: Face, wide: bool) -> str:
    base = node.base
    if isinstance(base, Big):  # by itself: in a row it takes what follows
        return _nary(node, "", face, wide)
    printed = _print(base, face, wide)
    below = (isinstance(base, Function) and base.limits and wide) or _is_brace(base)
    if below:
        sub, sup = (None if script is None else _print(script, face, False) for script in (node.sub, node.sup))
        printed = printed if sub is None else _element("limLow", "", e=printed, lim=sub)
        return printed if sup is None else _element("limUpp", "", e=printed, lim=sup)
    return _scripted(node, printed, face)


def _scripted(node: Scripts, printed: str, face: Face) -> str:
    """What is printed, with the scripts of a node on it."""
    sub, sup = (None if script is None else _print(script, face, False) for script in (node.sub, node.sup))
    if sub is not None and sup is not None:
        return _element("sSubSup", "", e=printed, sub=sub, sup=sup)
    if sub is not None:
        return _element("sSub", "", e=printed, sub=sub)
    return _element("sSup", "", e=printed, sup=sup or "")


def _stacked(node: Stacked, face: Face, wide: bool) -> str:
    """Over and under a base; a sign that is stretched is a character that groups what is over it, or under it."""
    over, under = (None if each is None else _print(each, face, False) for each in (node.over, node.under))
    if not node.stretched or not isinstance(node.base, Operator):
        printed = _print(node.base, face, wide)
        printed = printed if under is None else _element("limLow", "", e=printed, lim=under)
        return printed if over is None else _element("limUpp", "", e=printed, lim=over)
    place, near = ("top", under) if over is None else ("bot", over)
    told = f'<m:chr m:val="{node.base.sign}"/><m:pos m:val="{place}"/><m:vertJc m:val="bot"/>'
    printed = _element("groupChr", told, e=near or "")
    return printed if over is None or under is None else _element("limLow", "", e=printed, lim=under)


def _is_brace(node: Node) -> bool:
    return isinstance(node, Line) and node.where in ("overbrace", "underbrace")


def _grid(grid: Grid, face: Face) -> str:
    """A matrix; lines that are aligned are one whose columns touch."""
    wide = grid.kind == "aligned"
    count = max(map(len, grid.rows))
    sides = {"matrix": ("center",), "cases": ("left",), "aligned": ("right", "left")}[grid.kind]
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{sides[place % len(sides)]}"/></m:mcPr></m:mc>'
        for place in range(count)
    )
    close = '<m:cGpRule m:val="3"/><m:cGp m:val="0"/>' if wide else ""
    rows = "".join(
        "<m:mr>" + "".join(_e(_print(row[place], face, wide) if place < len(row) else "") for place in range(count))
        + "</m:mr>"
        for row in grid.rows
    )  # fmt: skip
    table = f'<m:m><m:mPr><m:plcHide m:val="1"/>{close}<m:mcs>{columns}</m:mcs></m:mPr>{rows}</m:m>'
    return _fenced(grid.left, table, grid.right) if grid.left or grid.right else table


def _fenced(left: str, body: str, right: str) -> str:
    return _element("d", f'<m:begChr m:val="{left}"/><m:endChr m:val="{right}"/>', e=body)


def _accent(mark: str, body: str) -> str:
    return _element("acc", f'<m:chr m:val="{mark}"/>', e=body)


def _element(name: str, told: str, **places: str) -> str:
    inside = "".join(f"<m:{place}>{body or _run(_NOTHING, _NORMAL)}</m:{place}>" for place, body in places.items())
    return f"<m:{name}><m:{name}Pr>{told}</m:{name}Pr>{inside}</m:{name}>"


def _e(body: str) -> str:
    return f"<m:e>{body or _run(_NOTHING, _NORMAL)}</m:e>"


def _run(text: str, style: str) -> str:
    return f'<m:r>{style}{_FONT}<m:t xml:space="preserve">{escape(text, quote=False)}</m:t></m:r>'
