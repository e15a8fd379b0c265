"""What answers of every kind earn, as the table of written answers says: one by one, and as a batch."""

from __future__ import annotations

from itertools import groupby

import pytest
from test_kinds import last, part
from word_neighbours import NEIGHBOURS
from written_answers import ANSWERED, MARKED, NOT_NUMBERS, NUMBERS, Marked
from written_kinds import KINDS
from yaml import BaseLoader, load

from qbank import registry
from qbank.model import Example

ROWS = [*(Marked(f"kind: number, {row.part}", *row[1:]) for row in MARKED), *ANSWERED, *NEIGHBOURS, *KINDS]
BATCHES = {name: list(rows) for name, rows in groupby(sorted(ROWS, key=lambda row: row.part), key=lambda row: row.part)}


def kind_of(row: Marked) -> str:
    kind: str = load(f"{{{row.part}}}", Loader=BaseLoader)["kind"]
    return kind


def test_the_tables_are_long_and_leave_no_kind_out() -> None:
    assert len(NUMBERS) + len(NOT_NUMBERS) + len(ROWS) >= 400
    assert {kind_of(row) for row in ROWS} == set(registry.tags("answers"))
    said = [(row.part, row.text) for row in ROWS]
    assert len(said) == len(set(said))


ONE_BY_ONE = [*ANSWERED, *NEIGHBOURS, *KINDS]


@pytest.mark.parametrize("row", ONE_BY_ONE, ids=[f"{kind_of(row)} {row.text[:30]!r}" for row in ONE_BY_ONE])
def test_an_answer_earns_what_the_table_says(row: Marked) -> None:
    steps = part(kind_of(row), Example(f"{{{row.part}}}", row.text, row.credit, row.note)).marked([row.text], [0])

    assert (steps.credit[0], last(steps)) == (pytest.approx(row.credit), row.note), row.remark


@pytest.mark.parametrize("rows", BATCHES.values(), ids=[name[:40] for name in BATCHES])
def test_a_batch_earns_what_its_rows_do(rows: list[Marked]) -> None:
    one = rows[0]
    steps = part(kind_of(one), Example(f"{{{one.part}}}", one.text, one.credit, one.note)).marked(
        [row.text for row in rows], [0] * len(rows)
    )

    assert [(last(steps, place), row.text[:40]) for place, row in enumerate(rows)] == [
        (row.note, row.text[:40]) for row in rows
    ]
    assert steps.credit.tolist() == pytest.approx([row.credit for row in rows])
