"""Letters in a face as the characters that Unicode has for them: 𝐖, ℒ, ℝ."""

from __future__ import annotations

import string

from qbank.maths.tree import Face

_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
_FIRST: dict[Face, tuple[int, int, int, int]] = {  # the code points of A, a, 0 and Α in each face
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8), "bold-italic": (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C),
    "script": (0x1D49C, 0x1D4B6, 0, 0), "double": (0x1D538, 0x1D552, 0x1D7D8, 0),
}
_ELSEWHERE = {  # letters that Unicode had before it gave the faces their block
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "double": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}


def every() -> set[str]:
    """Every character of a face."""
    typed = f"{string.ascii_letters}{string.digits}{_GREEK}"
    return {faced(character, face) for character in typed for face in _FIRST}


def faced(character: str, face: Face) -> str:
    """The character of a face; itself where the face has none.

    >>> faced("W", "bold"), faced("L", "script"), faced("R", "double"), faced("x", "italic")
    ('𝐖', 'ℒ', 'ℝ', 'x')
    """
    if face not in _FIRST or character == ".":
        return character
    if character in _ELSEWHERE.get(face, {}):
        return _ELSEWHERE[face][character]
    capital, small, digit, greek = _FIRST[face]
    if character.isascii() and character.isalpha():
        return chr(capital + ord(character) - ord("A") if character.isupper() else small + ord(character) - ord("a"))
    if character.isdecimal() and digit:
        return chr(digit + int(character))
    if character in _GREEK and greek:
        return chr(greek + _GREEK.index(character))
    return character
