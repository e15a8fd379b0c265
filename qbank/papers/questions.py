"""One item on one form as a question: its texts filled in, its figures labelled, its options in this form's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, assert_never

import numpy as np

from qbank import algebra, answers, figures, markup, messages, nodes, numerals, units, variants
from qbank.algebra.branches import taken
from qbank.algebra.tree import Binary, Call, Expression, walk
from qbank.bank.item import Item, Part
from qbank.bank.passages import Passages
from qbank.circuits import Circuit
from qbank.model import (
    Attachment,
    Block,
    Content,
    Derivation,
    Drawing,
    FigureSlot,
    FileSlot,
    Inline,
    Lang,
    Listing,
    Maths,
    Paragraph,
    Printed,
    Problem,
    Refused,
    Rich,
    Rules,
    Table,
)
from qbank.papers._attachments import attachment
from qbank.sheets import Answer, Body, Foreseen, Line, Question, Worked
from qbank.sheets import Part as SheetPart
from qbank.variants import Variants
from qbank.waist import Choice, EntryGrid, ExtendedText, Interaction, Pairing, TextEntry

FEW = 9
"""The most entries of a vector or matrix that is printed in a formula in place of its letter."""


def question(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    code: str = "", working: float | None = None,
) -> Question:  # fmt: skip
    """The question that form `row` shows in one language; `marks` are its parts', in order.

    `code` is what the sheet of an exam bears; the names of data files hold it. `working` is the room for a mark, in
    centimetres, under a part that is written and says nothing of its own; with 0 no part has room.
    """
    return _question(_Page(drawn, row, lang, circuits, number, code), marks, working)


def _question(page: _Page, marks: tuple[Fraction, ...], working: float | None = None) -> Question:
    item, lang, number = page.drawn.item, page.lang, page.number
    inline = item.blank_parts(lang)
    stem = page.body(item.stem)
    slotted = {name for text in _rich_texts(item, lang) for name in markup.figures(text)}
    slotted |= {name for part in item.parts for name in part.facts.figures}
    stem += tuple(page.drawing(name) for name, spec in item.figures.items() if spec.printed and name not in slotted)
    told = {name for text in _rich_texts(item, lang) for name in markup.files(text)}
    stem += tuple(page.attachment(name) for name in item.files if name not in told)
    called = labels(item, lang)
    does = {part.id: page.interaction(part) for part in item.parts}
    parts = tuple(
        SheetPart(
            id=part.id,
            label=called.get(part.id, ""),
            marks=own,
            ask=page.body(part.ask),
            interaction=does[part.id],
            inline=part.id in inline,
            space=_room(part, does[part.id], own, working, inline=part.id in inline),
        )
        for part, own in zip(item.parts, marks, strict=True)
    )
    return Question(number, sum(marks, start=Fraction(0)), stem, parts)


def labels(item: Item, lang: Lang) -> dict[str, str]:
    """What a sheet calls the parts that are asked below the text, by id; nothing where there is one part alone."""
    if len(item.parts) == 1:
        return {}
    inline = item.blank_parts(lang)
    return {part.id: f"({place})" for place, part in enumerate((p for p in item.parts if p.id not in inline), 1)}


def worked(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    rules: Rules | None = None, code: str = "",
) -> Worked:  # fmt: skip
    """The same question with its keys, how each answer is marked, the foreseen mistakes and the worked solution."""
    page = _Page(drawn, row, lang, circuits, number, code)
    item = drawn.item
    asked = _question(page, marks)
    given = []
    for part, sheet_part in zip(item.parts, asked.parts, strict=True):
        kind, key, arrangement = answers.kind_of(part.kind), drawn.keys[part.id], drawn.arrangements[part.id]
        given.append(
            Answer(
                sheet_part,
                page.printed(kind.show(part.answer, key, arrangement, row, lang)),
                page.told(kind.accepted(part.answer, key, arrangement, row, lang)),
                page.foreseen(kind.foreseen(part.answer, key, arrangement, row, lang)),
                kind.scoring(part.answer, key, arrangement, row, rules or Rules()),
                part.follows,
                page.steps(part, sheet_part.marks),
            )
        )
    solution = page.solution(given=any(answer.steps for answer in given))
    return Worked(asked, item.id, item.title[lang], tuple(given), solution, item.any_order)


def explained(
    drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int, marks: tuple[Fraction, ...],
    code: str = "",
) -> tuple[Question, Body]:  # fmt: skip
    """The question, and the steps of its parts before its solution: for a reader who is told no marks of a step."""
    page = _Page(drawn, row, lang, circuits, number, code)
    asked = _question(page, marks)
    steps = [line for part, own in zip(drawn.item.parts, marks, strict=True) for line in page.steps(part, own)]
    return asked, (*(block for line in steps for block in line.text), *page.solution(given=bool(steps)))


def _room(part: Part, asked: Interaction, marks: Fraction, working: float | None, *, inline: bool) -> float:
    """The room for the working of a part, in centimetres: of itself none where letters are picked or lines printed."""
    if working == 0 or working is None or part.space or inline:
        return part.centimetres if working != 0 else 0.0
    match asked:
        case TextEntry() | EntryGrid():
            return round(working * float(marks), 1)
        case Choice() | Pairing() | ExtendedText():
            return 0.0
        case other:
            assert_never(other)


def symbols(item: Item) -> dict[str, str]:
    """The TeX by which each of the item's names is printed: its `symbol:`, or the name with its tail as a subscript."""
    rules: dict[str, Any] = {**item.parameters, **item.derive}
    return {name: rule.symbol or algebra.default_symbol(name) for name, rule in rules.items()}


