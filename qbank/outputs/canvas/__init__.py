"""Items for Canvas as a package of QTI 1.2 in its dialect: a group for each item, of which a quiz draws one variant.

Each part is a question of its own, with its item's whole text: a question of Canvas has one answer, and QTI 2.1 loses
marks there (numbers become words without tolerance).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qbank import messages, sheets
from qbank.model import Drawing, Lang
from qbank.outputs import Loss, Output, Written, _media, _moodle
from qbank.outputs._media import Picture
from qbank.outputs._zipped import zipped
from qbank.outputs.canvas import package, question, responses
from qbank.outputs.canvas.lowering import lowered
from qbank.sheets import Items, Pool, Variant


@dataclass(frozen=True, slots=True)
class _Made:
    """One part of one variant as an item; and what it loses."""

    item: str
    lost: tuple[str, ...]


def written(items: Items) -> Written:
    """The package with everything that it does not hold."""
    pictures = _media.pictures(items)
    groups: list[str] = []
    losses: dict[Loss, None] = {}
    count = 0
    for pool in items.pools:
        for place, part in enumerate(pool.variants[0].worked.question.parts):
            made = [_item(variant, place, items.lang, pictures) for variant in pool.variants]
            losses |= dict.fromkeys(Loss(pool.item, part.id, what) for each in made for what in each.lost)
            title = pool.item if len(pool.variants[0].worked.answers) == 1 else f"{pool.item} {place + 1}"
            groups.append(package.group(title, f"{pool.variants[0].code}_{place + 1}", part.marks,
                                        [each.item for each in made]))  # fmt: skip
            count += len(made)
    quiz = package.quiz(items.title or "qbank", groups)
    beside = [*_media.all_of(pictures.values(), question.IMAGES), *_files(items.pools)]
    return Written(zipped(package.files(items.title or "qbank", quiz, beside)), count, tuple(losses))


OUTPUT = Output(".canvas.zip", items=written, returned=responses.returned)


def _item(variant: Variant, place: int, lang: Lang, pictures: Mapping[Drawing, Picture]) -> _Made:
    worked = variant.worked
    answer, several = worked.answers[place], len(worked.answers) > 1
    manner = question.manner(pictures, variant)
    told = lowered(answer, lang, manner)
    lost = list(told.lost)
    if several and answer.follows:
        lost.append(messages.tell("the error carried forward: each part is a question by itself"))
    if answer.part.id in worked.any_order:
        lost.append(messages.tell("blanks in any order: each is a question with its own answer"))
    if question.pictured(answer):
        lost.append(messages.tell("which picture was picked: no table of responses has it"))
    text = _moodle.alone(variant, place, lang, manner, told.after)
    solution = question.solution(worked, lang, manner)
    name = f"{worked.item}{f' {place + 1}' if several else ''} {variant.code}"
    item = question.item(f"{variant.code}_{place + 1}", name, text, answer, told.asked, solution)
    return _Made(item, tuple(lost))


def _files(pools: Sequence[Pool]) -> Iterator[tuple[str, bytes]]:
    """The data files, in a folder for each variant: their names are the same on all."""
    for pool in pools:
        for variant in pool.variants:
            for file in sheets.attachments(variant.worked.question):
                yield question.address(variant, file), file.content
