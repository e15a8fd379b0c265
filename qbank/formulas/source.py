"""A typed text as tokens whose letters are parted into names, constants and functions; and where each was typed."""

from __future__ import annotations

from typing import NoReturn

from qbank.formulas import reasons, tokens
from qbank.formulas.tokens import Token
from qbank.formulas.vocabulary import Unknown, Vocabulary
from qbank.model import Bilingual

LONGEST = 1000
DEEPEST = 60
"""How deep brackets and powers may be nested."""
TURNS = dict.fromkeys(("rad", "rads", "radian", "radians", "Rad", "RAD", "弧度"), "rad") | dict.fromkeys(
    ("deg", "degs", "degree", "degrees", "Deg", "DEG", "d", "D", "度"), "°"
)
"""What may appear after an angle."""


class Unreadable(ValueError):
    """Reading stopped at a column of the text, counted from 1; `expected` says why."""

    def __init__(self, column: int, expected: Bilingual) -> None:
        super().__init__(f"column {column}: {expected.en}")
        self.column = column
        self.expected = expected


class Source:
    """A text, and its tokens up to an end. Raises Unreadable for a name that is not known."""

    __slots__ = ("origin", "text", "tokens", "words")

    def __init__(self, text: str, words: Vocabulary) -> None:
        if len(text) > LONGEST:
            raise Unreadable(LONGEST + 1, reasons.LONG)
        plain, self.origin = tokens.folded(text)
        if len(plain) > 4 * LONGEST:
            raise Unreadable(1, reasons.LONG)
        self.text, self.words = text, words
        self.tokens = self.known(plain.rstrip(" .。;；"))

    def column(self, at: int) -> int:
        """The column of the text as it was typed, of an index of the folded text."""
        if self.origin is None:
            return min(at, len(self.text)) + 1
        return (self.origin[at] if at < len(self.origin) else len(self.text)) + 1

    def typed(self, start: int, end: int) -> str:
        """What was typed between two indices of the folded text."""
        return self.text[self.column(start) - 1 : self.column(end) - 1].strip()

    def known(self, plain: str) -> list[Token]:
        """The tokens with every run of letters parted into names, constants and functions, and an end."""
        found: list[Token] = []
        add, make, literal = found.append, tuple.__new__, self.words.literal
        spaced, resume = False, 0
        for match in tokens.scan(plain, imaginary=self.words.unit_before_digits):
            kind, text, at = match.lastgroup, match.group(), match.start()
            if at < resume:
                continue
            if kind == "space":
                spaced = True
                continue
            if kind == "sign" or kind == "number":
                if kind == "number" and text[0] == "." and not spaced and found and found[-1].kind == "number":
                    self.decimals(found, text)  # ln2.5, whose 2 was part of a run of letters
                else:
                    add(make(Token, (kind, text, at, spaced)))
            elif kind == "constant":
                add(Token(kind, "i", at, spaced))
            elif (turn := TURNS.get(text)) and self.is_turn(text, plain[:at], found):
                add(Token("sign", turn, at, spaced))
            elif kind == "odd":
                raise Unreadable(self.column(at), reasons.OPERAND)
            elif literal and (spelling := self.literally(plain, at)):
                add(Token("name", self.words.exact[spelling].text, at, spaced))
                resume = at + len(spelling)
            else:
                self.part(text, at, spaced, found)
            spaced = False
        end = Token("end", "", len(plain), spaced)
        found += (end, end, end)  # whoever looks ahead finds the end
        return found

    def is_turn(self, text: str, before: str, found: list[Token]) -> bool:
        """Whether a word for degrees or radians is one: after an angle, or after a number where it is not a name."""
        if self.words.imaginary and "∠" in before and len(text) > 1:
            return True
        if len(text) == 1 and text != "度" and "∠" not in before:  # 5∠53.1d; `sin 60d` may be a letter
            return False
        return bool(found) and found[-1].kind == "number" and isinstance(self.words.parted(text), Unknown)

    def decimals(self, found: list[Token], text: str) -> None:
        """Put decimals behind the whole number that they follow, which has none yet."""
        whole = found.pop()
        if not whole.text.isdigit():
            raise Unreadable(self.column(whole.at + len(whole.text)), reasons.OPERATOR)
        found.append(whole._replace(text=whole.text + text))

    def literally(self, plain: str, at: int) -> str:
        """The spelling with signs in it that is at an index, if there is one."""
        for spelling in self.words.literal.get(plain[at], ()):
            if plain.startswith(spelling, at) and not plain[at + len(spelling) :][:1].isalnum():
                return spelling
        return ""

    def part(self, run: str, start: int, spaced: bool, found: list[Token]) -> None:
        """Add the words of a run of letters."""
        parted = self.words.parted(run)
        if isinstance(parted, Unknown):
            if not self.words.strangers:
                self.refuse(start, parted)
            found.append(Token("name", f"?{run}", start, spaced))
            return
        for kind, text, at in parted:
            found.append(tuple.__new__(Token, (kind, text, start + at, spaced and not at)))

    def refuse(self, start: int, unknown: Unknown) -> NoReturn:
        """Raise Unreadable for a name that the question does not have."""
        told = [name for name in self.words.names if name not in self.words.hidden]
        why = reasons.unknown(unknown.text, unknown.guess, told)
        raise Unreadable(self.column(start + unknown.at), why)
