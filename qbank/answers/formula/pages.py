"""What a formula says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from qbank import algebra, formulas, waist
from qbank.algebra import Expression, tree
from qbank.answers._readings import plainly, said, spoken
from qbank.answers.formula.judging import Numbers, judge
from qbank.answers.formula.numbers import on_row
from qbank.answers.formula.spec import Spec
from qbank.model import Bilingual, Columns, Lang, Printed
from qbank.sheets import Foreseen


def _text(spec: Spec, branch: int, numbers: Numbers) -> str:
    return algebra.plain(tree.replaced(spec.branches[branch].formula, numbers))


def _key(spec: Spec, key: Columns, row: int) -> str:
    """The key of one variant, typed in one line."""
    return _text(spec, int(key["branch"][row]), on_row(spec, key, row))


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key as the author wrote it, with the numbers of the variant: typed in one line, and as TeX."""
    text, tex = _key(spec, key, row), _tex(spec, key, row, spec.symbols)
    return Printed(text, tex, text, tex)


def _tex(spec: Spec, key: Columns, row: int, symbols: Mapping[str, str]) -> str:
    branch, numbers = spec.branches[int(key["branch"][row])], on_row(spec, key, row)
    written = Expression("", tree.replaced(branch.formula, numbers)) if numbers else branch.written
    return algebra.latex(written, symbols)


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The key, and all that equals it."""
    text, numbers = _key(spec, key, row), on_row(spec, key, row)
    further = [
        f"{algebra.plain(tree.replaced(formula, numbers))} ({one.credit:g})"
        for number, (one, formula) in enumerate(zip(spec.accept, spec.accepted, strict=True))
        if key[f"accepts.{number}"][row]
    ]
    same = "及与之恒等的式子" if lang == "zh" else "and what equals it"
    return "; ".join([f"{text} {same}", *further])


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    numbers = on_row(spec, key, row)
    return tuple(
        Foreseen(algebra.plain(tree.replaced(spec.foreseen[name], numbers)), spoken(mistake.text, lang), mistake.credit)
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line as long as the longest formula that the key can be."""
    longest = max(len(_text(spec, place, {})) for place in range(len(spec.branches)))
    return waist.TextEntry(width=min(max(10.0, 0.6 * longest + 4), 28.0))


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int) -> waist.Accepted:
    """The key as it is typed, and the usual other ways."""
    return waist.Accepted(tuple(spellings(spec, key, arrangement, row)[:4]))


