"""Start from a commented example that works: an item, a blueprint, a whole bank."""

from __future__ import annotations

import re
from pathlib import Path

from qbank import resources
from qbank.bank.item import ID
from qbank.model import Refused

TOPIC = "basics"


def item(path: Path, name: str, topic: str = TOPIC) -> Path:
    """A new item's file. Raises Refused for a name that is none, and for a file that is there already."""
    if not ID.fullmatch(name):
        raise Refused(f"{name!r} is no id of an item; write small letters, digits, _ and dots: circuit.series.current")
    return _write(path, _template("item").replace("ITEM_ID", name).replace("TOPIC", topic))


def blueprint(path: Path, name: str, item: str, topic: str = TOPIC) -> Path:
    """A new blueprint's file, with one item in it. Raises Refused as `item` does."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise Refused(f"{name!r} is no id of a blueprint; write small letters, digits and -: midterm-2026")
    text = _template("blueprint").replace("BLUEPRINT_ID", name).replace("ITEM_ID", item).replace("TOPIC", topic)
    return _write(path, text)


def bank(folder: Path) -> tuple[Path, ...]:
    """A new bank: its topics, one item, one blueprint. Raises Refused for a folder that is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty; name a new folder")
    return (
        _write(folder / "topics.yaml", _template("topics")),
        item(folder / TOPIC / "basics.series.current.yaml", "basics.series.current"),
        blueprint(folder / "blueprints" / "quiz.yaml", "quiz", "basics.series.current"),
    )


def _template(name: str) -> str:
    return (resources.folder("templates") / "new" / f"{name}.yaml").read_text(encoding="utf-8")


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{path} is there already; name another file") from None
    return path
