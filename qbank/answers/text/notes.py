"""What the notes of words to fill in say."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.answers._notes import note
from qbank.answers.text import pages
from qbank.answers.text.spec import Spec
from qbank.model import Lang

TABLE = {
    "text.right": note("正确", "right"),
    "text.partial": note("只答对一部分", "partly right",
                         "部分正确，应填“{expected}”", "partly right, expected “{expected}”"),
    "text.near.waits": note("含有答案，另有内容或写法不同，待评阅",
                            "contains the answer, with more or written otherwise; waits",
                            "含有标准答案，并有其他内容或写法不同，待人工评阅",
                            "contains the answer, with more or written otherwise; waits for a person"),
    "text.spelling": note("与答案差一个字", "one letter away from the answer",
                          "与“{expected}”差一个字", "one letter away from “{expected}”"),
    "text.wrong": note("填错", "wrong words", "应填“{expected}”", "expected “{expected}”"),
    "text.mistake": note("{own}", "{own}", "{own}，应填“{expected}”", "{own}, expected “{expected}”"),
}  # fmt: skip


def fills(spec: Spec, code: str, details: Mapping[str, Any], lang: Lang) -> Mapping[str, str]:
    """The words that the answer book prints."""
    own = spec.filled(details["filled"], details.get("translated", details["filled"])) if "filled" in details else spec
    return {"expected": pages.told(own, int(details["set"]), lang)}
