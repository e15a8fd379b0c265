"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.truth.spec import Spec
from qbank.model import Lang

NAMED_BY = ("twin",)
"""The details on which the name of a note depends."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """The statement that was misjudged, where it is one of twins, and what the item says of it."""
    if (told := common(note, lang)) is not None:
        return told
    twin = spec.statements[int(details["twin"])]
    verdict = "判断有误" if lang == "zh" else "misjudged"
    if twin.zh:
        text = general(twin.text, lang)
        verdict = f"误判“{text}”" if lang == "zh" else f"misjudged “{text}”"
    return ("，" if lang == "zh" else ", ").join([verdict, *([general(twin.why, lang)] if twin.why else [])])
