"""The bank: folders of YAML files read into items, circuits, blueprints and topics, with every problem in one run.

One file holds one item; several folders are one bank together. Loading never stops at the first fault: what can be
read is read, the rest is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import registry

if TYPE_CHECKING:
    from qbank.bank._bank import Bank, Enclosed, found
    from qbank.bank._files import Source
    from qbank.bank._folder import BLUEPRINTS, CIRCUITS, POINTS, SHIPPED, TOPICS, named, settings_in
    from qbank.bank._loading import load, texts
    from qbank.bank._one_file import with_file
    from qbank.bank._pictures import pictures
    from qbank.bank._sealed import read_sealed
    from qbank.bank.card import within
    from qbank.bank.reading import holds_blueprint, read, read_circuits, read_item
    from qbank.bank.settings import FILE as SETTINGS
    from qbank.bank.settings import Settings, around, is_blueprint
    from qbank.bank.sittings import Sitting
    from qbank.bank.uses import SITTINGS, Measured, Sittings, Use
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Bank", "Enclosed", "found"), "_bank"), "Source": "_files",
        **dict.fromkeys(("BLUEPRINTS", "CIRCUITS", "POINTS", "SHIPPED", "TOPICS", "named", "settings_in"), "_folder"),
        **dict.fromkeys(("load", "texts"), "_loading"), "with_file": "_one_file", "pictures": "_pictures",
        "read_sealed": "_sealed", "within": "card",
        **dict.fromkeys(("Settings", "around", "is_blueprint"), "settings"),
        "SETTINGS": "settings.FILE",
        **dict.fromkeys(("holds_blueprint", "read", "read_circuits", "read_item"), "reading"),
        "Sitting": "sittings", **dict.fromkeys(("SITTINGS", "Measured", "Sittings", "Use"), "uses"),
    })  # fmt: skip

__all__ = [
    "BLUEPRINTS", "CIRCUITS", "POINTS", "SETTINGS", "SHIPPED", "SITTINGS", "TOPICS", "Bank", "Enclosed", "Measured",
    "Settings", "Sitting", "Sittings", "Source", "Use", "around", "found", "holds_blueprint", "is_blueprint",
    "load", "named", "pictures", "read", "read_circuits", "read_item", "read_sealed", "settings_in", "texts",
    "with_file", "within",
]  # fmt: skip
