"""Final marks in Python: by a scale or a scheme, as a frame, as a file, or in the department's own table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.actions import anonymise as _anonymise
from qbank.actions import fill as _fill
from qbank.actions import marks as _marks
from qbank.actions import pack as _pack
from qbank.actions.anonymise import Anonymised
from qbank.actions.deliver import deliver
from qbank.actions.fill import Filled
from qbank.model import Lang, Problem

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class FinalMarks:
    """The marks of a registry, and the rules that made them."""

    done: _marks.Finals

    def rules(self, lang: Lang = "zh") -> list[str]:
        """What made the marks, in words."""
        return [rule[lang] for rule in self.done.final.rules]

    def frame(self, lang: Lang = "zh") -> pl.DataFrame:
        """A row a candidate: number, name, class, sections or components, mark, grade, points, remark, rule."""
        from qbank.reports import finalmarks

        done = self.done
        return finalmarks.frame(
            done.final, done.candidates, done.paper, lang, done.waiting.tolist(), texts=False
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was doubtful in the tables that were read."""
        return self.done.problems

    def write(
        self, path: str | Path, *, lang: Lang = "zh", anonymous: str = "", encoding: str = "utf-8",
        replace: bool = False,
    ) -> int:  # fmt: skip
        """Write a table (xlsx or csv) and return how many rows it has; `anonymous` is `code` or `last-4`.

        Raises Refused where another file is there, unless it is to be replaced.
        """
        made = _marks.table(self.done, Path(path), lang=lang, anonymous=anonymous, encoding=encoding)
        deliver(Path(path), made.content, replace=replace)
        return made.rows

    def fill(
        self, template: str | Path, output: str | Path, *, columns: Iterable[str] = (), sheet: str = "",
        overwrite: bool = False, replace: bool = False, lang: Lang = "zh",
    ) -> Filled:  # fmt: skip
        """Fill in the department's own table by number and write it; what was filled and what was not.

        Raises Refused where another file is there, unless it is to be replaced.
        """
        filled = _fill.filled(
            self.done, Path(template), columns=tuple(columns), sheet=sheet, overwrite=overwrite, lang=lang
        )
        deliver(Path(output), filled.content, replace=replace)
        return filled

    def keep(self, lang: Lang = "zh") -> tuple[Problem, ...]:
        """Keep the marks and their rule in the results of every exam, as `qbank marks` does; tells of read-only ones.
        """
        return _marks.keep(self.done, lang)

    def __len__(self) -> int:
        return len(self.done.candidates)

    def __repr__(self) -> str:
        return f"FinalMarks({', '.join(self.done.exams)}: {len(self)} candidates)"


def final_marks(
    *exams: str | Path, scale: str = "", best: int | None = None, step: Fraction | int | str | None = None,
    grade: str = "", scheme: str | Path | None = None, tables: Iterable[str | Path] = (),
) -> FinalMarks:  # fmt: skip
    """The final marks of graded exams, as `qbank marks` makes them: exact, and rounded once to multiples of `step`.

    Raises Refused for an exam that is not graded, and a rule that cannot be applied.
    """
    rounding = None if step is None else Fraction(step)
    rule = _marks.Rule(scale, best, rounding, grade, None if scheme is None else Path(scheme))
    return FinalMarks(_marks.finals([Path(each) for each in exams], rule, tables=[Path(each) for each in tables]))


def anonymise(exam: str | Path, target: str | Path, *, answers: bool = True) -> Anonymised:
    """A copy of a graded exam without people, in a new folder; `codes` gives who has which, and is kept nowhere."""
    return _anonymise.anonymise(Path(exam), Path(target), answers=answers)


def pack(exam: str | Path, target: str | Path, passphrase: str) -> int:
    """Write an exam into one encrypted file and return how many files it holds."""
    return _pack.pack(Path(exam), Path(target), passphrase)


def unpack(archive: str | Path, folder: str | Path, passphrase: str) -> int:
    """Write an exam out of such a file into a new folder, every file checked before."""
    return _pack.unpack(Path(archive), Path(folder), passphrase)
