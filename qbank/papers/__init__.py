"""Papers: a blueprint, a bank, a roster and a seed make an exam; an exam makes sheets and answer books.

An `Exam` holds the keys; what leaves this room for candidates is a `sheets.Sheet`, which cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.papers._addition import ADDED, Addition
    from qbank.papers._addition import parsed as addition
    from qbank.papers._again import blueprint as again
    from qbank.papers._attachments import attachments
    from qbank.papers._book import alone, book
    from qbank.papers._compose import compose, composed
    from qbank.papers._enrolled import enrolled
    from qbank.papers._items import exported, items, pools
    from qbank.papers._mixed import is_mixture, mixed, mixture, variant
    from qbank.papers._mixed import name as question_name
    from qbank.papers._record import FORMAT, RECORD
    from qbank.papers._sheet import sheet
    from qbank.papers._sightings import Sightings, sightings
    from qbank.papers.exam import Exam, Placed, Section
    from qbank.papers.expected import facility as expected_facility
    from qbank.papers.expected import minutes as expected_minutes
    from qbank.papers.late import enlarged
    from qbank.papers.past import Past
    from qbank.papers.questions import explained, key, labels, question, worked
    from qbank.papers.sealed import added, files, opened
    from qbank.papers.serial import exam_number
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("ADDED", "Addition"), "_addition"),
        "addition": "_addition.parsed",
        "again": "_again.blueprint",
        **dict.fromkeys(("FORMAT", "RECORD"), "_record"),
        "attachments": "_attachments",
        **dict.fromkeys(("alone", "book"), "_book"),
        **dict.fromkeys(("compose", "composed"), "_compose"),
        "enrolled": "_enrolled",
        **dict.fromkeys(("Exam", "Placed", "Section"), "exam"),
        "expected_facility": "expected.facility",
        "expected_minutes": "expected.minutes",
        **dict.fromkeys(("exported", "items", "pools"), "_items"),
        **dict.fromkeys(("is_mixture", "mixed", "mixture", "variant"), "_mixed"),
        "question_name": "_mixed.name",
        "enlarged": "late",
        "Past": "past",
        **dict.fromkeys(("explained", "key", "labels", "question", "worked"), "questions"),
        **dict.fromkeys(("added", "files", "opened"), "sealed"),
        "exam_number": "serial",
        "sheet": "_sheet",
        **dict.fromkeys(("Sightings", "sightings"), "_sightings"),
    })  # fmt: skip

__all__ = [
    "ADDED", "FORMAT", "RECORD", "Addition", "Exam", "Past", "Placed", "Section", "Sightings", "added", "addition",
    "again", "alone", "attachments", "book", "compose", "composed", "enlarged", "enrolled", "exam_number",
    "expected_facility", "expected_minutes", "explained", "exported", "files", "is_mixture", "items", "key", "labels",
    "mixed", "mixture", "opened", "pools", "question", "question_name", "sheet", "sightings", "variant",
    "worked",
]  # fmt: skip
