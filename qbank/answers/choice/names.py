"""What a note is called for a whole class: without any candidate's letters or values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._classwide import common, general
from qbank.answers.choice.spec import Spec
from qbank.model import Lang

NAMED_BY = ("options",)
"""The details on which the name of a note depends."""


def note_name(spec: Spec, note: str, details: Mapping[str, Any], lang: Lang) -> str:
    """The texts of the options that were picked, in place of their letters, and what the item says of them."""
    if (told := common(note, lang)) is not None:
        return told
    if note == "choice.ticks":
        least, most = spec.min_ticks or 1, spec.max_ticks or len(spec.options)
        return f"应选 {least}～{most} 项" if lang == "zh" else f"{least} to {most} options were to be picked"
    picked = [spec.options[name] for name in str(details["options"]).split(", ") if name in spec.options]
    mistake = note.removeprefix("choice.mistake.")
    if mistake != note:
        picked = [option for option in picked if option.mistake == mistake] or picked
    texts = [general(option.text, lang) for option in picked]
    verdict = "选了" + "、".join(f"“{text}”" for text in texts) if lang == "zh" else (
        "picked " + ", ".join(f"“{text}”" for text in texts))
    whys = [] if spec.several and mistake == note else [general(option.why, lang) for option in picked if option.why]
    return ("，" if lang == "zh" else ", ").join([verdict, *whys])
