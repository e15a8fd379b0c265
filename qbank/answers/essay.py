"""A long answer: it is kept as it was written, and waits for a person with the rubric."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qbank import waist
from qbank.algebra import Expression
from qbank.answers import Scope
from qbank.answers._readings import Readings, begun, collect, plainly, quoted, said, sentence
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Example, Lang, Printed, Rules, Steps
from qbank.records import Marks, Record, Texts
from qbank.sheets import Foreseen


class Line(Record):
    """One line of the rubric: what is looked for, and the marks it is worth."""

    marks: Marks
    zh: str
    en: str

    @property
    def text(self) -> Bilingual:
        """What is looked for."""
        return Bilingual(zh=self.zh, en=self.en)


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


def arrange(spec: Spec, chance: Chance, name: str, seats: NDArray[np.int64]) -> dict[str, Array]:
    """Nothing differs but the values."""
    return {}


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`waits` (n,): every answer waits."""
    return {"waits": np.ones(scope.n, dtype=np.bool_)}


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """Every variant may be drawn."""
    return np.ones(len(key["waits"]), dtype=np.bool_)


def impossible(spec: Spec, key: Columns) -> str:
    """No variant is impossible."""
    return "every variant may be drawn"


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """Every text that is not blank is read, of whatever length."""
    return collect([text.strip()[:1] for text in texts], lambda _: {}, {})


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`essay.waits`: nothing is earned before a person has read it."""
    return begun(reading).where(reading.read, "essay.waits", 0.0)


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The sample answer, or else what the rubric looks for."""
    text = plainly(spec.sample, lang) if spec.sample else accepted(spec, key, arrangement, row, lang)
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The lines of the rubric with their marks."""
    unit, between = ("分", "；") if lang == "zh" else (" marks", "; ")
    return between.join(f"{plainly(line.text, lang)} ({line.marks}{unit})" for line in spec.rubric.values())


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """None: a person judges."""
    return ()


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.ExtendedText:
    """Lines to write on."""
    return waist.ExtendedText(spec.lines)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int) -> waist.Unscored:
    """A person marks it."""
    return waist.Unscored("a long answer is marked by a person")


def reason(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """The sentence a candidate reads."""
    return said(note, lang) or sentence(_reason(spec, note, details, lang), lang)


def _reason(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    return "待人工评阅" if lang == "zh" else "waits for a person"


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """None earns full marks by itself."""
    return []


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Whatever is written waits."""
    return [("见草稿纸", "essay.waits"), ("x" * 5000, "essay.waits")]


def unreadable(spec: Spec) -> list[str]:
    """Nothing is: a person reads it."""
    return []


def texts(spec: Spec) -> Iterable[Bilingual]:
    """The rubric and the sample."""
    yield from (line.text for line in spec.rubric.values())
    if spec.sample:
        yield spec.sample


def expressions(spec: Spec) -> Iterable[Expression]:
    """None."""
    return ()


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
