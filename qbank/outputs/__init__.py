"""What papers, books and items are written as: one output a file, found by its tag.

An output module holds one frozen `OUTPUT`, which says what it can write by the functions that it has. What a target
cannot hold is a `Loss` beside what was written, never left unsaid.

>>> of("gift").suffix, of("pdf").takes
('.gift.txt', ('sheet', 'book', 'keys', 'lesson'))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from qbank import registry

if TYPE_CHECKING:
    from qbank.grading import Summary
    from qbank.lessons import Lesson
    from qbank.model import Imposition, Lang
    from qbank.outputs._lost import Loss, told
    from qbank.outputs._parallel import Workers, workers
    from qbank.outputs._returned import Given, Known, Returned, is_coded
    from qbank.outputs._wording import granted
    from qbank.outputs._zipped import zipped
    from qbank.scales import Final
    from qbank.sheets import Book, Items, Keys, Sheet
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Loss", "told"), "_lost"), **dict.fromkeys(("Workers", "workers"), "_parallel"),
        **dict.fromkeys(("Given", "Known", "Returned", "is_coded"), "_returned"), "granted": "_wording",
        "zipped": "_zipped",
    })  # fmt: skip

Named: TypeAlias = "tuple[str, Sheet]"
"""A sheet and the name of its file."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for another system, how many questions or candidates are in it, and what it does not hold."""

    content: bytes
    count: int
    losses: tuple[Loss, ...] = ()

    def report(self, target: str, what: str, **counts: int) -> bytes:
        """What the target of that tag does not hold as JSON; `what` are counted in it: "questions"."""
        from qbank.outputs import _lost

        return _lost.report(target, self.losses, **counts, **{what: self.count})


@dataclass(frozen=True, slots=True)
class Output:
    """What one output writes, and of what; None where it does not take that.

    `suffix` ends the name of its files. `sheets` prints many sheets on some processes, in order, and `keys` the rows of
    many papers; `together` joins printed papers for the printer, each on whole sheets; `pages` counts those of one.
    `returned` reads what candidates answered there, where such a system lets it out.
    """

    suffix: str
    sheet: Callable[[Sheet], bytes] | None = None
    book: Callable[[Book], bytes] | None = None
    keys: Callable[[Keys, Workers], bytes] | None = None
    items: Callable[[Items], Written] | None = None
    totals: Callable[[Summary, Final, Lang], Written] | None = None
    lesson: Callable[[Lesson], bytes] | None = None
    sheets: Callable[[Iterable[Named], Workers], Iterator[tuple[str, bytes]]] | None = None
    together: Callable[[Sequence[bytes], Lang, Imposition], bytes] | None = None
    pages: Callable[[bytes], int] | None = None
    returned: Returned | None = None

    @property
    def takes(self) -> tuple[str, ...]:
        """What it is written of, by name, and whether responses come back."""
        given = {"sheet": self.sheet, "book": self.book, "keys": self.keys, "items": self.items, "totals": self.totals,
                 "lesson": self.lesson, "returned": self.returned}  # fmt: skip
        return tuple(name for name, write in given.items() if write is not None)

    def told(self, lessons: Iterable[tuple[str, Lesson]], on: Workers) -> Iterator[tuple[str, bytes]]:
        """Each named lesson by its name, in order, on some processes. Raises TypeError without `lesson`."""
        if self.lesson is None:
            raise TypeError(f"the output {self.suffix} takes no lesson")
        yield from on.each(self.lesson, lessons)

    def printed(self, sheets: Iterable[Named], on: Workers) -> Iterator[tuple[str, bytes]]:
        """Each named sheet by its name, on some processes where the output can. Raises TypeError without `sheet`."""
        if self.sheets is not None:
            yield from self.sheets(sheets, on)
            return
        if self.sheet is None:
            raise TypeError(f"the output {self.suffix} takes no sheet")
        for name, sheet in sheets:
            yield name, self.sheet(sheet)


def of(tag: str) -> Output:
    """The output that a tag names.

    Raises registry.UnknownTag with the nearest that there is, TypeError for a module without an OUTPUT.
    """
    module = registry.load("outputs", tag)
    output = vars(module).get("OUTPUT")
    if not isinstance(output, Output):
        raise TypeError(f"{module.__name__} holds no output: it needs OUTPUT = outputs.Output(suffix, …)")
    return output


def tags(*, taking: str = "") -> tuple[str, ...]:
    """The tags of all outputs, or of those that take "sheet", "book", "keys", "items", "totals" or "lesson", or from
    which responses are read ("returned").

    >>> {"gift", "moodle", "canvas"} <= set(tags(taking="items"))
    True
    """
    return tuple(tag for tag in registry.tags("outputs") if not taking or taking in of(tag).takes)


__all__ = [
    "Given", "Known", "Loss", "Named", "Output", "Workers", "Written", "granted", "is_coded", "of", "tags", "told",
    "workers", "zipped",
]  # fmt: skip
