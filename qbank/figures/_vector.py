"""SVG files as they may be printed: shapes and words alone.

What an editor leaves for itself is dropped. What could run, reach out of the file or grow without bound is refused with
its line: scripts and event handlers, links, embedded pictures and pages, `data:` and CSS addresses, entities, filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from qbank import messages

SHAPES = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "style", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "switch",
})  # fmt: skip
"""The elements that are kept."""
DROPPED = frozenset({"title", "desc", "metadata"})
"""What describes the drawing, and is not drawn."""
DANGERS = {
    "script": "a script", "handler": "a script", "foreignObject": "an embedded page (foreignObject)",
    "iframe": "an embedded page", "a": "a link", "image": "an embedded picture", "feImage": "an embedded picture",
    "animate": "an animation", "animateMotion": "an animation", "animateTransform": "an animation",
    "set": "an animation", "filter": "a filter", "audio": "audio", "video": "a video", "object": "an object",
    "embed": "an object",
}  # fmt: skip
"""The elements that are refused, with their names in messages; they are told in the language of the reader."""
MOST = 50_000
"""The most elements that a drawing may have, those that `use` repeats among them."""
DEEPEST = 64
_ADDRESS = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:e[-+]?\d+)?)\s*(px|pt|mm|cm|in|pc)?\s*", re.IGNORECASE)
_POINTS = {"px": 0.75, "": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pc": 12.0}


class Unfit(ValueError):
    """What cannot be printed in an SVG file, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(messages.tell("line {line}: {problem}", line=line, problem=message))


@dataclass(slots=True)
class _Reading:
    """What has been read: the clean text, the open elements, and how much each id draws."""

    parser: expat.XMLParserType
    kept: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    dropped: int = 0
    count: int = 0
    root: dict[str, str] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    used: dict[str, list[str]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)

    def wrong(self, message: str) -> Unfit:
        return Unfit(self.parser.CurrentLineNumber, message)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.removeprefix("svg:")
        if local in DANGERS:
            raise self.wrong(messages.tell("{thing} cannot be printed; remove it",
                                           thing=messages.translated(DANGERS[local])))  # fmt: skip
        if self.dropped or ":" in local or local in DROPPED:
            self.dropped += 1
            return
        if local not in SHAPES:
            raise self.wrong(messages.tell("<{element}> cannot be printed; draw it with paths, shapes and text",
                                           element=local[:40]))  # fmt: skip
        if not self.open and local != "svg":
            raise self.wrong(messages.tell("the file is not an SVG drawing: it begins with <{element}>",
                                           element=local[:40]))  # fmt: skip
        self.count += 1
        if self.count > MOST or len(self.open) >= DEEPEST:
            raise self.wrong(messages.tell(
                "the drawing has more than {most:,} elements, or more than {deepest} nested ones",
                most=MOST, deepest=DEEPEST,
            ))  # fmt: skip
        read = {"href" if key.endswith(":href") else key: self.attribute(local, key, text)
                for key, text in attributes.items()}  # fmt: skip
        clean = {key: value for key, value in read.items() if value is not None}
        self.named.append(clean.get("id", ""))
        for outer in filter(None, self.named):
            self.own[outer] = self.own.get(outer, 0) + 1
            if local == "use":
                self.used.setdefault(outer, []).append(clean.get("href", "").removeprefix("#"))
        if local == "use":
            self.used.setdefault("", []).append(clean.get("href", "").removeprefix("#"))
        if not self.open:
            self.root = clean
        else:
            self.kept.append(f"<{local}{_written(clean)}>")
        self.open.append(local)

    def attribute(self, element: str, key: str, value: str) -> str | None:
        """An attribute as it is kept, or None where it is dropped."""
        lower = key.lower()
        if lower.startswith("on"):
            raise self.wrong(messages.tell("the event handler {name} cannot be printed; remove it", name=key))
        if lower.rpartition(":")[2] == "href":
            if element == "use" and value.startswith("#"):
                return value
            if element in ("linearGradient", "radialGradient", "pattern") and value.startswith("#"):
                return value
            raise self.wrong(_outside(repr(value[:60])))
        if lower == "xml:base" or lower.startswith(("data-", "aria-")):
            return None
        if lower.partition(":")[0] == "xmlns" or (":" in lower and lower != "xml:space"):
            return None
        self.style(value)
        return value

    def style(self, text: str) -> None:
        """Raise Unfit for style that reaches out of the drawing."""
        for found in _ADDRESS.finditer(text):
            if not found[2].startswith("#"):
                raise self.wrong(_outside(f"url({found[2][:60]})"))
        bare = _ADDRESS.sub("", text).lower()
        for sign in ("url(", "@import", "@font-face", "expression(", "javascript:", "data:"):
            if sign in bare:
                raise self.wrong(messages.tell("{text} in a style cannot be printed; remove it", text=sign))

    def end(self, _: str) -> None:
        if self.dropped:
            self.dropped -= 1
            return
        local = self.open.pop()
        self.named.pop()
        if self.open:
            self.kept.append(f"</{local}>")

    def words(self, text: str) -> None:
        if self.dropped or not self.open:
            return
        if self.open[-1] == "style":
            if "\\" in text or "@" in text:
                raise self.wrong(messages.tell("an @ rule or a backslash in a style cannot be printed; remove it"))
            self.style(text)
            self.kept.append(escape(text, quote=False))
        elif self.open[-1] in ("text", "tspan"):
            self.kept.append(escape(text, quote=False))

    def doctype(self, *said: object) -> None:
        if said[-1]:  # an internal subset; the address of one elsewhere is never followed
            raise self.wrong(messages.tell("the DOCTYPE defines entities; remove it"))

    def entity(self, *_: object) -> None:
        raise self.wrong(messages.tell("the file defines entities; remove them"))

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            raise self.wrong(messages.tell(
                "a style sheet in another file cannot be printed; put the style into the drawing"
            ))  # fmt: skip


