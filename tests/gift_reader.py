"""A strict reader of GIFT files, and what Moodle gives for an answer: written from what its importer was seen to do.

It refuses what Moodle refuses or spoils silently: a fraction that is not in its list, an answer that is no float, a
question that nobody can solve, an id that stands twice, a name that is too long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
             11.11111, 10, 5, 0)  # fmt: skip
EPSILON = 1e-14
_WEIGHT = re.compile(r"%(-?[0-9]{1,2}\.?[0-9]*)%")
_ESCAPES = {r"\:": "\0:", r"\#": "\0#", r"\=": "\0=", r"\{": "\0{", r"\}": "\0}", r"\~": "\0~", r"\n": "\0n"}
"""Each escaped sign becomes one that no rule of the format sees; backslashes that stand twice are taken out before."""
_CODES = dict(zip(_ESCAPES, "\ue000\ue001\ue002\ue003\ue004\ue005\ue006", strict=True))

Sort: TypeAlias = Literal["essay", "numerical", "multichoice", "match", "truefalse", "shortanswer"]


class Spoilt(ValueError):
    """What Moodle would refuse, or import as something else."""


@dataclass(frozen=True)
class Choice:
    """One answer of a question: its text, its fraction, what is said to those who give it; `reach` of a number."""

    text: str
    fraction: float
    feedback: str = ""
    reach: float = 0.0


@dataclass(frozen=True)
class Question:
    """One question as Moodle holds it."""

    category: str
    id: str
    name: str
    text: str
    sort: Sort
    choices: tuple[Choice, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    single: bool = True
    general: str = ""

    def fraction(self, given: str | Sequence[int] | Mapping[str, str]) -> float:
        """What an answer earns: typed text, the positions ticked, or the pairs made."""
        match self.sort:
            case "numerical":
                assert isinstance(given, str)
                return self._numerical(given)
            case "shortanswer":
                assert isinstance(given, str)
                return self._short(given)
            case "truefalse":
                return float(given == self.choices[0].text)
            case "multichoice":
                earned = sum((self.choices[int(place)].fraction for place in given), start=0.0)
                return earned if self.single else min(max(earned, 0.0), 1.0)
            case "match":
                assert isinstance(given, dict)
                asked = [(left, right) for left, right in self.pairs if left]
                return float(sum(given.get(left) == right for left, right in asked)) / len(asked)
            case "essay":
                raise Spoilt("a person marks it")

    def _numerical(self, typed: str) -> float:
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", typed.strip()):
            return 0.0
        value = float(typed)
        for choice in self.choices:
            answer, reach = float(choice.text), choice.reach
            slack = EPSILON * max(abs(reach), abs(answer), EPSILON)
            if answer - reach - slack <= value <= answer + reach + slack:
                return choice.fraction
        return 0.0

    def _short(self, typed: str) -> float:
        text = unicodedata.normalize("NFC", typed.strip()).lower()
        for choice in self.choices:
            pieces = re.split(r"(?<!\\)\*", unicodedata.normalize("NFC", choice.text).lower())
            pattern = ".*".join(re.escape(piece.replace(r"\*", "*")) for piece in pieces)
            if re.fullmatch(pattern, text, re.DOTALL):
                return choice.fraction
        return 0.0


def read(content: bytes) -> list[Question]:
    """Every question of a file. Raises Spoilt."""
    text = content.decode("utf-8")
    if text.startswith("\ufeff") or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise Spoilt("a control character")
    questions: list[Question] = []
    category = ""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n")]
        ids = [id for line in lines if line.startswith("//") for id in re.findall(r"\[id:([^\]]+)\]", line)]
        body = "\n".join(line for line in lines if not line.startswith("//")).strip()
        if not body:
            continue
        hidden = _hidden(body)
        if hidden.startswith("$CATEGORY:"):
            category = _shown(hidden.removeprefix("$CATEGORY:").strip())
            continue
        questions.append(_question(category, ids[0] if ids else "", hidden))
    _unique(questions)
    return questions


def _hidden(text: str) -> str:
    text = text.replace("\\\\", "\ue00f")
    for written, code in _CODES.items():
        text = text.replace(written, code)
    return text.replace("\ue00f", "\\")


def _shown(text: str) -> str:
    for written, code in _CODES.items():
        text = text.replace(code, "\n" if written == r"\n" else written[1])
    return text


def _formatted(text: str) -> str:
    known = re.match(r"\[(html|moodle|plain|markdown)\]", text)
    return _shown(text[known.end() :] if known else text).strip()


def _question(category: str, id: str, text: str) -> Question:
    if not text.startswith("::") or "::" not in text[2:]:
        raise Spoilt(f"no name: {text[:40]}")
    name, _, text = text[2:].partition("::")
    start, end = text.find("{"), text.find("}")
    if start < 0 or end < start:
        raise Spoilt(f"{name}: braces")
    if text[end + 1 :].strip():
        raise Spoilt(f"{name}: something stands after the answers")
    asked = text[:start].strip()
    if not asked.startswith("[html]"):
        raise Spoilt(f"{name}: the text is not marked as HTML")
    answers = text[start + 1 : end].strip()
    answers, _, general = answers.rpartition("####") if "####" in answers else (answers, "", "")
    made = Question(category, id, _shown(name), _formatted(asked), "essay", general=_formatted(general))
    if re.search(r"<(script|style)", made.text + made.general):
        raise Spoilt(f"{name}: an author's markup")
    return _answered(made, answers.strip())


def _answered(asked: Question, text: str) -> Question:
    if not text:
        return asked
    if text.startswith("#"):
        choices = tuple(_number(each, asked.name) for each in text[1:].split("=")[1:])
        return _solvable(replace(asked, sort="numerical", choices=choices))
    if "~" in text:
        single = "=" in text
        choices = tuple(_choice(each.strip(), asked.name) for each in text.replace("=", "~=").split("~")[1:])
        return _solvable(replace(asked, sort="multichoice", choices=choices, single=single))
    if "=" in text and "->" in text:
        pairs = tuple(_pair(each.strip(), asked.name) for each in text.split("=")[1:])
        if len([left for left, _ in pairs if left]) < 2 or len({right for _, right in pairs}) < 2:
            raise Spoilt(f"{asked.name}: fewer than two pairs")
        return replace(asked, sort="match", pairs=pairs)
    if text.split("#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        verdict, _, feedback = text.partition("#")
        return replace(asked, sort="truefalse", choices=(Choice("√" if verdict.strip()[0] == "T" else "×", 1.0,
                                                                  _formatted(feedback)),))  # fmt: skip
    choices = tuple(_choice("=" + each.strip(), asked.name) for each in text.split("=")[1:])
    return _solvable(replace(asked, sort="shortanswer", choices=choices))


def _choice(text: str, name: str) -> Choice:
    """`=text`, `~text`, either with a weight before the text, and feedback after `#`."""
    fraction = 0.0
    if text.startswith("="):
        fraction, text = 1.0, text[1:]
    if weight := _WEIGHT.match(text):
        fraction, text = _fraction(weight[1], name), text[weight.end() :]
    elif re.match(r"%-?100%", text):
        fraction, text = (-1.0 if text[1] == "-" else 1.0), text[text.index("%", 1) + 1 :]
    answer, _, feedback = text.partition("#")
    return Choice(_formatted(answer.strip()), fraction, _formatted(feedback.strip()))


def _number(text: str, name: str) -> Choice:
    choice = _choice("=" + text.strip(), name)
    answer, _, reach = choice.text.partition(":")
    try:
        return Choice(str(float(answer)), choice.fraction, choice.feedback, float(reach))
    except ValueError:
        raise Spoilt(f"{name}: {choice.text!r} is not a number and its tolerance") from None


def _fraction(written: str, name: str) -> float:
    value = float(written)
    if not any(abs(abs(value) - each) <= 1e-3 for each in FRACTIONS):
        raise Spoilt(f"{name}: the fraction {written} is refused")
    return value / 100


def _pair(text: str, name: str) -> tuple[str, str]:
    if "->" not in text:
        raise Spoilt(f"{name}: a pair without an arrow")
    left, right = text.split("->", 1)
    return _formatted(left.strip()), _shown(right.strip())


def _solvable(asked: Question) -> Question:
    fractions = [choice.fraction for choice in asked.choices]
    if asked.sort == "multichoice" and not asked.single:
        solvable = len(fractions) >= 2 and sum(each for each in fractions if each > 0) > 0.999
    else:
        solvable = 1.0 in fractions and (asked.sort != "multichoice" or len(fractions) >= 2)
    if not solvable or not all(choice.text for choice in asked.choices):
        raise Spoilt(f"{asked.name}: nobody can solve it")
    return asked


def _unique(questions: Sequence[Question]) -> None:
    seen: set[tuple[str, str]] = set()
    for each in questions:
        if not each.id or len(each.id) > 100 or (each.category, each.id) in seen:
            raise Spoilt(f"{each.name}: the id {each.id!r}")
        if not each.name or len(each.name) > 255 or not each.category.startswith("$course$/top/"):
            raise Spoilt(f"{each.name}: the name or the category")
        seen.add((each.category, each.id))
