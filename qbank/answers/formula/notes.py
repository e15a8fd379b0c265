"""What the notes of a formula say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from qbank.answers._notes import MISTAKE, note
from qbank.answers.formula import pages
from qbank.answers.formula.numbers import on_row
from qbank.answers.formula.spec import Spec
from qbank.model import Bilingual, Lang

TABLE = {
    "formula.right": note("公式正确", "the formula is right"),
    "formula.accepted": note("部分认可的公式", "a formula that is accepted in part",
                             "部分正确，应为 {expected}", "right in part; expected {expected}"),
    "two-readings.waits": note("有两种读法", "two readings", "有两种读法：{usual} 或 {second}，待人工评阅",
                               "can be read in two ways, {usual} or {second}; waits for a person"),
    "formula.undecided.waits": note("无法自动比较", "could not be compared", "无法自动比较，待人工评阅",
                                    "could not be compared with the key; waits for a person"),
    "formula.form": note("与答案相等，写法不合要求", "equal to the key, not written as asked",
                         "与答案相等，但{form}", "equal to the key, but {form}"),
    "formula.sort": note("式子与等式不分", "an equation for a formula, or a formula for an equation",
                         "应为{sort}：{expected}", "{sort} was asked for: {expected}"),
    "formula.sign": note("只差一个负号", "right except for the sign",
                         "只差一个负号，应为 {expected}", "right except for the sign; expected {expected}"),
    "formula.wrong": note("公式不对", "not the right formula", "应为 {expected}", "expected {expected}"),
    "formula.mistake": MISTAKE,
}  # fmt: skip
EQUATION = Bilingual(zh="等式", en="an equation")
FORMULA = Bilingual(zh="式子（不是等式）", en="a formula, not an equation,")


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The key, what the part asks of the writing, whether an equation is asked."""
    sort = EQUATION if spec.form.equation else FORMULA
    numbers = on_row(spec, {name: np.array([value]) for name, value in details.items()}, 0)
    readings = {name: str(details[name]) for name in ("usual", "second") if name in details}
    expected = pages.told(spec, int(details["branch"]), numbers)
    return {**readings, "expected": expected, "form": _form(spec, lang), "sort": sort[lang]}


def _form(spec: Spec, lang: Lang) -> str:
    form, asks = spec.form, []
    if form.factored:
        asks.append(Bilingual(zh="应写成乘积", en="a product was asked for"))
    if form.no_parallel_sign:
        asks.append(Bilingual(zh="不应使用并联符号", en="without the parallel sign"))
    if form.only:
        only = ", ".join(form.only)
        asks.append(Bilingual(zh=f"只应含 {only}", en=f"only {only} may appear in it"))
    return ("，" if lang == "zh" else ", ").join(one[lang] for one in asks)
