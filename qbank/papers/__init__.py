"""Papers: a blueprint, a bank, a roster and a seed make an exam; an exam makes sheets and answer books.

An `Exam` holds the keys; what leaves this room for candidates is a `sheets.Sheet`, which cannot.
"""

from __future__ import annotations

from qbank.papers._addition import ADDED, Addition
from qbank.papers._addition import parsed as addition
from qbank.papers._again import blueprint as again
from qbank.papers._record import FORMAT, RECORD
from qbank.papers.attachments import attachments
from qbank.papers.book import alone, book
from qbank.papers.compose import compose, composed
from qbank.papers.enrolled import enrolled
from qbank.papers.exam import Exam, Placed, Section
from qbank.papers.expected import facility as expected_facility
from qbank.papers.expected import minutes as expected_minutes
from qbank.papers.items import items, pools
from qbank.papers.late import enlarged
from qbank.papers.past import Past
from qbank.papers.questions import explained, key, labels, question, worked
from qbank.papers.sealed import added, files, opened, pictures
from qbank.papers.serial import exam_number
from qbank.papers.sheet import sheet
from qbank.papers.sightings import Sightings, sightings

__all__ = [
    "ADDED", "FORMAT", "RECORD", "Addition", "Exam", "Past", "Placed", "Section", "Sightings", "added", "addition",
    "again", "alone", "attachments", "book", "compose", "composed", "enlarged", "enrolled", "exam_number",
    "expected_facility", "expected_minutes", "explained", "files", "items", "key", "labels", "opened", "pictures",
    "pools", "question", "sheet", "sightings", "worked",
]  # fmt: skip
