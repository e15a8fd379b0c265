"""What candidates gave in another system: each answer as it would be written for qbank, found by the variant's code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from qbank import messages
from qbank.model import Attachment, Drawing, Lang, Problem
from qbank.outputs import _text, _webtext
from qbank.sheets import Variant
from qbank.waist import Cells

if TYPE_CHECKING:
    from qbank.intake import Sheet

_CODE = re.compile(r"(\w{1,64})(-\d{1,4}(?:-[A-Z2-7]{3})?)(?:\.(\d{1,3}))?(?![\w-])")
_CHECKED = re.compile(r"\w-\d{1,4}-[A-Z2-7]{3}(?![\w-])")
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What one candidate, in one row of a table, gave at a question, or at one part of it.

    `texts` are the answers by part, as they are written for qbank; `earned` is the share of the marks of these parts
    that the other system gave, None where it says nothing.
    """

    row: int
    variant: Variant
    texts: Mapping[str, str]
    earned: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The questions that the other system was given: those of a code, in each language of the exam; none if unknown."""

    variants: Callable[[str], Sequence[tuple[Lang, Variant]]]

    def asked(self, text: str) -> tuple[str, int | None] | None:
        """The code in a question's text, and which part it is of where each is a question by itself.

        The code is what a text ends with, but for the options that some systems write behind it.
        """
        for found in reversed(list(_CODE.finditer(text))):
            for start in range(len(found[1])):
                code = found[1][start:] + found[2]
                if self.variants(code):
                    return code, int(found[3]) if found[3] else None
        return None


Returned = Callable[["Sheet", Known], "Iterator[Given | Problem] | None"]
"""The answers in a table of another system, and what is wrong in it; None for a table of any other sort."""


def is_coded(text: str) -> bool:
    """Whether a text has a code of some exam, with its check."""
    return _CHECKED.search(text) is not None


def strange(file: str, question: str, text: str) -> Problem:
    """What to say of a question that is not of this exam: an error where its text has a code, for it is another's."""
    if is_coded(text):
        message = messages.tell("{file}: {question!r} is a question of another exam, or of one with other values",
                                file=file, question=question)  # fmt: skip
        return Problem("responses.code", message, proposal=messages.tell(
            "is it the right file? questions of other exams must be left out"))  # fmt: skip
    message = messages.tell(
        "{file}: {question!r} has no code of this exam and is not read", file=file, question=question
    )
    return Problem("responses.code", message, severity="warning")


def folded(text: str) -> str:
    """A plain text for comparing: width, spaces and the marks by which a program shows emphasis do not matter.

    >>> folded("the _gain_  ×２")
    'thegain×2'
    """
    return re.sub(r"[\s_*]+", "", unicodedata.normalize("NFKC", text))


def shown(html: str) -> str:
    """HTML for comparing with what a program makes of it as plain text: a figure is what it shows, in brackets.

    >>> shown('<p>x &lt; 1 <img src="f.png" alt="a curve"/></p>')
    'x<1[acurve]'
    """
    return folded(unescape(re.sub(r"<[^<>]*>", " ", _IMAGE.sub(r"[\1]", html))))


def figure(drawing: Drawing, lang: Lang) -> str:
    """A figure as it is compared."""
    return f"[{_webtext.escaped(drawing.alt[lang])}]"


def file(_: Attachment, __: Lang) -> str:
    """A data file, which no text holds."""
    return ""


MANNER = _webtext.Manner(figure=figure, file=file)
"""How texts are shown for comparing."""


def place(text: str, options: Iterable[str]) -> int | None:
    """Which of the options a text is, both as they are compared; None where none is, or several could be."""
    texts = list(options)
    for alike in (str, str.casefold):
        found = [at for at, each in enumerate(texts) if alike(each) == alike(text)]
        if len(found) == 1:
            return found[0]
    return None


def places(pieces: Sequence[str], between: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """Which options a list is of, cut into pieces at a sign that an option may hold; None where it is not clear.

    >>> places(["a", "b", "c"], ";", ["a;b", "c"]), places(["a", "b"], ";", ["a", "b", "a;b"])
    ((0, 1), None)
    """
    if len(pieces) > sum(each.count(between) + 1 for each in options):
        return None
    ways: list[list[tuple[int, ...]]] = [[] for _ in range(len(pieces) + 1)]
    ways[0] = [()]
    for end in range(1, len(pieces) + 1):
        for start in range(end):
            at = place(between.join(pieces[start:end]), options) if ways[start] else None
            ways[end] += [(*way, at) for way in ways[start] if at is not None and at not in way]
    found = {tuple(sorted(way)) for way in ways[-1]}
    return found.pop() if len(found) == 1 else None


def unclear(text: str) -> str:
    """What is none of the options, so that a person sees it: no kind that picks from a list reads these brackets."""
    return f"⟦{_text.clean(text).strip()}⟧"


def understood(
    variants: Sequence[tuple[Lang, Variant]], read: Callable[[Variant, Lang], Mapping[str, str | None]], response: str
) -> tuple[Variant, Mapping[str, str]]:
    """What a response says by part, in the language of which all options are known.

    `read` gives the texts in one language, None where an answer cannot be told; a person sees the response there.
    """
    tried = [(variant, read(variant, lang)) for lang, variant in variants]
    variant, texts = next((each for each in tried if None not in each[1].values()), tried[0])
    return variant, {part: unclear(response) if text is None else text for part, text in texts.items()}


def together(typed: Sequence[str], scoring: Cells, brackets: str = "") -> str:
    """The numbers of several fields as one text.

    >>> together(["1", "2"], Cells(1, 2, ())), together(["", " "], Cells(1, 2, ()))
    ('1, 2', '')
    >>> together(["1", "-2"], Cells(1, 2, (), names=("Re", "Im"))), together(["1", "2"], Cells(1, 2, ()), "[)")
    ('1-2j', '[1, 2)')
    """
    cells = [each.strip() for each in typed]
    if not any(cells):
        return ""
    if brackets:
        return f"{brackets[0]}{', '.join(cells)}{brackets[1]}"
    if scoring.names:
        real, imaginary = cells
        if not all(map(_PLAIN.fullmatch, cells)):
            return f"({real})+({imaginary})j"
        return f"{real}{'' if imaginary[0] in '+-' else '+'}{imaginary}j"
    across = scoring.columns if scoring.rows > 1 else len(cells)
    rows = (cells[start : start + across] for start in range(0, len(cells), across))
    return "; ".join(", ".join(row) for row in rows)
