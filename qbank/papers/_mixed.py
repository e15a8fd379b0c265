"""Papers that another system put together: it drew every question by itself, so one candidate has several forms."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from qbank.papers.exam import Exam, Placed

_CODE = re.compile(r"(.+?)-(\d{1,4})(?:-([A-Z2-7]{3}))?")


def code(exam: Exam, form: int, placed: Placed) -> str:
    """What is shown on a question for another system: its form, its number, and a check, `A-7-K3Q`."""
    return f"{name(exam, form, placed.number)}-{_check(exam, form, placed)}"


def name(exam: Exam, form: int, number: int) -> str:
    """What a question is called by the form that its values are from, `A-7`; a mixture names the form of each."""
    said = exam.forms[form]
    own = said.split() if form >= _sealed(exam) else ()
    return next((each for each in own if each.endswith(f"-{number}")), f"{said}-{number}")


def _sealed(exam: Exam) -> int:
    """How many forms the exam has of its own; mixtures come after them."""
    return len(exam.forms) - exam.mixtures


def _check(exam: Exam, form: int, placed: Placed) -> str:
    """Three letters that another exam, another item or other values hardly have: so no answer meets a wrong key.

    They are made of what candidates see, the drawn values, and of the item's text; not of keys or the seed.
    """
    drawn, source = exam.drawn[placed.item.id], exam.item_sources[placed.item.id]
    told = sha256(exam.id.encode() + b"\0" + source.text)
    columns = {name: column.values for name, column in drawn.columns.items()}
    columns |= {f"{part} {name}": each for part, own in drawn.arrangements.items() for name, each in own.items()}
    for name, values in sorted(columns.items()):
        told.update(f"\0{name}\0{values[form].tolist()!r}".encode())
    return b32encode(told.digest())[:3].decode()


def variant(exam: Exam, said: str, *, checked: bool = False) -> tuple[int, int] | None:
    """The form and the number of the question that a code names; None for what is no code of the exam.

    A check that is there must be right; where the code is not to be `checked`, a person may have left it out.
    """
    match = _CODE.fullmatch(said)
    form = exam.form(match[1]) if match else None
    _, placed = exam.numbered().get(int(match[2]), (None, None)) if match else (None, None)
    if match is None or form is None or placed is None or form >= _sealed(exam):
        return None
    allowed = () if checked else (None,)
    return (form, placed.number) if match[3] in (*allowed, _check(exam, form, placed)) else None


def mixture(exam: Exam, codes: Sequence[str]) -> str:
    """What is written for the form of a candidate who had the questions of these codes: the form, if it is one."""
    found = [found for each in codes if (found := variant(exam, each)) is not None]
    forms = {form for form, _ in found}
    return exam.forms[forms.pop()] if len(forms) == 1 else " ".join(name(exam, *each) for each in found)


def is_mixture(said: str) -> bool:
    """Whether a text is written as a mixture is: several codes.

    >>> is_mixture("A-1 C-2"), is_mixture("A"), is_mixture("A-1")
    (True, False, False)
    """
    codes = said.split()
    return len(codes) > 1 and all(map(_CODE.fullmatch, codes))


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
