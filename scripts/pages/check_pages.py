"""What the bank checks of itself: every check with its reason, what to do, its codes and its examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

from pages.tables import code, fenced, listed, table
from pages.words import say
from qbank import checks, messages, registry


def overview() -> str:
    """Every check with what holds where it finds nothing, in the order in which they are made."""
    rows = [(f"[{code(tag)}](#{tag})", _claim(module), _of(module)) for tag, module in _modules()]
    return table(("check", "what holds", "examines"), rows)


def details() -> str:
    """Every check with its reason, its proposal, its codes and its first example."""
    return "\n\n".join(_one(tag, module) for tag, module in _modules())


def _modules() -> list[tuple[str, ModuleType]]:
    return [(tag, registry.load("checks", tag)) for tag in checks.tags()]


def _claim(module: ModuleType) -> str:
    return say((module.__doc__ or "").strip().partition("\n")[0])


def _of(module: ModuleType) -> str:
    looks = {"check": "an item", "check_bank": "the bank"}
    return messages.listed(say(what) for name, what in looks.items() if hasattr(module, name))


def _one(tag: str, module: ModuleType) -> str:
    pieces = [f"### `{tag}`", _claim(module), f"*{say('Why:')}* {say(module.RATIONALE)}",
              f"*{say('What to do:')}* {say(module.PROPOSAL)}{say('.')}"]  # fmt: skip
    if hasattr(module, "LOOKED"):
        many = say("{count} variants", count=module.LOOKED) if module.LOOKED > 1 else say("one variant")
        pieces.append(say("*Examined one by one:* {many}; what values decide is decided on all", many=many))
    codes = _codes(module, tag)
    if codes:
        pieces.append(f"*{say('Codes:')}* {listed(codes)}")
    for sample in getattr(module, "EXAMPLES", ())[:1]:
        remark = f" ({say(sample.remark)})" if sample.remark else ""
        pieces += [say("Found, as {code}", code=code(sample.code)) + remark, fenced(sample.bad, "yaml")]
        pieces += [say("Not found"), fenced(sample.good, "yaml")]
    return "\n\n".join(pieces)


def _codes(module: ModuleType, tag: str) -> list[str]:
    """The codes of a check: those that its own source names, and those of its examples."""
    source = Path(inspect.getfile(module)).read_text(encoding="utf-8")
    named = re.findall(rf'"({re.escape(tag)}(?:\.[a-z-]+)?)"', source)
    shown = [sample.code for sample in getattr(module, "EXAMPLES", ())]
    return sorted({*named, *shown})


INSERTS: Mapping[str, Callable[..., str]] = {"checks": overview, "check-details": details}
