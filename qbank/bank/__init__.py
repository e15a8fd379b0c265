"""The bank: folders of YAML files read into items, circuits, blueprints and topics, with every problem in one run.

One file holds one item; several folders are one bank together. Loading never stops at the first fault: what can be
read is read, the rest is listed.
"""

from __future__ import annotations

from qbank.bank._bank import Bank, Enclosed, found
from qbank.bank._files import Source
from qbank.bank._folder import BLUEPRINTS, CIRCUITS, POINTS, SHIPPED, TOPICS, named, settings_in
from qbank.bank._loading import load, texts
from qbank.bank._one_file import with_file
from qbank.bank.about import within
from qbank.bank.reading import holds_blueprint, is_blueprint, read, read_circuits, read_item
from qbank.bank.settings import FILE as SETTINGS
from qbank.bank.settings import Settings, around
from qbank.bank.sittings import SITTINGS, Measured, Sitting, Sittings, Use

__all__ = [
    "BLUEPRINTS", "CIRCUITS", "POINTS", "SETTINGS", "SHIPPED", "SITTINGS", "TOPICS", "Bank", "Enclosed", "Measured",
    "Settings", "Sitting", "Sittings", "Source", "Use", "around", "found", "holds_blueprint",
    "is_blueprint", "load", "named", "read", "read_circuits", "read_item", "settings_in", "texts", "with_file",
    "within",
]  # fmt: skip
