"""What numbers earn, as the table of written numbers says; and two laws over the whole table."""

from __future__ import annotations

import pytest
from test_answers_number import bound, last, marked, spec_of
from written_numbers import ROWS, WAITS, Row

from qbank import model


def test_the_table_is_long_and_says_nothing_twice() -> None:
    said = [(row.part, row.text) for row in ROWS]

    assert len(said) >= 150
    assert len(said) == len(set(said))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part} {row.text}"[:70])
def test_a_number_earns_what_the_table_says(row: Row) -> None:
    spec = spec_of(row.part)
    steps = marked(spec, [row.text], bound(spec))
    note = last(steps)

    assert note == row.note, row.remark
    assert steps.credit[0] == pytest.approx(0.0 if row.credit == WAITS else row.credit), row.remark
    assert (note.endswith(model.WAITS) or note == "unreadable") == (row.credit == WAITS)
