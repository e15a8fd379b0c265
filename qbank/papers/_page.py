"""The texts of an item on one form: its values filled in, its figures, files and derivations in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

import numpy as np

from qbank import answers, figures, markup, messages, nodes, variants
from qbank.bank.item import Part
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
    Paragraph,
    Printed,
    Problem,
    Refused,
    Table,
)
from qbank.papers._attachments import attachment
from qbank.papers._derivations import Derivations
from qbank.sheets import Body, Foreseen, Line
from qbank.variants import Variants
from qbank.waist import Choice, EntryGrid, ExtendedText, Interaction, Pairing, TextEntry


class Page:
    """What filling one item's texts needs: the values of one variant, printed once."""

    def __init__(
        self, drawn: Variants, row: int, lang: Lang, circuits: Mapping[str, Circuit], number: int = 1, code: str = ""
    ) -> None:
        self.drawn, self.row, self.lang, self.circuits = drawn, row, lang, circuits
        self.number, self.code = number, code
        self.values = variants.printed(drawn, row, lang)
        self.derivations = Derivations(drawn, row, self.values)

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
                yield self.derivations.line(name)
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
        return () if given else self.derivations.lines()

    def foreseen(self, mistakes: tuple[Foreseen, ...]) -> tuple[Foreseen, ...]:
        """Foreseen mistakes with their texts filled in."""
        return tuple(replace(each, text=markup.fill_line(each.text, self.values)) for each in mistakes)
