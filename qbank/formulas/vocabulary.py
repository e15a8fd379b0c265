"""The words a question knows: its names in every spelling, constants, functions; and how a run of letters is parted.

`R_1`, `R_{1}` and `R1` are one name unless the question has two of them; Greek letters are read by letter or by name;
`RfR1` is a product, the longest known name first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from qbank.algebra.table import RUN_TOGETHER, SPELLINGS

_GREEK_NAMES = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "nu", "xi", "pi",
    "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega",
)  # fmt: skip
GREEK = dict(zip("αβγδεζηθικλνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", _GREEK_NAMES, strict=True)) | {
    "\u00b5": "mu", "\u03bc": "mu", "ϵ": "epsilon", "ϕ": "phi", "ς": "sigma", "ϑ": "theta",
}  # fmt: skip
"""Greek letters that no Latin letter looks like, by name."""

_LOOKALIKES = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХасеорхо", "ABEZHIKMNOPTYXABEKMHOPCTXaceopxo", strict=True))
_VARIANTS = {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta"}
_DROPPED = frozenset("\\_{}() ")
_PRIMES = frozenset("'′’´")


class Word(NamedTuple):
    """A piece of a run of letters: what it is, the name it means, and where it begins in the run."""

    kind: Literal["name", "constant", "function", "number"]
    text: str
    at: int


class Unknown(NamedTuple):
    """A piece of a run that means nothing here; `guess` is a name that differs only in capital letters."""

    text: str
    at: int
    guess: str


@dataclass(frozen=True)
class Vocabulary:
    """The names of a question, and what else may be written in its answers.

    `aliases` gives further spellings by name; `log` says what `log` means; `parallel` allows the parallel sign,
    `imaginary` makes i and j the imaginary unit.
    """

    names: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parallel: bool = False
    imaginary: bool = False
    log: Literal["ln", "lg"] = "ln"
    strangers: bool = False
    """Whether names that the question does not have are read at all (and so are wrong)."""
    units: tuple[str, ...] = ("i", "j")
    """How the imaginary unit is written."""
    degrees: bool = True
    """Whether an angle that does not say so is in degrees."""
    hidden: frozenset[str] = frozenset()
    """Names that may be written and are not told to who asks for others."""

    @cached_property
    def exact(self) -> dict[str, Word]:
        """What is written just so."""
        found = {}
        for name in self.names:
            for spelling in (name, *self.aliases.get(name, ())):
                found[spelling] = Word("name", name, 0)
        return found

    @cached_property
    def literal(self) -> dict[str, list[str]]:
        """Spellings with signs in them, such as `c_t-1`, by their first character, the longest first."""
        found: dict[str, list[str]] = {}
        for spelling in sorted(self.exact, key=len, reverse=True):
            if not all(c.isalnum() or c in "_{}\\′'" for c in spelling):
                found.setdefault(spelling[0], []).append(spelling)
        return found

    @cached_property
    def folded(self) -> dict[str, Word]:
        """What is written without underscores and braces, Greek by name."""
        found: dict[str, Word] = {}
        twice = set()
        for spelling, word in self.exact.items():
            bare = compressed(spelling)[0]
            if found.setdefault(bare, word).text != word.text:
                twice.add(bare)
        for bare in twice:
            del found[bare]
        for name in ("e", "pi"):
            found.setdefault(name, Word("constant", name, 0))
        if self.imaginary:
            for name in self.units:
                found.setdefault(name, Word("constant", "i", 0))
        for spelling, function in SPELLINGS.items():
            found.setdefault(spelling, Word("function", function, 0))
        return found

    @cached_property
    def unit_before_digits(self) -> bool:
        """Whether i and j before a digit are the imaginary unit: no name begins so."""
        begun = {bare[:1] for bare in self.folded if bare[1:2].isdigit()}
        return self.imaginary and not begun & set(self.units)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.folded))

    @cached_property
    def _parted(self) -> dict[str, tuple[Word, ...] | Unknown]:
        return {}

    def parted(self, run: str) -> tuple[Word, ...] | Unknown:
        """The words that a run of letters, digits and subscripts is.

        >>> [word.text for word in Vocabulary(("R1", "Rf", "beta")).parted("βR_fR1")]
        ['beta', 'Rf', 'R1']
        >>> Vocabulary(("R1", "Rf")).parted("RfR2").text
        'R2'
        >>> [word.text for word in Vocabulary(("R", "C")).parted("RCln2")]
        ['R', 'C', 'ln', '2']
        """
        known = self._parted.get(run)
        if known is None:
            if len(self._parted) > 4096:
                self._parted.clear()
            known = self._parted[run] = self._part(run)
        return known

    def _part(self, run: str) -> tuple[Word, ...] | Unknown:
        if run in self.exact:
            return (self.exact[run],)
        bare, origin = compressed(run)
        if bare in self.folded:
            return (self.folded[bare],)
        length = len(bare)
        taken: list[tuple[int, ...]] = [()] * length + [(length,)]
        for start in range(length - 1, -1, -1):
            if not _may_part(run, bare, origin, start):
                continue
            for end in range(min(length, start + self._longest), start, -1):
                if (ends := self._ends(bare, start, end)) and taken[ends[-1]]:
                    taken[start] = ends
                    break
        if not taken[0]:
            return self._unknown(run, bare, origin)
        words: list[Word] = []
        start = 0
        while start < length:
            for end in taken[start]:
                piece = bare[start:end]
                known = self.folded.get(piece, Word("number", piece, 0))
                words.append(known._replace(at=origin[start]))
                start = end
        return tuple(words)

    def _ends(self, bare: str, start: int, end: int) -> tuple[int, ...]:
        """Where a word ends that begins and ends here, and the digits after a function; nothing where there is none."""
        piece = bare[start:end]
        word = self.folded.get(piece)
        if word is None:
            return ()
        if word.kind != "function" or end == len(bare):
            return (end,)
        if piece not in RUN_TOGETHER or any(name.startswith(piece) for name in self._spelt):
            return ()
        digits = end
        while digits < len(bare) and bare[digits].isdigit():
            digits += 1
        return (end, digits) if digits > end else (end,)

    @cached_property
    def _spelt(self) -> tuple[str, ...]:
        """The names of the question without underscores."""
        return tuple(bare for bare, word in self.folded.items() if word.kind == "name")

    def _unknown(self, run: str, bare: str, origin: list[int]) -> Unknown:
        """The longest piece at whose front no further name fits."""
        start = 0
        while start < len(bare):
            ends = range(min(len(bare), start + self._longest), start, -1)
            end = next((end for end in ends if end < len(bare) and self._ends(bare, start, end) == (end,)
                        and _may_part(run, bare, origin, end)), None)
            if end is None:
                break
            start = end
        piece = run[origin[start] :] if start < len(bare) else run
        return Unknown(piece, origin[start] if start < len(bare) else 0, self._guesses.get(bare[start:].casefold(), ""))

    @cached_property
    def _guesses(self) -> dict[str, str]:
        """The names of the question and the functions, by what they are without a difference of case."""
        return {compressed(word)[0].casefold(): word for word in reversed((*self.names, *SPELLINGS))}


def _may_part(run: str, bare: str, origin: list[int], at: int) -> bool:
    """Whether a word may begin at an index: not with a digit, not inside a subscript, not inside a Greek name."""
    if at == 0:
        return True
    place = origin[at]
    inside = origin[at - 1] == place or run[place - 1] in "_{(" or run.count("{", 0, place) > run.count("}", 0, place)
    return not (inside or bare[at].isdigit() or bare[at] == "′")


def compressed(run: str) -> tuple[str, list[int]]:
    r"""The run without underscores and braces, Greek letters by name, and where each character came from.

    >>> compressed("R_{1}")[0], compressed("β_2")[0], compressed(r"\\varphi")[0]
    ('R1', 'beta2', 'phi')
    """
    bare: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(run):
        if character in _DROPPED:
            continue
        piece = "′" if character in _PRIMES else GREEK.get(character) or _LOOKALIKES.get(character, character)
        bare.append(piece)
        origin.extend([index] * len(piece))
    text = "".join(bare)
    for variant, name in _VARIANTS.items():
        if text.startswith(variant):
            return name + text[len(variant) :], origin[: len(name)] + origin[len(variant) :]
    return text, origin


def listed(names: Iterable[str]) -> str:
    """The names of a question in a sentence."""
    return ", ".join(names)
