"""Responses in batches: the tables and the words of a file that is read whole, however it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import intake
from qbank.intake import Table
from qbank.model import Problem, Refused

COLUMNS = ("Q1", "Q2.1", "Q2.2", "Q3")
Told = tuple[list[list[str]], list[int], tuple[str, ...], tuple[str, ...], list[str]]


def whole(path: Path) -> Told | list[str]:
    try:
        table = intake.responses(path, COLUMNS)
    except Refused as refused:
        return [str(each) for each in refused.problems]
    return told([table], table.problems)


def batched(path: Path, rows: int) -> Told | list[str]:
    try:
        batches = intake.Batches(path, COLUMNS, rows)
        tables = list(batches)
        return told(tables, batches.problems)
    except Refused as refused:
        return [str(each) for each in refused.problems]


def told(tables: Sequence[Table], problems: Sequence[Problem]) -> Told:
    rows = [[str(cell) for cell in row] for each in tables for row in (*each.frame.rows(), *each.marks.rows())]
    return (sorted(rows), [line for each in tables for line in each.lines], sum((each.forms for each in tables), ()),
            sum((each.names for each in tables), ()), sorted(str(each) for each in problems))  # fmt: skip


HEAD = "candidate,name,form,absent,Q1,Q2.1,Q2.2,Q3\n"
FILES = {
    "plain": HEAD + "".join(f"20{n},王{n},A,,{n},b,c,'=d\n" for n in range(9)),
    "titles, blank lines, totals":
        "期末考试\n\n学号,Q1,Q2.1,Q2.2,Q3\n1,a,b,c,d\n\n2,a,,,\n,合计,,,\n3,x,y,z,w\n总计 3 人,,,,\n",
    "a separator line and semicolons": "sep=;\ncandidate;Q1;Q3\n1;1,5;x\n2;;\n",
    "twice, in two places": "candidate,Q1\n1,a\n2,b\n3,c\n1,d\n5,e\n2,f\n1,g\n",
    "blank and spoilt numbers": "candidate,Q1\n1,a\n,b\n3.5E+20,c\n1,d\n",
    "a row that is too long": "candidate,Q1\n1,a\n2,b,c\n3,c\n",
    "a cell without a heading": "candidate,Q1,\n1,a,\n2,b,x\n3,c,\n",
    "a running number without a heading": ",candidate,Q1\n1,11,a\n2,12,b\n3,13,c\n",
    "two columns of numbers, one of them empty": "SIS User ID,ID,Q1\n,1,a\n,2,b\n,3,c\n",
    "two columns of numbers, one of them filled late": "SIS User ID,ID,Q1\n,1,a\n,2,b\nx,3,c\n",
    "two that count": "学号,id,Q1\n1,1,a\n2,2,b\n",
    "absent, and what that is not": "candidate,absent,Q1\n1,yes,a\n2,,b\n3,maybe,c\n4,perhaps,d\n",
    "a run": "candidate,Q1-Q3\n1,abcd\n2,abc\n3,abcd\n",
    "marks by hand, a part twice, a stranger": "candidate,Q1,Q1 marks,q1,Q9\n1,a,2,b,c\n2,a,x,b,c\n",
    "quotation marks that do not match": 'candidate,Q1\n1,"a"b\n2,c\n',
    "nothing below the headings": "candidate,Q1\n",
    "nothing": "\n\n",
    "no answers": "candidate,name\n1,a\n2,b\n",
    "no numbers": "Q1,Q3\n1,a\n2,b\n",
}


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
@pytest.mark.parametrize("name", FILES)
def test_batches_say_what_the_whole_says(tmp_path: Path, name: str, rows: int) -> None:
    path = tmp_path / "responses.csv"
    path.write_text(FILES[name], encoding="utf-8")

    assert batched(path, rows) == whole(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_batches_read_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "responses.csv"
    path.write_bytes("学号,姓名,Q1\n1,王小明,电阻\n2,李四,电压\n3,张三,电流\n".encode(encoding))

    assert batched(path, 2) == whole(path)


CELLS = st.text(st.sampled_from("ab12=-'\" ,;\n\té合计："), max_size=5)


@given(st.lists(st.tuples(st.integers(1, 12), CELLS, CELLS), min_size=1, max_size=12), st.integers(1, 5))
def test_batches_are_the_whole_whatever_is_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str, str]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    frame = pl.DataFrame(rows, schema={"candidate": pl.String, "Q1": pl.String, "Q3": pl.String}, orient="row",
                         strict=False)  # fmt: skip
    intake.write(folder / "responses.csv", frame)
    intake.write(folder / "responses.parquet", frame)

    for name in ("responses.csv", "responses.parquet"):
        assert batched(folder / name, size) == whole(folder / name)


SIGNS = st.one_of(st.sampled_from("'=+-@\t\r\n＝＋－＠0９.eE"), st.characters(codec="utf-8"))


@given(st.lists(st.text(SIGNS), max_size=8))
def test_a_table_is_inert_cell_by_cell(texts: list[str]) -> None:
    frame = pl.DataFrame({"a": texts}, schema={"a": pl.String})
    guarded = pl.DataFrame({"a": [intake.inert(text) for text in texts]}, schema={"a": pl.String})
    plain = guarded.write_csv(include_bom=True, line_terminator="\r\n").encode()

    assert intake.csv_bytes(frame) == plain


def test_parquet_holds_texts_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "responses.parquet"
    pl.DataFrame({
        "candidate": ["007", "008"], "Q1": ["'=1", None], "Q2.1": pl.Series(["b", "a"], dtype=pl.Categorical),
        "Q2.2": pl.Series([None, None], dtype=pl.Null), "Q3": pl.Series(["x", "y"], dtype=pl.Enum(["x", "y"])),
    }).write_parquet(path)  # fmt: skip

    table = intake.responses(path, COLUMNS)

    assert table.frame.rows() == [("007", False, "'=1", "b", "", "x"), ("008", False, "", "a", "", "y")]
    assert (table.lines, table.problems) == ((1, 2), ())
    assert batched(path, 1) == whole(path)


def test_parquet_of_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "responses.parquet"
    pl.DataFrame({"candidate": [7, 8], "Q1": [1.0, 2.5], "Q3": ["a", "b"]}).write_parquet(path)

    for read in (lambda: intake.responses(path, COLUMNS), lambda: list(intake.Batches(path, COLUMNS, 1))):
        with pytest.raises(Refused) as caught:
            read()
        (problem,) = caught.value.problems
        assert problem.message == (
            f"{path}: columns that are not text: 'candidate' (Int64), 'Q1' (Float64); they do not distinguish 1 and 1.0"
        )
        assert problem.proposal == "write these columns as strings, as they were typed"


def test_a_damaged_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "responses.parquet"
    path.write_bytes(b"PAR1" + b"x" * 50 + b"PAR1")

    with pytest.raises(Refused, match=r"not a Parquet file, or damaged"):
        intake.responses(path, COLUMNS)
