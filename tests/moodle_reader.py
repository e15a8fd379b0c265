"""A strict reader of Moodle XML, and what Moodle gives for an answer: written from what its importer was seen to do.

It refuses what Moodle refuses or spoils silently: a fraction that is not in its list, an answer that is no float, a
unit that no candidate can type, a question that nobody can solve, a file that no text names, an id that appears twice.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Literal, TypeAlias
from urllib.parse import unquote

import moodle_cloze
from moodle_cloze import Spoilt

FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
             11.11111, 10, 5, 0)  # fmt: skip
EPSILON = 1e-14
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
TWINS = (("\u00b5", "\u03bc"), ("\u03a9", "\u2126"))

Sort: TypeAlias = Literal["essay", "numerical", "multichoice", "matching", "truefalse", "shortanswer"]
Given: TypeAlias = "str | Sequence[int] | dict[str, str]"


@dataclass(frozen=True)
class Choice:
    """One answer: its text, its fraction, what is said to those who give it; `reach` of a number."""

    text: str
    fraction: float
    feedback: str = ""
    reach: float = 0.0


@dataclass(frozen=True)
class Field:
    """One thing to answer, and the share of the question's mark that it has."""

    sort: Sort
    choices: tuple[Choice, ...] = ()
    weight: float = 1.0
    single: bool = True
    case: bool = False
    units: tuple[tuple[str, float], ...] = ()
    penalty: tuple[int, float] = (0, 0.0)
    pairs: tuple[tuple[str, str], ...] = ()

    def fraction(self, given: Given) -> float:
        """What an answer earns: typed text, the positions ticked, or the pairs made."""
        match self.sort:
            case "numerical":
                return self._numerical(str(given))
            case "shortanswer":
                return self._short(str(given))
            case "truefalse":
                return float(given == self.choices[0].text)
            case "multichoice":
                earned = sum((self.choices[int(place)].fraction for place in given), start=0.0)
                return earned if self.single else min(max(earned, 0.0), 1.0)
            case "matching":
                assert isinstance(given, dict)
                asked = [(left, right) for left, right in self.pairs if left]
                return sum(given.get(left) == right for left, right in asked) / len(asked)
            case "essay":
                raise Spoilt("a person marks it")

    def _numerical(self, typed: str) -> float:
        """Spaces fall away; what follows the number is its unit; where that does not fit, the number alone is tried."""
        text = re.sub(r"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?\d+)", r"e\1", typed.replace(" ", "")).replace(",", "")
        found = re.match(NUMBER, text)
        if not found:
            return 0.0
        value, unit = float(found[0]), text[found.end() :]
        scale = dict(self.units).get(unit)
        for choice in self.choices:
            answer, reach = float(choice.text), choice.reach
            slack = EPSILON * max(abs(reach), abs(answer), EPSILON)
            low, high = answer - reach - slack, answer + reach + slack
            if scale is not None and low <= value / scale <= high:
                return choice.fraction
            if low <= value <= high:
                return self._unitless(choice.fraction)
        return 0.0

    def _unitless(self, fraction: float) -> float:
        graded, penalty = self.penalty
        return max(fraction - (0, penalty * fraction, penalty)[graded], 0.0)

    def _short(self, typed: str) -> float:
        text = self._folded(typed.strip())
        for choice in self.choices:
            pieces = re.split(r"(?<!\\)\*", self._folded(choice.text))
            pattern = ".*".join(re.escape(piece.replace(r"\*", "*")) for piece in pieces)
            if re.fullmatch(pattern, text, re.DOTALL):
                return choice.fraction
        return 0.0

    def _folded(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        return text if self.case else text.lower()


@dataclass(frozen=True)
class Question:
    """One question as Moodle holds it; a cloze has a field for each place in its text."""

    category: str
    id: str
    name: str
    text: str
    type: str
    marks: float
    fields: tuple[Field, ...]
    general: str = ""
    grader: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    def fraction(self, given: Sequence[Given | None]) -> float:
        """What answers to its fields earn together; None is no answer."""
        whole = sum(each.weight for each in self.fields)
        return sum(each.weight * each.fraction(one) for each, one in zip(self.fields, given, strict=True)
                   if one is not None) / whole  # fmt: skip


def read(content: bytes) -> list[Question]:
    """Every question of a file. Raises Spoilt."""
    try:
        root = ET.fromstring(content.decode("utf-8"))
    except ET.ParseError as error:
        raise Spoilt(f"no XML: {error}") from error
    if root.tag != "quiz":
        raise Spoilt("no quiz")
    questions: list[Question] = []
    category = ""
    for each in root:
        if each.get("type") == "category":
            category = each.findtext("category/text") or ""
            names = category.replace("//", "\ue000").split("/")
            if not category.startswith("$course$/top/") or any(not 0 < len(each) <= 255 for each in names):
                raise Spoilt(f"the category {category!r}")
        else:
            questions.append(_question(each, category))
    seen = [(each.category, each.id) for each in questions]
    if len(set(seen)) != len(seen):
        raise Spoilt("an id appears twice in its category")
    return questions


def _question(element: ET.Element, category: str) -> Question:
    name, id = element.findtext("name/text") or "", element.findtext("idnumber") or ""
    if not name or len(name) > 255 or "<" in name or not id or len(id) > 100:
        raise Spoilt(f"the name {name!r} or the id {id!r}")
    sort = element.get("type") or ""
    files: dict[str, bytes] = {}
    text = _text(element.find("questiontext"), name, files, cloze=sort == "cloze")
    general = _text(element.find("generalfeedback"), name, files)
    grader = _text(element.find("graderinfo"), name, files) if sort == "essay" else ""
    if sort == "cloze":
        text, fields = _cloze(text, name)
        _html(text, name)
        marks = sum(each.weight for each in fields)
    else:
        marks = float(element.findtext("defaultgrade") or "nan")
        fields = (_alone(element, sort, name, files),)
    if not marks > 0 or not 0 <= float(element.findtext("penalty") or "nan") <= 1:
        raise Spoilt(f"{name}: the mark or the penalty")
    return Question(category, id, name, text, sort, marks, fields, general, grader, files)


def _text(element: ET.Element | None, name: str, files: dict[str, bytes], *, cloze: bool = False) -> str:
    """The HTML of an element, whose addresses and files are the same."""
    if element is None or element.get("format") != "html":
        raise Spoilt(f"{name}: a text that is not marked as HTML")
    html = (element.findtext("text") or "").strip()
    if not cloze:
        _html(html, name)
    told = {unquote(each) for each in re.findall(r'(?:src|href)="@@PLUGINFILE@@/([^"]*)"', html)}
    there = {each.get("name") or "" for each in element.findall("file")}
    if told != there:
        raise Spoilt(f"{name}: the files {sorted(told ^ there)}")
    for each in element.findall("file"):
        content = base64.b64decode(each.text or "", validate=True)
        if each.get("encoding") != "base64" or not content or each.get("path") != "/":
            raise Spoilt(f"{name}: the file {each.get('name')}")
        if (each.get("name") or "").endswith(".png") and not content.startswith(b"\x89PNG"):
            raise Spoilt(f"{name}: no picture")
        files[each.get("name") or ""] = content
    return html


def _html(html: str, name: str) -> None:
    """Whether it is well-formed, runs nothing, and has no formula that Moodle does not see."""
    try:
        tree = ET.fromstring(f"<div>{html.replace('&nbsp;', '&#160;')}</div>")
    except ET.ParseError as error:
        raise Spoilt(f"{name}: {error}: {html[:200]}") from error
    for each in tree.iter():
        if each.tag in ("script", "style", "iframe") or any(key.startswith("on") for key in each.attrib):
            raise Spoilt(f"{name}: an author's markup")


def _alone(element: ET.Element, sort: str, name: str, files: dict[str, bytes]) -> Field:
    match sort:
        case "essay":
            return Field("essay")
        case "numerical":
            return _numerical(element, name)
        case "shortanswer":
            answers = tuple(_choice(each, name) for each in element.findall("answer"))
            case = {"0": False, "1": True}[element.findtext("usecase") or "0"]
            return _solvable(Field("shortanswer", answers, case=case), name)
        case "multichoice":
            answers = tuple(_choice(each, name) for each in element.findall("answer"))
            for each in element.findall("answer"):
                _text(each, name, files)
            single = {"true": True, "false": False}[element.findtext("single") or ""]
            return _solvable(Field("multichoice", answers, single=single), name)
        case "truefalse":
            verdicts = {each.text: each.fraction for each in (_choice(one, name) for one in element.findall("answer"))}
            if set(verdicts) != {"true", "false"} or sorted(verdicts.values()) != [0, 1]:
                raise Spoilt(f"{name}: what is true, {verdicts}, would be turned round")
            return Field("truefalse", (Choice("√" if verdicts["true"] else "×", 1.0),))
        case "matching":
            pairs = tuple((_text(each, name, files), each.findtext("answer/text") or "")
                          for each in element.findall("subquestion"))  # fmt: skip
            if len([left for left, _ in pairs if left]) < 2 or len({right for _, right in pairs}) < 2:
                raise Spoilt(f"{name}: fewer than two pairs")
            return Field("matching", pairs=pairs)
        case _:
            raise Spoilt(f"{name}: the type {sort!r}")


def _choice(element: ET.Element, name: str) -> Choice:
    percent = float(element.get("fraction") or "nan")
    if not any(abs(abs(percent) - each) <= 1e-3 for each in FRACTIONS):
        raise Spoilt(f"{name}: the fraction {percent:g} is refused")
    feedback = element.findtext("feedback/text") or ""
    _html(feedback, name)
    return Choice((element.findtext("text") or "").strip(), percent / 100, feedback)


def _numerical(element: ET.Element, name: str) -> Field:
    answers = []
    for each in element.findall("answer"):
        choice, reach = _choice(each, name), each.findtext("tolerance") or ""
        answers.append(_number(choice, reach, name))
    units = tuple((each.findtext("unit_name") or "", float(each.findtext("multiplier") or "nan"))
                  for each in element.findall("units/unit"))  # fmt: skip
    _units(units, name)
    graded, penalty = int(element.findtext("unitgradingtype") or "0"), float(element.findtext("unitpenalty") or "nan")
    if graded not in (0, 1, 2) or not 0 <= penalty <= 1 or (element.findtext("showunits") == "3") != (not units):
        raise Spoilt(f"{name}: how units count")
    return _solvable(Field("numerical", tuple(answers), units=units, penalty=(graded, penalty)), name)


def _number(choice: Choice, reach: str, name: str) -> Choice:
    if not re.fullmatch(NUMBER, choice.text) or not re.fullmatch(NUMBER, reach) or float(reach) < 0:
        raise Spoilt(f"{name}: {choice.text!r} ± {reach!r} is not a number and its tolerance")
    if 0 < abs(float(choice.text)) < 1e-26:
        raise Spoilt(f"{name}: 0 would be right")
    return Choice(choice.text, choice.fraction, choice.feedback, float(reach))


def _near(choice: Choice, name: str) -> Choice:
    """`value:reach`, as a cloze has it; a plus sign would not be read."""
    found = choice.text.split(":")
    if len(found) != 2:
        raise Spoilt(f"{name}: {choice.text!r} is not a number and its tolerance")
    value, reach = found[0], found[1]
    if value.startswith("+"):
        raise Spoilt(f"{name}: a number with a plus sign")
    return _number(Choice(value, choice.fraction, choice.feedback), reach, name)


def _units(units: Sequence[tuple[str, float]], name: str) -> None:
    names = [unit for unit, _ in units]
    if len(set(names)) < len(names) or (units and units[0][1] != 1):
        raise Spoilt(f"{name}: the units {names}")
    for unit, scale in units:
        if not unit or " " in unit or len(unit) > 50 or not 1e-19 <= scale < 1e19:
            raise Spoilt(f"{name}: the unit {unit!r} of {scale}")
        for one, other in TWINS:
            twin = unit.translate({ord(one): other, ord(other): one})
            if twin not in names:
                raise Spoilt(f"{name}: the unit {unit!r} without the sign that looks like it")


def _cloze(text: str, name: str) -> tuple[str, tuple[Field, ...]]:
    left, blocks = moodle_cloze.extracted(text)
    return left, tuple(_solvable(each, name, cloze=True) for each in _fields(blocks, name))


def _fields(blocks: Sequence[moodle_cloze.Block], name: str) -> Iterator[Field]:
    for block in blocks:
        choices = tuple(Choice(each.text, each.fraction, each.feedback) for each in block.alternatives)
        for each in choices:
            _html(each.feedback, name)
        if block.sort == "NM":
            yield Field("numerical", tuple(_near(each, name) for each in choices), block.weight)
        elif block.sort in ("SA", "SAC"):
            yield Field("shortanswer", choices, block.weight, case=block.sort == "SAC")
        else:
            for each in choices:
                _html(each.text, name)
            if block.sort == "MC" and any(re.search(r"\\\(|<", each.text) for each in choices):
                raise Spoilt(f"{name}: a formula in a list to choose from is not shown")
            total = sum(each.fraction for each in choices if each.fraction > 0)
            single = block.sort != "MR"
            scaled = tuple(each if single or each.fraction <= 0 else Choice(each.text, each.fraction / total)
                           for each in choices)  # fmt: skip
            yield Field("multichoice", scaled, block.weight, single)


def _solvable(asked: Field, name: str, *, cloze: bool = False) -> Field:
    fractions = [choice.fraction for choice in asked.choices]
    if asked.sort == "multichoice" and not asked.single:
        solvable = len(fractions) >= 2 and sum(each for each in fractions if each > 0) > 0.999
    else:
        solvable = 1.0 in fractions and (asked.sort != "multichoice" or len(fractions) >= 2)
    if not solvable or not all(choice.text for choice in asked.choices):
        raise Spoilt(f"{name}: nobody can solve it")
    if cloze and (asked.weight != int(asked.weight) or asked.weight < 1):
        raise Spoilt(f"{name}: the weight {asked.weight}")
    return asked


def plain(html: str) -> str:
    """What HTML reads like."""
    return unescape(re.sub(r"<[^>]*>", "", html))
