"""A scheme: which exams and which columns make one mark, by which weights, curves, minimum, rounding and grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qbank.model import Bilingual, printed_marks
from qbank.scales import curves, tables
from qbank.scales.curves import HUNDRED, Curve, To
from qbank.scales.tables import Table

TO_HUNDRED = To(HUNDRED)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the mark: of exams (by name), or of a column of a table; `weight` is its share, all of them 1.

    Of several exams the mean of the `best` ones counts (of all, where it is None). `minimum` is what its mark has to
    reach for the total to pass; whoever was absent from a `needed` one has 0 in total.
    """

    name: str
    weight: Fraction
    exams: tuple[str, ...] = ()
    column: str = ""
    out_of: Fraction = HUNDRED
    curve: Curve = TO_HUNDRED
    best: int | None = None
    minimum: Fraction | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one mark is made, rounded once to the multiples of `step`, halves up (0 rounds nothing)."""

    components: tuple[Component, ...]
    step: Fraction
    table: Table | None = None
    pass_mark: Fraction = Fraction(60)
    name: str = ""

    def full(self, worths: Mapping[str, Fraction]) -> Fraction:
        """What the mark is out of, for sources that are out of so much."""
        first = self.components[0]
        return curves.full(first.curve, worths[(*first.exams, first.column)[0]])

    def ceiling(self, full: Fraction) -> Fraction:
        """The highest mark that does not pass, for whoever misses a minimum."""
        return max(self.pass_mark - (self.step or Fraction(1)), Fraction(0)) if full else full


def single(exams: tuple[str, ...], curve: Curve, step: Fraction, *, best: int | None = None,
           table: Table | None = None) -> Scheme:  # fmt: skip
    """The scheme of one exam, or of the best of several, without weights."""
    return Scheme((Component("", Fraction(1), exams, curve=curve, best=best),), step, table)


def told(scheme: Scheme, worths: Mapping[str, Fraction]) -> tuple[Bilingual, ...]:
    """The rules in words, a line each, in the order in which they are applied."""
    lines = [_component(component, worths) for component in scheme.components]
    if len(scheme.components) > 1:
        shares = [(component.name, printed_marks(component.weight * 100)) for component in scheme.components]
        lines.append(Bilingual(
            zh="总评 = " + " + ".join(f"{share}% × {name}" for name, share in shares),
            en="total = " + " + ".join(f"{share} % × {name}" for name, share in shares),
        ))  # fmt: skip
    lines += [_rounding(scheme.step)]
    for component in scheme.components:
        if component.minimum is not None:
            least, most = printed_marks(component.minimum), printed_marks(scheme.ceiling(HUNDRED))
            lines.append(Bilingual(zh=f"{component.name}低于 {least} 分的，总评最高 {most} 分",
                                   en=f"with less than {least} in {component.name}, the total is at most {most}"))
        if component.needed:
            lines.append(Bilingual(zh=f"{component.name}缺考的，总评为 0",
                                   en=f"whoever was absent from {component.name} has 0 in total"))
    if scheme.table is not None:
        lines.append(tables.told(scheme.table))
    return tuple(lines)


def _component(component: Component, worths: Mapping[str, Fraction]) -> Bilingual:
    """What one component's mark is."""
    name = Bilingual(zh=f"{component.name}：" * bool(component.name), en=f"{component.name}: " * bool(component.name))
    if component.column:
        rule = curves.told(component.curve, component.out_of)
        return Bilingual(zh=f"{name.zh}“{component.column}”列，{rule.zh}",
                         en=f"{name.en}column {component.column!r}, {rule.en}")  # fmt: skip
    rules = {curves.told(component.curve, worths[exam]): None for exam in component.exams}
    zh, en = "；".join(rule.zh for rule in rules), "; ".join(rule.en for rule in rules)
    if len(component.exams) == 1:
        return Bilingual(zh=f"{name.zh}{zh}", en=f"{name.en}{en}")
    count, every = component.best or len(component.exams), len(component.exams)
    exams = ", ".join(component.exams)
    return Bilingual(zh=f"{name.zh}{every} 次考试（{exams}）中最好的 {count} 次的平均分，{zh}",
                     en=f"{name.en}the mean of the best {count} of {every} exams ({exams}), {en}")  # fmt: skip


def _rounding(step: Fraction) -> Bilingual:
    if not step:
        return Bilingual(zh="不取整", en="not rounded")
    unit = printed_marks(step)
    return Bilingual(zh=f"最后一次取整：四舍五入到 {unit} 分的整数倍",
                     en=f"rounded once, at the end, to multiples of {unit}, halves up")  # fmt: skip
