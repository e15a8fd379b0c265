"""Units have real dimensions, and what is not one says what was meant."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import units
from qbank.numerals import normalise

SAME = [
    ("kΩ", "Ω", 1e3), ("kΩ", "Ω", 1e3), ("Mohm", "Ω", 1e6), ("kR", "Ω", 1e3), ("R", "Ω", 1), ("KΩ", "Ω", 1e3),
    ("kilohms", "Ω", 1e3), ("megohm", "Ω", 1e6), ("microfarads", "F", 1e-6), ("henries", "H", 1), ("Volts", "V", 1),
    ("V/mA", "Ω", 1e3), ("Wb", "V s", 1), ("N*m", "J", 1), ("VA", "W", 1), ("var", "W", 1), ("J/s", "W", 1),
    ("µF", "F", 1e-6), ("μF", "F", 1e-6), ("uF", "F", 1e-6), ("m^-2", "1/m^2", 1), ("m^(-2)", "/m/m", 1),
    ("m ^ 2", "m*m", 1), ("m²", "m*m", 1), ("m/s/s", "m/s²", 1), ("m/(s*s)", "m/s²", 1), ("1/s", "Hz", 1),
    ("/s", "Hz", 1), ("km/h", "m/s", 1 / 3.6), ("min", "s", 60), ("sec", "s", 1), ("d", "h", 24), ("kg", "g", 1e3),
    ("cm", "m", 0.01), ("mL", "L", 1e-3), ("°", "rad", math.pi / 180), ("deg", "°", 1), ("%", "", 0.01), ("倍", "", 1),
    ("B", "bit", 8), ("mVpp", "Vpp", 1e-3), ("V有效值", "Vrms", 1), ("V (rms)", "Vrms", 1), ("毫安", "A", 1e-3),
    ("千欧", "Ω", 1e3), ("分贝", "dB", 1), ("s**2", "s^2", 1), ("(V)", "V", 1), ("kW h", "J", 3.6e6), ("%", "％", 1),
]  # fmt: skip

REFUSED = [
    ("mhz", "case", "'mhz' is not a unit; did you mean MHz or mHz?"),
    ("khz", "case", "'khz' is not a unit; did you mean kHz?"),
    ("v", "case", "'v' is not a unit; did you mean V?"),
    ("db", "case", "'db' is not a unit; did you mean dB?"),
    ("foo", "unknown", "'foo' is not a unit"),
    ("cV", "unknown", "'cV' is not a unit"),
    ("k", "unknown", "'k' is not a unit"),
    ("V/", "syntax", "'V/' is not a unit"),
    ("V*", "syntax", "'V*' is not a unit"),
    ("V+A", "syntax", "'V+A' is not a unit"),
    ("[V]", "syntax", "'[V]' is not a unit"),
    ("V,A", "syntax", "'V,A' is not a unit"),
    ("(V", "syntax", "'(V' has a bracket that is not closed"),
    ("(" * 40 + "V", "syntax", "'" + "(" * 40 + "V' has too many nested brackets"),
]


@pytest.mark.parametrize(("text", "other", "factor"), SAME)
def test_units_of_one_dimension_convert(text: str, other: str, factor: float) -> None:
    left, right = units.read(normalise(text)), units.read(normalise(other))

    assert left.fits(right)
    assert math.isclose(left.factor / right.factor, factor, rel_tol=1e-12)


@pytest.mark.parametrize(("left", "right"), [("V", "A"), ("mΩ", "V"), ("dB", ""), ("Vpp", "Vrms"), ("V*m/A", "V"),
                                             ("bit", ""), ("dB", "dB/dec"), ("°C", "V")])  # fmt: skip
def test_other_dimensions_do_not_fit(left: str, right: str) -> None:
    assert not units.read(left).fits(units.read(right))


def test_a_mark_fits_plain_volts() -> None:
    assert units.read("Vrms").fits(units.read("mV"))


@pytest.mark.parametrize(("text", "fault", "message"), REFUSED)
def test_what_is_no_unit_says_what_was_meant(text: str, fault: str, message: str) -> None:
    with pytest.raises(units.UnitError) as caught:
        units.read(text)

    assert (caught.value.fault, str(caught.value)) == (fault, message)


def test_customary_units_say_that_they_are() -> None:
    assert units.read("mmHg").factor == pytest.approx(133.322387415)
    assert [units.read(text).customary for text in ("mmHg", "J/ft", "kcal", "Pa", "hp")] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(
    ("written", "stored", "text", "tex"),
    [
        ("kohm", "kΩ", "kΩ", r"\mathrm{k\Omega}"),
        ("uF", "µF", "µF", r"\mathrm{\mu F}"),
        ("V/us", "V/µs", "V/µs", r"\mathrm{V/\mu s}"),
        ("m / s²", "m/s^2", "m/s²", r"\mathrm{m/s^{2}}"),
        ("N·m", "N*m", "N·m", r"\mathrm{N\cdot m}"),
        ("%", "%", "%", r"\%"),
        ("dB/dec", "dB/dec", "dB/dec", r"\mathrm{dB/dec}"),
    ],
)
def test_an_authors_unit_is_stored_and_printed_one_way(written: str, stored: str, text: str, tex: str) -> None:
    assert (units.canonical(written), units.text(written), units.tex(written)) == (stored, text, tex)
    assert units.canonical(stored) == stored


@given(st.text(alphabet="VAΩmkµs*/^()-123 %°x[,", max_size=14))
def test_any_text_is_a_unit_or_an_error(text: str) -> None:
    try:
        units.read(text)
    except units.UnitError as error:
        assert 0 <= error.at <= len(text)


def test_a_unit_fits_itself_whatever_it_holds() -> None:
    assert all(units.read(text).fits(units.read(text)) for text in ("Hz*rad", "Hz", "rad/s", "rpm", "Vpp", "dB", "°C"))
