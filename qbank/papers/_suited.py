"""What may be on a paper: items that are ready, in the languages that it is made in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qbank import messages
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Lang, Problem


def of_plan(plan: Blueprint, langs: Sequence[Lang]) -> Iterator[Problem]:
    """The languages of the paper that the blueprint itself does not have."""
    for lang in langs:
        if lang not in plan.languages:
            yield Problem(
                "blueprint.language",
                messages.tell("blueprint {blueprint} has no {language} texts", blueprint=plan.id, language=_name(lang)),
                proposal=messages.tell("make the paper with --lang {other}, or write the {language} texts and "
                                       "languages: [zh, en]", other=plan.languages[0], language=_name(lang)),
            )  # fmt: skip


def of_item(item: Item, langs: Sequence[Lang]) -> Iterator[Problem]:
    """Why an item may not be on a paper in these languages."""
    for lang in langs:
        if lang not in item.languages:
            yield Problem(
                "blueprint.language",
                messages.tell("the item has no {language} texts, and the paper is in {languages}", language=_name(lang),
                              languages=_named(langs)),
                item=item.id,
                proposal=messages.tell("write its {language} texts, name another item, or change the languages of the "
                                       "paper (languages: and --lang)", language=_name(lang)),
            )  # fmt: skip
    if item.status != "ready":
        yield Problem(
            "blueprint.status",
            messages.tell("the item is a draft, and a paper only takes items that are ready") if item.status == "draft"
            else messages.tell("the item is retired, and a paper only takes items that are ready"),
            item=item.id, proposal=messages.tell("change its status: to ready, or name another item"),
        )  # fmt: skip


def _named(langs: Sequence[Lang]) -> str:
    names = [_name(lang) for lang in langs]
    return messages.tell("Chinese and English") if len(names) == 2 else names[0]


def _name(lang: Lang) -> str:
    return messages.tell("Chinese") if lang == "zh" else messages.tell("English")