def reason(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """The sentence a candidate reads."""
    common = said(note, lang)
    if common is not None:
        return common
    zh = lang == "zh"
    numbers = on_row(spec, {name: np.array([value]) for name, value in details.items()}, 0)
    asked = _text(spec, int(details["branch"]), numbers)
    match note:
        case "formula.right":
            return "公式正确" if zh else "the formula is right"
        case "formula.two-readings.waits":
            usual, second = details["usual"], details["second"]
            if zh:
                return f"有两种读法：{usual} 或 {second}，待人工评阅"
            return f"can be read in two ways, {usual} or {second}; waits for a person"
        case "formula.undecided.waits":
            return "标准答案无法逐点比较，待人工评阅" if zh else "the key cannot be compared with; waits for a person"
        case "formula.accepted":
            return f"部分正确，应为 {asked}" if zh else f"right in part; expected {asked}"
        case "formula.form":
            return f"与答案相等，但{_form(spec, lang)}" if zh else f"equal to the key, but {_form(spec, lang)}"
        case "formula.sort":
            if spec.form.equation:
                return f"应为等式 {asked}" if zh else f"an equation was asked: {asked}"
            return f"应为式子 {asked}，而不是等式" if zh else f"a formula was asked, not an equation: {asked}"
        case "formula.sign":
            return f"只差一个负号，应为 {asked}" if zh else f"right but for the sign; expected {asked}"
        case "formula.wrong":
            return f"应为 {asked}" if zh else f"expected {asked}"
        case _:
            why = plainly(spec.mistakes[note.removeprefix("formula.mistake.")].text, lang)
            return f"{why}，应为 {asked}" if zh else f"{why}; expected {asked}"


def _form(spec: Spec, lang: Lang) -> str:
    """What the part asks of the writing."""
    form, asks = spec.form, []
    if form.factored:
        asks.append(Bilingual(zh="应写成乘积", en="a product was asked"))
    if form.no_parallel_sign:
        asks.append(Bilingual(zh="不应使用并联符号", en="without the parallel sign"))
    if form.only:
        only = ", ".join(form.only)
        asks.append(Bilingual(zh=f"只应含 {only}", en=f"only {only} may stand in it"))
    return ("，" if lang == "zh" else ", ").join(one[lang] for one in asks)


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As it prints, without spaces, with other signs for times, minus and power, full width, as TeX."""
    text = _key(spec, key, row)
    found = [text, text.replace("*", "·"), text.replace("-", "−").replace("*", "×"), text.replace("^", "**")]
    found += [text.replace(" ", ""), text.replace("(", "（").replace(")", "）").replace("+", "＋"), f" {text} "]
    if spec.name and not spec.form.equation:
        found.append(f"{spec.name} = {text}")
    if spec.form.equation:
        left, right = text.split(" = ")
        found += [f"{right} = {left}", f"0 = {left} - ({right})"]
    if not spec.form.factored:
        found.append(_tex(spec, key, row, {}))
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, the opposite of the key, something added to it."""
    place, numbers = int(key["branch"][row]), on_row(spec, key, row)
    formula, key_text = tree.replaced(spec.branches[place].formula, numbers), _key(spec, key, row)
    named = {name: tree.replaced(spec.foreseen[name], numbers) for name in spec.mistakes if key[f"applies.{name}"][row]}
    trials = [(algebra.plain(one), f"formula.mistake.{name}", one) for name, one in named.items()]
    if not tree.is_equation(formula):
        trials.append((f"-({key_text})", "formula.sign", tree.Unary("-", formula)))
    more = f"{key_text} + 37/11"
    trials.append((more, "formula.wrong", formulas.read(more, spec.vocabulary)))
    verdicts = judge(spec, [one for _, _, one in trials], [place], numbers)
    others = [spec.accept.index(one) for one in spec.accept if one.credit > 0]
    found, seen = [], [list(spec.mistakes).index(name) for name in named]
    for number, (text, note, _) in enumerate(trials):
        clash = verdicts.right[number, place] or verdicts.accepted[number, others].any()
        earlier = [name for name, hit in zip(named, verdicts.mistakes[number, seen], strict=True) if hit]
        expected = f"formula.mistake.{earlier[0]}" if earlier else note
        if not clash:
            found.append((text, expected))
    return found


def unreadable(spec: Spec) -> list[str]:
    """Brackets that do not match, signs without an operand, bare functions, words."""
    found = ["(1 + 2", "1 + 2)", "(1]", "1 +", "* 2", "1 2", "1..2", "sin", "sin 1/2", "sin(1, 2)", "()", "1 = 2 = 3"]
    return found if spec.unknown == "wrong" else [*found, "不知道"]


def texts(spec: Spec) -> Iterable[Bilingual]:
    """What is said of the mistakes."""
    return [mistake.text for mistake in spec.mistakes.values()]


def expressions(spec: Spec) -> Iterable[Expression]:
    """The conditions, and each letter of the formulas that the part does not declare: it is the item's."""
    declared = {*spec.over, *spec.names, spec.name}
    tests = [branch.when for branch in spec.branches]
    tests += [one.when for one in spec.accept] + [one.when for one in spec.mistakes.values()]
    letters = [algebra.read(name) for name in spec.own if name not in declared]
    return [*(test for test in tests if test is not None), *letters]
