"""Answers to parts that ask for a unit, an infinite value, an inequality, or for grids of complex numbers or formulas.

What each text earns, as in `written_answers`. Every odd row carries a remark.
"""

from __future__ import annotations

from written_answers import Marked

SIEMENS = "kind: unit, key: S"
MILLI = "kind: unit, key: mA, unit_convert: no"
TORQUE = "kind: unit, key: N*m, mistakes: {energy: {value: J, zh: 焦耳, en: joule}}"
PURE = "kind: unit, key: 1"
BASE = "kind: unit, key: kg*m/s^2, only: [kg, m, s]"
UNITS = [
    Marked(SIEMENS, "S", 1, "unit.right"),
    Marked(SIEMENS, "Ｓ", 1, "unit.right", "full width"),
    Marked(SIEMENS, "μS", 1, "unit.right", "the Greek letter"),
    Marked(SIEMENS, "A·V⁻¹", 1, "unit.right"),
    Marked(SIEMENS, "A V^-1", 1, "unit.right", "a space multiplies"),
    Marked(SIEMENS, "A/V。", 1, "unit.right"),
    Marked(SIEMENS, "Ω^(-1)", 1, "unit.right"),
    Marked(SIEMENS, "kg^-1 m^-2 s^3 A^2", 1, "unit.right", "in base units"),
    Marked(SIEMENS, "安培/伏特", 1, "unit.right"),
    Marked(SIEMENS, "毫西", 1, "unit.right"),
    Marked(SIEMENS, "amperes per volt", 1, "unit.right"),
    Marked(SIEMENS, "mho", 1, "unit.right", "its older name"),
    Marked(SIEMENS, "每欧", 1, "unit.right", "per ohm"),
    Marked(SIEMENS, "西门子/S", 1, "unit.right", "two names with a stroke, which divides nothing"),
    Marked(SIEMENS, "西门子 S", 1, "unit.right"),
    Marked(SIEMENS, "“S”", 1, "unit.right", "quoted"),
    Marked(SIEMENS, "[gm] = A/V", 1, "unit.right"),
    Marked(SIEMENS, "the unit is S", 0, "unreadable", "a sentence"),
    Marked(SIEMENS, "unit is S", 1, "unit.right"),
    Marked(SIEMENS, "S 左右", 1, "unit.right", "an empty gloss"),
    Marked(SIEMENS, "S (per unit length)", 0, "unit.gloss.waits", "a gloss that may say something else"),
    Marked(SIEMENS, "s", 0, "unit.case"),
    Marked(SIEMENS, "a/v", 0, "unreadable", "did you mean A?"),
    Marked(SIEMENS, "Ω", 0, "unit.dimension"),
    Marked(SIEMENS, "S/S", 0, "unit.dimension"),
    Marked(SIEMENS, "1 S", 0, "unreadable", "the unit alone"),
    Marked(SIEMENS, "0.001", 0, "unreadable"),
    Marked(SIEMENS, "S, V", 0, "unreadable", "two units"),
    Marked(SIEMENS, "A/V = S", 1, "unit.right", "one unit, twice"),
    Marked(SIEMENS, "S^2^2", 0, "unreadable"),
    Marked(SIEMENS, "S^99", 0, "unreadable"),
    Marked(SIEMENS, "-", 0, "unreadable", "a dash may mean none, or nothing"),
    Marked(MILLI, "mA", 1, "unit.right"),
    Marked(MILLI, "毫安", 1, "unit.right"),
    Marked(MILLI, "V/kΩ", 1, "unit.right", "of the same size"),
    Marked(MILLI, "A", 0, "unit.prefix"),
    Marked(MILLI, "MA", 0, "two-readings.waits", "M for m"),
    Marked(MILLI, "μA", 0, "unit.prefix"),
    Marked(MILLI, "ma", 0, "unreadable", "did you mean mA?"),
    Marked(TORQUE, "N·m", 1, "unit.right"),
    Marked(TORQUE, "Nm", 1, "unit.right", "written together"),
    Marked(TORQUE, "牛顿米", 1, "unit.right"),
    Marked(TORQUE, "J", 0, "unit.mistake.energy", "the same dimension in another symbol"),
    Marked(TORQUE, "kJ", 0, "unit.mistake.energy"),
    Marked(TORQUE, "N", 0, "unit.dimension"),
    Marked(TORQUE, "mN", 0, "unit.dimension", "a millinewton"),
    Marked(PURE, "无", 1, "unit.right"),
    Marked(PURE, "1", 1, "unit.right"),
    Marked(PURE, "没有单位", 1, "unit.right"),
    Marked(PURE, "No unit.", 1, "unit.right"),
    Marked(PURE, "倍", 1, "unit.right"),
    Marked(PURE, "mV/V", 1, "unit.right", "a ratio, with a prefix"),
    Marked(PURE, "dB", 0, "unit.akin", "a level is no ratio"),
    Marked(PURE, "rad", 0, "unit.akin", "an angle is another quantity"),
    Marked(BASE, "kg·m/s²", 1, "unit.right"),
    Marked(BASE, "千克·米每二次方秒", 1, "unit.right"),
    Marked(BASE, "N", 0, "unit.form"),
    Marked(BASE, "牛顿", 0, "unit.form"),
    Marked("kind: unit, key: W", "J/s", 1, "unit.right"),
    Marked("kind: unit, key: W", "VA", 0, "unit.akin", "no active power"),
    Marked("kind: unit, key: °C", "℃", 1, "unit.right"),
    Marked("kind: unit, key: °C", "K", 1, "unit.right", "of a temperature, in another size"),
    Marked("kind: unit, key: K, unit_convert: no", "°C", 0, "two-readings.waits", "as a difference it is K"),
    Marked("kind: unit, key: var", "mW", 0, "unit.akin", "no slip of the prefix"),
    Marked("kind: unit, key: Vpp", "V", 1, "unit.right", "which volts, it does not say"),
    Marked("kind: unit, key: Vpp", "Vrms", 0, "unit.akin"),
    Marked("kind: unit, key: dB", "dB", 1, "unit.right"),
    Marked("kind: unit, key: dB", "倍", 0, "unit.akin"),
    Marked("kind: unit, key: W/(m*K)", "W/mK", 0, "two-readings.waits", "per millikelvin, or per metre and kelvin"),
    Marked("kind: unit, key: Pa, extra: yes", "mmHg", 1, "unit.right"),
]  # fmt: skip
"""What a unit by itself earns."""

KINDS = [*UNITS]
