"""What the bank holds: its knowledge points and topics with the items on each, its circuits, an item as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pages.tables import code, fenced, table
from qbank import bank
from qbank.bank import Bank

ROOT = Path(__file__).resolve().parent.parent.parent
AREAS = {"R": ("循环神经网络", "Recurrent networks"), "E": ("电子技术", "Electronics")}


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
            rows.append((name, f"{text.zh}<br>{text.en}", "<br>".join(map(code, items)) or "—"))
    covered = sum(row[2] != "—" for row in rows)
    zh, en = AREAS[letter]
    heading = f"## {zh} / {en}\n\n{covered} / {len(rows)}\n\n"
    return heading + table(("", "知识点 / knowledge point", "题目 / items"), rows)


def topics(area: str) -> str:
    """The topics under an area, with their items and the level of each."""
    known = shipped()
    rows = []
    for name, text in known.topics.items():
        if bank.within(name, area):
            own = [item for item in known.items.values() if item.topic == name]
            below = sum(bank.within(item.topic, name) for item in known.items.values())
            items = "<br>".join(f"{code(item.id)} ({item.level})" for item in own)
            rows.append((code(name), f"{text.zh}<br>{text.en}", str(below), items))
    return table(("topic", "名称 / name", "题数 / items", "题目（难度）/ items (level)"), rows)


def circuits() -> str:
    """The circuits of the library: name, title, parts with their kinds, ports."""
    rows = [
        (
            code(name), f"{circuit.title.zh}<br>{circuit.title.en}",
            ", ".join(code(part.name) for part in circuit.parts), ", ".join(code(port.name) for port in circuit.ports),
        )
        for name, circuit in shipped().circuits.items()
    ]  # fmt: skip
    return table(("circuit", "电路 / circuit", "parts", "ports"), rows)


def file(path: str, *info: str) -> str:
    """A file of the repository as it stands, as a YAML listing."""
    return fenced((ROOT / path).read_text(encoding="utf-8"), " ".join(("yaml", *info)))


INSERTS: Mapping[str, Callable[..., str]] = {
    "points": points, "topics": topics, "circuits": circuits, "file": file,
}  # fmt: skip
