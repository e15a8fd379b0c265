"""The rule by which a command makes final marks, as a scheme: from its options, or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from qbank import files, messages, scales
from qbank.model import Refused
from qbank.papers import Exam
from qbank.scales import AsIs, Scheme, To

FINEST = Fraction(1, 100)
"""To what a mark is rounded that is not entered as it is, where neither the command nor the paper decides it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the command asks of how marks are made; with `scheme`, a file decides all of it.

    `scale` is a curve as `scales.curve` reads it, `best` the number of exams that count, `step` the rounding (None for
    that of the paper), `grade` the name of a table of grades.
    """

    scale: str = ""
    best: int | None = None
    step: Fraction | None = None
    grade: str = ""
    scheme: Path | None = None


def scheme(rule: Rule, exams: Mapping[str, Exam]) -> Scheme:
    """The scheme of a rule for exams by the names of their folders.

    Raises Refused for a rule that does not say how several exams make one mark, a file that cannot be read, and one
    that takes other exams than these.
    """
    made = _made(rule, exams)
    needed = {name for component in made.components for name in component.exams}
    if left := [name for name in exams if name not in needed]:
        raise Refused(messages.tell("the scheme does not take the exam {exam!r}; leave it out, or give it a component",
                                    exam=left[0]))  # fmt: skip
    if not needed:
        raise Refused(messages.tell("no exam is named"))
    return made


def _made(rule: Rule, exams: Mapping[str, Exam]) -> Scheme:
    if rule.scheme is not None:
        if rule.scale or rule.best or rule.grade or rule.step is not None:
            raise Refused(messages.tell("a scheme decides everything about the marks; leave out --scale, --best, "
                                        "--round and --grade"))  # fmt: skip
        files.need_regular(rule.scheme)
        try:
            content = rule.scheme.read_bytes()
        except OSError as error:
            raise Refused(messages.tell("{path}: cannot be read: {reason}", path=rule.scheme,
                                        reason=messages.reason(error))) from error  # fmt: skip
        return _by_id(scales.scheme(content, str(rule.scheme)), exams)
    if len(exams) > 1 and rule.best is None:
        raise Refused(messages.tell("there are several exams; choose how they make one mark: the best of them "
                                    "(--best N) or a scheme (--scheme FILE)"))  # fmt: skip
    if rule.best is not None and not 0 < rule.best <= len(exams):
        raise Refused(messages.tell_many(len(exams), "--best {best}: there is {count} exam",
                                         "--best {best}: there are {count} exams", best=rule.best))  # fmt: skip
    curve = scales.curve(rule.scale) if rule.scale else AsIs() if len(exams) == 1 else To(Fraction(100))
    table = scales.table(rule.grade) if rule.grade else None
    return scales.single(tuple(exams), curve, _step(rule.step, curve, exams), best=rule.best, table=table)


def _step(said: Fraction | None, curve: scales.Curve, exams: Mapping[str, Exam]) -> Fraction:
    if said is not None:
        return said
    steps = {each.rules.round_to for each in exams.values()}
    if len(steps) > 1:
        raise Refused(messages.tell("the exams are rounded by different rules; choose one for the mark, such as "
                                    "--round 1"))  # fmt: skip
    return steps.pop() or (Fraction(0) if isinstance(curve, AsIs) else FINEST)


def _by_id(made: Scheme, exams: Mapping[str, Exam]) -> Scheme:
    """The scheme with its exams by the names of their folders, where it names them by their ids."""
    ids: dict[str, list[str]] = {}
    for name, each in exams.items():
        ids.setdefault(each.id, []).append(name)

    def called(said: str) -> str:
        if said in exams:
            return said
        if len(ids.get(said, [])) == 1:
            return ids[said][0]
        if not exams:
            raise Refused(messages.tell("the scheme takes an exam {exam!r}, but no exam is named; name its folder",
                                        exam=said))  # fmt: skip
        raise Refused(messages.tell("the scheme takes an exam {exam!r}, but the exams that are named are: {names}; "
                                    "name the folder of that name, or change exam: in the scheme", exam=said,
                                    names=messages.listed(exams)))  # fmt: skip

    components = tuple(replace(each, exams=tuple(called(exam) for exam in each.exams)) for each in made.components)
    return replace(made, components=components)

