"""qbank: an exam-style question bank and auto-grader.

`qbank.ask("opamp.inverting.gain", seat=7).mark({"gain": "-10"})` is the shortest way in; `qbank.open_bank()` and
`qbank.open_exam(folder)` lead to everything else (docs/en/python.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qbank.api import anonymise, ask, final_marks, open_bank, open_exam, pack, unpack

__version__ = "0.2.0"
__all__ = ["__version__", "anonymise", "ask", "final_marks", "open_bank", "open_exam", "pack", "unpack"]


def __getattr__(name: str) -> Any:
    """What the room `api` offers, which is imported when it is asked for."""
    if name in __all__:
        from qbank import api

        return vars(api)[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