class _Page:
    """What filling one item's texts needs: the values of one variant, printed once."""

    def __init__(
        self, drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int = 1, code: str = ""
    ) -> None:
        self.drawn, self.row, self.lang, self.circuits = drawn, row, lang, circuits
        self.number, self.code = number, code
        self.values = variants.printed(drawn, row, lang)

    def body(self, text: Passages | None) -> Body:
        """The passages that appear on this variant, filled in, with figures and derivations in their places."""
        if text is None:
            return ()
        try:
            appearing = variants.appearing(self.drawn.item, text, self.drawn.columns, self.row)
            return self.content(markup.joined((markup.read(each.text[self.lang]), each.apart) for each in appearing))
        except ValueError as error:  # an entry or a cell that is not there, a condition that is none
            raise Refused(Problem("item.text", str(error), item=self.drawn.item.id)) from error

    def content(self, content: Content) -> Body:
        """A text filled in, with its figures and derivations in their places; what is drawn already stays as it is."""
        return tuple(
            block for each in content
            for block in ((each,) if isinstance(each, Drawing | Attachment) else self._filled(each))
        )  # fmt: skip

    def _filled(self, block: Block) -> Iterator[Paragraph | Table | Listing | Drawing | Attachment]:
        for each in markup.fill((block,), self.values):
            yield from self._block(each)

    def _block(self, block: Block) -> Iterator[Paragraph | Table | Listing | Drawing | Attachment]:
        match block:
            case Paragraph() | Table() | Listing():
                yield block
            case FigureSlot(name):
                yield self.drawing(name)
            case FileSlot(name):
                yield self.attachment(name)
            case Derivation(name):
                yield self._derivation(name)
            case other:
                assert_never(other)

    def drawing(self, name: str) -> Drawing:
        """The figure of that name with this variant's values at its labels."""
        spec = self.drawn.item.figures[name]
        columns = {used: self.drawn.columns[used].take(np.array([self.row])) for used in spec.uses}
        try:
            drawing = figures.draw(spec, figures.Given(self.circuits, columns, self.lang))
        except ValueError as error:
            item = self.drawn.item.id
            path = "figures", name
            message = messages.tell("the figure {figure!r} cannot be drawn on seat {seat}: {reason}", figure=name,
                                    seat=self.drawn.seats[self.row], reason=error)  # fmt: skip
            todo = messages.tell("make its values fit on every variant, with require: or other ranges")
            problem = Problem("figures.undrawn", message, path=nodes.path_text(path), item=item, proposal=todo)
            raise Refused(problem, at=path) from error
        labels = tuple(replace(each, inlines=self._inlines(each.inlines)) for each in drawing.labels)
        return replace(drawing, labels=labels)

    def attachment(self, name: str) -> Attachment:
        """The data file of that name with this variant's columns."""
        return attachment(self.drawn, self.row, name, self.number, self.code)

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        filled = markup.fill((Paragraph(inlines),), self.values)[0]
        return filled.inlines if isinstance(filled, Paragraph) else inlines

    def interaction(self, part: Part) -> Interaction:
        """What the candidate does, with its texts filled in."""
        kind = answers.kind_of(part.kind)
        asked = kind.interaction(part.answer, self.drawn.arrangements[part.id], self.row, self.lang)
        match asked:
            case Choice():
                options = tuple(self.content(option) for option in asked.options)
                return replace(asked, options=options, prompt=markup.fill(asked.prompt, self.values))
            case Pairing():
                left = tuple(markup.fill(text, self.values) for text in asked.left)
                return replace(asked, left=left, right=tuple(markup.fill(text, self.values) for text in asked.right))
            case TextEntry() | EntryGrid() | ExtendedText():
                return asked
            case other:
                assert_never(other)

    def printed(self, key: Printed) -> Printed:
        """A key as the kind prints it; the text of an option may still hold names."""
        if "{{" not in key.text:
            return key
        text = self.told(key.text)
        return Printed(text, rf"\text{{{text}}}", text, rf"\text{{{text}}}")

    def told(self, text: str) -> str:
        """Plain text in which names may still stand, with their values."""
        return markup.told(text, self.values)

    def steps(self, part: Part, marks: Fraction) -> tuple[Line, ...]:
        """The steps of a part, with what each is worth."""
        scheme = variants.scheme(self.drawn, part, self.row, marks)
        return tuple(Line(name, self.body(part.steps[name].passages), own) for name, own in scheme)

    def solution(self, *, given: bool) -> Body:
        """The worked solution that the author wrote; steps that are `given` are one, else every derived value is."""
        if self.drawn.item.solution:
            return self.body(self.drawn.item.solution)
        return () if given else self.derivations()

    def foreseen(self, mistakes: tuple[Foreseen, ...]) -> tuple[Foreseen, ...]:
        """Foreseen mistakes with their texts filled in."""
        return tuple(replace(each, text=markup.fill_line(each.text, self.values)) for each in mistakes)

    def derivations(self) -> Body:
        """A worked line for every derived value, where the author wrote no solution and no steps."""
        return tuple(self._derivation(name) for name in self.drawn.item.order)

    def _derivation(self, name: str) -> Paragraph:
        """symbol = formula = the formula with this variant's numbers = its value, where that is no long vector.

        Of a formula with conditions, the branch that this variant takes.
        """
        item = self.drawn.item
        if name not in item.derive or self.drawn.columns[name].labels:
            value = self.values[name]
            return Paragraph((Maths((f"{symbols(item)[name]} = {value.tex}",), display=True),))
        expression, names = taken(item.derive[name].value, self.drawn.columns, self.row), symbols(item)
        steps = [names[name], algebra.latex(expression, names)]
        if algebra.names(expression):
            told = [each for each in algebra.names(expression) if self._is_short(each) and not self._is_word(each)]
            numbers = {each: self._within(each, expression) for each in told}
            steps.append(algebra.latex(expression, names, numbers))
        if steps[-1] in (self.values[name].tex, self.values[name].bare_tex):
            steps.pop()
        chain = " = ".join(dict.fromkeys(steps))
        if not self._is_short(name):  # a sample of thirty values is read in its file or in the stem
            return Paragraph((Maths((chain,), display=True),))
        sign = "=" if self._is_printed_exactly(name) else r"\approx"
        last = self.values[name].tex
        last = f"({last})_{{{expression.base}}}" if expression.base != 10 else last
        return Paragraph((Maths((f"{chain} {sign} {last}",), display=True),))

    def _within(self, name: str, expression: Expression) -> str:
        """A value as it is computed with: a temperature counts from absolute zero in a product, a quotient, a power."""
        unit = variants.unit_of(self.drawn.item, name)
        if not units.read(units.canonical(unit)).offset or not any(
            isinstance(node, Call) or (isinstance(node, Binary) and node.operator not in ("+", "-"))
            for node in walk(expression.root)
        ):
            return self.values[name].tex
        kelvins = self.drawn.columns[name].values[self.row]
        return numerals.write(float(f"{kelvins:.7g}"), "K").tex if np.ndim(kelvins) == 0 else self.values[name].tex

    def _is_word(self, name: str) -> bool:
        """Whether a name prints as a word, which is not the label that a formula compares it with."""
        return bool(self.drawn.columns[name].labels)

    def _is_short(self, name: str) -> bool:
        """Whether a value may stand in a formula in place of its letter: a number, or a vector or matrix of few."""
        return name in self.values and self.drawn.columns[name].values[self.row].size <= FEW

    def _is_printed_exactly(self, name: str) -> bool:
        value = self.drawn.columns[name].values[self.row]
        return bool(np.all(np.isclose(variants.as_printed(self.drawn.item, name, value), value, rtol=1e-12, atol=0)))


def _rich_texts(item: Item, lang: Lang) -> Iterator[Rich]:
    yield item.text(lang)
    for part in item.parts:
        if part.ask:
            yield markup.read(part.ask[lang])


def key(drawn: Variants, part: Part, row: int, lang: Lang) -> Printed:
    """The key of one part on one form, as printed."""
    shown = answers.kind_of(part.kind).show(
        part.answer, drawn.keys[part.id], drawn.arrangements[part.id], row, lang
    )
    return _Page(drawn, row, lang, {}).printed(shown)
