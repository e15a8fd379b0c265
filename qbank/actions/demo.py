"""The whole way in one go: a class, its papers, simulated answers, their marks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qbank import intake, messages
from qbank.actions import simulate
from qbank.actions._watching import Watch, quietly
from qbank.actions.grade import grade
from qbank.actions.make_paper import make_paper, quiet
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.model import Bilingual, Lang

CLASS, BLUEPRINT, SEED = 30, "electronics-final", "demo"
SIMULATED = Bilingual(zh="（模拟数据）", en=" (simulated data)")
"""What the demonstration adds to the title of its exam, so that papers, report and feedback show it."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration made: the marks, and the files to look at with a word on each."""

    graded: Graded
    look: tuple[tuple[Path, str], ...]


def demo(source: Bank, folder: Path, *, lang: Lang = "zh", replace: bool = False, watch: Watch = quietly,
         kept: Callable[[Path], object] = quiet) -> Demo:
    """A class of 30, a paper for each, a simulated set of answers, graded. Raises Refused when the folder is taken.

    With `replace`, what was there is kept beside it, and `kept` is called with the place.
    """
    candidates = simulate.roster(CLASS, SEED, lang)
    exam = make_paper(
        _simulated(source),
        BLUEPRINT,
        folder,
        candidates=candidates,
        forms="each",
        langs=(lang,),
        seed=SEED,
        web_pages=1,
        replace=replace,
        sat=replace,
        kept=kept,
        watch=watch,
    ).exam
    responses = folder / "responses-simulated.csv"
    intake.write(responses, simulate.responses(exam, SEED))
    graded = grade(folder, responses)
    first = candidates[0].id
    return Demo(
        graded,
        (
            (folder / f"sheets/{first}.pdf", messages.tell("the paper of the first candidate (every candidate has "
                                                           "other values)")),
            (folder / f"sheets/{first}.html", messages.tell("the same as a web page")),
            (folder / f"private/answer-book-{exam.forms[0]}.pdf",
             messages.tell("its answer book with worked solutions")),
            (folder / "private/marking-list.pdf", messages.tell("every candidate's keys in a table, for marking on "
                                                                "paper")),
            (responses, messages.tell("SIMULATED answers: no person wrote them")),
            (folder / "results/marks.csv", messages.tell("the marks")),
            (folder / "results/unreadable.csv", messages.tell("answers that wait for a person")),
            (folder / "results/report.html", messages.tell("the class report: distribution, questions, mistakes, "
                                                           "reasons")),
        ),
    )


def _simulated(source: Bank) -> Bank:
    """The bank with a title of the blueprint that shows that the data are simulated."""
    plan = source.blueprint(BLUEPRINT)
    title = Bilingual(zh=plan.title["zh"] + SIMULATED["zh"], en=plan.title["en"] + SIMULATED["en"])
    told = plan.model_copy(update={"title": title})
    return dataclasses.replace(source, blueprints={**source.blueprints, BLUEPRINT: told})
