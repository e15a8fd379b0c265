"""Start from a commented example that works: an item, a blueprint, a whole bank."""

from __future__ import annotations

import os
import re
from pathlib import Path

from qbank import bank as banks
from qbank import files, messages, registry, resources
from qbank.actions import schema
from qbank.bank import POINTS, SETTINGS, TOPICS, Bank
from qbank.bank.item import ID
from qbank.bank.settings import Settings
from qbank.model import LANGS, Lang, Refused

TOPIC, SHIPPED_TOPIC = "basics", "electronics/opamp"
FIRST, SHIPPED_FIRST = "basics.series.current", "opamp.inverting.gain"


def item(name: str, path: Path | None = None, topic: str = "") -> Path:
    """A new item's file, NAME.yaml where no path is given; in a bank, with its first topic and in its languages.

    Raises Refused for an invalid name, a topic that the bank does not have, and a file that is there already.
    """
    if not ID.fullmatch(name):
        raise Refused(messages.tell("{name!r} is not an id of an item; write small letters, digits, _ and dots: "
                                    "circuit.series.current", name=name))  # fmt: skip
    path = path or Path(f"{name}.yaml")
    home = banks.around(path.absolute().parent)
    if home is None:
        return _write(path, _item(name, topic or SHIPPED_TOPIC, Settings(), ""))
    topics, points = banks.texts(home, TOPICS), banks.texts(home, POINTS)
    if topic and topics and topic not in topics:
        raise Refused(messages.tell("the topic {unknown}; {file} lists the topics",
                                    unknown=registry.unknown(topic, topics), file=home / TOPICS))  # fmt: skip
    topic, point = topic or next(iter(topics), TOPIC), next(iter(points), "")
    return _write(path, _item(name, topic, banks.settings_in(home), point))


def blueprint(name: str, path: Path | None = None, first: str = "", topic: str = "") -> Path:
    """A new blueprint's file with one item in it; in a bank, among its blueprints and with its first item.

    Raises Refused as `item` does.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise Refused(messages.tell("{name!r} is not an id of a blueprint; write small letters, digits and -: "
                                    "midterm-2026", name=name))  # fmt: skip
    home = banks.around(path.absolute().parent if path else Path())
    if home is None:
        path = path or Path(f"{name}.yaml")
        return _write(path, _blueprint(name, first or SHIPPED_FIRST, topic or SHIPPED_TOPIC, LANGS))
    held = banks.load(home)
    first = first or next((one.id for one in held.items.values() if one.status == "ready"), FIRST)
    topic = topic or _topic_of(held, first)
    path = path or home / banks.BLUEPRINTS / f"{name}.yaml"
    return _write(path, _blueprint(name, first, topic, banks.settings_in(home).languages))


def bank(folder: Path) -> tuple[Path, ...]:
    """A new bank: its settings and topics, one item, one blueprint, and what makes an editor complete its files.

    Raises Refused for a folder that is not empty, and for one inside a bank.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(messages.tell("{folder} is a file; name a new folder", folder=folder))
    if folder.exists() and any(folder.iterdir()):
        raise Refused(messages.tell("{folder} is not empty; name a new folder", folder=folder))
    outer = banks.around(folder.absolute().parent)
    if outer is not None:
        raise Refused(messages.tell("{folder} is inside the bank {bank}; name a folder outside it", folder=folder,
                                    bank=outer))  # fmt: skip
    written = (
        _write(folder / SETTINGS, _template("bank")),
        _write(folder / TOPICS, _template("topics")),
        _write(folder / TOPIC / f"{FIRST}.yaml", _item(FIRST, TOPIC, Settings(), "")),
        _write(folder / banks.BLUEPRINTS / "quiz.yaml", _blueprint("quiz", FIRST, TOPIC, LANGS)),
    )
    return (*written, *schema.editor(folder, banks.load(folder)))


def _topic_of(held: Bank, name: str) -> str:
    return held.items[name].topic if name in held.items else next(iter(held.topics), TOPIC)


def _item(name: str, topic: str, settings: Settings, point: str) -> str:
    """The example of an item, with every kind of answer named in it."""
    text = _template("item").replace("ITEM_ID", name).replace("TOPIC", topic)
    text = text.replace("KINDS", _wrapped(registry.tags("answers"))).replace("POINT", point or "E003")
    return _spoken(text, settings.languages)


def _blueprint(name: str, first: str, topic: str, langs: tuple[Lang, ...]) -> str:
    text = _template("blueprint").replace("BLUEPRINT_ID", name).replace("ITEM_ID", first).replace("TOPIC", topic)
    return _spoken(text, langs)


def _spoken(text: str, langs: tuple[Lang, ...]) -> str:
    """The example without the texts in other languages: their line, and what is indented below it."""
    for lang in LANGS:
        if lang not in langs:
            text = re.sub(rf"(?m)^( +){lang}:.*\n(?:\1 +.*\n|\n(?=\1 ))*", "", text)
    return text


def _wrapped(names: tuple[str, ...]) -> str:
    """The names as comments of the template's line, and of further lines below it."""
    lines = [names[start : start + 8] for start in range(0, len(names), 8)]
    return f",\n{' ' * 36}# ".join(", ".join(line) for line in lines)


def _template(name: str) -> str:
    return (resources.folder("templates") / "new" / messages.language() / f"{name}.yaml").read_text(encoding="utf-8")


def _write(path: Path, text: str) -> Path:
    if os.path.lexists(path):
        raise Refused(messages.tell("{path} already exists; name another file", path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    files.put(path, text.encode())
    return path
