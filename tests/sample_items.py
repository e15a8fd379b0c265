"""Items written in a test, read as a bank reads them."""

from __future__ import annotations

from qbank import bank
from qbank.bank import Source
from qbank.bank.item import Item


def item_of(text: str) -> Item:
    """The item of a YAML text. Raises AssertionError with its problems."""
    item, problems = bank.read_item(Source("item.yaml", text.encode()), None)
    assert item is not None, "\n".join(map(str, problems))
    return item


def faults(text: str) -> list[str]:
    """What is wrong with the item of a YAML text, problem by problem as they print."""
    item, problems = bank.read_item(Source("item.yaml", text.encode()), None)
    assert (item is None) == bool(problems)
    return [str(problem) for problem in problems]


HEAD = """
id: sample
title: {zh: 样例, en: Sample}
topic: sample
level: 1
"""
"""What every item begins with."""
