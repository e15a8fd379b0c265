"""One question of Canvas as an item of QTI 1.2: its text, its answers, what is said to them, and how it is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import assert_never

from qbank.model import Attachment, Drawing, Lang
from qbank.outputs import _media, _text, _webtext
from qbank.outputs._media import Picture
from qbank.outputs._moodle import (
    Asked,
    Fields,
    Impossible,
    Joined,
    Numeric,
    Ticks,
    Truth,
    Words,
    Written,
)
from qbank.sheets import Answer, Variant, Worked
from qbank.waist import Choice

IMAGES = "images/"
FILES = "files/"


def manner(pictures: Mapping[Drawing, Picture], variant: Variant) -> _webtext.Manner:
    """Figures and data files as files of the package."""
    def figure(drawing: Drawing, lang: Lang) -> str:
        return _media.image(pictures[drawing], drawing, lang, IMAGES)

    def linked(file: Attachment, lang: Lang) -> str:
        before, after = map(_webtext.escaped, _text.attached(file, lang))
        place = escape(address(variant, file))
        return f'<p>{before}<a href="{place}">{_webtext.escaped(file.name)}</a>{after}</p>'

    return _webtext.Manner(figure=figure, file=linked)


def address(variant: Variant, file: Attachment) -> str:
    """Where a data file of a variant lies in the package."""
    return f"{FILES}{variant.code}/{_text.clean(file.name).replace('/', '_').strip()}"


def pictured(answer: Answer) -> bool:
    """Whether an option to pick is a picture without a word."""
    asked = answer.part.interaction
    return isinstance(asked, Choice) and any(
        all(isinstance(block, Drawing) for block in option) for option in asked.options if option)


def solution(worked: Worked, lang: Lang, shows: _webtext.Manner) -> str:
    """The worked solution, shown once the answer is in."""
    return _webtext.html(worked.explained, lang, shows)


def item(ident: str, name: str, text: str, answer: Answer, asked: Asked, general: str) -> str:
    """The whole item; a text that is empty is left out."""
    sort, presented, conditions, feedback = _asked(asked)
    said = {"general_fb": general, **feedback}
    told = "".join(
        f'<itemfeedback ident="{place}"><flow_mat>{_material(words)}</flow_mat></itemfeedback>'
        for place, words in said.items() if words
    )  # fmt: skip
    shown = _said("<other/>", "general_fb") if general else ""
    meta = {"question_type": f"{sort}_question", "points_possible": f"{float(answer.part.marks):g}"}
    fields = "".join(f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry>"
                     "</qtimetadatafield>" for label, entry in meta.items())  # fmt: skip
    return (
        f'<item ident="{ident}" title="{escape(name[-255:])}"><itemmetadata><qtimetadata>{fields}'
        f"</qtimetadata></itemmetadata><presentation>{_material(text)}{presented}</presentation><resprocessing>"
        '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'
        f"{shown}{conditions}</resprocessing>{told}</item>"
    )


def _asked(asked: Asked) -> tuple[str, str, str, dict[str, str]]:
    """The type of a question, where the answer goes, how it is marked, and what is said to single answers."""
    match asked:
        case Numeric(nears):
            ranges = "".join(
                _all(f'<vargte respident="response1">{near.middle - near.reach!r}</vargte>'
                     f'<varlte respident="response1">{near.middle + near.reach!r}</varlte>') for near in nears
            )  # fmt: skip
            return "numerical", _line("Decimal"), ranges, {}
        case Words(words):
            spellings = "".join(
                _all(f'<varequal respident="response1">{escape(each.text, quote=False)}</varequal>') for each in words
            )
            return "short_answer", _line(""), spellings, {}
        case Truth(holds, why):
            options = [("true", "True"), ("false", "False")]
            wrong = "false" if holds else "true"
            conditions = _said(_equal(wrong), f"{wrong}_fb") if why else ""
            conditions += _all(_equal("true" if holds else "false"))
            return "true_false", _choices(options, several=False), conditions, {f"{wrong}_fb": why}
        case Ticks(ticks, several):
            names = [f"o{place}" for place in range(1, len(ticks) + 1)]
            options = [(own, each.option) for own, each in zip(names, ticks, strict=True)]
            whys = {f"{own}_fb": each.why for own, each in zip(names, ticks, strict=True)}
            right = [own for own, each in zip(names, ticks, strict=True) if each.credit > (0 if several else 1 - 1e-9)]
            if several:
                told = "".join(_equal(own) if own in right else f"<not>{_equal(own)}</not>" for own in names)
                marked = _all(f"<and>{told}</and>")
            else:
                marked = "".join(_all(_equal(own)) for own in right)
            said = "".join(_said(_equal(own), f"{own}_fb") for own in names if whys[f"{own}_fb"])
            sort = "multiple_answers" if several else "multiple_choice"
            return sort, _choices(options, several=several), said + marked, whys
        case Joined():
            return "matching", *_matching(asked), {}
        case Written() | Impossible():
            open_ = '<respcondition continue="No"><conditionvar><other/></conditionvar></respcondition>'
            return "essay", _line(""), open_, {}
        case Fields():
            raise TypeError("Canvas has one field in a question")
        case other:
            assert_never(other)


def _matching(asked: Joined) -> tuple[str, str]:
    names = [f"r{place}" for place in range(1, len(asked.right) + 1)]
    labels = "".join(f'<response_label ident="{own}"><material><mattext>{escape(text, quote=False)}</mattext>'
                     "</material></response_label>" for own, text in zip(names, asked.right, strict=True))  # fmt: skip
    fields = "".join(f'<response_lid ident="response_{at}">{_material(left)}<render_choice>{labels}</render_choice>'
                     "</response_lid>" for at, left in enumerate(asked.left, 1))  # fmt: skip
    each = 100 / len(asked.left)
    rules = "".join(
        f'<respcondition><conditionvar><varequal respident="response_{at}">{names[place]}</varequal></conditionvar>'
        f'<setvar action="Add" varname="SCORE">{each:.2f}</setvar></respcondition>'
        for at, place in enumerate(asked.places, 1)
    )  # fmt: skip
    return fields, rules


def _line(fibtype: str) -> str:
    kind = f' fibtype="{fibtype}"' if fibtype else ""
    return ('<response_str ident="response1" rcardinality="Single">'
            f'<render_fib{kind}><response_label ident="answer1"/></render_fib></response_str>')  # fmt: skip


def _choices(options: Iterable[tuple[str, str]], *, several: bool) -> str:
    labels = "".join(f'<response_label ident="{own}">{_material(text)}</response_label>' for own, text in options)
    many = "Multiple" if several else "Single"
    choices = f"<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="response1" rcardinality="{many}">{choices}</response_lid>'


def _equal(ident: str) -> str:
    return f'<varequal respident="response1">{ident}</varequal>'


def _all(conditions: str) -> str:
    """Whoever meets the conditions has everything."""
    return (f'<respcondition continue="No"><conditionvar>{conditions}</conditionvar>'
            '<setvar action="Set" varname="SCORE">100</setvar></respcondition>')  # fmt: skip


def _said(condition: str, place: str) -> str:
    """What is said to those who meet a condition."""
    return (f'<respcondition continue="Yes"><conditionvar>{condition}</conditionvar>'
            f'<displayfeedback feedbacktype="Response" linkrefid="{place}"/></respcondition>')  # fmt: skip


def _material(html: str) -> str:
    """A text: HTML, escaped as Canvas reads it."""
    return f'<material><mattext texttype="text/html">{escape(html, quote=False)}</mattext></material>'
