"""A picture from a file beside the item, an SVG drawing, a PNG or a JPEG image: `image: board.svg`."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, PrivateAttr, ValidationInfo, WithJsonSchema, field_validator, model_validator

from qbank import messages
from qbank.figures import _raster, _vector
from qbank.figures._given import Given
from qbank.model import Drawing, Refused
from qbank.records import BESIDE, Record, Texts, Truth

NAME = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*\.(svg|png|jpg|jpeg)", re.IGNORECASE)
USUAL = 283.46
"""The greatest width of a picture without width:, in points: 10 cm."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is sealed and printed: clean, with the contents of the root of its drawing."""

    data: bytes
    within: str
    box: str
    width: float
    height: float


def read(name: str, data: bytes) -> Picture:
    """A picture from the bytes of a file. Raises ValueError with what cannot be printed."""
    ending = name.rpartition(".")[2].lower()
    if ending == "svg":
        within, box, width, height = _vector.svg(data)
        return Picture(_whole(within, box, width, height).encode(), within, box, width, height)
    clean, across, down = _raster.png(data) if ending == "png" else _raster.jpeg(data)
    kind = "png" if ending == "png" else "jpeg"
    address = f"data:image/{kind};base64,{base64.b64encode(clean).decode()}"
    return Picture(
        clean, f'<image width="{across}" height="{down}" href="{address}"/>', f"0 0 {across} {down}",
        across * 0.75, down * 0.75,
    )  # fmt: skip


def _whole(within: str, box: str, width: float, height: float) -> str:
    """A drawing of its own, of a size in points."""
    size = f'width="{width:g}pt" height="{height:g}pt" viewBox="{box}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{within}</svg>'


def _centimetres(value: Any) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?cm", str(value))
    if found is None or not 1 <= float(found[1]) <= 15:
        raise ValueError(messages.tell("{width!r} is not a width between 1cm and 15cm; write 8cm", width=value))
    return round(float(found[1]) * 72 / 2.54, 2)


class Spec(Record):
    """A figure that shows a picture of the author's own.

    The file lies beside the item, or in a folder there. It is cleaned, and sealed with the exam.
    """

    family: ClassVar[str] = "image"
    names: ClassVar[tuple[str, ...]] = ()
    uses: ClassVar[frozenset[str]] = frozenset()
    drawn: ClassVar[frozenset[str]] = frozenset()
    image: str
    alt: Texts
    width: Annotated[float, BeforeValidator(_centimetres), WithJsonSchema({"type": "string"})] | None = None
    printed: Truth = True
    _picture: Picture | None = PrivateAttr(default=None)

    @field_validator("image")
    @classmethod
    def _named(cls, name: str) -> str:
        if not NAME.fullmatch(name):
            stem, _, ending = name.rpartition(".")
            if NAME.fullmatch(f"{stem}.png"):
                raise ValueError(messages.tell("a picture is an SVG, PNG or JPEG file; export the {ending} file as one",
                                               ending=ending.upper()))  # fmt: skip
            raise ValueError(messages.tell("{name!r} is not the name of a picture beside the item, such as board.svg, "
                                           "board.png or pictures/board.jpg", name=name))  # fmt: skip
        return name

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Self:
        beside = (info.context or {}).get(BESIDE)
        if beside is None:
            return self
        try:
            self._picture = read(self.image, beside(self.image))
        except Refused as refused:
            raise ValueError("; ".join(problem.message for problem in refused.problems)) from refused
        except ValueError as error:
            raise ValueError(messages.tell("{place}: {problem}", place=self.image, problem=error)) from error
        return self

    @property
    def picture(self) -> Picture | None:
        """The picture; None where the item was read without the files beside it, as for marking."""
        return self._picture


def draw(spec: Spec, given: Given) -> Drawing:  # noqa: ARG001
    """The picture as a drawing without labels. Raises ValueError when its file was not read."""
    picture = spec.picture
    if picture is None:
        raise ValueError(messages.tell("{file} was not read: the item was read without the files beside it",
                                       file=spec.image))  # fmt: skip
    width = spec.width or min(picture.width, USUAL)
    width, height = round(width, 2), round(width * picture.height / picture.width, 2)
    return Drawing(width, height, _whole(picture.within, picture.box, width, height), (), spec.alt)
