"""Papers: a blueprint, a bank, a roster and a seed make an exam; an exam makes sheets and answer books.

An `Exam` holds the keys; what leaves this room for candidates is a `sheets.Sheet`, which cannot.
"""

from __future__ import annotations

from qbank.papers._record import FORMAT, RECORD
from qbank.papers.attachments import attachments
from qbank.papers.book import alone, book
from qbank.papers.compose import compose
from qbank.papers.exam import Exam, Placed, Section
from qbank.papers.items import items, pools
from qbank.papers.questions import key, labels, question, worked
from qbank.papers.sealed import files, opened, pictures
from qbank.papers.serial import exam_number
from qbank.papers.sheet import sheet
from qbank.papers.sightings import Sightings, sightings

__all__ = [
    "FORMAT", "RECORD", "Exam", "Placed", "Section", "Sightings", "alone", "attachments", "book", "compose",
    "exam_number", "files", "items", "key", "labels", "opened", "pictures", "pools", "question", "sheet", "sightings",
    "worked",
]  # fmt: skip
