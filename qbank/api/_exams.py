"""A sealed exam in Python: its questions and candidates, its grading, and what happens to it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qbank import files, intake, papers
from qbank.actions import add as adding
from qbank.actions import complain as complaining
from qbank.actions import correct as correcting
from qbank.actions import feedback as explaining
from qbank.actions import grade as grading
from qbank.actions import regrade as regrading
from qbank.actions import reprint as reprinting
from qbank.actions import review as reviewing
from qbank.actions import stats, status
from qbank.actions.feedback import Pages
from qbank.api._regraded import Regraded
from qbank.api._results import Results
from qbank.complaints import Verdict
from qbank.model import Bilingual, Candidate, Lang, State
from qbank.regrades import Policy

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class Exam:
    """A sealed exam in its folder; `read` is what is sealed in it."""

    folder: Path
    read: papers.Exam

    @property
    def title(self) -> Bilingual:
        """Its title, by language."""
        return self.read.title

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the responses: one for each part, in the order of the paper."""
        return tuple(self.read.columns())

    @property
    def candidates(self) -> pl.DataFrame:
        """A row a candidate: number, name, class, and the form of their paper."""
        import polars as pl

        people = self.read.candidates
        return pl.DataFrame({
            "candidate": [who.id for who in people], "name": [who.name for who in people],
            "group": [who.group for who in people],
            "form": [self.read.forms[int(form)] for form in self.read.form_of],
        }, schema=dict.fromkeys(("candidate", "name", "group", "form"), pl.String))  # fmt: skip

    def grade(
        self, responses: str | Path | pl.DataFrame | None = None, *, write: bool = True, system: str = "",
        scores: str | Path | None = None, fewer: bool = False,
    ) -> Results:  # fmt: skip
        """The marks of everyone in a table of responses (a file or a frame); by default, those graded last.

        A table that another system wrote is read as well: `system` is its tag ("moodle"), found where it is not said,
        `scores` a second table of what each question earned there. With `write`, the marks are in the exam's `results/`
        after it, as `qbank grade` leaves them. Raises Refused with every fault of the responses, and where somebody who
        was graded before has no row, unless `fewer` is said; nothing is written then.
        """
        if responses is None or isinstance(responses, str | Path):
            path = None if responses is None else Path(responses)
            second = None if scores is None else Path(scores)
            return Results(grading.grade(self.folder, path, write=write, system=system, scores=second, fewer=fewer))
        with _written(responses) as path:
            return Results(grading.grade(self.folder, path, write=write, fewer=fewer))

    def add(
        self, roster: str | Path | Sequence[Candidate] = (), *, spares: int = 0, by: str, why: str = "",
        only_new: bool = False, templates: str | Path | None = None,
    ) -> Exam:  # fmt: skip
        """The exam with late candidates (a table, or the candidates) and more spare papers, as `qbank add` seals them.

        Raises Refused, and changes nothing, for a candidate on the roster, unless those are passed over (only_new).
        """
        people = intake.roster(Path(roster)).candidates if isinstance(roster, str | Path) else roster
        own = Path(templates) if templates is not None else None
        adding.add(self.folder, people, spares=spares, by=by, why=why, only_new=only_new, templates=own)
        return open_exam(self.folder)

    def assign(self, candidate: str, paper: str, *, name: str = "", by: str, why: str = "") -> Exam:
        """The exam with a spare paper, by its code, given to a candidate, who may be new. Raises Refused."""
        correcting.assign(self.folder, candidate, paper, name=name, by=by, why=why)
        return open_exam(self.folder)

    def take_back(self, candidate: str, paper: str, *, by: str, why: str = "") -> Exam:
        """The exam without a spare paper that was recorded for a candidate by mistake. Raises Refused."""
        correcting.take_back(self.folder, candidate, paper, by=by, why=why)
        return open_exam(self.folder)

    def correct(self, candidate: str, *, number: str = "", name: str = "", by: str, why: str = "") -> Exam:
        """The exam with the right number or name of a candidate. Raises Refused."""
        correcting.correct(self.folder, candidate, number=number, name=name, by=by, why=why)
        return open_exam(self.folder)

    def record(self, state: State, *candidates: str, by: str, why: str = "") -> None:
        """Record what became of candidates' examinations; the next grading counts it. Raises Refused."""
        status.status(self.folder, candidates, state, by=by, why=why)

    def reprint(self, who: str, target: str | Path | None = None) -> tuple[Path, ...]:
        """The sheets of a candidate or a paper's code as they were sealed, copied to a folder or a file."""
        return reprinting.reprint(self.folder, who, Path(target) if target is not None else None)

    def waiting(self, *, steps: bool = False, each: bool = False) -> pl.DataFrame:
        """The answers that wait for a person or are doubtful, as the list that `qbank review -o` writes.

        With `steps`, also those that lost marks in a part with steps; with `each`, equal answers have a row each.
        """
        graded = reviewing.to_decide(self.folder, steps=steps)
        lang = graded.exam.langs[0]
        return reviewing.frame(reviewing.waiting(graded, lang, steps=steps), lang, each=each)

    def review(self, filled: str | Path | pl.DataFrame, *, by: str) -> int:
        """Record the verdicts of such a list with its column `marks` or `read as` filled in; how many are new.

        The next grading counts them. Raises Refused with the line of every fault; nothing is recorded then.
        """
        if not isinstance(filled, str | Path):
            with _written(filled) as path:
                return self.review(path, by=by)
        sheet = intake.sheet(Path(filled))
        graded = reviewing.decided(self.folder, [sheet])
        return len(reviewing.keep_fresh(self.folder, graded.exam, reviewing.verdicts(graded, sheet, by=by)))

    def regrade(
        self, fixed: str | Path | None = None, *, item: str = "", parts: Sequence[str] = (), policy: Policy = "new",
        by: str = "", why: str = "",
    ) -> Regraded:  # fmt: skip
        """What a corrected item in a file, or a policy that needs none, would do to the marks; nothing is written yet.

        Raises Refused for an item that does not fit what was on the papers, and as `qbank regrade` does.
        """
        text = files.text(Path(fixed)) if fixed is not None else ""
        done = regrading.regrade(self.folder, text, file=str(fixed), policy=policy, item=item, parts=parts, by=by,
                                 why=why)  # fmt: skip
        return Regraded(self.folder, done)

    def feedback(
        self, *candidates: str, to: str | Path | None = None, key: bool = False, pdf: bool = False, mean: bool = False,
        lang: Lang | None = None, replace: bool = False,
    ) -> int:  # fmt: skip
        """A page for each candidate, or for these, in `results/feedback/` or in a zip file; how many there are."""
        pages = Pages(key, pdf, mean, lang, candidates)
        if to is not None:
            return explaining.archive(self.folder, Path(to), pages, replace=replace)
        return explaining.feedback(self.folder, pages)

    def complain(self, candidate: str, part: str, text: str, *, by: str) -> int:
        """Record a complaint about the marks of a part; its number."""
        return complaining.complain(self.folder, candidate, part, text, by=by).number

    def settle(self, complaint: int, outcome: Verdict, *, by: str, why: str = "") -> tuple[str, ...]:
        """Record the outcome of a complaint; the reviews and regrades since then that bear on the part."""
        return complaining.settle(self.folder, complaint, outcome, by=by, why=why).changed

    def keep_measures(self, bank: str | Path) -> Path:
        """Write what its items measured into a bank of one's own, as `qbank stats --into` does; the file.

        Raises Refused where answers still wait, fewer than five sat the exam, or the bank is the shipped one.
        """
        return stats.keep(stats.stats(self.folder), Path(bank))[0]

    def __repr__(self) -> str:
        read = self.read
        return (f"Exam({read.id!r} in {str(self.folder)!r}: {len(self.columns)} parts, {float(read.total):g} marks, "
                f"{len(read.candidates)} candidates)")  # fmt: skip


def open_exam(folder: str | Path) -> Exam:
    """The sealed exam in a folder. Raises Refused when there is none, or when it is not as it was sealed."""
    place = Path(folder)
    return Exam(place, grading.open_exam(place, figures=False))


@contextmanager
def _written(responses: pl.DataFrame) -> Iterator[Path]:
    """The responses as a file, as long as they are read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.csv"
        intake.write(path, responses)
        yield path
