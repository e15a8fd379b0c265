"""Papers that another system put together: it drew every question by itself, so one candidate has several forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from qbank.papers.exam import Exam


def code(exam: Exam, form: int, number: int) -> str:
    """What is shown on a question for another system: its form and its number, `A-7`."""
    return f"{exam.forms[form]}-{number}"


def variant(exam: Exam, said: str) -> tuple[int, int] | None:
    """The form and the number of the question that a code names; None for what is no code of the exam."""
    name, _, digits = said.rpartition("-")
    form = exam.form(name)
    known = digits.isascii() and digits.isdecimal() and int(digits) in {placed.number for _, placed in exam.placed()}
    return (form, int(digits)) if form is not None and known and form < len(exam.forms) - exam.mixtures else None


def mixture(exam: Exam, codes: Sequence[str]) -> str:
    """What is written for the form of a candidate who had the questions of these codes: the form, if it is one."""
    found = [variant(exam, each) for each in codes]
    forms = {form for form, _ in filter(None, found)}
    return exam.forms[forms.pop()] if len(forms) == 1 and None not in found else " ".join(codes)


def mixed(exam: Exam, said: Iterable[str]) -> Exam:
    """The exam with one more form for each mixture that is said, `A-1 C-2 B-3`: every question with its own values.

    A question that a mixture does not name was not seen; it has the values of the first form. What is no mixture is
    left as it is.
    """
    found: dict[str, Mapping[int, int]] = {}
    for each in dict.fromkeys(said):
        named = [variant(exam, one) for one in each.split()]
        numbers = {number: form for form, number in filter(None, named)}
        if exam.form(each) is None and numbers and len(numbers) == len(named):
            found[each.strip()] = numbers
    if not found:
        return exam
    own = np.arange(len(exam.forms))
    drawn = {
        placed.item.id: exam.drawn[placed.item.id].take(
            np.concatenate([own, [numbers.get(placed.number, 0) for numbers in found.values()]]))
        for _, placed in exam.placed()
    }  # fmt: skip
    return replace(exam, forms=(*exam.forms, *found), drawn=drawn, mixtures=exam.mixtures + len(found))
