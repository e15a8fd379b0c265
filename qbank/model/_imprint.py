"""What a paper has about itself besides its title, and the sheets on which it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qbank.model._texts import Bilingual


@dataclass(frozen=True, slots=True)
class Imposition:
    """The sheets of a paper: their size, the sides that are printed, and the pages of A4 that one sheet holds.

    >>> Imposition().sheets(7), Imposition("A3", 2, 4).sheets(7)
    (4, 4)
    """

    size: Literal["A4", "A3"] = "A4"
    sides: Literal[1, 2] = 2
    multiple: int = 2
    side_by_side: bool = False
    """Whether both languages are on one paper."""

    @property
    def printed(self) -> int:
        """How many printed pages one sheet holds: a page of A3 is two of A4."""
        return self.multiple // 2 if self.size == "A3" else self.multiple

    def sheets(self, pages: int) -> int:
        """The sheets that a paper of so many printed pages takes."""
        return -(-pages // self.printed)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a blueprint has about the examination and of its printing; whatever is empty is not printed.

    `date` is written as 2027-01-12; `logo` holds a PNG or an SVG file.
    """

    term: Bilingual | None = None
    date: str = ""
    course_code: str = ""
    open_book: bool | None = None
    notices: tuple[Bilingual, ...] = ()
    logo: bytes = b""
    imposition: Imposition = field(default_factory=Imposition)
    templates: tuple[tuple[str, str], ...] = ()
    """A department's own page templates, by their names; they are not sealed, for only printing needs them."""
