"""What one part of a question becomes: its interactions, its declarations, the rules of its score, its losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbank.model import Lang
from qbank.outputs import _webtext
from qbank.outputs._qti import rules
from qbank.outputs._qti.tree import Element, Version, element, text
from qbank.sheets import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A part to be written: which of the item it is, and in what manner texts are shown.

    `worth` are its marks; `score` and `feedback` name its outcomes, `response` its only response or the first of them.
    """

    answer: Answer
    place: int
    lang: Lang
    version: Version
    manner: _webtext.Manner

    @property
    def worth(self) -> float:
        return float(self.answer.part.marks)

    @property
    def score(self) -> str:
        return f"SCORE_{self.place}"

    @property
    def feedback(self) -> str:
        return f"FEEDBACK_{self.place}"

    @property
    def response(self) -> str:
        return f"RESPONSE_{self.place}"

    @property
    def unit(self) -> str:
        return f"UNIT_{self.place}"

    def earned(self, credit: float, mistake: str = "") -> tuple[Element, ...]:
        """The rules for an answer that earns a credit, and says which foreseen mistake it is."""
        own = (rules.score(self.score, self.worth * credit),)
        return (*own, rules.put(self.feedback, rules.constant(name, "identifier"))) if (
            name := self.named(mistake)) else own

    def named(self, mistake: str) -> str:
        """The identifier of the feedback on a foreseen mistake, empty where nothing is said of it."""
        for number, each in enumerate(self.answer.mistakes, 1):
            if mistake and each.name == mistake and each.text:
                return f"mistake_{number}"
        return ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a part became; `inline` is markup that may stand in a line of text, `block` what may not.

    `outcomes` are its own counters; `person` says that a person scores it.
    """

    responses: tuple[Element, ...]
    rules: tuple[Element, ...] = ()
    inline: str = ""
    block: str = ""
    outcomes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    person: bool = False


def response(name: str, base: str, cardinality: str = "single", correct: Sequence[str] = (),
             mapping: Element | None = None) -> Element:  # fmt: skip
    """The declaration of a response, with its right value and what each value is worth."""
    right = (element("correct_response", *(element("value", text(each)) for each in correct)),) if correct else ()
    mapped = (mapping,) if mapping else ()
    return element("response_declaration", *right, *mapped, identifier=name, cardinality=cardinality, base_type=base)


def outcome(name: str, base: str, start: str = "", **more: str) -> Element:
    """The declaration of an outcome, with the value that it has before any answer."""
    value = (element("default_value", element("value", text(start))),) if start else ()
    return element("outcome_declaration", *value, identifier=name, cardinality="single", base_type=base, **more)


def entry(name: str, width: float) -> Element:
    """A line to type on, its width in em."""
    return element("text_entry_interaction", response_identifier=name, expected_length=str(max(2, round(width * 2))))
