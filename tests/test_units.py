"""Units have real dimensions, and what is not one says what was meant."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import units
from qbank.numerals import normalise
from qbank.units.meanings import Asked, meaning
from qbank.units.second_readings import readable
from qbank.units.words import by_small_letters

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
    ("(V/A)*A", "V", 1), ("((V/A))s", "Ω s", 1), ("(((((V)))))", "V", 1), ("千Ω", "Ω", 1e3), ("kiloV", "V", 1e3),
]  # fmt: skip

REFUSED = [
    ("mhz", "case", "'mhz' is not a unit; did you mean MHz or mHz?"),
    ("khz", "case", "'khz' is not a unit; did you mean kHz?"),
    ("v", "case", "'v' is not a unit; did you mean V?"),
    ("uf", "case", "'uf' is not a unit; did you mean µF?"),
    ("db", "case", "'db' is not a unit; did you mean dB?"),
    ("KOHM", "case", "'KOHM' is not a unit; did you mean kohm?"),
    ("kr", "unknown", "'kr' is not a unit"),
    ("M", "case", "'M' is not a unit; did you mean mol/L or m?"),
    ("mM", "case", "'mM' is not a unit; did you mean mmol/L or Mm or mm?"),
    ("molar", "case", "'molar' is not a unit; did you mean mol/L?"),
    ("foo", "unknown", "'foo' is not a unit"),
    ("kmin", "unknown", "'kmin' is not a unit"),
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
                                             ("bit", ""), ("dB", "dB/dec"), ("°C", "V"), ("Vpp*s", "Vrms*s"),
                                             ("Hz*Hz", "rad/s*rad/s")])  # fmt: skip
def test_other_dimensions_do_not_fit(left: str, right: str) -> None:
    assert not units.read(left).fits(units.read(right))


DEFINED = [
    ("V", 1, "W/A"), ("Ω", 1, "V/A"), ("S", 1, "A/V"), ("F", 1, "C/V"), ("H", 1, "V*s/A"), ("Wb", 1, "V*s"),
    ("T", 1, "Wb/m^2"), ("C", 1, "A*s"), ("W", 1, "J/s"), ("J", 1, "N*m"), ("N", 1, "kg*m/s^2"), ("Pa", 1, "N/m^2"),
    ("VA", 1, "W"), ("var", 1, "W"), ("lx", 1, "lm/m^2"), ("lm", 1, "cd"), ("Sv", 1, "J/kg"), ("Bq", 1, "1/s"),
    ("Hz", 1, "1/s"), ("g", 0.001, "kg"), ("t", 1000, "kg"), ("L", 0.001, "m^3"), ("B", 8, "bit"),
    ("eV", 1.602176634e-19, "J"), ("Wh", 3600, "J"), ("VAh", 3600, "J"), ("varh", 3600, "J"), ("Ah", 3600, "C"),
    ("min", 60, "s"), ("h", 60, "min"), ("d", 24, "h"), ("sec", 1, "s"), ("rpm", 1 / 60, "1/s"), ("kph", 1, "km/h"),
    ("°", 0.017453292519943295, "rad"), ("%", 0.01, ""), ("ppm", 1e-6, ""), ("倍", 1, ""),
    ("hp", 745.7, "W"), ("PS", 735.49875, "W"), ("in", 2.54, "cm"), ("ft", 12, "in"), ("yd", 3, "ft"),
    ("mi", 1760, "yd"), ("mph", 1, "mi/h"), ("lb", 453.59237, "g"), ("bar", 1e5, "Pa"), ("atm", 101325, "Pa"),
    ("mmHg", 133.322387415, "Pa"), ("cal", 4.184, "J"), ("Btu", 1055.05585262, "J"),
    ("aF", 1e-18, "F"), ("fF", 1e-15, "F"), ("pF", 1e-12, "F"), ("nF", 1e-9, "F"), ("µF", 1e-6, "F"),
    ("uF", 1e-6, "F"), ("mF", 1e-3, "F"), ("cm", 1e-2, "m"), ("dm", 0.1, "m"), ("dam", 10, "m"), ("hm", 100, "m"),
    ("km", 1e3, "m"), ("KΩ", 1e3, "Ω"), ("MΩ", 1e6, "Ω"), ("MegΩ", 1e6, "Ω"), ("MEGΩ", 1e6, "Ω"), ("megΩ", 1e6, "Ω"),
    ("GΩ", 1e9, "Ω"), ("TΩ", 1e12, "Ω"), ("PΩ", 1e15, "Ω"), ("kilohm", 1e3, "Ω"), ("megohm", 1e6, "Ω"),
    ("milliohm", 1e-3, "Ω"), ("microohm", 1e-6, "Ω"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "other"), DEFINED, ids=[text for text, _, _ in DEFINED])
def test_a_unit_is_what_it_is_defined_to_be(text: str, number: float, other: str) -> None:
    unit, defined = units.read(text), units.read(other)

    assert unit.fits(defined)
    assert unit.factor == pytest.approx(number * defined.factor, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("kg", (1, 0, 0, 0, 0, 0, 0, 0)), ("m", (0, 1, 0, 0, 0, 0, 0, 0)), ("s", (0, 0, 1, 0, 0, 0, 0, 0)),
        ("A", (0, 0, 0, 1, 0, 0, 0, 0)), ("K", (0, 0, 0, 0, 1, 0, 0, 0)), ("mol", (0, 0, 0, 0, 0, 1, 0, 0)),
        ("cd", (0, 0, 0, 0, 0, 0, 1, 0)), ("bit", (0, 0, 0, 0, 0, 0, 0, 1)), ("rad", (0,) * 8), ("", (0,) * 8),
    ],
)  # fmt: skip
def test_the_base_units_are_one_of_themselves(text: str, dimension: tuple[int, ...]) -> None:
    assert units.read(text).dimension == dimension
    assert units.read(text).factor == 1


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


DEGREE = math.pi / 180
MEANT: list[tuple[str, str, str, float, list[tuple[str, float]], str, str]] = [
    ("mA(毫安)", "A", "fits", 1e-3, [("case", 1e6)], "", "one unit by two names"),
    ("mA(V)", "A", "fits", 1e-3, [("case", 1e6)], "gloss", "another unit behind it"),
    ("mA(左右)", "A", "fits", 1e-3, [("case", 1e6)], "", "about"),
    ("mA(blah)", "A", "fits", 1e-3, [("case", 1e6)], "gloss", "a word that is no unit"),
    ("mN", "N*m", "other", 1.0, [], "", "stays millinewton"),
    ("W/mK", "W/(m*K)", "other", 1.0, [("prefix", 1.0)], "", "per metre and kelvin, or per millikelvin"),
    ("度", "°C", "fits", 1.0, [], "", "by what is asked"),
    ("度", "kWh", "fits", 3.6e6, [], "", ""),
    ("度", "°", "fits", DEGREE, [], "", ""),
    ("摄氏度", "°C", "fits", 1.0, [], "", "a name of its own"),
    ("AΩ", "V", "fits", 1.0, [], "", "a product without a sign"),
    ("Vpp", "V", "fits", 1.0, [], "gloss", "the part does not say which volts"),
    ("Vpp", "Vpp", "fits", 1.0, [], "", ""),
    ("V", "Vpp", "fits", 1.0, [], "", ""),
    ("", "cm", "none", 0.01, [], "", "a hundredth is no per cent"),
    ("", "%", "none", 0.01, [("percent", 1.0)], "", ""),
    ("", "", "none", 1.0, [("percent", 0.01)], "", ""),
    ("", "rad", "none", 1.0, [("angle", DEGREE)], "", "degrees"),
    ("", "°", "none", DEGREE, [("angle", 1.0)], "", "radians"),
    ("", "m", "none", 1.0, [], "", ""),
    ("hPa", "Pa", "other", 1.0, [("together", 1.0), ("prefix", 100.0)], "", "the pascal takes no h here"),
    ("MV", "mV", "fits", 1e6, [("case", 1e-3)], "", ""),
    ("KHz", "Hz", "fits", 1e3, [], "", "K is written for k, and is no other prefix"),
    ("m squared", "m^2", "fits", 1.0, [], "", ""),
    ("mm cubed", "m^3", "fits", 1e-9, [("case", 1e18)], "", "M and m for each other"),
]


@pytest.mark.parametrize(("tail", "asked", "status", "factor", "seconds", "doubt", "remark"), MEANT)
def test_what_stands_behind_a_number_has_one_meaning_and_its_second_readings(
    tail: str, asked: str, status: str, factor: float, seconds: list[tuple[str, float]], doubt: str, remark: str
) -> None:
    found = meaning(tail, Asked(units.read(asked), prefixes=True))
    others = [(second.because, second.factor) for second in found.seconds]

    assert (found.status, found.doubt, [because for because, _ in others]) == (
        status, doubt, [because for because, _ in seconds]), remark  # fmt: skip
    assert [found.factor, *(factor for _, factor in others)] == pytest.approx(
        [factor, *(factor for _, factor in seconds)], rel=1e-14), remark  # fmt: skip


def test_units_are_found_by_their_small_letters_in_every_spelling_that_may_be_meant() -> None:
    folded = by_small_letters()

    assert [folded[word] for word in ("khz", "mv", "pa", "ma")] == [
        ("kHz",), ("mV", "MV"), ("Pa", "pA", "PA"), ("mA", "MA")
    ]  # fmt: skip
    assert {"uf", "kohmr", "psi", "mmhg"}.isdisjoint(folded)


def test_what_is_no_unit_is_passed_over_among_others() -> None:
    assert [unit.factor for unit in readable(["qq", "V", "A", "kV"], units.read("V"))] == [1.0, 1000.0]
