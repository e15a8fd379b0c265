"""The measures of a page in twentieths of a point, as Word has them: the same as those of the printed paper."""

from __future__ import annotations

from dataclasses import dataclass

from qbank.model import Imposition

_CENTIMETRE = 1440 / 2.54


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its margins, and the columns of text on it.

    Where there is a `strip`, its outer margin is sealed; `mirrored` where the backs of sheets are printed.
    """

    width: int
    height: int
    left: int
    right: int
    top: int = round(2.1 * _CENTIMETRE)
    bottom: int = round(2.0 * _CENTIMETRE)
    columns: int = 1
    gutter: int = round(2.0 * _CENTIMETRE)
    strip: bool = False
    mirrored: bool = False

    @property
    def text(self) -> int:
        """The width of a line.

        >>> book().text
        9638
        """
        return (self.width - self.left - self.right - self.gutter * (self.columns - 1)) // self.columns

    @property
    def room(self) -> int:
        """The height of the text."""
        return self.height - self.top - self.bottom


def sheet(on: Imposition) -> Page:
    """The page of a paper: A4, or A3 with two columns."""
    wide = on.size == "A3"
    return Page(
        *((23811, 16838) if wide else (11906, 16838)), left=round(3.0 * _CENTIMETRE), right=round(1.9 * _CENTIMETRE),
        columns=2 if wide else 1, strip=True, mirrored=on.sides == 2,
    )  # fmt: skip


def book() -> Page:
    """The page of an answer book."""
    return Page(11906, 16838, left=round(2.0 * _CENTIMETRE), right=round(2.0 * _CENTIMETRE))
