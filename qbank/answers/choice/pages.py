"""What a choice says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np

from qbank import markup, waist
from qbank.answers import Named
from qbank.answers._orders import at_positions
from qbank.answers._readings import letter, spoken
from qbank.answers.choice import ticks
from qbank.answers.choice.marks import mark, read
from qbank.answers.choice.spec import Option, Spec
from qbank.model import Bilingual, Columns, Floats, Lang, Printed, Rules, take
from qbank.sheets import Foreseen


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The letters of the right options, such as ACD."""
    text = _letters(_right(key, arrangement, row))
    return Printed(text, rf"\mathrm{{{text}}}", text, rf"\mathrm{{{text}}}")


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """What some of the right letters earn, where the part names a rule; else the letters."""
    if isinstance(spec.several, str) and not spec.weights:
        return RULES[spec.several][lang]
    return _letters(_right(key, arrangement, row))


RULES: Mapping[str, Bilingual] = {
    "exact": Bilingual(zh="全对得满分，否则不得分", en="all right: full marks; otherwise none"),
    "net": Bilingual(
        zh="选对一项得一份，选错一项按错误选项数扣一份",
        en="each right option earns its share, each wrong one loses its share of the wrong ones",
    ),
    "balance": Bilingual(
        zh="选对一项得一份，选错一项扣一份", en="each right option earns a share, each wrong one loses as much"
    ),
    "capped": Bilingual(
        zh="选对一项得一份，选错一项按错误选项数扣一份，至多扣一半",
        en="each right option earns its share, each wrong one loses its share of the wrong ones, half at most",
    ),
    "cancel": Bilingual(
        zh="有错选不得分，否则按选对的比例得分", en="none wrong: the share of the right ones picked; any wrong: none"
    ),
    "china": Bilingual(
        zh="全对得满分，漏选且无错选得一半", en="all right: full marks; some and none wrong: half"
    ),
    "free": Bilingual(
        zh="按选对的比例得分，错选不扣分", en="the share of the right ones picked; wrong ones cost nothing"
    ),
    "excess": Bilingual(
        zh="选对一项得一份，超出应选项数的每项扣一份",
        en="each right option earns a share, each one more than asked loses as much",
    ),
    "coverage": Bilingual(
        zh="选对项占应选项的比例乘以占所选项的比例",
        en="the share of the right ones picked times the share of the picked ones that are right",
    ),
    "each": Bilingual(zh="每个选项判断正确得一份", en="each option judged correctly, ticked or not, earns a share"),
}
"""What every rule for several ticks says in a marking scheme."""


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The wrong options that say why they are wrong, by their letters, with what each alone would earn."""
    found = []
    for position, option in enumerate(_options(spec, arrangement, row)):
        if not _right(key, arrangement, row)[position] and (option.why or option.mistake):
            credit = _marked(spec, key, arrangement, row, letter(position))[1]
            found.append(Foreseen(letter(position), spoken(option.why or option.spoken, lang), credit))
    return tuple(found)


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.Choice:
    """The options in the order of the variant."""
    order = arrangement["order"][row].tolist()
    options = tuple(markup.read(option.text[lang]) for option in _options(spec, arrangement, row))
    fixed = tuple(place for place, option in enumerate(order) if not spec.shuffle or spec.lasting[option])
    return waist.Choice(options, several=bool(spec.several), fixed=fixed)


def named(spec: Spec, arrangement: Columns, row: int, names: Named) -> str:
    """The letters of some options, by their names."""
    order, places = arrangement["order"][row].tolist(), list(spec.options)
    return "".join(letter(order.index(places.index(name))) for name in names)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Options:
    """Which options are right, and by which rule ticks become credit: the part's own, else the paper's."""
    order = arrangement["order"][row].astype(np.intp)
    right = key["right"][row][order]
    rule = cast("waist.Rule", spec.rule(rules) if spec.several else "single")
    credits: Floats | None = None
    if not spec.several:
        credits = np.where(right, 1.0, np.array([spec.earning(name) for name in spec.options])[order])
    elif spec.weights:
        rule, credits = "weights", spec.weighing[order]
    elif rule in ticks.ADDITIVE:
        credits = ticks.additions(rule, right)
    return waist.Options(
        tuple(right.tolist()), rule, () if credits is None else tuple(credits.tolist()),
        None if rule == "single" else spec.least, spec.min_ticks or 0, spec.max_ticks, spec.lone,
    )  # fmt: skip


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """The letters alone, spaced, in brackets, after 选, as numbers, full width, in any case and order."""
    right = _right(key, arrangement, row)
    picked = [position for position in range(len(right)) if right[position]]
    signs = [letter(position) for position in picked]
    text = "".join(signs)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in signs)
    numbers = ",".join(str(position + 1) for position in picked)
    return [
        text, text.lower(), f"{text}.", f"（{text}）", f"选{text}", f"答案：{text}", f" {wide} ", numbers,
        ",".join(signs), " ".join(signs), "、".join(signs), " and ".join(signs), text[::-1], text + text,
    ]  # fmt: skip


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """Every wrong option alone; for several, also the key without its first option and with a wrong one more."""
    right = _right(key, arrangement, row)
    signs = [letter(position) for position in range(len(right)) if right[position]]
    others = [letter(position) for position in range(len(right)) if not right[position]]
    tried = list(others)
    if spec.several:
        tried += ["".join(signs[1:])] if len(signs) > 1 else []
        tried += ["".join([*signs, other]) for other in others[:1]]
    readable = [text for text in tried if read(spec, [text], Rules()).read[0]]
    return [(text, _marked(spec, key, arrangement, row, text)[0]) for text in readable]


def unreadable(spec: Spec) -> list[str]:
    """Words, doubts and corrections, and two letters where one is asked."""
    return ["?", "A→B", "A/B", "不知道", "A-B", "Ω", *([] if spec.several else ["AB"])]


def _options(spec: Spec, arrangement: Columns, row: int) -> list[Option]:
    options = list(spec.options.values())
    return [options[place] for place in arrangement["order"][row].tolist()]


def _right(key: Columns, arrangement: Columns, row: int) -> list[bool]:
    """Which positions are right on one variant."""
    rows = slice(row, row + 1)
    return [bool(right) for right in at_positions(key["right"][rows], arrangement["order"][rows])[0]]


def _letters(right: list[bool]) -> str:
    return "".join(letter(position) for position, is_right in enumerate(right) if is_right)


def _marked(spec: Spec, key: Columns, arrangement: Columns, row: int, text: str) -> tuple[str, float]:
    """The last note and the credit of a text on one variant, by the rules of a paper that says nothing."""
    rows = np.array([row])
    steps = mark(spec, read(spec, [text], Rules()), take(key, rows), take(arrangement, rows), Rules())
    return steps.steps[-1].note, float(steps.credit[0])
