"""What the notes of a choice say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qbank.answers._notes import general, mistake_of, note
from qbank.answers.choice.spec import Option, Spec
from qbank.model import Bilingual, Lang

_PICKED = ("选了{picked}", "picked {picked}", "选了 {given}，应选 {asked}", "{given} was picked; {asked} is right")
TABLE = {
    "choice.right": note("选对", "the right option", "选 {given}，正确", "{given} is right"),
    "choice.partial": note(*_PICKED),
    "choice.wrong": note(*_PICKED),
    "choice.mistake": note(*_PICKED),
    "choice.ticks": note("应选 {least}～{most} 项", "{least} to {most} options were to be picked",
                         "应选 {least}～{most} 项，选了 {count} 项",
                         "{least} to {most} options were to be picked, not {count}"),
}  # fmt: skip
NAMED_BY = ("options",)
"""The details that tell one row of a class's table from another."""


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The letters given and asked, the texts of what was picked, how many options were and are to be picked."""
    texts = [general(option.spoken, lang).rstrip("。. ") for option in _meant(spec, code, details)]
    picked = "、".join(f"“{text}”" for text in texts) if lang == "zh" else ", ".join(f"“{text}”" for text in texts)
    return {
        "given": str(details["given"]), "asked": str(details["asked"]), "picked": picked,
        "count": f"{len(_picked(spec, details))}", "least": f"{spec.min_ticks or 1}",
        "most": f"{spec.max_ticks or spec.count}",
    }  # fmt: skip


def own(spec: Spec, code: str, details: Mapping[str, Any]) -> Sequence[Bilingual]:
    """What the options picked wrongly say: of a named mistake those that name it; of several, no other."""
    if not mistake_of(code) and (spec.several or code not in ("choice.wrong", "choice.partial")):
        return []
    return [option.why for option in _meant(spec, code, details) if option.why]


def _meant(spec: Spec, code: str, details: Mapping[str, Any]) -> list[Option]:
    """The options that a note is about: those picked, or those of them that name the note's mistake."""
    mistake = mistake_of(code)
    return [option for option in _picked(spec, details) if not mistake or option.mistake == mistake]


def _picked(spec: Spec, details: Mapping[str, Any]) -> list[Option]:
    return [spec.options[name] for name in str(details["options"]).split(", ") if name in spec.options]
