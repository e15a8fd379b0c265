"""True or false: a statement to judge, one of a pair of twins with opposite keys.

Read as true: √ ✓ ✔ ☑ v, 对 正确 是 真, T true yes y right correct; as false: × ✗ ✘ ☒ x, 错 错误 不对 不正确 否 不是 假,
F false no n wrong incorrect, in any case and in brackets. `1` and `0` are not read: 0 may be a drawn circle, and 1 may
be the first of two options.
"""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qbank import markup, waist
from qbank.algebra import Expression
from qbank.answers import Scope
from qbank.answers._fields import Credit, Right, Why, right_column
from qbank.answers._readings import Readings, Stopped, begun, collect, fold, plainly, quoted, said, sentence
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Example, Lang, Paragraph, Printed, Rules, Steps, Text
from qbank.records import Record
from qbank.sheets import Foreseen

TRUE = ("√", "✓", "✔", "☑", "✅", "v", "对", "对的", "正确", "是", "真", "t", "true", "yes", "y", "right", "correct")
FALSE = (
    "×", "✗", "✘", "☒", "❌", "✕", "✖", "x", "错", "错的", "错误", "不对", "不正确", "不是", "否", "假", "f", "false",
    "no", "n", "wrong", "incorrect",
)  # fmt: skip
_WORDS = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
_AROUND = re.compile(r"[\s()\[\]{}【】「」'\"\ufe0e\ufe0f]+|[.。]+$")
WANTED = Bilingual(zh="√ 或 ×（对、错，T、F）", en="√ or × (true, false, T, F)")


class Twin(Record):
    """One statement: whether it is right, and why."""

    right: Right
    zh: str
    en: str
    why: Why | None = None

    @property
    def text(self) -> Bilingual:
        """The statement."""
        return Bilingual(zh=self.zh, en=self.en)


class Spec(Record):
    """`kind: truth`: `twins:` of which one is drawn, or a single statement, or `right:` alone under the stem."""

    kind: Literal["truth"]
    twins: dict[str, Twin] = Field(default_factory=dict, max_length=26)
    right: Right | None = None
    zh: str = ""
    en: str = ""
    why: Why | None = None
    negative: Credit = 0.0

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.twins and (self.right is not None or self.zh or self.en or self.why):
            raise ValueError("either twins, or one statement with right:, not both")
        if not self.twins and self.right is None:
            raise ValueError("needs twins, or right: yes or no")
        if len(self.twins) == 1:
            raise ValueError("one twin is none: write its right:, zh: and en: under answer:")
        certain = {twin.right for twin in self.twins.values() if isinstance(twin.right, bool)}
        if len(certain) == 1 and all(isinstance(twin.right, bool) for twin in self.twins.values()):
            raise ValueError("twins have opposite keys: one right, one wrong")
        if bool(self.zh) != bool(self.en):
            raise ValueError("the statement is needed in both languages, zh: and en:")
        return self

    @property
    def loss(self) -> float:
        """What a wrong answer earns: the negative marking, or a plain zero."""
        return 0.0 - self.negative

    @property
    def statements(self) -> tuple[Twin, ...]:
        """The twins, or the single statement as the only one."""
        if self.twins or self.right is None:
            return tuple(self.twins.values())
        return (Twin(right=self.right, zh=self.zh, en=self.en, why=self.why),)


def arrange(spec: Spec, chance: Chance, name: str, seats: NDArray[np.int64]) -> dict[str, Array]:
    """`twin` (n,): which statement is drawn."""
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
    arrangements = [arrange(spec, chance, f"{place}", seats) for place, spec in enumerate(specs)]
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


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """Every variant may be drawn."""
    return np.ones(len(key["right"]), dtype=np.bool_)


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


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """√ or ×."""
    right = bool(key["right"][row])
    text = "√" if right else "×"
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The verdict in words."""
    return _verdict(bool(key["right"][row]), lang)


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The other verdict, where the statement says why."""
    right = bool(key["right"][row])
    why = spec.statements[int(arrangement["twin"][row])].why
    return (Foreseen("×" if right else "√", plainly(why, lang), spec.loss),) if why else ()


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.Choice:
    """√ or ×, under the statement drawn."""
    statement = spec.statements[int(arrangement["twin"][row])].text[lang]
    options = tuple((Paragraph((Text(sign),)),) for sign in "√×")
    return waist.Choice(options, style="truth", prompt=markup.read(statement) if statement else ())


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int) -> waist.OptionCredits:
    """1 for the verdict that is right, in the order √, ×."""
    right = bool(key["right"][row])
    return waist.OptionCredits((1.0, spec.loss) if right else (spec.loss, 1.0))


