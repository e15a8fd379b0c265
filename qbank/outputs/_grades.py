"""What the gradebook of another system is told of an exam: a total a candidate, and what is not final."""

from __future__ import annotations

from qbank import intake, messages
from qbank.grading import Totals
from qbank.model import Bilingual, Lang, printed_marks
from qbank.outputs import Loss, Written
from qbank.papers import Exam
from qbank.scales import Final

WORDS = {
    "waiting": Bilingual(
        zh="{count} 处待人工评阅，总分可能改变", en="answers that wait for a person: {count}; the total may change"
    ),
}


def title(exam: Exam, final: Final, lang: Lang) -> str:
    """The heading of the totals: the name of the exam and what they are out of, such as `Midterm (60)`."""
    return f"{exam.title[lang]} ({full(final)})"


def full(final: Final) -> str:
    """What the totals are out of."""
    return printed_marks(final.full)


def remarks(totals: Totals, final: Final, lang: Lang) -> list[str]:
    """For each candidate: what became of their examination in a word, or that answers wait, or nothing."""
    told = []
    for word, waiting in zip(final.words, totals.waiting.tolist(), strict=True):
        waits = WORDS["waiting"][lang].format(count=waiting) if waiting else ""
        told.append(word[lang] or waits)
    return told


def written(totals: Totals, columns: dict[str, list[str]]) -> Written:
    """The table as CSV in which a spreadsheet computes nothing; a total that is not final is a loss."""
    import polars as pl

    losses = tuple(
        Loss(who.id, "", messages.tell_many(
            waiting,
            "{count} answer waits for a person: this total is not final",
            "{count} answers wait for a person: this total is not final",
        ))
        for who, waiting in zip(totals.candidates, totals.waiting.tolist(), strict=True) if waiting
    )  # fmt: skip
    return Written(intake.csv_bytes(pl.DataFrame(columns)), len(totals.candidates), losses)
