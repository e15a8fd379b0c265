"""What a target cannot hold, told: equal losses together for a reader, every one of them as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from qbank import __version__, messages

NAMED = 4
"""The most items that are named for one loss where equal ones are told together."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a target cannot hold of one part of an item (of the whole item, where `part` is empty), as it is told."""

    item: str
    part: str
    what: str

    def __str__(self) -> str:
        return messages.tell("{place}: {loss}", place=self.place, loss=self.what)

    @property
    def place(self) -> str:
        """Where it is lost: `gain (a)`."""
        return f"{self.item}{f' ({self.part})' if self.part else ''}"


def by_person(reason: str) -> str:
    """What is lost where another system cannot work out a mark."""
    return messages.tell("the mark: {reason}; a person marks it there", reason=reason)


def told(losses: Iterable[Loss], *, of_people: bool = False) -> Iterator[str]:
    """The losses line by line, the commonest first; equal ones are one line with their number and the first places.

    They are of items, or with `of_people` of candidates.

    >>> list(told([Loss("gain", "a", "the unit"), Loss("offset", "", "the unit"), Loss("gain", "b", "the figure")]))
    ['2 items: the unit: gain (a), offset', 'gain (b): the figure']
    """
    alike: dict[str, list[Loss]] = {}
    for loss in losses:
        alike.setdefault(loss.what, []).append(loss)
    for what, those in sorted(alike.items(), key=lambda each: -len(each[1])):
        if len(those) == 1:
            yield str(those[0])
            continue
        places = messages.some([loss.place for loss in those], NAMED)
        count = len({loss.item for loss in those})
        yield (
            messages.tell_many(count, "{count} candidate: {loss}: {places}", "{count} candidates: {loss}: {places}",
                               loss=what, places=places) if of_people else
            messages.tell_many(count, "{count} item: {loss}: {places}", "{count} items: {loss}: {places}",
                               loss=what, places=places)
        )  # fmt: skip


def report(target: str, losses: Iterable[Loss], **counts: int) -> bytes:
    """The losses of one target as JSON, UTF-8: the target, the version that wrote it, the counts, and every loss.

    >>> print(report("gift", [Loss("gain", "a", "the unit")], items=3, questions=60).decode())
    {
      "target": "gift",
      "made by": "qbank 0.2.0",
      "counts": {
        "items": 3,
        "questions": 60,
        "losses": 1
      },
      "losses": [
        {
          "item": "gain",
          "part": "a",
          "what": "the unit"
        }
      ]
    }
    <BLANKLINE>
    """
    listed = [asdict(loss) for loss in losses]
    made = {"target": target, "made by": f"qbank {__version__}", "counts": {**counts, "losses": len(listed)},
            "losses": listed}  # fmt: skip
    return f"{json.dumps(made, ensure_ascii=False, indent=2)}\n".encode()