def reason(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """The sentence a candidate reads, with the statement's own `why` after a wrong verdict."""
    return said(note, lang) or sentence(_reason(spec, note, details, lang), lang)


def _reason(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    if note == "truth.right":
        return "判断正确" if lang == "zh" else "judged rightly"
    asked = _verdict(bool(details["asked"]), lang)
    verdict = f"判断有误，该说法{asked}" if lang == "zh" else f"misjudged: the statement is {asked}"
    why = spec.statements[int(details["twin"])].why
    between = "，" if lang == "zh" else ", "
    return f"{verdict}{between}{plainly(why, lang)}" if why else verdict


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """Every word for the verdict, and some in brackets, with a full stop, in capitals or full width."""
    words = TRUE if key["right"][row] else FALSE
    wide = "Ｔ" if key["right"][row] else "Ｆ"
    return [*words, *(word.upper() for word in words), f"（{words[0]}）", f" {words[0]} ", f"{words[-1]}.", wide]


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Every word for the other verdict."""
    return [(word, "truth.wrong") for word in (FALSE if key["right"][row] else TRUE)]


def unreadable(spec: Spec) -> list[str]:
    """Both verdicts, neither, and figures."""
    return ["√×", "1", "0", "?", "不知道", "×，应为反相", "true false", "○"]


def texts(spec: Spec) -> Iterable[Bilingual]:
    """The statements, and what is said of them."""
    for twin in spec.statements:
        if twin.zh:
            yield twin.text
        if twin.why:
            yield twin.why


def expressions(spec: Spec) -> Iterable[Expression]:
    """The conditions under which statements are right."""
    return [twin.right for twin in spec.statements if not isinstance(twin.right, bool)]


def _verdict(right: bool, lang: Lang) -> str:
    if lang == "zh":
        return "正确" if right else "错误"
    return "true" if right else "false"


_YES = """
kind: truth
right: yes
zh: 理想运放的输入电阻为无穷大。
en: The input resistance of an ideal op-amp is infinite.
"""
_TWINS = """
kind: truth
twins:
  a:
    right: no
    zh: 开环运放可用虚短。
    en: A virtual short holds for an open-loop op-amp.
    why:
      zh: 虚短需要负反馈。
      en: A virtual short needs negative feedback.
  b:
    right: Rf < 0
    zh: 负反馈运放不可用虚短。
    en: A virtual short does not hold under negative feedback.
"""
EXAMPLES: tuple[Example, ...] = (
    Example(_YES, "√", 1, "truth.right"),
    Example(_YES, "T", 1, "truth.right"),
    Example(_YES, "正确。", 1, "truth.right"),
    Example(_YES, "（对）", 1, "truth.right", "in the brackets of the paper"),
    Example(_YES, "V", 1, "truth.right", "the letter for a tick"),
    Example(_YES, "x", 0, "truth.wrong", "the letter for a cross"),
    Example(_YES, "不正确", 0, "truth.wrong"),
    Example(_YES, "1", 0, "unreadable", "neither 1 nor 0 is a verdict"),
    Example(_YES, "√×", 0, "unreadable", "both"),
    Example(_YES + "negative: 1\n", "错", -1, "truth.wrong"),
    Example("kind: truth\nright: no\n", "否", 1, "truth.right", "the stem is the statement"),
    Example(_TWINS, "错", 1, "truth.right", "both twins are wrong where Rf > 0", given={"Rf": 1e4}),
)
