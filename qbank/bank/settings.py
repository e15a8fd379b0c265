"""bank.yaml: what a bank is called, and what its items and blueprints say unless they say it themselves."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from qbank.model import LANGS
from qbank.records import Languages, Record, Texts

FILE = "bank.yaml"
SHARED = ("languages", "licence", "author")
"""The fields that an item or a blueprint has from its bank where it does not say them itself."""


class Settings(Record):
    """The settings of a bank; one without bank.yaml has these."""

    title: Texts | None = None
    languages: Languages = LANGS
    licence: str = Field("", max_length=200)
    author: str = Field("", max_length=200)

    def defaults(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What is said here of the fields that a record has."""
        return {name: getattr(self, name) for name in SHARED if name in fields and getattr(self, name)}

    def shared(self) -> tuple[Any, ...]:
        """Everything that is said here for the records of the bank."""
        return tuple(getattr(self, name) for name in SHARED)


@cache
def usual() -> Settings:
    """The settings of a bank that has none of its own."""
    return Settings.model_construct()


def is_settings(text: bytes) -> bool:
    """Whether a file called bank.yaml holds settings, and not an item, which has parts."""
    return re.search(rb"(?m)^[\"']?parts[\"']?\s*:", text) is None


def is_blueprint(text: bytes) -> bool:
    """Whether a file holds a blueprint, which has sections; an item has none."""
    return re.search(rb"(?m)^[\"']?sections[\"']?\s*:", text) is not None


def around(path: Path) -> Path | None:
    """The folder of the bank in which a file or folder lies: the nearest above it, or itself, that has a bank.yaml.

    It is given as it is seen from the working folder, where that is possible.
    """
    whole = path.absolute()
    for folder in (whole, *whole.parents):
        if (folder / FILE).is_file():
            try:
                return Path(os.path.relpath(folder))
            except ValueError:  # another drive
                return folder
    return None
