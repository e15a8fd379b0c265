"""Items with a picture of one variant each, chosen so that every sort of answer and of figure in the bank is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pages.bank_pages import shipped
from pages.tables import code, fenced, listed
from pages.words import of, say
from qbank import messages

SHOWN = (
    "opamp.instr.gain", "bjt.distortion.identify", "bjt.ce.symbolic", "opamp.comparator.window", "diode.zener.combos",
    "diode.limiter", "filter.bode.type", "bjt.cc.features", "lm386.pin.match", "darl.rule_tf", "lstm.cell.scalar",
    "lstm.cell.vector", "rnn.bptt.order", "torch.rnn.shapes", "attn.lstm.essay",
)  # fmt: skip
"""The items, in the order of the page."""


def picture(item: str, language: str) -> str:
    """Where the picture of an item is in docs/, made by scripts/build_pictures.py."""
    return f"pictures/gallery/{item}-{language}.png"


def gallery() -> str:
    """Every item of SHOWN: what it is, its picture, and its file, folded."""
    pieces = []
    for name in SHOWN:
        item = shipped().items[name]
        kinds = listed(dict.fromkeys(part.answer.kind for part in item.parts))
        facts = say("{item}, level {level}; answers: {kinds}", item=code(name), level=item.level, kinds=kinds)
        file = fenced(shipped().sources[name].text.decode(), "yaml")
        folded = f"<details markdown><summary>{say('The file')}</summary>\n\n{file}\n\n</details>"
        title = of(item.title)
        pieces.append(f"## {title}\n\n{facts}\n\n![{title}](../{picture(name, messages.language())})\n\n{folded}")
    return "\n\n".join(pieces)


INSERTS: Mapping[str, Callable[..., str]] = {"gallery": gallery}
