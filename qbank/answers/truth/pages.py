"""What a statement to judge says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from qbank import markup, waist
from qbank.answers._readings import quoted, spoken
from qbank.answers.truth.marks import FALSE, TRUE
from qbank.answers.truth.spec import Spec
from qbank.model import Bilingual, Columns, Lang, Paragraph, Printed, Rules, Text
from qbank.sheets import Foreseen

SIGNS = Bilingual(zh="√×", en="✓✗")
"""The signs for true and false: in English √ is the sign of a root."""


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """√ or ×, in English ✓ or ✗."""
    right = bool(key["right"][row])
    text = SIGNS[lang][0 if right else 1]
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The verdict in words."""
    return told(bool(key["right"][row]), lang)


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The other verdict, where the statement says why."""
    right = bool(key["right"][row])
    why = spec.statements[int(arrangement["twin"][row])].why
    return (Foreseen(SIGNS[lang][1 if right else 0], spoken(why, lang), spec.loss),) if why else ()


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.Choice:
    """The two signs, under the statement drawn."""
    statement = spec.statements[int(arrangement["twin"][row])].text[lang]
    options = tuple((Paragraph((Text(sign),)),) for sign in SIGNS[lang])
    return waist.Choice(options, style="truth", prompt=markup.read(statement) if statement else ())


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Options:
    """1 for the verdict that is right, in the order √, ×."""
    right = bool(key["right"][row])
    return waist.Options((right, not right), credits=(1.0, spec.loss) if right else (spec.loss, 1.0), floor=None)


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


def told(right: bool, lang: Lang) -> str:
    """The verdict in words."""
    if lang == "zh":
        return "正确" if right else "错误"
    return "true" if right else "false"