def svg(data: bytes) -> tuple[str, str, float, float]:
    """What an SVG file draws: the elements within its root, its viewBox, its width and height in points.

    Raises ValueError with the line of what cannot be printed.

    >>> svg(b'<svg width="96" height="48" xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>')
    ('<path d="M0 0h9"></path>', '0 0 96 48', 72.0, 36.0)
    """
    parser = expat.ParserCreate(encoding=None)
    parser.buffer_text = True
    reading = _Reading(parser)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.words
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.EntityDeclHandler = reading.entity
    parser.ProcessingInstructionHandler = reading.instruction
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = messages.tell("the file is not an SVG drawing: {reason}", reason=expat.ErrorString(error.code))
        raise Unfit(error.lineno, message) from error
    if _drawn(reading, "", ()) > MOST:
        raise ValueError(messages.tell("with what `use` repeats, the drawing has more than {most:,} elements",
                                       most=MOST))  # fmt: skip
    width, height, box = _size(reading.root)
    inherited = _written({key: value for key, value in reading.root.items() if key in _INHERITED})
    inner = "".join(reading.kept)
    return (f"<g{inherited}>{inner}</g>" if inherited else inner), box, width, height


_INHERITED = frozenset({
    "style", "class", "fill", "stroke", "stroke-width", "font-family", "font-size", "fill-rule", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "color", "opacity",
})  # fmt: skip
"""The attributes of the root of a drawing that hold for everything in it."""


def _outside(address: str) -> str:
    return messages.tell("the address {address} leads out of the drawing; remove it", address=address)


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())


def _drawn(reading: _Reading, name: str, above: tuple[str, ...]) -> int:
    """How many elements an id draws, those that it uses among them. Raises ValueError for a circle."""
    if name in above:
        raise ValueError(messages.tell("the drawing uses {name!r} within itself", name=name[:40]))
    total = reading.own.get(name, 0) if name else reading.count
    for other in reading.used.get(name, ()):
        total += _drawn(reading, other, (*above, name)) if other else 0
        if total > MOST or len(above) > DEEPEST:
            return MOST + 1
    return total


def _size(root: dict[str, str]) -> tuple[float, float, str]:
    """Width and height in points, and the viewBox. Raises ValueError where the root has neither."""
    box = [float(each) for each in re.findall(r"-?\d*\.?\d+(?:e[-+]?\d+)?", root.get("viewBox", ""))]
    sides = []
    for place, key in enumerate(("width", "height")):
        found = _LENGTH.fullmatch(root.get(key, ""))
        if found:
            sides.append(float(found[1]) * _POINTS[(found[2] or "").lower()])
        elif len(box) == 4:
            sides.append(box[2 + place] * 0.75)
        else:
            raise ValueError(messages.tell("the drawing has no size: its <svg> needs width and height, or a viewBox"))
    if len(box) != 4:
        box = [0.0, 0.0, sides[0] / 0.75, sides[1] / 0.75]
    if min(*sides, box[2], box[3]) <= 0 or max(*sides, *map(abs, box)) > 1e6:
        raise ValueError(messages.tell("a drawing of this size cannot be printed"))
    return sides[0], sides[1], " ".join(f"{each:g}" for each in box)
