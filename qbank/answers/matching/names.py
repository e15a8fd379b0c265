"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common
from qbank.answers.matching.marks import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "matching.right": Bilingual(zh="全部配对正确", en="every pair is right"),
    "matching.partial": Bilingual(zh="部分配对不对", en="some pairs are wrong"),
    "matching.wrong": Bilingual(zh="配对都不对", en="no pair is right"),
}


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, without the letters, which stand for something else on every form."""
    return common(note, lang) or NAMES[note][lang]
