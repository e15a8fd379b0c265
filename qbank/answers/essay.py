"""A long answer: it is kept as it was written, and waits for a person with the rubric."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from qbank import numerals, waist
from qbank.answers import Facts, Kind, Scope
from qbank.answers._notes import note
from qbank.answers._readings import Readings, begun, collect, plainly, quoted
from qbank.model import Array, Columns, Example, Lang, Printed, Rules, Steps
from qbank.records import Marks, Record, Texts, Worded


class Line(Worded):
    """One line of the rubric: what is looked for, and the marks it is worth."""

    marks: Marks


class Spec(Record):
    """`kind: essay`: a rubric of lines by name, room to write in, and perhaps an answer as it might be."""

    kind: Literal["essay"]
    rubric: dict[str, Line] = Field(min_length=1)
    lines: int = Field(8, ge=1, le=200)
    sample: Texts | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not any(line.marks for line in self.rubric.values()):
            raise ValueError("no line of the rubric is worth a mark")
        return self


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
    """The rubric and the sample, which candidates see after all; a person marks it."""
    told = [*(line.text for line in spec.rubric.values()), *([spec.sample] if spec.sample else [])]
    return Facts(told=tuple(told), waits=True)


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The sample answer, or else what the rubric looks for."""
    text = plainly(spec.sample, lang) if spec.sample else accepted(spec, key, arrangement, row, lang)
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The lines of the rubric with their marks."""
    unit, between = ("分", "；") if lang == "zh" else (" marks", "; ")
    return between.join(f"{plainly(line.text, lang)} ({line.marks}{unit})" for line in spec.rubric.values())


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.ExtendedText:
    """Lines to write on."""
    return waist.ExtendedText(spec.lines)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """A person marks it."""
    return waist.Unscored("a long answer is marked by a person", person=True)


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """None earns full marks by itself."""
    return []


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Whatever is written waits."""
    return [("见草稿纸", "essay.waits"), ("x" * 5000, "essay.waits")]


def unreadable(spec: Spec) -> list[str]:
    """Nothing is: a person reads it."""
    return []


NOTES = {"essay.waits": note("待人工评阅", "waits for a person")}

_EXPLAIN = """
kind: essay
lines: 6
rubric:
  cause:
    marks: 2
    zh: 指出温度升高使 $I_C$ 增大
    en: a rise in temperature raises $I_C$
  feedback:
    marks: 3
    zh: 说明 $R_E$ 的负反馈作用
    en: the negative feedback of $R_E$ is explained
sample:
  zh: 温度升高，$I_C$ 增大，$U_E$ 升高，$U_{BE}$ 减小，$I_C$ 回落。
  en: Heat raises $I_C$, this raises $U_E$, lowers $U_{BE}$ and so lowers $I_C$.
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_EXPLAIN, "T↑ → I_C↑ → U_E↑ → U_BE↓ → I_C↓", 0, "essay.waits", "until a person has read it"),
    Example(_EXPLAIN, "不会", 0, "essay.waits"),
    Example(_EXPLAIN, " ", 0, "blank"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts, bind=bind, read=read, mark=mark,
    show=show, accepted=accepted, interaction=interaction, scoring=scoring, notes=NOTES,
    spellings=spellings, wrong=wrong, unreadable=unreadable,
)  # fmt: skip
