"""A strict reader of Canvas's packages of QTI 1.2, and what Canvas gives for an answer: from what its importers do."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
SORTS = {"multiple_choice", "true_false", "multiple_answers", "short_answer", "matching", "numerical", "essay"}
Given: TypeAlias = "str | Sequence[str] | Mapping[str, str]"


class Spoilt(ValueError):
    """What Canvas would refuse, or import as something else."""


@dataclass(frozen=True)
class Question:
    """One question: its group, its type, its points, and the element that says how it is marked."""

    group: str
    id: str
    sort: str
    points: float
    text: str
    options: tuple[tuple[str, str], ...]
    lefts: tuple[str, ...]
    marking: ET.Element

    def fraction(self, given: Given) -> float:
        """What an answer earns: typed text, the options ticked, or the right sides by the fields of the left ones."""
        earned = 0.0
        for rule in self.marking.findall(f"{QTI}respcondition"):
            change = rule.find(f"{QTI}setvar")
            if change is None or not self._met(_one(rule, "conditionvar"), given):
                continue
            value = float(change.text or "nan") / 100
            earned = earned + value if change.get("action") == "Add" else value
            if rule.get("continue") == "No":
                break
        if self.sort == "multiple_answers":
            right = {each.text for each in self.marking.iterfind(f".//{QTI}and/{QTI}varequal")}
            hit = len(right & set(given))
            return max(0.0, (hit - len(set(given) - right)) / len(right))
        return min(earned, 1.0)

    def _met(self, element: ET.Element, given: Given) -> bool:
        return all(self._holds(each, given) for each in element)

    def _holds(self, rule: ET.Element, given: Given) -> bool:
        tag, said = rule.tag.removeprefix(QTI), rule.text or ""
        match tag:
            case "varequal" if self.sort == "short_answer":
                return str(given).strip().casefold() == said.strip().casefold()
            case "varequal" if self.sort == "matching":
                assert isinstance(given, Mapping)
                return given.get(rule.get("respident") or "") == said
            case "varequal":
                return said in given
            case "vargte":
                return _number(str(given)) >= float(said)
            case "varlte":
                return _number(str(given)) <= float(said)
            case "not":
                return not self._met(rule, given)
            case "and":
                return self._met(rule, given)
            case "other":
                return True
            case _:
                raise Spoilt(f"{self.id}: the condition {tag!r}")


def read(content: bytes) -> list[Question]:
    """Every question of a package. Raises Spoilt."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    manifest = ET.fromstring(files["imsmanifest.xml"])
    named = [each.get("href") or "" for each in manifest.iter() if each.tag.endswith("}file")]
    if missing := [name for name in named if name not in files]:
        raise Spoilt(f"the manifest names {missing}")
    if strange := [name for name in files if name != "imsmanifest.xml" and name not in named]:
        raise Spoilt(f"the manifest does not name {strange}")
    (quiz,) = [name for name in named if name.startswith("quiz_") and not name.endswith("assessment_meta.xml")]
    found: list[Question] = []
    for group in ET.fromstring(files[quiz]).iterfind(f"{QTI}assessment/{QTI}section/{QTI}section"):
        found += _group(group, files)
    ids = [each.id for each in found]
    if len(set(ids)) < len(ids) or any(":" in name for name in ids):
        raise Spoilt("an id that appears twice, or has a colon")
    return found


def _group(group: ET.Element, files: Mapping[str, bytes]) -> list[Question]:
    title = group.get("title") or ""
    selection = _one(_one(group, "selection_ordering"), "selection")
    worth = float(_one(_one(selection, "selection_extension"), "points_per_item").text or "nan")
    if _one(selection, "selection_number").text != "1":
        raise Spoilt(f"{title}: more than one of a group")
    made = [_item(item, title, files) for item in group.findall(f"{QTI}item")]
    if not made or any(each.points != worth for each in made):
        raise Spoilt(f"{title}: not all are worth {worth}")
    return made


def _item(item: ET.Element, group: str, files: Mapping[str, bytes]) -> Question:
    name = item.get("ident") or ""
    meta = {_one(each, "fieldlabel").text: _one(each, "fieldentry").text or ""
            for each in item.iter(f"{QTI}qtimetadatafield")}  # fmt: skip
    sort = meta["question_type"].removesuffix("_question")
    marking, shown = _one(item, "resprocessing"), _one(item, "presentation")
    if sort not in SORTS or not marking.findall(f"{QTI}respcondition") or len(item.get("title") or "") > 255:
        raise Spoilt(f"{name}: {sort}, its rules or its title")
    text = _one(_one(shown, "material"), "mattext").text or ""
    for address in _addresses(text):
        if address not in files:
            raise Spoilt(f"{name}: {address} is not in the package")
    lids = shown.findall(f"{QTI}response_lid")
    options = tuple((each.get("ident") or "", _one(_one(each, "material"), "mattext").text or "")
                    for each in (lids[0].iter(f"{QTI}response_label") if lids else ()))  # fmt: skip
    if sort in ("multiple_choice", "multiple_answers", "matching") and len(options) < 2:
        raise Spoilt(f"{name}: fewer than two options")
    lefts = tuple(each.get("ident") or "" for each in lids) if sort == "matching" else ()
    return Question(group, name, sort, float(meta["points_possible"]), text, options, lefts, marking)


def _one(element: ET.Element, tag: str) -> ET.Element:
    found = element.find(f"{QTI}{tag}")
    if found is None:
        raise Spoilt(f"no {tag} in {element.tag}")
    return found


def _addresses(html: str) -> list[str]:
    import re

    return [each for each in re.findall(r'(?:src|href)="([^"]+)"', html) if not each.startswith(("http", "data:"))]


def _number(text: str) -> float:
    """What is no number counts as 0."""
    try:
        return float(text)
    except ValueError:
        return 0.0
