"""What Moodle writes of attempts at a quiz: the table of responses, as its report has it, and that of grades.

Written from what was seen of Moodle 4.5: texts are HTML made plain, options are listed behind a question's text, the
response of a cloze names each part, and nothing answered is a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from moodle_reader import Field, Given, Question

EMPTY = "-"


def text(html: str) -> str:
    """HTML as the report shows it: emphasis as signs, a picture by what it shows, paragraphs apart."""
    shown = re.sub(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>', r"[\1]", html)
    shown = re.sub(r"</?(?:em|i)>", "_", shown)
    shown = re.sub(r"<strong>(.*?)</strong>", lambda bold: bold[1].upper(), shown)
    shown = re.sub(r"</p>|<br\s*/?>|</tr>|</div>", "\n\n", shown)
    return unescape(re.sub(r"<[^>]*>", "", shown)).strip()


def question(asked: Question) -> str:
    """The column `Question 1`."""
    if asked.type == "cloze":
        return text(re.sub(r"\{(?:[^{}\\]|\\.)*\}", "____", asked.text))
    if asked.type == "multichoice":
        return f"{text(asked.text)}: {'; '.join(text(each.text) for each in asked.fields[0].choices)}"
    if asked.type == "matching":
        (field,) = asked.fields
        lefts, rights = [left for left, _ in field.pairs if left], dict.fromkeys(right for _, right in field.pairs)
        return f"{text(asked.text)} {{{'; '.join(map(text, lefts))}}} -> {{{'; '.join(rights)}}}"
    return text(asked.text)


def response(asked: Question, given: Sequence[Given | None]) -> str:
    """The column `Response 1`."""
    said = [_said(field, one) for field, one in zip(asked.fields, given, strict=True)]
    if asked.type != "cloze":
        return said[0] or EMPTY
    return "; ".join(f"part {at}: {one}" for at, one in enumerate(said, 1)) if any(said) else EMPTY


def _said(field: Field, given: Given | None) -> str:
    if given is None:
        return ""
    match field.sort:
        case "multichoice":
            return "; ".join(text(field.choices[int(place)].text) for place in given)
        case "truefalse":
            return "True" if given == "√" else "False"
        case "matching":
            assert isinstance(given, dict)
            return "; ".join(f"{text(left)} -> {right}" for left, right in given.items())
        case _:
            return str(given)
