"""qbank: an exam-style question bank and auto-grader.

`qbank.ask("opamp.inverting.gain", seat=7).mark({"gain": "-10"})` is the shortest way in; `qbank.actions` has the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qbank.actions.ask import ask

__version__ = "0.2.0"
__all__ = ["__version__", "ask"]


def __getattr__(name: str) -> Any:
    if name == "ask":
        from qbank.actions.ask import ask

        return ask
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
