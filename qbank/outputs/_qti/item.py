"""A variant of an item as an assessment item: its text, its interactions, how it is scored, what is said afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase
from typing import assert_never

from qbank import messages
from qbank.model import Bilingual, Counted, Drawing, Lang, printed_marks
from qbank.outputs import _lost, _media, _webtext
from qbank.outputs._qti import cells, choices, numbers, parts, rules, texts, words
from qbank.outputs._qti.parts import Asked, Told
from qbank.outputs._qti.tree import Child, Element, Markup, Version, element, text, written
from qbank.sheets import Answer, Foreseen, Variant, Worked
from qbank.waist import (
    Cells,
    Choice,
    EntryGrid,
    ExtendedText,
    Interaction,
    Numbers,
    Options,
    Orders,
    Pairing,
    Pairs,
    TextEntry,
    Texts,
    Unscored,
)

SOLUTION = Bilingual(zh="解答", en="Solution")
WORTH = Counted(zh="（{marks} 分）", one=" ({marks} mark)", en=" ({marks} marks)")


@dataclass(frozen=True, slots=True)
class Made:
    """An assessment item, and what every part of it loses."""

    root: Element
    lost: tuple[tuple[str, str], ...]


@lru_cache(maxsize=65536)
def identifier(code: str) -> str:
    """A name for an item that every version takes: letters, digits, hyphens, and what else is there as its number.

    >>> identifier("7KQ2M4-3"), identifier("A 7")
    ('item-7KQ2M4-3', 'item-A_20_7')
    """
    safe = (sign if sign.isascii() and (sign.isalnum() or sign == "-") else f"_{ord(sign):x}_" for sign in code)
    return f"item-{''.join(safe)}"


def made(variant: Variant, lang: Lang, version: Version, pictures: Mapping[Drawing, _media.Picture]) -> Made:
    """The item of a variant."""
    worked = variant.worked
    plain = texts.manner(pictures, lambda name: name)
    told = tuple(_told(Asked(answer, place, lang, version, plain))
                 for place, answer in enumerate(worked.answers, 1))  # fmt: skip
    blanks = {answer.part.id: each.inline for answer, each in zip(worked.answers, told, strict=True)}
    shown = texts.manner(pictures, blanks.__getitem__)
    lost = [(answer.part.id, what) for answer, each in zip(worked.answers, told, strict=True) for what in each.lost]
    lost += [(answer.part.id, messages.tell("the error carried forward: an earlier error counts again there"))
             for answer in worked.answers if answer.follows]  # fmt: skip
    lost += [(name, messages.tell("blanks in any order: each has its own answer")) for name in worked.any_order]
    solution = _solution(worked, lang, shown)
    children = (
        *(each for one in told for each in one.responses), *_outcomes(worked, told, version),
        element("item_body", Markup(_body(variant, told, lang, shown))),
        _processing(told, solved=bool(solution)), *_feedback(worked, version, shown, solution),
    )  # fmt: skip
    named = {"identifier": identifier(variant.code), "title": variant.code, "adaptive": "false",
             "time_dependent": "false", "tool_name": "qbank"}  # fmt: skip
    root = element("assessment_item", *children, **named)
    language = ("xml:lang", "zh-CN" if lang == "zh" else "en")
    return Made(Element(root.name, (*root.attributes, language), root.children), tuple(dict.fromkeys(lost)))


def _told(asked: Asked) -> Told:
    interaction, scoring = asked.answer.part.interaction, asked.answer.scoring
    width, unit = _line(interaction)
    match scoring:
        case Numbers():
            return numbers.told(asked, scoring, width, unit)
        case Cells():
            return cells.told(asked, scoring, width, unit)
        case Texts():
            return words.told(asked, scoring, width, unit)
        case Options():
            assert isinstance(interaction, Choice)
            return choices.options(asked, interaction, scoring)
        case Pairs():
            assert isinstance(interaction, Pairing)
            return choices.pairs(asked, interaction, scoring)
        case Orders():
            assert isinstance(interaction, Pairing)
            return choices.orders(asked, interaction, scoring)
        case Unscored(reason, person):
            lost = () if person else (_lost.by_person(reason),)
            return _unscored(asked, interaction, lost)
        case other:
            assert_never(other)


def _line(interaction: Interaction) -> tuple[float, str]:
    """The width of a line to type on, in em, and the unit printed behind it."""
    match interaction:
        case TextEntry(width, unit):
            return width, unit
        case EntryGrid(_, _, width):
            return width, ""
        case Choice() | Pairing() | ExtendedText():
            return 6.0, ""
        case other:
            assert_never(other)


def _unscored(asked: Asked, interaction: Interaction, lost: tuple[str, ...]) -> Told:
    """Room for an answer that a person marks."""
    declared = (parts.response(asked.response, "string"),)
    if asked.answer.part.inline or isinstance(interaction, TextEntry):
        width = max(12.0, _line(interaction)[0])
        return Told(declared, inline=written(parts.entry(asked.response, width), asked.version), lost=lost, person=True)
    lines = interaction.lines if isinstance(interaction, ExtendedText) else 4
    room = element("extended_text_interaction", response_identifier=asked.response, expected_lines=str(lines))
    return Told(declared, block=written(room, asked.version), lost=lost, person=True)


def _outcomes(worked: Worked, told: tuple[Told, ...], version: Version) -> list[Element]:
    """The score and what it may be at most; those of the parts; what is counted; which feedback is shown."""
    total = sum(float(answer.part.marks) for answer in worked.answers)
    person = {"external_scored": "human"} if version.external else {}
    found = [
        parts.outcome("SCORE", "float", "0.0", normal_maximum=rules.number(total),
                      **(person if all(each.person for each in told) else {})),
        parts.outcome("MAXSCORE", "float", rules.number(total)),
    ]  # fmt: skip
    for place, (answer, each) in enumerate(zip(worked.answers, told, strict=True), 1):
        most = rules.number(float(answer.part.marks))
        found.append(parts.outcome(f"SCORE_{place}", "float", "0.0", normal_maximum=most,
                                   **(person if each.person else {})))  # fmt: skip
        found += [parts.outcome(name, "integer", "0") for name in each.outcomes]
        found.append(parts.outcome(f"FEEDBACK_{place}", "identifier"))
    return [*found, parts.outcome("SOLUTION", "identifier")]


def _processing(told: tuple[Told, ...], *, solved: bool) -> Element:
    """The score of each part, then their sum."""
    scored = [place for place, each in enumerate(told, 1) if not each.person]
    inner: list[Child] = []
    for place, each in enumerate(told, 1):
        if not each.person:
            inner += [rules.score(f"SCORE_{place}", 0.0), *each.rules]
    if scored:
        scores = [rules.variable(f"SCORE_{place}") for place in scored]
        inner.append(rules.put("SCORE", element("sum", *scores) if len(scores) > 1 else scores[0]))
    if solved:
        inner.append(rules.put("SOLUTION", rules.constant("solution", "identifier")))
    return element("response_processing", *inner)


def _body(variant: Variant, told: tuple[Told, ...], lang: Lang, manner: _webtext.Manner) -> str:
    """The stem, each part under its number with what it is worth, and the code of the variant."""
    question = variant.worked.question
    pieces = [_webtext.html(question.stem, lang, manner)]
    for answer, each in zip(variant.worked.answers, told, strict=True):
        if not answer.part.inline:
            pieces.append(_part(answer, each, lang, manner, several=len(told) > 1))
    pieces.append(f"<p><small>{_webtext.escaped(variant.code)}</small></p>")
    return "".join(pieces)


def _part(answer: Answer, told: Told, lang: Lang, manner: _webtext.Manner, *, several: bool) -> str:
    asked = _webtext.html(answer.part.ask, lang, manner)
    head = text(f"{answer.part.label} ").text if answer.part.label else ""
    if several:
        head += text(WORTH.of(answer.part.marks, lang, marks=printed_marks(answer.part.marks)).strip() + " ").text
    if head:
        head = f"<strong>{head.strip()}</strong> "
        asked = asked.replace("<p>", f"<p>{head}", 1) if asked.startswith("<p>") else f"<p>{head}</p>{asked}"
    return f"<div>{asked}{told.block}{f'<p>{told.inline}</p>' if told.inline else ''}</div>"


def _solution(worked: Worked, lang: Lang, manner: _webtext.Manner) -> str:
    """The worked solution, and what is said of the options of which several may be ticked."""
    reasons = (
        f"<div>{_option(answer, each, lang, manner)}: {_webtext.line(each.text, manner)}</div>"
        for answer in worked.answers if _ticked(answer) for each in answer.mistakes if each.text
    )  # fmt: skip
    said = _webtext.html(worked.explained, lang, manner) + "".join(reasons)
    return f"<p><strong>{SOLUTION[lang]}</strong></p>{said}" if said else ""


def _feedback(worked: Worked, version: Version, manner: _webtext.Manner, solution: str) -> list[Element]:
    """What is said of the foreseen mistakes, and the solution: for clients that show feedback after an attempt.

    The solution is in no rubric block: a client was seen to show those for scorers to candidates.
    """
    found = [
        _modal(f"FEEDBACK_{place}", f"mistake_{number}", f"<p>{_webtext.line(each.text, manner)}</p>", version)
        for place, answer in enumerate(worked.answers, 1) if not _ticked(answer)
        for number, each in enumerate(answer.mistakes, 1) if each.text
    ]  # fmt: skip
    return [*found, _modal("SOLUTION", "solution", solution, version)] if solution else found


def _ticked(answer: Answer) -> bool:
    """Whether several options may be ticked, so that what is said of each is part of the solution."""
    return isinstance(answer.part.interaction, Choice) and answer.part.interaction.several


def _option(answer: Answer, mistake: Foreseen, lang: Lang, manner: _webtext.Manner) -> str:
    """The option that a mistake is: by its text, for its letter may be another where options change places."""
    asked = answer.part.interaction
    if isinstance(asked, Choice) and mistake.printed in ascii_uppercase[: len(asked.options)]:
        return _webtext.alone(asked.options[ascii_uppercase.index(mistake.printed)], lang, manner)
    return text(mistake.printed).text


def _modal(outcome: str, name: str, said: str, version: Version) -> Element:
    body = element("content_body", Markup(said)) if version.bodies else Markup(said)
    return element("modal_feedback", body, outcome_identifier=outcome, identifier=name, show_hide="show")
