"""The unit alone: what a quantity is measured in, in any spelling, compared by its dimension."""

from __future__ import annotations

from qbank.answers import Kind
from qbank.answers.unit import facts, marks, notes, pages
from qbank.answers.unit.spec import Spec
from qbank.model import Example

_SLOPE = """
kind: unit
key: S
mistakes:
  resistance:
    value: Ω
    zh: 这是电阻的单位
    en: that is the unit of a resistance
"""
_REACTIVE = """
kind: unit
key: var
mistakes:
  active:
    value: W
    zh: 这是有功功率的单位
    en: that is the unit of active power
    credit: 0.25
"""
_BASE = "kind: unit\nkey: kg*m^2/s^3/A\nonly: [kg, m, s, A]\n"
_SIZE = "kind: unit\nkey: mS\nunit_convert: no\n"
_GAIN = "kind: unit\nkey: 1\n"
EXAMPLES: tuple[Example, ...] = (
    Example(_SLOPE, "S", 1, "unit.right"),
    Example(_SLOPE, "A/V", 1, "unit.right", "the same unit"),
    Example(_SLOPE, "mA/V", 1, "unit.right", "a prefix does not matter"),
    Example(_SLOPE, "Ω⁻¹", 1, "unit.right"),
    Example(_SLOPE, "1/Ω", 1, "unit.right"),
    Example(_SLOPE, "西门子", 1, "unit.right", "a unit by its name"),
    Example(_SLOPE, "siemens", 1, "unit.right"),
    Example(_SLOPE, "安每伏", 1, "unit.right"),
    Example(_SLOPE, "S（西门子）", 1, "unit.right", "two names of one unit"),
    Example(_SLOPE, "单位是 A/V 或 S", 1, "unit.right"),
    Example(_SLOPE, "℧", 1, "unit.right", "mho"),
    Example(_SLOPE, "Ω", 0, "unit.mistake.resistance"),
    Example(_SLOPE, "V/A", 0, "unit.mistake.resistance", "a mistake in any spelling"),
    Example(_SLOPE, "s", 0, "unit.case", "a second is not a siemens"),
    Example(_SLOPE, "A", 0, "unit.dimension"),
    Example(_SLOPE, "1", 0, "unit.dimension", "no unit at all"),
    Example(_SLOPE, "2 mS", 0, "unreadable", "a number is not asked for"),
    Example(_SLOPE, "S or Ω", 0, "unreadable", "two units"),
    Example(_SLOPE, "S（跨导）", 0, "unit.gloss.waits", "more than a unit"),
    Example(_REACTIVE, "kvar", 1, "unit.right"),
    Example(_REACTIVE, "乏", 1, "unit.right"),
    Example(_REACTIVE, "V·A", 1, "unit.right", "a product of plain units"),
    Example(_REACTIVE, "W", 0.25, "unit.mistake.active", "the same dimension, but another unit"),
    Example(_REACTIVE, "VA", 0, "unit.akin", "the unit of apparent power"),
    Example(_REACTIVE, "J", 0, "unit.dimension"),
    Example(_BASE, "kg·m²·s⁻³·A⁻¹", 1, "unit.right"),
    Example(_BASE, "V", 0, "unit.form", "right, but not in base units"),
    Example(_SIZE, "mA/V", 1, "unit.right", "of the same size"),
    Example(_SIZE, "S", 0, "unit.prefix"),
    Example(_SIZE, "MS", 0, "two-readings.waits", "M may be a slip for m"),
    Example(_GAIN, "无单位", 1, "unit.right"),
    Example(_GAIN, "dimensionless", 1, "unit.right"),
    Example(_GAIN, "V/V", 1, "unit.right", "a ratio"),
    Example(_GAIN, "V", 0, "unit.dimension"),
    Example("kind: unit\nkey: N*m\n", "牛·米", 1, "unit.right"),
    Example("kind: unit\nkey: Hz\n", "Bq", 0, "unit.akin", "decays are not cycles"),
    Example("kind: unit\nkey: rad/s\n", "Hz", 0, "unit.akin"),
    Example("kind: unit\nkey: Pa\n", "atm", 0, "unit.customary.waits", "the item does not have extra: yes"),
)

KIND = Kind(
    spec=Spec, examples=EXAMPLES, facts=facts.of, bind=marks.bind, read=marks.read, mark=marks.mark,
    show=pages.show, accepted=pages.accepted, foresee=pages.foreseen,
    interaction=pages.interaction, scoring=pages.scoring, notes=notes.TABLE, fills=notes.fills,
    spellings=pages.spellings, wrong=pages.wrong, unreadable=pages.unreadable,
)  # fmt: skip
