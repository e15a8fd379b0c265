"""Canvas: what is written is read again as Canvas reads it, and earns there what it earns here, or is named lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import canvas_reader
import numpy as np
import pytest
from canvas_reader import Question, Spoilt
from conftest import GALLERY
from qti_trials import blank_pictures

from qbank import bank, marking, papers, resources, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.outputs import _media, canvas
from qbank.sheets import Answer, Items
from qbank.waist import Numbers, Options, Pairs, Texts, Wording

BANKS = (bank.load(resources.folder("questions")), bank.load(GALLERY), bank.load(Path(__file__).parent / "second_bank"))
COUNT = 2
SEED = "canvas"
ELSEWHERE = ("the rule", "a credit of", "that 'none", "how many options")
"""How losses begin that change what some answers earn."""


def items() -> Iterator[Any]:
    for source in BANKS:
        for item in source.items.values():
            yield pytest.param(source, item, id=item.id)


@pytest.mark.parametrize(("source", "item"), list(items()))
def test_an_item_earns_in_canvas_what_it_earns_here(
    source: Bank, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_media, "pictures", blank_pictures)
    lang = item.languages[0]
    (pool,) = papers.pools([item], source.circuits, seed=SEED, count=COUNT, lang=lang)
    written = canvas.written(Items(lang, "bank", (pool,)))
    read = {question.id: question for question in canvas_reader.read(written.content)}
    lost = {part.id: [loss.what for loss in written.losses if loss.part == part.id] for part in item.parts}
    drawn = variants.make(item, SEED, np.arange(COUNT))

    assert len(read) == written.count == len(pool.variants) * len(item.parts)
    for variant in pool.variants:
        row = int(variant.code.split("-")[1]) - 1
        for place, (part, answer) in enumerate(zip(item.parts, variant.worked.answers, strict=True)):
            question = read[f"{variant.code}_{place + 1}"]
            own = f"{variant.code}.{place + 1}" if len(item.parts) > 1 else variant.code
            assert f"<small>{own}</small>" in question.text
            if question.sort == "essay" or any(what.startswith(ELSEWHERE) for what in lost[part.id]):
                continue
            tried = list(trials(answer, question, zero=any("counts as 0" in what for what in lost[part.id])))
            texts = {each.id: [here if each.id == part.id else "" for _, here in tried] for each in item.parts}
            marked = marking.mark(item, drawn, texts, np.full(len(tried), row))[part.id]
            for (there, here), credit in zip(tried, marked.credit.tolist(), strict=True):
                assert question.fraction(there) == pytest.approx(max(credit, 0.0), abs=1e-3), (part.id, there, here)


def trials(answer: Answer, question: Question, *, zero: bool) -> Iterator[tuple[Any, str]]:
    """Answers as they are given in Canvas, and as they are written for qbank."""
    names = [own for own, _ in question.options]
    match answer.scoring:
        case Numbers(intervals, units):
            unit = f" {units.names[0].name}" if units.names and not units.printed else ""
            for each in intervals:
                width = each.high - each.low
                beside = max(width / 7, abs(each.value) * 1e-9)
                if not each.bare:
                    for value in (each.value, each.high + beside, each.low - beside, -each.value, each.value * 10):
                        yield f"{value:.15g}", f"{value:.15g}{unit}"
            if not zero:
                yield "abc", ""
        case Texts(wordings):
            for one in (*wordings, Wording("☂☂☂")):
                if not one.pattern:
                    yield one.text, one.text
        case Options() if question.sort == "true_false":
            yield from ((["true"], "√"), (["false"], "×"))
        case Options(right):
            letters = "√×" if len(right) == 2 and answer.part.interaction.style == "truth" else "ABCDEFGHIJ"  # type: ignore[union-attr]
            count = len(right)
            sets = [[place] for place in range(count)] if question.sort == "multiple_choice" else [
                [place for place in range(count) if bits >> place & 1] for bits in range(1, 1 << count)]
            yield from (([names[place] for place in ticked], "".join(letters[place] for place in ticked))
                        for ticked in sets)  # fmt: skip
        case Pairs(right, each) if each:
            for shift in range(len(names)):
                chosen = [(place + shift) % len(names) for place in right]
                there = dict(zip(question.lefts, (names[place] for place in chosen), strict=True))
                yield there, "".join(chr(ord("a") + place) for place in chosen)
        case _:
            return


def test_the_reader_refuses_what_canvas_spoils() -> None:
    item = BANKS[1].item("gallery.number")
    (pool,) = papers.pools([item], BANKS[1].circuits, seed=SEED, count=2, lang="zh")
    content = canvas.written(Items("zh", "bank", (pool,))).content

    assert canvas_reader.read(content)
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as package:
        for name, text in files.items():
            package.writestr(name, text.replace(b"<fieldentry>3</fieldentry>", b"<fieldentry>4</fieldentry>", 1))
    with pytest.raises(Spoilt):
        canvas_reader.read(broken.getvalue())
