"""A long answer: it is kept as written and waits for a person, who marks it by the steps of its part."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from qbank import messages, numerals, waist
from qbank.answers import Facts, Kind, Scope
from qbank.answers._notes import note
from qbank.answers._readings import Readings, begun, collect, plainly, quoted
from qbank.model import Array, Bilingual, Columns, Example, Lang, Printed, Rules, Steps
from qbank.records import Record, Texts


class Spec(Record):
    """`kind: essay`: space to write in, and perhaps a sample answer; the part's `steps:` say what earns marks."""

    kind: Literal["essay"]
    lines: int = Field(8, ge=1, le=200)
    sample: Texts | None = None


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`waits` (n,): every answer waits."""
    return {"waits": np.ones(scope.n, dtype=np.bool_)}


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """Every text that is not blank is read, of whatever length."""
    return collect([numerals.visible(text).strip()[:1] for text in texts], lambda _: {}, {})


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`essay.waits`: nothing is earned before a person has read it."""
    return begun(reading).where(reading.read, "essay.waits", 0.0)


def facts(spec: Spec) -> Facts:
    """The sample, which candidates see after all; a person marks it."""
    return Facts(told=(spec.sample,) if spec.sample else (), waits=True)


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The sample answer, or else where to look for what earns marks."""
    text = plainly(spec.sample, lang) if spec.sample else _SCHEME[lang]
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """A person decides what is right: the same as is shown."""
    return show(spec, key, arrangement, row, lang).text


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.ExtendedText:
    """Lines to write on."""
    return waist.ExtendedText(spec.lines)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """A person marks it."""
    return waist.Unscored(messages.tell("a long answer is marked by a person"), person=True)


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """None earns full marks by itself."""
    return []


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Whatever is written waits."""
    return [("见草稿纸", "essay.waits"), ("x" * 5000, "essay.waits")]


def unreadable(spec: Spec) -> list[str]:
    """Nothing is: a person reads it."""
    return []


_SCHEME = Bilingual(zh="见评分标准", en="see the mark scheme")
NOTES = {"essay.waits": note("待人工评阅", "waits for a person")}

_EXPLAIN = """
kind: essay
lines: 6
sample:
  zh: 温度升高，$I_C$ 增大，$U_E$ 升高，$U_{BE}$ 减小，$I_C$ 回落。
  en: Heat raises $I_C$, this raises $U_E$, lowers $U_{BE}$ and so lowers $I_C$.
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_EXPLAIN, "T↑ → I_C↑ → U_E↑ → U_BE↓ → I_C↓", 0, "essay.waits", "0 until a person has read it"),
    Example(_EXPLAIN, "不会", 0, "essay.waits"),
    Example(_EXPLAIN, " ", 0, "blank"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts, bind=bind, read=read, mark=mark,
    show=show, accepted=accepted, interaction=interaction, scoring=scoring, notes=NOTES,
    spellings=spellings, wrong=wrong, unreadable=unreadable,
)  # fmt: skip
