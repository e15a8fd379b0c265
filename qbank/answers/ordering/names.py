"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common
from qbank.answers.ordering.marks import Spec
from qbank.model import Bilingual, Lang

NAMES: Mapping[str, Bilingual] = {
    "ordering.right": Bilingual(zh="顺序正确", en="the order is right"),
    "ordering.partial": Bilingual(zh="只有一段顺序正确", en="a run alone is in order"),
    "ordering.wrong": Bilingual(zh="顺序不对", en="another order"),
}


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:  # noqa: ARG001
    """What went wrong, without the letters, which stand for something else on every form."""
    return common(note, lang) or NAMES[note][lang]
