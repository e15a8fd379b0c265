"""What a formula says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from qbank import algebra, formulas, waist
from qbank.answers._readings import spoken
from qbank.answers.formula.judging import judge
from qbank.answers.formula.spec import Spec
from qbank.formulas import Equation
from qbank.model import Columns, Lang, Printed
from qbank.sheets import Foreseen


def told(spec: Spec, branch: int) -> str:
    """One formula of the key in one line."""
    return formulas.plain(spec.branches[branch].formula)


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """The key as the author wrote it: typed in one line, and as TeX."""
    place = int(key["branch"][row])
    text, tex = told(spec, place), algebra.latex(spec.branches[place].written, spec.symbols)
    return Printed(text, tex, text, tex)


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The key, and all that equals it."""
    text = told(spec, int(key["branch"][row]))
    further = [
        f"{formulas.plain(formula)} ({one.credit:g})"
        for number, (one, formula) in enumerate(zip(spec.accept, spec.accepted, strict=True))
        if key[f"accepts.{number}"][row]
    ]
    same = "及与之恒等的式子" if lang == "zh" else "and what equals it"
    return "; ".join([f"{text} {same}", *further])


def foreseen(
    spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang
) -> tuple[Foreseen, ...]:
    """The named mistakes that exist on the variant."""
    return tuple(
        Foreseen(formulas.plain(spec.foreseen[name]), spoken(mistake.text, lang), mistake.credit)
        for name, mistake in spec.mistakes.items() if key[f"applies.{name}"][row]
    )  # fmt: skip


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.TextEntry:
    """A line as long as the longest formula that the key can be."""
    longest = max(len(told(spec, place)) for place in range(len(spec.branches)))
    return waist.TextEntry(width=min(max(10.0, 0.6 * longest + 4), 28.0))


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int) -> waist.Accepted:
    """The key as it is typed, and the usual other ways."""
    return waist.Accepted(tuple(spellings(spec, key, arrangement, row)[:4]))


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """As it prints, without spaces, with other signs for times, minus and power, full width, as TeX."""
    place = int(key["branch"][row])
    text = told(spec, place)
    found = [text, text.replace("*", "·"), text.replace("-", "−").replace("*", "×"), text.replace("^", "**")]
    found += [text.replace(" ", ""), text.replace("(", "（").replace(")", "）").replace("+", "＋"), f" {text} "]
    if spec.name and not spec.form.equation:
        found.append(f"{spec.name} = {text}")
    if spec.form.equation:
        left, right = text.split(" = ")
        found += [f"{right} = {left}", f"0 = {left} - ({right})"]
    if not spec.form.factored:
        found.append(algebra.latex(spec.branches[place].written, {}))
    return found


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """The mistakes that exist, the opposite of the key, something added to it."""
    place = int(key["branch"][row])
    formula = spec.branches[place].formula
    named = {name: spec.foreseen[name] for name in spec.mistakes if key[f"applies.{name}"][row]}
    trials = [(formulas.plain(one), f"formula.mistake.{name}", one) for name, one in named.items()]
    if isinstance(formula, Equation):
        more = f"{told(spec, place)} + 37/11"
    else:
        trials.append((f"-({told(spec, place)})", "formula.sign", formulas.tree.Negative(formula)))
        more = f"{told(spec, place)} + 37/11"
    trials.append((more, "formula.wrong", formulas.read(more, spec.vocabulary)))
    verdicts = judge(spec, [one for _, _, one in trials], [place])
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
    found = ["(1 + 2", "1 + 2)", "(1]", "1 +", "* 2", "1 2", "1..2", "sin", "sqrt 2", "sin(1, 2)", "()", "1 = 2 = 3"]
    return found if spec.unknown == "wrong" else [*found, "不知道"]
