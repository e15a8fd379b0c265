"""What the bank holds: its knowledge points and topics with the items on each, its circuits, an item as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pages.tables import code, fenced, table
from pages.words import of
from qbank import bank, markup
from qbank.bank import Bank
from qbank.model import Bilingual

ROOT = Path(__file__).resolve().parent.parent.parent
AREAS = {"R": Bilingual("循环神经网络", "Recurrent networks"), "E": Bilingual("电子技术", "Electronics")}


@cache
def shipped() -> Bank:
    """The bank that comes with qbank."""
    return bank.load(ROOT / "questions")


def points(letter: str) -> str:
    """The knowledge points whose names begin with a letter, how many are covered, and the items on each."""
    known = shipped()
    rows = []
    for name, text in known.points.items():
        if name.startswith(letter):
            items = [item.id for item in known.items.values() if name in item.asks]
            rows.append((name, markup.called(of(text)), "<br>".join(map(code, items)) or "—"))
    covered = sum(row[2] != "—" for row in rows)
    heading = f"## {of(AREAS[letter])}\n\n{covered} / {len(rows)}\n\n"
    return heading + table(("", "knowledge point", "items"), rows)


def topics(area: str) -> str:
    """The topics under an area, with their items and the level of each."""
    known = shipped()
    rows = []
    for name, text in known.topics.items():
        if bank.within(name, area):
            own = [item for item in known.items.values() if item.topic == name]
            below = sum(bank.within(item.topic, name) for item in known.items.values())
            items = "<br>".join(f"{code(item.id)} ({item.level})" for item in own)
            rows.append((code(name), of(text), str(below), items))
    return table(("topic", "name", "number of items", "items (level)"), rows)


def circuits() -> str:
    """The circuits of the library: name, title, parts with their kinds, ports."""
    rows = [
        (
            code(name), of(circuit.title),
            ", ".join(code(part.name) for part in circuit.parts), ", ".join(code(port.name) for port in circuit.ports),
        )
        for name, circuit in shipped().circuits.items()
    ]  # fmt: skip
    return table(("circuit", "title", "elements", "ports"), rows)


def file(path: str, *info: str) -> str:
    """A file of the repository as it stands, as a YAML listing."""
    return fenced((ROOT / path).read_text(encoding="utf-8"), " ".join(("yaml", *info)))


INSERTS: Mapping[str, Callable[..., str]] = {
    "points": points, "topics": topics, "circuits": circuits, "file": file,
}  # fmt: skip
