"""The units that candidates write: symbols, prefixes, and their names in English and Chinese."""

from __future__ import annotations

import math
from typing import TypeAlias

Dimension: TypeAlias = tuple[int, ...]
"""Powers of kg, m, s, A, K, mol, cd, bit, in this order; all zero is a pure number."""

PURE: Dimension = (0,) * 8


def _of(*, kg: int = 0, m: int = 0, s: int = 0, A: int = 0, K: int = 0, mol: int = 0, cd: int = 0, bit: int = 0
        ) -> Dimension:  # fmt: skip
    return (kg, m, s, A, K, mol, cd, bit)


_VOLT = _of(kg=1, m=2, s=-3, A=-1)
_JOULE = _of(kg=1, m=2, s=-2)
_WATT = _of(kg=1, m=2, s=-3)
_PASCAL = _of(kg=1, m=-1, s=-2)

PREFIXES = {
    "f": -15, "p": -12, "n": -9, "µ": -6, "u": -6, "m": -3, "c": -2, "d": -1,
    "da": 1, "h": 2, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "P": 15,
}  # fmt: skip
"""Powers of ten. K is read as k before a unit, where it cannot be a kelvin."""

SMALL = ("c", "d", "da", "h")
SMALL_TAKEN_BY = ("m", "g", "L", "l")

PREFIXED: dict[str, tuple[float, Dimension]] = {
    "V": (1, _VOLT), "A": (1, _of(A=1)), "Ω": (1, _of(kg=1, m=2, s=-3, A=-2)), "S": (1, _of(kg=-1, m=-2, s=3, A=2)),
    "F": (1, _of(kg=-1, m=-2, s=4, A=2)), "H": (1, _of(kg=1, m=2, s=-2, A=-2)), "W": (1, _WATT),
    "VA": (1, _WATT), "var": (1, _WATT), "J": (1, _JOULE), "N": (1, _of(kg=1, m=1, s=-2)), "Pa": (1, _PASCAL),
    "C": (1, _of(s=1, A=1)), "T": (1, _of(kg=1, s=-2, A=-1)), "Wb": (1, _of(kg=1, m=2, s=-2, A=-1)),
    "g": (1e-3, _of(kg=1)), "s": (1, _of(s=1)), "Hz": (1, _of(s=-1)), "m": (1, _of(m=1)), "K": (1, _of(K=1)),
    "mol": (1, _of(mol=1)), "cd": (1, _of(cd=1)), "lm": (1, _of(cd=1)), "lx": (1, _of(cd=1, m=-2)),
    "eV": (1.602176634e-19, _JOULE), "L": (1e-3, _of(m=3)), "l": (1e-3, _of(m=3)),
    "bit": (1, _of(bit=1)), "B": (8, _of(bit=1)), "Bq": (1, _of(s=-1)), "Sv": (1, _of(m=2, s=-2)), "rad": (1, PURE),
}  # fmt: skip
"""Factor to SI and dimension of the units that take prefixes."""

ALONE: dict[str, tuple[float, Dimension]] = {
    "t": (1e3, _of(kg=1)), "sec": (1, _of(s=1)), "min": (60, _of(s=1)), "h": (3600, _of(s=1)), "d": (86400, _of(s=1)),
    "°": (math.pi / 180, PURE), "deg": (math.pi / 180, PURE), "%": (0.01, PURE), "倍": (1, PURE), "times": (1, PURE),
}  # fmt: skip
"""The units that take none."""

EXTRA: dict[str, tuple[float, Dimension]] = {
    "in": (0.0254, _of(m=1)), "ft": (0.3048, _of(m=1)), "yd": (0.9144, _of(m=1)), "mi": (1609.344, _of(m=1)),
    "lb": (0.45359237, _of(kg=1)), "mph": (0.44704, _of(m=1, s=-1)), "bar": (1e5, _PASCAL), "atm": (101325, _PASCAL),
    "mmHg": (133.322387415, _PASCAL), "cal": (4.184, _JOULE), "Btu": (1055.05585262, _JOULE),
}  # fmt: skip
"""Read only where a part opts in."""

MARKED = {"Vpp": ("V", "pp"), "Vp": ("V", "p"), "Vrms": ("V", "rms")}
"""Volts and what they are measures of."""

MARKS = {"rms": "rms", "有效值": "rms", "pp": "pp", "p-p": "pp", "峰峰值": "pp", "peak": "p", "峰值": "p"}

_LONG_PREFIXES = {
    "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P",
}  # fmt: skip
_LONG_UNITS = {
    "volt": "V", "amp": "A", "ampere": "A", "ohm": "Ω", "siemens": "S", "farad": "F", "henry": "H", "watt": "W",
    "joule": "J", "newton": "N", "pascal": "Pa", "coulomb": "C", "tesla": "T", "weber": "Wb", "gram": "g",
    "second": "s", "hertz": "Hz", "meter": "m", "metre": "m", "kelvin": "K", "mole": "mol", "candela": "cd",
    "lumen": "lm", "lux": "lx", "electronvolt": "eV", "liter": "L", "litre": "L", "bit": "bit", "byte": "B",
    "becquerel": "Bq", "sievert": "Sv", "radian": "rad",
}  # fmt: skip
_PLAIN_NAMES = {
    "minute": "min", "hour": "h", "day": "d", "degree": "°", "tonne": "t", "percent": "%", "decibel": "dB",
}  # fmt: skip
_CHINESE_PREFIXES = {"": "", "皮": "p", "纳": "n", "微": "µ", "毫": "m", "千": "k", "兆": "M", "吉": "G"}
_CHINESE_UNITS = {
    "伏": "V", "伏特": "V", "安": "A", "安培": "A", "欧": "Ω", "欧姆": "Ω", "法": "F", "法拉": "F", "亨": "H",
    "亨利": "H", "瓦": "W", "瓦特": "W", "赫": "Hz", "赫兹": "Hz", "秒": "s", "米": "m", "焦": "J",
    "焦耳": "J", "西门子": "S",
}  # fmt: skip
_CHINESE_NAMES = {"分贝": "dB", "度": "°", "分钟": "min", "小时": "h", "天": "d", "弧度": "rad"}


def _names() -> dict[str, str]:
    names = {"ohm": "Ω", "Ohm": "Ω", "R": "Ω"}
    for letter in PREFIXES:
        if letter not in SMALL:
            names |= {letter + ohm: letter + "Ω" for ohm in ("ohm", "Ohm", "R")}
    english = dict(_PLAIN_NAMES) | _LONG_UNITS
    for prefix, letter in _LONG_PREFIXES.items():
        english |= {prefix + name: letter + symbol for name, symbol in _LONG_UNITS.items()}
        if prefix[-1] in "ao":  # kilohm, megohm
            english[prefix[:-1] + "ohm"] = letter + "Ω"
    for name, symbol in english.items():
        plural = name[:-1] + "ies" if name.endswith("henry") else name + "s"
        for spelling in (name, name if name[-1] in "sxz" else plural):
            names |= {spelling: symbol, spelling.capitalize(): symbol}
    for prefix, letter in _CHINESE_PREFIXES.items():
        names |= {prefix + name: letter + symbol for name, symbol in _CHINESE_UNITS.items()}
    return names | _CHINESE_NAMES


NAMES: dict[str, str] = _names()
"""Words to symbols: `kilohms` to kΩ, `毫安` to mA, `Mohm` to MΩ."""
