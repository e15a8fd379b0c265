"""Drawing, reading and marking a verdict.

Read as true: √ ✓ ✔ ☑ v, 对 正确 是 真, T true yes y right correct; as false: × ✗ ✘ ☒ x, 错 错误 不对 不正确 否 不是 假,
F false no n wrong incorrect, in any case and in brackets. `1` and `0` are not read: 0 may be a drawn circle, and 1 may
be the first of two options.
"""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import numerals
from qbank.answers import Scope
from qbank.answers._fields import right_column
from qbank.answers._readings import Readings, Stopped, begun, collect, fold
from qbank.answers.truth.spec import Spec
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Rules, Steps

TRUE = ("√", "✓", "✔", "☑", "✅", "v", "对", "对的", "正确", "是", "真", "t", "true", "yes", "y", "right", "correct")
FALSE = (
    "×", "✗", "✘", "☒", "❌", "✕", "✖", "x", "错", "错的", "错误", "不对", "不正确", "不是", "否", "假", "f", "false",
    "no", "n", "wrong", "incorrect",
)  # fmt: skip
_WORDS = {numerals.normalise(word): word in TRUE for word in (*TRUE, *FALSE)}
_AROUND = re.compile(r"[\s()\[\]{}【】「」『』《》“”‘’'\"]+|(?<![.。])[.。]++$")
WANTED = Bilingual(zh="√ 或 ×（对、错，T、F）", en="✓ or ✗ (true, false, T, F)")


def arrange(
    spec: Spec, scope: Scope, chance: Chance, name: str, seats: NDArray[np.int64]
) -> dict[str, Array]:
    """`twin` (n,): which statement is drawn."""
    return _drawn(spec, chance, name, seats)


def _drawn(spec: Spec, chance: Chance, name: str, seats: NDArray[np.int64]) -> dict[str, Array]:
    count = len(spec.statements)
    if count == 1:
        return {"twin": np.zeros(len(seats), dtype=np.uint8)}
    return {"twin": chance.below(f"{name}.twin", count, seats).astype(np.uint8)}


def balance(specs: Sequence[Spec], chance: Chance, seats: NDArray[np.int64]) -> list[dict[str, Array]]:
    """The arrangements of several parts on one paper, with two to three fifths of the statements true on every form.

    Among n statements whose verdicts are certain, as many are true as is drawn from ⌈0.4 n⌉..⌊0.6 n⌋ (n/2, up or
    down, where nothing lies between). A part with a single statement keeps it; verdicts that depend on the variant's
    values are left to chance and are not counted.
    """
    verdicts = [[statement.right for statement in spec.statements] for spec in specs]
    certain = [all(isinstance(right, bool) for right in rights) for rights in verdicts]
    free = [place for place, rights in enumerate(verdicts) if certain[place] and len(set(rights)) == 2]
    settled = sum(certain[place] and place not in free and rights[0] is True for place, rights in enumerate(verdicts))
    least, most = -(-4 * sum(certain) // 10), 6 * sum(certain) // 10
    if least > most:
        least, most = sum(certain) // 2, sum(certain) - sum(certain) // 2
    true = np.clip(least + chance.below("true statements", most - least + 1, seats) - settled, 0, len(free))
    ranks = chance.permutations("which are true", len(free), seats) if free else np.zeros((len(seats), 0))
    arrangements = [_drawn(spec, chance, f"{place}", seats) for place, spec in enumerate(specs)]
    for rank, place in enumerate(free):
        chosen = np.zeros(len(seats), dtype=np.uint8)
        for verdict, rows in ((True, ranks[:, rank] < true), (False, ranks[:, rank] >= true)):
            twins = np.flatnonzero([right is verdict for right in verdicts[place]])
            pick = chance.below(f"{place}.{verdict}", len(twins), seats)
            chosen = np.where(rows, twins[pick], chosen).astype(np.uint8)
        arrangements[place] = {"twin": chosen}
    return arrangements


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`right` (n,): whether the statement drawn is right."""
    right = np.stack([right_column(twin.right, scope) for twin in spec.statements], axis=1)
    return {"right": right[np.arange(scope.n), arrangement["twin"]]}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`says` (n,): whether the answer calls the statement right."""
    return collect(texts, lambda text: {"says": _says(text)}, {"says": np.zeros((), dtype=np.bool_)})


def _says(text: str) -> bool:
    folded = fold(text)
    word = _AROUND.sub("", folded.text).casefold()
    if word not in _WORDS:
        strange = re.search(r"[^\s()]", folded.text)
        raise Stopped(folded.column(strange.start() if strange else 0), WANTED)
    return _WORDS[word]


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`truth.right` or `truth.wrong`."""
    right = reading.columns["says"] == key["right"]
    details: dict[str, Array] = {"given": reading.columns["says"], "asked": key["right"], "twin": arrangement["twin"]}
    steps = begun(reading).where(reading.read & right, "truth.right", 1.0, **details)
    return steps.where(reading.read & ~right, "truth.wrong", spec.loss, **details)
