"""What is written under `answer:` with `kind: matching`; reading and marking it.

    answer := pair ([separator] pair)* | letter × as many as there are entries on the left, in their order
    pair   := number [link] letter | letter [link] number       link: - → : = . 、 / | 对 配 连 … or spaces
"""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qbank import messages, registry
from qbank.answers import Scope
from qbank.answers._orders import positions, shuffled
from qbank.answers._readings import Readings, Stopped, begun, collect, fold, letter
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Floats, Rules, Steps
from qbank.records import Record, Truth, Worded

OPEN = 255
"""An entry on the left that the answer leaves alone."""

_LINK = r"-++>?|→|⇒|[:=.、/|]|对应?|配|连|与|为|是|is\b"
_PAIR = re.compile(rf"([0-9]++|[A-Za-z])[\s)\]]*+(?:{_LINK})?[\s(\[]*+([0-9]++|[A-Za-z])")
_BETWEEN = re.compile(r"(?:[\s,、;.。()\[\]]|和|\band\b)*")


class Right(Worded):
    """An entry on the right; one that no left entry names is a distractor."""



class Left(Right):
    """An entry on the left, and the name of the right entry it belongs to."""

    to: str


class Spec(Record):
    """`kind: matching`: entries by name; `credit: all` gives nothing for a part of the pairs."""

    kind: Literal["matching"]
    left: dict[str, Left] = Field(min_length=2, max_length=26)
    right: dict[str, Right] = Field(min_length=2, max_length=26)
    shuffle: Truth = True
    credit: Literal["each", "all"] = "each"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for name, left in self.left.items():
            if left.to not in self.right:
                raise ValueError(messages.tell(
                    "{name!r}: on the right, {unknown}",
                    name=name, unknown=registry.unknown(left.to, self.right),
                ))  # fmt: skip
        return self

    @property
    def pairs(self) -> NDArray[np.uint8]:
        """(left,) the place in the file of the right entry that belongs to each left one."""
        places = {name: place for place, name in enumerate(self.right)}
        return np.array([places[left.to] for left in self.left.values()], dtype=np.uint8)


def arrange(
    spec: Spec, scope: Scope, chance: Chance, name: str, seats: NDArray[np.int64]
) -> dict[str, Array]:
    """`order` (n, right): which right entry is at each letter."""
    return {"order": shuffled(chance, f"{name}.order", [False] * len(spec.right), seats, shuffle=spec.shuffle)}


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`letters` (n, left): the position of the right entry that belongs to each left one."""
    return {"letters": positions(arrangement["order"])[:, spec.pairs.astype(np.intp)]}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`letters` (n, left): the position joined to each left entry, 255 where it is left alone."""
    return collect(
        texts, lambda text: {"letters": _joined(spec, text)}, {"letters": np.full(len(spec.left), OPEN, dtype=np.uint8)}
    )


def _joined(spec: Spec, text: str) -> list[int]:
    folded = fold(text)
    bare = re.sub(r"[\s,、;.]", "", folded.text)
    if bare.isascii() and bare.isalpha():
        if len(bare) != len(spec.left):
            raise Stopped(len(text) + 1, _wanted(spec))
        found = [_position(spec, sign) for sign in bare]
        if None in found:
            raise Stopped(folded.column(folded.text.index(bare[found.index(None)])), _wanted(spec))
        return [position for position in found if position is not None]
    joined = [OPEN] * len(spec.left)
    at = _after(folded.text, 0)
    while at < len(folded.text):
        pair = _PAIR.match(folded.text, at)
        signs = sorted(pair.groups()) if pair else []
        if not signs or signs[0].isalpha() or signs[1].isdigit():
            raise Stopped(folded.column(at), _wanted(spec))
        place, position = int(signs[0][:4]) - 1, _position(spec, signs[1])
        if position is None or not 0 <= place < len(joined) or joined[place] not in (OPEN, position):
            raise Stopped(folded.column(at), _wanted(spec))
        joined[place] = position
        at = _after(folded.text, pair.end() if pair else at)
    if set(joined) == {OPEN}:
        raise Stopped(folded.column(at), _wanted(spec))
    return joined


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _position(spec: Spec, sign: str) -> int | None:
    position = ord(sign.casefold()) - ord("a")
    return position if 0 <= position < len(spec.right) else None


def _wanted(spec: Spec) -> Bilingual:
    count, last = len(spec.left), letter(len(spec.right) - 1).lower()
    return Bilingual(
        zh=f"形如 1-b, 2-a 的配对（1～{count}，a～{last}）", en=f"pairs such as 1-b, 2-a (1 to {count}, a to {last})"
    )


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`matching.right`, `matching.partial` with the share of the pairs, or `matching.wrong`."""
    good = (reading.columns["letters"] == key["letters"]).sum(axis=1)
    count = len(spec.left)
    share: Floats = good / count if spec.credit == "each" else (good == count).astype(np.float64)
    details: dict[str, Array] = {"given": reading.columns["letters"], "asked": key["letters"]}
    steps = begun(reading).where(reading.read & (good == count), "matching.right", 1.0, **details)
    some = reading.read & (share > 0) & (good < count)
    steps = steps.where(some, "matching.partial", share, **details)
    return steps.where(reading.read & (share == 0), "matching.wrong", 0.0, **details)
