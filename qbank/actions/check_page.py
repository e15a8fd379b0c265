"""The web page of what a check found: every item with its variants, its answers, its mistakes and its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from qbank import markup, messages, papers, witnesses
from qbank.actions._watching import Watch, quietly
from qbank.actions.check import Checked
from qbank.actions.preview import facts_of
from qbank.actions.show import in_each
from qbank.bank import Bank
from qbank.bank.item import Item, Part
from qbank.checks import SEED
from qbank.model import Bilingual, Floats, Inline, Lang, Problem, Refused, caught
from qbank.reports import checkpage
from qbank.reports.checkpage import Entry, Numbers, Wrong
from qbank.variants import Variants, make, printed

SHOWN = 2
"""The variants of each item on the page."""
ASKED = 20
"""The variants that the witness is asked of."""


def check_page(checked: Checked, *, lang: Lang = "zh", watch: Watch = quietly) -> str:
    """The page of everything that was checked, the worst items first."""
    grouped: dict[str, list[Problem]] = {}
    others: list[Problem] = []
    for problem in checked.problems:
        if problem.item in checked.items:
            grouped.setdefault(problem.item, []).append(problem)
        else:
            others.append(problem)
    entries = [*_entries(checked, grouped, watch(checked.items, len(checked.items), messages.tell("items")), lang)]
    return checkpage.page(entries, others, lang, checked.seats)


def _entries(
    checked: Checked, grouped: Mapping[str, list[Problem]], names: Iterable[str], lang: Lang
) -> Iterator[Entry]:
    for name in names:
        item = checked.source.item(name)
        problems = tuple(grouped.get(name, ()))
        entry = Entry(name, item.title, item.topic, facts_of(item, lang, count="0"), (), (), problems)
        failed: list[Problem] = []
        showing = messages.tell("showing {item}", item=name)
        with caught(failed, "page", showing, item=name), suppress(Refused):  # its problem is told already
            entry = _entry(checked, item, problems, lang)
        yield replace(entry, problems=(*problems, *failed))


def _entry(checked: Checked, item: Item, problems: tuple[Problem, ...], lang: Lang) -> Entry:
    """What the page shows of one item. Raises Refused where no variant can be drawn."""
    drawn = make(item, SEED, np.arange(checked.seats))
    seats = tuple(range(SHOWN if item.parameters else 1))
    books = tuple(
        tuple(papers.alone(each.worked, each.lang) for each in variant)
        for variant in in_each(checked.source, item.id, seats=seats, seed=SEED)
    )
    numbers = tuple(each for part in item.parts for each in _numbers(checked.source, part, drawn, lang))
    return Entry(item.id, item.title, item.topic, facts_of(item, lang), books, numbers, problems)


def _numbers(source: Bank, part: Part, drawn: Variants, lang: Lang) -> Iterator[Numbers]:
    """The numbers of a part whose key is one number, in its unit."""
    key, facts = drawn.keys[part.id], part.facts
    if (band := facts.band) is None or key[facts.column].ndim != 1:
        return
    unit = band.asked_unit

    def shown(values: Any) -> Floats:
        return np.asarray((np.asarray(values, dtype=float) - unit.offset) / unit.factor)

    mistakes = tuple(
        Wrong(mistake.name, float(shown(key[mistake.column][0])), _filled(mistake.text, drawn, lang))
        for mistake in facts.mistakes if key[mistake.applies][0]
    )
    says = _says(source, part, drawn)
    yield Numbers(part.id, band.unit, shown(key[facts.column]), float(shown(key[band.low][0])),
                  float(shown(key[band.high][0])), mistakes, None if says is None else shown(says))  # fmt: skip


def _filled(text: Bilingual, drawn: Variants, lang: Lang) -> tuple[Inline, ...]:
    """What is said of a mistake on the first variant; in its own language where it has that one alone."""
    said: Lang = lang if text[lang] else "en" if lang == "zh" else "zh"
    return markup.fill_line(markup.line(text[said]), printed(drawn, 0, said))


def _says(source: Bank, part: Part, drawn: Variants) -> Floats | None:
    """The values of the witness on the first variants; None where there is no witness, or it cannot be asked here."""
    if part.witness is None:
        return None
    rows = np.arange(min(ASKED, len(drawn)))
    columns = {name: column.take(rows) for name, column in drawn.columns.items()}
    try:
        says = witnesses.witness(witnesses.read(part.witness), drawn.item.figures, source.circuits, columns)
    except (ValueError, witnesses.Missing):  # the check has told it
        return None
    return np.broadcast_to(says, (len(rows),)) if says.ndim == 1 else None
