"""What a roster grants a candidate, in words: large print, extra time.

    cell       := nothing | granted { separator granted }     separator: , ; 、 / or a new line
    granted    := large print | extra time so many % or minutes, in English or Chinese
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from qbank import messages
from qbank.intake import _headings, _table
from qbank.model import Accommodation, Problem, Refused

LARGE_PRINT = ("large print", "large", "大字", "大字卷", "大字版", "大字试卷")
NOTHING = ("none", "no", "无", "否", "-", "—")
EXTRA_TIME = ("extra time", "extra", "加时", "延时", "延长", "延长时间", "延长考试时间", "+")
"""Words before (or behind) an amount of time."""
MOST_PERCENT, MOST_MINUTES = 300.0, 600
"""More extra time is a mistake of whoever wrote it."""
_WORDS = "|".join(re.escape(each.replace(" ", "")) for each in sorted(EXTRA_TIME, key=len, reverse=True))
_TIME = re.compile(
    rf"(?:{_WORDS})?:?(?P<much>\d{{1,4}}(?:\.\d{{1,2}})?)(?:(?P<percent>%)|min|mins|minutes|分钟|分)(?:{_WORDS})?"
)


def accommodations(sheet: _table.Sheet) -> list[Accommodation]:
    """What each row is granted; nothing without such a column.

    Raises Refused with every cell that is not recognised, and for two such columns.
    """
    columns = _headings.found(sheet.header, _headings.ACCOMMODATION)
    if not columns:
        return [Accommodation()] * len(sheet.rows)
    if len(columns) > 1:
        heads = messages.listed(repr(sheet.header[at]) for at in columns)
        message = messages.tell("{file}: several columns mean the accommodations of a candidate: {columns}",
                                file=sheet.file, columns=heads)  # fmt: skip
        proposal = messages.tell("put them into one column, separated by ;")
        raise Refused(Problem("intake.column", message, proposal=proposal))
    granted, problems = [], []
    for written, line in zip(sheet.column(columns[0]), sheet.lines, strict=True):
        try:
            granted.append(accommodation(written))
        except ValueError as error:
            message = messages.tell("{file}, line {line}: {message}", file=sheet.file, line=line, message=error)
            problems.append(Problem("intake.accommodation", message, proposal=messages.tell(
                "write large print (大字卷), extra time 25% (延长 25%) or extra time 30 min (延长 30 分钟), or "
                "leave it empty")))  # fmt: skip
    if problems:
        raise Refused(*problems)
    return granted


def accommodation(written: str) -> Accommodation:
    """What a cell grants. Raises ValueError for what is not recognised, and for two amounts of time.

    >>> accommodation("大字卷；延长 30 分钟")
    Accommodation(large_print=True, percent=0.0, minutes=30)
    >>> accommodation("Extra time: 25 %")
    Accommodation(large_print=False, percent=25.0, minutes=0)
    """
    large, times = False, []
    for given, words in _words(written):
        time = _TIME.fullmatch(words)
        if words in _plain(LARGE_PRINT):
            large = True
        elif time is not None:
            percent = time["percent"] is not None
            much = float(time["much"])
            if not 0 < much <= (MOST_PERCENT if percent else MOST_MINUTES) or (not percent and much % 1):
                raise ValueError(messages.tell("the extra time {text!r} is not possible", text=given))
            times.append(Accommodation(percent=much) if percent else Accommodation(minutes=int(much)))
        elif words not in _plain(NOTHING):
            raise ValueError(messages.tell("the accommodation {text!r} is not recognised", text=given))
    if len(times) > 1:
        raise ValueError(messages.tell("{text!r} grants extra time twice", text=written.strip()))
    time_only = times[0] if times else Accommodation()
    return Accommodation(large, time_only.percent, time_only.minutes)


def _words(written: str) -> Iterator[tuple[str, str]]:
    """Each thing that a cell names, as written and folded."""
    for given in re.split(r"[,，;；、/\n]+", written):
        folded = re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", given)).casefold()
        if folded:
            yield given.strip(), folded


def _plain(words: Sequence[str]) -> list[str]:
    return [word.replace(" ", "") for word in words]
