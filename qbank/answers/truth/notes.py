"""What the notes of a statement to judge say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qbank.answers._notes import general, note
from qbank.answers.truth import pages
from qbank.answers.truth.spec import Spec
from qbank.model import Bilingual, Lang

TABLE = {
    "truth.right": note("判断正确", "judged correctly"),
    "truth.wrong": note("{misjudged}", "{misjudged}",
                        "判断有误，该说法{verdict}", "misjudged: the statement is {verdict}"),
}  # fmt: skip
NAMED_BY = ("twin",)
"""The details that tell one row of a class's table from another."""


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The right verdict, and the statement that was misjudged, where it has a text."""
    twin = spec.statements[int(details["twin"])]
    misjudged = "判断有误" if lang == "zh" else "misjudged"
    if twin.text.langs:
        text = general(twin.text, lang).rstrip("。. ")
        misjudged = f"误判“{text}”" if lang == "zh" else f"misjudged “{text}”"
    return {"verdict": pages.told(bool(details["asked"]), lang), "misjudged": misjudged}


def own(spec: Spec, code: str, details: Mapping[str, Any]) -> Sequence[Bilingual]:
    """What the statement says to those who misjudge it."""
    if code != "truth.wrong":
        return []
    why = spec.statements[int(details["twin"])].why
    return [why] if why else []
