"""Numbers as an author writes them: decimal digits with an SI suffix, read exactly.

>>> exact("4.7k"), exact("-26m"), exact("1e3")
(Decimal('4700'), Decimal('-0.026'), Decimal('1000'))
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

from qbank import messages

SUFFIXES = {"f": -15, "p": -12, "n": -9, "u": -6, "µ": -6, "μ": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12}
LARGEST_EXPONENT = 99
MOST_DIGITS = 40
_EXACT = Context(prec=2 * (MOST_DIGITS + LARGEST_EXPONENT))
"""Room for every digit that a number may have: nothing here is ever rounded."""

NUMBER = re.compile(
    rf"(?P<digits>[0-9]+\.?[0-9]*|\.[0-9]+)(?P<power>[eE][+-]?[0-9]+)?(?P<suffix>[{''.join(SUFFIXES)}])?"
)


class NotANumber(ValueError):
    """A text that is not a number with an SI suffix."""


def exact(text: str) -> Decimal:
    """The value of a number with an optional sign and SI suffix, exactly. Raises NotANumber."""
    stripped = text.strip()
    sign = stripped[:1] if stripped[:1] in ("+", "-", "−") else ""
    match = NUMBER.fullmatch(stripped.removeprefix(sign))
    if match is None:
        raise NotANumber(messages.tell("{text!r} is not a number; write 4700, 4.7k or 4.7e3", text=text))
    value = scaled(match)
    return plain(value.copy_negate() if sign in ("-", "−") else value)


def scaled(match: re.Match[str]) -> Decimal:
    """The value of a match of NUMBER. Raises NotANumber for a number beyond any quantity."""
    power = int((match["power"] or "e0")[1:][:6]) + SUFFIXES.get(match["suffix"] or "", 0)
    if len(match["digits"]) > MOST_DIGITS or len(match["power"] or "") > 5 or abs(power) > LARGEST_EXPONENT:
        message = messages.tell("{text!r} has too many digits or too large an exponent", text=match.group()[:20])
        raise NotANumber(message)
    return plain(Decimal(match["digits"]).scaleb(power, _EXACT))


def plain(value: Decimal) -> Decimal:
    """The same value with no trailing zeros and no exponent above zero: 4.70E+3 becomes 4700."""
    if value == 0:
        return Decimal(0)
    reduced = value.normalize(_EXACT)
    exponent = reduced.as_tuple().exponent
    return reduced.quantize(Decimal(1), context=_EXACT) if 0 < exponent <= 20 else reduced  # type: ignore[operator]


def written(value: Decimal) -> str:
    """The value in plain decimal digits, without an exponent.

    >>> written(Decimal("2.2E-9"))
    '0.0000000022'
    """
    return f"{plain(value):f}"
