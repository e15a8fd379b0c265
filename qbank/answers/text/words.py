"""Words compared as an examiner compares them: folded, spaced as the part says, and one slip of the pen apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qbank import numerals
from qbank.simplified import simplified

Case: TypeAlias = Literal["fold", "keep"]
Spaces: TypeAlias = Literal["exact", "trim", "collapse", "remove"]

_CHINESE = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff]"
_IDEOGRAPH = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BESIDE_CHINESE = re.compile(rf"(?<={_CHINESE})\s++|(?<!\s)\s++(?={_CHINESE})")  # each run of spaces tried once
_STOP = re.compile(r"(?<![\s。.,，;；])[\s。.,，;；]++$")
_DASHES = dict.fromkeys(map(ord, "−–—―‐‑‒"), "-")
_PLAIN = re.compile("[0-9A-Za-z\u3400-\u9fff ,.;?-]*")
_DIGITS = re.compile("[0-9]")
_LETTERS = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile(r"([A-Za-z])[\u0300-\u036f]+")
_JOINT = re.compile(
    r"(?<=[A-Za-z])[\s_·'’-]+(?=[A-Za-z]{2})|(?<=[A-Za-z]{2})(?:[\s_·'’-]+(?=[A-Za-z])|[\s_-]+(?=[0-9]))"
)
"""What may be between the parts of a word; between single letters and digits it may say more: x-1, n p n."""
_FEW = 3
"""Of fewer letters a joint may be all that tells two words: A-B."""
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?P<decimals>\.[0-9]*)?")
_LOWERED = re.compile("[₀-₉]+")
_RAISED = re.compile(r"(?:\^|\*\*)(?:\(([\w+-]++)\)|\{([\w+-]++)\}|(?=[\w+-]))")


@dataclass(frozen=True, slots=True)
class Folding:
    """How two spellings are made the same."""

    case: Case = "fold"
    spaces: Spaces = "collapse"

    def of(self, text: str) -> str:
        """The text after NFKC, folding of case and dashes, and spaces; a full stop at the end falls away.

        `collapse` also drops spaces beside Chinese characters, where they mean nothing.

        >>> Folding().of(" Common  Emitter. "), Folding().of("共 射"), Folding(spaces="exact").of("a  b ")
        ('common emitter', '共射', 'a  b ')
        """
        folded = unicodedata.normalize("NFKC", numerals.visible(text))
        folded = folded.translate(_DASHES)
        if self.case == "fold":
            folded = unicodedata.normalize("NFKC", folded.casefold())
        if self.spaces == "exact":
            return folded
        folded = unstopped(folded)
        if self.spaces == "remove":
            return "".join(folded.split())
        if self.spaces == "collapse":
            return " ".join(_BESIDE_CHINESE.sub("", folded).split())
        return folded

    def forms(self, text: str) -> tuple[str, ...]:
        """The text as `of` folds it, and where it differs with marks of its own: x² as x^2, 1₂ as 1_2, × and · as *,
        ∼ as ≈, 電 as 电.

        >>> Folding().forms("NPN"), Folding().forms("10⁻³"), Folding().forms("10^(-3)"), Folding().forms("101₂")
        (('npn',), ('10-3', '10^-3'), ('10^(-3)', '10^-3'), ('1012', '101_2'))
        """
        plain = self.of(text)
        if _PLAIN.fullmatch(text) and simplified(text) == text:
            return (plain,)
        lowered = _LOWERED.sub(r"_\g<0>", text)
        alike = _RAISED.sub(r"^\1\2", self.of(numerals.normalise(lowered)))
        return (plain,) if alike == plain else (plain, alike)


def unstopped(text: str) -> str:
    """The text without the spaces round it and the stop at its end, unless it is nothing but stops."""
    return _STOP.sub("", text).strip() or text.strip()


def chinese(text: str) -> bool:
    """Whether there is a Chinese character in the text."""
    return _IDEOGRAPH.search(text) is not None


def essence(text: str) -> str:
    """A folded text without what writers differ in: accents, joints between words, and how a plain number is typed.

    >>> essence("naïve bayes") == essence("naive-bayes"), essence("k-means") == essence("kmeans")
    (True, True)
    >>> essence("+05.0"), essence("1,000"), essence("-5"), essence("a-b"), essence("2.50 v")
    ('5', '1000', '-5', 'a-b', '2.50 v')
    """
    number = _NUMBER.fullmatch(text)
    if number is not None:
        whole, decimals = number["whole"].replace(",", "").lstrip("0") or "0", (number["decimals"] or "").rstrip("0.")
        return number["sign"].replace("+", "") + whole + (f".{decimals}" if decimals else "")
    if len(_LETTERS.findall(text)) < _FEW:
        return text
    plain = text if text.isascii() else _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _JOINT.sub("", plain))


def slipped(given: str, asked: str) -> bool:
    """Whether one edit (a character more, less, other, or two changed about) makes the one into the other.

    Short words never are: one edit makes another word of them. A word needs two characters if Chinese, else four.
    Another digit is another number, and no slip.

    >>> slipped("饱合", "饱和"), slipped("satuartion", "saturation"), slipped("on", "in"), slipped("第4级", "第3级")
    (True, True, False, False)
    """
    least = 2 if re.search(_CHINESE, asked) else 4
    if given == asked or len(asked) < least or abs(len(given) - len(asked)) > 1:
        return False
    if _DIGITS.findall(given) != _DIGITS.findall(asked):
        return False
    start = 0
    while start < min(len(given), len(asked)) and given[start] == asked[start]:
        start += 1
    rest, wanted = given[start:], asked[start:]
    if len(given) == len(asked):
        return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    return rest[1:] == wanted if len(given) > len(asked) else rest == wanted[1:]
