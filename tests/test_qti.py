"""QTI 3 and 2.1: what is written is read again by the specification, and earns there what it earns here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import qti_reader
from conftest import GALLERY
from qti_trials import blank_pictures, trials

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.model import Lang
from qbank.outputs import Written, _media, qti3, qti21
from qbank.sheets import Items, Pool

SECOND = GALLERY.parent / "second_bank"
BANKS = (bank.load(resources.folder("questions")), bank.load(GALLERY), bank.load(SECOND))
COUNT = 2
SEED = "qti"
TOLERANCE = 1e-9


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


def exported(source: Bank, item: Item, lang: Lang = "zh") -> Pool:
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    return pool


def packages(pool: Pool, lang: Lang = "zh") -> tuple[Written, dict[str, qti_reader.Item]]:
    """What version 3 holds; version 2.1 holds the same tree, but that a person marks, and what is a table."""
    found = []
    for writer in (qti3, qti21):
        written = writer.written(Items(lang, "bank", (pool,)))
        found.append((written, qti_reader.package(written.content)))
    (written, read), (before, earlier) = found
    assert written.losses == before.losses
    for name, one in read.items():
        for each in one.root.iter():
            for attribute in ("external-scored", "class"):
                each.attrib.pop(attribute, None)
        assert qti_reader.told(one.root) == qti_reader.told(earlier[name].root)
    return written, read


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Figures take time and earn no marks: they are drawn where a test asks for them."""
    if "drawn" not in request.keywords:
        monkeypatch.setattr(_media, "pictures", blank_pictures)


# --- by the rules of its package an item earns what it earns here ------------------------------------------------


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_by_its_rules_what_it_earns_here(source: Bank, item: Item) -> None:
    """Right, wrong, edge and mistaken answers to every part whose mark is not named among the losses."""
    lang = item.languages[0]
    pool = exported(source, item, lang)
    drawn = variants.make(item, SEED, np.arange(COUNT))
    written, read = packages(pool, lang)
    lost = {(loss.part, loss.what.partition(":")[0]) for loss in written.losses}
    assert len(read) == len(pool.variants) == written.count
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        one = read[f"item-{variant.code}"]
        assert variant.code in one.text
        for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True), 1):
            tried = list(trials(answer, place))
            if not tried or (part.id, "the mark") in lost or (part.id, "blanks in any order") in lost:
                continue
            texts = {each.id: [trial.text if each is part else "" for trial in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            own = (marked.credit * float(part.marks)).tolist()
            there = [one.scored(trial.responses)[f"SCORE_{place}"] for trial in tried]
            differ = [(trial, mark, other) for trial, mark, other in zip(tried, own, there, strict=True)
                      if abs(mark - other) > TOLERANCE]  # fmt: skip
            assert differ == []
