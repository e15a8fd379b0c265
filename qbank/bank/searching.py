"""Finding items by words: in their ids, titles, topics and texts, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from qbank.bank.item import Item
from qbank.bank.passages import Passages
from qbank.model import LANGS, Bilingual


def search(items: Iterable[Item], words: Iterable[str], topics: Mapping[str, Bilingual]) -> tuple[Item, ...]:
    """The items in which every one of the words appears, wherever; capitals and width do not matter.

    Those that have them all in the id or a title come first, in the order of the bank.
    """
    wanted = [_folded(word) for word in words]
    named, others = [], []
    for item in items:
        name = _folded(" ".join((item.id, *_both(item.title))))
        if all(word in name for word in wanted):
            named.append(item)
        elif all(word in f"{name} {_texts(item, topics)}" for word in wanted):
            others.append(item)
    return (*named, *others)


def _texts(item: Item, topics: Mapping[str, Bilingual]) -> str:
    """Every text of an item, as its author wrote it."""
    texts = [item.stem, item.solution, topics.get(item.topic), *(part.ask for part in item.parts)]
    asked = [text for part in item.parts for text in part.facts.paper]
    said = [one for text in (*texts, *asked) if text for one in _both(text)]
    return _folded(" ".join((item.topic, *item.points, *item.kinds, *item.tags, *said)))


def _both(text: Bilingual | Passages) -> tuple[str, ...]:
    return tuple(text[lang] for lang in LANGS)


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
