"""What the bank checks of itself: every check with its reason, what to do, its codes and its examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

from pages.tables import code, fenced, listed, table
from qbank import checks, registry


def overview() -> str:
    """Every check with what holds where it finds nothing, in the order in which they are made."""
    rows = [(f"[{code(tag)}](#{tag})", _claim(module), _of(module)) for tag, module in _modules()]
    return table(("check", "what holds", "looks at"), rows)


def details() -> str:
    """Every check with its reason, its proposal, its codes and its first example."""
    return "\n\n".join(_one(tag, module) for tag, module in _modules())


def _modules() -> list[tuple[str, ModuleType]]:
    return [(tag, registry.load("checks", tag)) for tag in checks.tags()]


def _claim(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().partition("\n")[0]


def _of(module: ModuleType) -> str:
    looks = {"check": "an item", "check_bank": "the bank"}
    return ", ".join(said for name, said in looks.items() if hasattr(module, name))


def _one(tag: str, module: ModuleType) -> str:
    pieces = [f"### `{tag}`", _claim(module), f"*Why:* {module.RATIONALE}", f"*What to do:* {module.PROPOSAL}."]
    if hasattr(module, "LOOKED"):
        many = f"{module.LOOKED} variants" if module.LOOKED > 1 else "one variant"
        pieces.append(f"*Looks one by one at:* {many}; what values decide is decided on all")
    codes = _codes(module, tag)
    if codes:
        pieces.append(f"*Codes:* {listed(codes)}")
    for sample in getattr(module, "EXAMPLES", ())[:1]:
        remark = f": {sample.remark}" if sample.remark else ""
        pieces += [f"Found, as {code(sample.code)}{remark}", fenced(sample.bad, "yaml")]
        pieces += ["Not found", fenced(sample.good, "yaml")]
    return "\n\n".join(pieces)


def _codes(module: ModuleType, tag: str) -> list[str]:
    """The codes of a check: those that its own source names, and those of its examples."""
    source = Path(inspect.getfile(module)).read_text(encoding="utf-8")
    named = re.findall(rf'"({re.escape(tag)}(?:\.[a-z-]+)?)"', source)
    shown = [sample.code for sample in getattr(module, "EXAMPLES", ())]
    return sorted({*named, *shown})


INSERTS: Mapping[str, Callable[..., str]] = {"checks": overview, "check-details": details}
