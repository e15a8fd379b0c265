"""The schemas of a bank's files for an editor: printed, or written where the editor finds them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from qbank import files, messages, nodes, resources, schemas
from qbank.bank import BLUEPRINTS, CIRCUITS, POINTS, SETTINGS, SITTINGS, TOPICS, Bank
from qbank.model import Refused

EDITOR = ".vscode"
"""The folder in which Visual Studio Code looks for the settings of a project."""
_SETTINGS, _KNOWN = "settings.json", "yaml.schemas"
_PLACES = {
    "item": ["**/*.yaml", f"!**/{BLUEPRINTS}/*.yaml", f"!**/{CIRCUITS}/*.yaml", f"!**/{TOPICS}", f"!**/{POINTS}",
             f"!**/{SETTINGS}", f"!**/{SITTINGS}/*.yaml"],
    "blueprint": [f"**/{BLUEPRINTS}/*.yaml"],
    "circuit": [f"**/{CIRCUITS}/*.yaml"],
    "topics": [f"**/{TOPICS}"],
    "knowledge-points": [f"**/{POINTS}"],
    "bank": [f"**/{SETTINGS}"],
    "sitting": [f"**/{SITTINGS}/*.yaml"],
}
"""Where the files of each sort lie in a bank, as the YAML extension reads it."""


@cache
def meanings() -> schemas.Meanings:
    """What every field means."""
    path = resources.folder("templates") / "fields.yaml"
    found: schemas.Meanings = nodes.plain(nodes.read(path.read_bytes(), path.name))
    return found


def schema(file: str, bank: Bank | None = None) -> str:
    """The JSON Schema of one sort of file, as text; with a bank, its ids, topics and points complete themselves."""
    return json.dumps(schemas.schema(file, meanings(), bank), ensure_ascii=False, indent=2) + "\n"


def editor(folder: Path, bank: Bank | None = None) -> tuple[Path, ...]:
    """Write the schemas of a bank's files into its folder, with the settings that make Visual Studio Code use them.

    Settings that are there already stay; only which schema belongs to which file is written anew. Raises Refused where
    they cannot be read.
    """
    place = folder / EDITOR
    path = place / _SETTINGS
    known = _read(path)
    place.mkdir(parents=True, exist_ok=True)
    written = []
    chosen = {name: globs for name, globs in known.get(_KNOWN, {}).items() if not _is_own(name)}
    for file in schemas.FILES:
        own = place / f"qbank-{file}.json"
        files.put(own, schema(file, bank).encode())
        written.append(own)
        chosen[f"./{EDITOR}/{own.name}"] = _PLACES[file]
    text = json.dumps({**known, _KNOWN: chosen}, ensure_ascii=False, indent=2) + "\n"
    files.put(path, text.encode())
    return (path, *written)


def _is_own(name: str) -> bool:
    return any(name == f"./{EDITOR}/qbank-{file}.json" for file in schemas.FILES)


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(messages.tell("{path} cannot be read: {reason}; remove its comments, or add the schemas by hand",
                                    path=path, reason=error)) from None  # fmt: skip
    if not isinstance(found, dict) or not isinstance(found.get(_KNOWN, {}), dict):
        raise Refused(messages.tell("{path} contains no settings; move it away", path=path))
    return found
