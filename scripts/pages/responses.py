"""What rosters and responses may hold: headings, runs of choices, what a spreadsheet does to a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pages.tables import code, listed, table
from pages.words import say
from qbank.intake import _accommodations, _headings, _people, _responses, _runs

ELSE = "if none of the above is there"
RUNS = ("ABCDA BCDDA", "AB-DA", "A(ACD)B", "abcda", "√×√√×", "A,B,C", "AB1DA")
NUMBERS = ("20230101", "0071", "20230101.0", "2.0230101E+07", "2.02301E+11", "1E5")


def headings() -> str:
    """The headings that are known, those that count first on top."""
    rows = [(say("the candidate's number"), _headings.NUMBER[0])]
    rows += [(say(ELSE), names) for names in _headings.NUMBER[1:]]
    rows += [(say("name"), _headings.NAME[0]), (say(ELSE), _headings.NAME[1])]
    rows += [(say("name in two columns"), _headings.GIVEN), (say("with the second column"), _headings.FAMILY)]
    rows += [(say("class"), _headings.GROUP[0]), *((say(ELSE), names) for names in _headings.GROUP[1:])]
    rows += [(say("form"), _headings.FORM[0]), (say("absent"), _headings.ABSENT[0])]
    rows += [(say("accommodation"), _headings.ACCOMMODATION[0])]
    return table(("column", "headings"), [(what, listed(sorted(names))) for what, names in rows])


def accommodations() -> str:
    """What a cell of the column `accommodation` may hold."""
    words = _accommodations
    times = ("extra time 25%", "+25%", "extra time: 30 min", "延长 25%", "加时 30 分钟")
    rows = [("large print", words.LARGE_PRINT), ("extra time", times), ("nothing", words.NOTHING)]
    return table(("granted", "cell"), [(say(what), listed(told)) for what, told in rows])


def absent() -> str:
    """What a cell of the column `absent` may hold."""
    yes, no = (sorted(word for word in words if word) for words in (_responses._YES, _responses._NO))
    rows = [(say("yes"), listed(yes)), (say("no"), say("{words} or nothing", words=listed(no)))]
    return table(("absent", "cell"), rows)


def runs() -> str:
    """How choices typed in a run are parted."""
    rows = []
    for text in RUNS:
        read = _runs.split(text)
        if isinstance(read, str):
            rows.append((code(text), say("cannot be read at {place}", place=code(read))))
        else:
            rows.append((code(text), " · ".join(each or say("(blank)") for each in read)))
    return table(("typed", "answers"), rows)


def numbers() -> str:
    """What becomes of candidates' numbers that a spreadsheet has changed."""
    rows = [(code(text), code(found) if (found := _people.restored(text)) else say("refused: its digits are lost"))
            for text in NUMBERS]  # fmt: skip
    return table(("in the file", "read as"), rows)


INSERTS: Mapping[str, Callable[..., str]] = {
    "headings": headings, "accommodations": accommodations, "absent": absent, "runs": runs,
    "candidate-numbers": numbers,
}  # fmt: skip
