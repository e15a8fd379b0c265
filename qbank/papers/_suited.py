"""What may be on a paper: items that are ready, in the languages that it is made in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Lang, Problem
from qbank.records import NAMES, only

STATUS = {"draft": "a draft", "retired": "retired"}


def of_plan(plan: Blueprint, langs: Sequence[Lang]) -> Iterator[Problem]:
    """The languages of the paper that the blueprint itself does not have."""
    for lang in langs:
        if lang not in plan.languages:
            yield Problem(
                "blueprint.language", f"blueprint {plan.id}: is {only(plan.languages)}, not in {NAMES[lang]}",
                proposal=f"make the paper with --lang {plan.languages[0]}, or write the {NAMES[lang]} texts and "
                "languages: [zh, en]",
            )  # fmt: skip


def of_item(item: Item, langs: Sequence[Lang]) -> Iterator[Problem]:
    """Why an item may not be on a paper in these languages."""
    for lang in langs:
        if lang not in item.languages:
            yield Problem(
                "blueprint.language", f"is {only(item.languages)}, and the paper is in {_named(langs)}",
                item=item.id, proposal=f"write its {NAMES[lang]} texts, name another item, or make the paper "
                f"{only(item.languages)} (languages: and --lang)",
            )  # fmt: skip
    if item.status != "ready":
        yield Problem(
            "blueprint.status", f"is {STATUS[item.status]}, and a paper takes items that are ready", item=item.id,
            proposal="change its status: to ready, or name another item",
        )  # fmt: skip


def _named(langs: Sequence[Lang]) -> str:
    return " and ".join(NAMES[lang] for lang in langs)
