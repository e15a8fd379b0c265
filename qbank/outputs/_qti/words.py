"""Words: the spellings that count, compared as they are, capitals apart.

Patterns are not used: clients differ in whether a pattern must hold for the whole answer.
"""

from __future__ import annotations

import unicodedata

from qbank import messages
from qbank.outputs import _lost
from qbank.outputs._qti import parts, rules
from qbank.outputs._qti.parts import Asked, Told
from qbank.outputs._qti.tree import Element, element, text, written
from qbank.waist import Texts

AROUND = (("", " "), (" ", ""), (" ", " "))


def told(asked: Asked, scoring: Texts, width: float, unit: str) -> Told:
    """A line to type on, and every spelling with what it earns."""
    lost = [messages.tell("spaces inside a word: only the spellings with and without them count there")] if (
        scoring.spaces == "remove") else []
    lost += [messages.tell("near-misses in spelling")] if scoring.near else []
    if any(each.pattern for each in scoring.wordings):
        lost.append(messages.tell("a pattern: only the listed spellings are right there"))
    shown = written(parts.entry(asked.response, width), asked.version) + (f" {text(unit).text}" if unit else "")
    right = next((each.text for each in scoring.wordings if not each.pattern and not each.mistake), "")
    if not right.strip():
        why = messages.tell("no spelling of the answer can be written")
        return Told((parts.response(asked.response, "string"),), inline=shown, person=True,
                    lost=(_lost.by_person(why),))  # fmt: skip
    declared = parts.response(asked.response, "string", correct=[right], mapping=_mapping(asked, scoring))
    found = rules.put(asked.score, element("map_response", identifier=asked.response))
    processing = rules.chosen([(rules.given(asked.response), [found, *_said(asked, scoring)])])
    return Told((declared,), processing, inline=shown, lost=tuple(lost))


def _mapping(asked: Asked, scoring: Texts) -> Element:
    """What every spelling earns; one that several wordings have is that of the first."""
    case = "true" if scoring.case else "false"
    found: dict[str, Element] = {}
    for wording in scoring.wordings:
        for each in () if wording.pattern else spellings(wording.text, scoring):
            entry = element("map_entry", map_key=each, mapped_value=rules.number(wording.credit * asked.worth),
                            case_sensitive=case)  # fmt: skip
            found.setdefault(each if scoring.case else each.lower(), entry)
    return element("mapping", *found.values(), default_value="0.0")


def _said(asked: Asked, scoring: Texts) -> tuple[Element, ...]:
    """The feedback on a foreseen mistake."""
    case = "true" if scoring.case else "false"
    told = [(each, asked.named(each.mistake)) for each in scoring.wordings if not each.pattern]
    return rules.chosen(
        (element("string_match", rules.variable(asked.response), rules.constant(each.text, "string"),
                 case_sensitive=case),
         [rules.put(asked.feedback, rules.constant(name, "identifier"))])
        for each, name in told if name and each.text.strip()
    )  # fmt: skip


def spellings(wording: str, scoring: Texts) -> tuple[str, ...]:
    """A wording as it is, in plain characters, without spaces where none count, and with what may stand round it.

    >>> spellings("A B", Texts((), spaces="remove"))[:2]
    ('A B', 'AB')
    """
    plain = unicodedata.normalize("NFKC", wording)
    words = [wording, plain]
    if scoring.spaces == "exact":
        return tuple(dict.fromkeys(words))
    words = [each.strip() for each in words]
    words += [" ".join(each.split()) for each in words]
    if scoring.spaces == "remove":
        words += ["".join(each.split()) for each in words]
    once = list(dict.fromkeys(words))
    around = [before + each + after for each in once for before, after in AROUND]
    stops = [each + stop for each in once for stop in (".", "。")] if scoring.spaces != "trim" else []
    return tuple(each for each in dict.fromkeys([*once, *around, *stops]) if each.strip())
