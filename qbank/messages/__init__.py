"""What the program tells the person who runs it: English in the source, other languages from one table.

A message is a template whose gaps have names. The template is the key of the table
(`locale/zh/LC_MESSAGES/messages.po`; `scripts/build_messages.py` collects it from the source and compiles it):

>>> tell("{file}: {count} lines are empty", file="class.csv", count=3)
'class.csv: 3 lines are empty'

The language is that of the environment, as every program reads it (LANGUAGE, LC_ALL, LC_MESSAGES, LANG); `qbank --lang`
sets LANGUAGE, so that processes which are started later speak the same. What a candidate or an examiner reads on a page
is in the language of the exam and does not come from here.
"""

from __future__ import annotations

import errno
import gettext
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal, LiteralString, TypeAlias

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The languages that there are messages in; the first is that of the source."""
DOMAIN = "messages"
"""The name of the table: that of the default domain, for click looks its own texts up there."""
TABLES = Path(__file__).parent / "locale"
REASONS = tuple(map(os.strerror, (
    errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EROFS,
)))  # fmt: skip
"""The reasons of the system that there are translations of."""
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where the environment names a language, the first that is set first."""


def tell(template: LiteralString, /, **values: object) -> str:
    """A message in the language of the reader, its gaps filled as by `str.format`."""
    return translated(template).format(**values)


def tell_many(count: int, one: LiteralString, many: LiteralString, /, **values: object) -> str:
    """A message about a number of things, which fills the gap `count`.

    >>> tell_many(1, "{count} candidate", "{count} candidates")
    '1 candidate'
    """
    return _table(language()).ngettext(one, many, count).format(count=count, **values)


def translated(text: str) -> str:
    """A text of the program without gaps (a line of help, the meaning of a field) in the language of the reader."""
    return _table(language()).gettext(text) if text else ""


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Words in a row, with the comma of the language; of more than `most`, that there are others.

    >>> listed(["R1", "R2"]), listed(["R1", "R2", "R3"], 2)
    ('R1, R2', 'R1, R2, …')
    """
    every = list(words)
    shown = every if most is None or len(every) <= most else [*every[:most], "…"]
    return {"en": ", ", "zh": "、"}[language()].join(shown)


def some(words: Sequence[str], most: int) -> str:
    """The first words of a row, and how many others there are.

    >>> some(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    shown, left = listed(words[:most]), len(words) - most
    return tell("{names} and {count} more", names=shown, count=left) if left > 0 else shown


def either(words: Iterable[str]) -> str:
    """Words of which one is meant.

    >>> either(["1", "2", "3"])
    '1 or 2 or 3'
    """
    return tell(" or ").join(words)


def clauses(texts: Iterable[str]) -> str:
    """Sentences that go together in one.

    >>> clauses(["x is 0", "y is not"])
    'x is 0; y is not'
    """
    return tell("; ").join(texts)


def reason(error: OSError) -> str:
    """Why the system refused something, in the language of the reader where it is one of REASONS.

    >>> reason(PermissionError(13, "Permission denied"))
    'Permission denied'
    """
    return translated(error.strerror) if error.strerror else str(error)


def language() -> Language:
    """The first language of the environment that there is, else English."""
    named = next((value for name in VARIABLES if (value := os.environ.get(name))), "") or _of_windows()
    tags = [tag[:2].lower() for tag in named.split(":")]
    return next((each for tag in tags for each in LANGUAGES if each == tag), LANGUAGES[0])


def speak(tag: str) -> None:
    """Let this process, and those that it starts, tell its messages in a language of LANGUAGES."""
    os.environ["LANGUAGE"] = tag


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Let messages be in a language of LANGUAGES for a while: what is written into an exam is in that of the exam."""
    before = os.environ.get("LANGUAGE")
    speak(tag)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            speak(before)


@lru_cache(maxsize=len(LANGUAGES))
def _table(tag: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, TABLES, [tag], fallback=tag == LANGUAGES[0])


@lru_cache(maxsize=1)
def _of_windows() -> str:
    """The language of the screen on Windows, where the environment names none; elsewhere nothing."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
