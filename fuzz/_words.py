"""The words that the readers of answers know, for the dictionary, and texts to begin with."""

from __future__ import annotations

import sys

from _driver import ROOT, words

sys.path.insert(0, str(ROOT / "tests"))

NUMBERS = words(
    "1 0 -10 1.50e3 ×10^3 *10**3 10⁻³ 1e99 1e-99 1e999999999 9^9^9^9 2**2**2 1,234 1,5 1/3 √2 π e nan inf "
    "Infinity ½ ٣ １２ 4k7 R47 A_u= ≈ 约 倍 。 sqrt( ln( sin( ( ) -( (( )) ) -- +- ± 0x 1_0 . , ,, .. % 50%"
)
UNITS = words(
    "V mV kΩ MΩ ohm Ohm Ω Ω ㏀ nA µA μA uF F H Hz MHz mhz s ms min h rad ° °C ℃ deg K J N·m N*m V/mA m/s² "
    "m^-2 m^(-2) 1/s /s Wb T dB dB/dec Vpp Vrms 有效值 千欧 伏 毫安 倍 kilohms microfarads atm ft % ^9 ^-9 **2 (( "
    ")) * · / kg g mol cd lm"
)
FORMULAS = words(
    r"-Rf/R1 R_f R_{1} R₁ \frac{ }{ \sqrt{ \sqrt[3]{ \left( \right) \cdot \beta β beta || // ∥ | ^ ** ^{ ! "
    "sin( sin^2( arcsin( log( lg( exp( ln( abs( max( atan2( binomial( factorial( conj( floor( e π i j 2j "
    "x y z n = , ( ) [ ] { } √ 2Rf (1+ -- 1e99 1e-99 0.1 99 ^99 ^-99 !!! ∠ ° e^(j0.64) 5∠36.9° √(x^2) "
    r"parallel( \text{ \mathrm{ tan( cosh( gamma( sign( round( min( re( im("
)
SIGNS = words(
    "A B C ACD A,C 选A （A） none 以上都不对 √ × 对 错 T F true false 正确 是 否 1-b 2→a 1: a) 1b2a3c [ ] ] ; [[ ]] "
    r"[1,2;3,4] torch.Size([ (1,3] (−∞,2) ∞ inf oo ∪ U None (8,5,16) 8×5×16 8x5 × \n ; : => -> → < > ① ② Ⅰ"
)
HOSTILE = (
    "__import__('os')", "{{7*7}}", "#set page(1cm)", "$(reboot)", "=cmd|' /C calc'!A0", "<script>", "<!--", "&amp;",
    "\x00", "\u202e", "\ud800", "\u0301" * 20, "(" * 90, "[" * 90, "{" * 90, "√" * 90, "-" * 90, "!" * 90, "9^" * 90,
    "|" * 90, " " * 200, "1" * 300, "1," * 100, "a" * 300, "\n" * 50, "x^" * 90, "1/" * 90,
)  # fmt: skip
ALL = NUMBERS + UNITS + FORMULAS + SIGNS + HOSTILE


def written() -> list[str]:
    """Texts that candidates write: those of the tables of tests/written_answers.py."""
    import written_answers

    rows = [row.text for row in written_answers.NUMBERS]
    rows += [row.text for row in written_answers.NOT_NUMBERS]
    rows += [row.text for row in (*written_answers.MARKED, *written_answers.ANSWERED)]
    return sorted({text[:1002] for text in rows})
