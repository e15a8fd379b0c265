"""What a formula says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping

from qbank import algebra, formulas, messages, waist
from qbank.algebra import Expression, tree
from qbank.algebra.constants import folded
from qbank.algebra.tree import Node
from qbank.answers._readings import spoken
from qbank.answers.formula.judging import Numbers, judge
from qbank.answers.formula.numbers import on_row
from qbank.answers.formula.spec import Spec
from qbank.model import Columns, Lang, Printed, Rules
from qbank.sheets import Foreseen


def told(spec: Spec, branch: int, numbers: Numbers) -> str:
    """One formula of the key in one line, with the numbers of a variant."""
    return algebra.plain(_with(numbers, spec.branches[branch].formula))


def _with(numbers: Numbers, formula: Node) -> Node:
    """A formula with the numbers of a variant, and what is computed of numbers alone as one number."""
    return folded(tree.replaced(formula, numbers)) if numbers else formula


def _key(spec: Spec, key: Columns, row: int) -> str:
    """The key of one variant, typed in one line."""
    return told(spec, int(key["branch"][row]), on_row(spec, key, row))


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key as the author wrote it, with the numbers of the variant: typed in one line, and as TeX."""
    text, tex = _key(spec, key, row), _tex(spec, key, row, spec.symbols)
    return Printed(text, tex, text, tex)


def _tex(spec: Spec, key: Columns, row: int, symbols: Mapping[str, str]) -> str:
    branch, numbers = spec.branches[int(key["branch"][row])], on_row(spec, key, row)
    written = Expression("", _with(numbers, branch.formula)) if numbers else branch.written
    return algebra.latex(written, symbols)


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The key, and all that equals it."""
    text, numbers = _key(spec, key, row), on_row(spec, key, row)
    further = [
        f"{algebra.plain(_with(numbers, formula))} ({one.credit:g})"
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
        Foreseen(
            algebra.plain(_with(numbers, spec.foreseen[name])), spoken(mistake.text, lang), mistake.credit, name
        )
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line as long as the longest formula that the key can be."""
    longest = max(len(told(spec, place, {})) for place in range(len(spec.branches)))
    return waist.TextEntry(width=min(max(10.0, 0.6 * longest + 4), 28.0))


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Unscored:
    """Nothing: to be equal is no matter of spelling."""
    return waist.Unscored(messages.tell("a formula is compared by its values"))


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
    formula, key_text = _with(numbers, spec.branches[place].formula), _key(spec, key, row)
    named = {name: _with(numbers, spec.foreseen[name]) for name in spec.mistakes if key[f"applies.{name}"][row]}
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
