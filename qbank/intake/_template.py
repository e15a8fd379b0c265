"""A department's own table, to be filled in: whose row it is, which columns there are, what the cells hold already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from qbank import files, messages
from qbank.intake import _headings, _sorts, _table
from qbank.intake._layout import Line
from qbank.model import Problem, Refused

Entries: TypeAlias = "Mapping[tuple[int, int], Entry]"


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into a cell: a text, or a number as it is printed."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A table to fill in; rows and columns count from 0.

    `texts` are the cells that hold something, `formulas` those that compute it, `covered` those that a merged cell
    hides; `headings` says for each column of a block what its heading cells say. `filled` writes entries into the file
    as it is and gives its bytes; `place` names a cell in messages.
    """

    file: str
    texts: Mapping[tuple[int, int], str]
    lines: tuple[Line, ...]
    headings: tuple[Mapping[int, tuple[str, ...]], ...]
    place: Callable[[int, int], str]
    filled: Callable[[Entries], bytes]
    formulas: frozenset[tuple[int, int]] = frozenset()
    covered: frozenset[tuple[int, int]] = frozenset()
    problems: tuple[Problem, ...] = ()

    def under(self, names: Iterable[str]) -> tuple[int, ...] | None:
        """For each block the column with one of these headings (see `_headings.bare`), None where there is none.

        Raises Refused for a block with two.
        """
        wanted = frozenset(names)
        found = [self._columns(block, wanted) for block in self.headings]
        if not any(found):
            return None
        for columns in found:
            if len(columns) != 1:
                heads = messages.listed(repr(name) for name in sorted(wanted & self._names(_headings.bare)))
                raise Refused(
                    messages.tell("{file}: two columns have the heading {heading}; give the one to fill: --column "
                                  "HEADING", file=self.file, heading=heads)
                    if columns else
                    messages.tell("{file}: not every part of the table has a column with the heading {heading}; give "
                                  "the one to fill: --column HEADING", file=self.file, heading=heads)
                )  # fmt: skip
        return tuple(columns[0] for columns in found)

    def has(self, heading: str) -> bool:
        """Whether a block has a column with a heading."""
        return _headings.bare(heading) in self._names(_headings.bare)

    def named(self, heading: str) -> tuple[int, ...]:
        """For each block the column with a given heading. Raises Refused where there is none."""
        for shape, lowest in ((_headings.folded, True), (_headings.bare, True), (_headings.folded, False)):
            found = [[at for at, heads in block.items()
                      if shape(heading) in map(shape, heads[-1:] if lowest else heads)]
                     for block in self.headings]  # fmt: skip
            if all(len(columns) == 1 for columns in found):
                return tuple(columns[0] for columns in found)
            if any(len(columns) > 1 for columns in found):
                raise Refused(messages.tell("{file}: several columns have the heading {heading!r}; rename one in a "
                                            "copy",
                                            file=self.file, heading=heading))  # fmt: skip
        known = messages.listed(repr(each) for each in self.written())
        raise Refused(messages.tell("{file}: no column has the heading {heading!r}; the headings are {headings}",
                                    file=self.file, heading=heading, headings=known))  # fmt: skip

    def cells(self, columns: tuple[int, ...]) -> list[str]:
        """What each line has in its block's column."""
        return [self.texts.get((line.row, columns[line.block]), "").strip() for line in self.lines]

    def marks(self, *, whole: bool) -> tuple[int, ...] | None:
        """The column in which the department wants the mark: of the course where `whole`, else of the exam.

        None where there is none. Raises Refused where there are several that may be meant.
        """
        ranks = [_headings.TOTAL, _headings.MARK] if whole else [_headings.TOTAL | _headings.MARK | _headings.EXAM]
        for rank in ranks:
            told = self.having([rank])
            if len(told) > 1:
                raise Refused(messages.tell("{file}: several columns may be meant: {columns}; give one: --column "
                                            "{last}",
                                            file=self.file, columns=messages.listed(map(repr, told)),
                                            last=told[-1]))  # fmt: skip
            if told:
                return self.under(rank)
        return None

    def grades(self) -> tuple[int, ...] | None:
        """The column of the grade in words or letters."""
        return self.under(_headings.GRADE)

    def points(self) -> tuple[int, ...] | None:
        """The column of the grade's points."""
        return self.under(_headings.POINTS)

    def remarks(self) -> tuple[int, ...] | None:
        """The column of remarks."""
        return self.under(_headings.REMARK)

    def written(self) -> list[str]:
        """The headings of the first block as they are written, without repetitions."""
        return list(dict.fromkeys(head for heads in self.headings[0].values() for head in heads))[:20]

    def having(self, sets: Sequence[frozenset[str]]) -> list[str]:
        """The headings of the first block that are among some sets, as they are written."""
        wanted = frozenset().union(*sets)
        return [self.headings[0][at][-1] for at in self._columns(self.headings[0], wanted)]

    def _columns(self, block: Mapping[int, tuple[str, ...]], wanted: frozenset[str]) -> list[int]:
        """The columns whose lowest heading is among the wanted: 成绩 above 平时 and 期末 is the heading of neither."""
        return [at for at, heads in block.items() if _headings.bare(heads[-1]) in wanted]

    def _names(self, shape: Callable[[str], str]) -> set[str]:
        return {shape(each) for block in self.headings for heads in block.values() for each in heads}


def template(path: Path, sheet: str = "") -> Template:
    """The table in a file, of a workbook in the named sheet or the first visible one that has candidates' numbers.

    Raises Refused for a file that is not a table, or has no column of numbers or no candidate.
    """
    from qbank.intake import _template_csv, _template_xlsx

    files.need_regular(path)
    ending = path.suffix.lower()
    if ending == ".xls":
        raise Refused(messages.tell("{file}: an .xls file of old Excel cannot be filled in without losing some of it; "
                                    "open it in a spreadsheet, save it as .xlsx, fill that in, and save the result as "
                                    ".xls again", file=path))  # fmt: skip
    try:
        tag = _table.form(path)
        _sorts.need(path, tag)
        if tag == "xlsx":
            return _template_xlsx.template(path, sheet)
        if sheet:
            raise Refused(messages.tell("{file}: the file has no sheets; leave out --sheet", file=path))
        return _template_csv.template(path)
    except OSError as error:
        raise Refused(
            messages.tell("{file}: cannot be read: {reason}", file=path, reason=messages.reason(error))
        ) from error
