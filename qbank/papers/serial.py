"""What a machine reads on each page: which exam, which seat; the page adds its own number.

A reader of the paper learns nothing from it that is not printed anyway. The exam's number is made from what its title
page says and from nothing else: made from the seed, it would let everybody try seeds.
"""

from __future__ import annotations

import hashlib

from qbank.papers.exam import Exam
from qbank.sheets import Serial

EXAMS = 1_000_000


def serial(exam: Exam, form: int) -> Serial:
    """What the pages of one form bear."""
    return Serial(exam_number(exam), form + 1)


def exam_number(exam: Exam) -> int:
    """A number of six digits for the blueprint's id, title, term and date.

    Two exams that agree in all of these have the same number; write `date:` into the blueprint.
    """
    term = exam.imprint.term
    said = (exam.id, exam.title.zh, exam.title.en, term.zh if term else "", term.en if term else "", exam.imprint.date)
    return int.from_bytes(hashlib.sha256("\0".join(said).encode()).digest()[:8], "big") % EXAMS
