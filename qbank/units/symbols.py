"""The vocabulary of units: every symbol, what it measures, its prefixes, and its names in English and Chinese."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Dimension: TypeAlias = tuple[int, ...]
"""Powers of kg, m, s, A, K, mol, cd, bit, in this order; all zero is a pure number."""

PURE: Dimension = (0,) * 8


def _of(*, kg: int = 0, m: int = 0, s: int = 0, A: int = 0, K: int = 0, mol: int = 0, cd: int = 0, bit: int = 0
        ) -> Dimension:  # fmt: skip
    return (kg, m, s, A, K, mol, cd, bit)


PREFIXES = {
    "a": -18, "f": -15, "p": -12, "n": -9, "µ": -6, "u": -6, "m": -3, "c": -2, "d": -1,
    "da": 1, "h": 2, "k": 3, "K": 3, "M": 6, "Meg": 6, "MEG": 6, "meg": 6, "G": 9, "T": 12, "P": 15,
}  # fmt: skip
"""Powers of ten. K is read as k before a unit, where it cannot be a kelvin; Meg is SPICE's."""

SMALL = ("c", "d", "da", "h")
"""The prefixes that only metres, grams and litres take."""
NEVER_ALONE = (*SMALL, "a")
"""The prefixes that mean nothing without a unit."""
LONG_PREFIXES = {
    "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P",
}  # fmt: skip
CHINESE_PREFIXES = {
    "飞": "f", "皮": "p", "纳": "n", "微": "µ", "毫": "m", "厘": "c", "分": "d", "千": "k", "兆": "M", "吉": "G",
    "太": "T",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Symbol:
    """One unit: `value_in_SI = number * factor + offset`, and how it is written.

    `takes` says which prefixes it has; English and Chinese names take the prefixes' names. `cycles`, `angle` and
    `turns` are powers of a cycle (Hz), a radian and a full turn, which is either of them as is asked. A `customary`
    unit is read only where a part opts in.
    """

    factor: float
    dimension: Dimension = PURE
    takes: Literal["none", "most", "all"] = "most"
    spellings: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    offset: float = 0.0
    mark: str = ""
    cycles: int = 0
    angle: int = 0
    turns: int = 0
    customary: bool = False


_VOLT = _of(kg=1, m=2, s=-3, A=-1)
_JOULE = _of(kg=1, m=2, s=-2)
_WATT = _of(kg=1, m=2, s=-3)
_PASCAL = _of(kg=1, m=-1, s=-2)
_METRE, _SECOND, _KILOGRAM, _KELVIN, _BIT = _of(m=1), _of(s=1), _of(kg=1), _of(K=1), _of(bit=1)
_COUNTED = ("个", "次", "层", "级", "步", "项", "条", "组", "种", "台", "只", "路", "匝", "阶")


def _alone(factor: float, dimension: Dimension = PURE, english: tuple[str, ...] = (), chinese: tuple[str, ...] = (),
           spellings: tuple[str, ...] = (), *, angle: int = 0, turns: int = 0, offset: float = 0.0
           ) -> Symbol:  # fmt: skip
    return Symbol(factor, dimension, "none", spellings, english, chinese, offset, "", 0, angle, turns)


def _customary(factor: float, dimension: Dimension, english: tuple[str, ...] = (), chinese: tuple[str, ...] = (),
               spellings: tuple[str, ...] = (), takes: Literal["none", "most"] = "none", offset: float = 0.0
               ) -> Symbol:  # fmt: skip
    return Symbol(factor, dimension, takes, spellings, english, chinese, offset, customary=True)


SYMBOLS: dict[str, Symbol] = {
    "V": Symbol(1, _VOLT, english=("volt",), chinese=("伏", "伏特")),
    "A": Symbol(1, _of(A=1), english=("amp", "ampere"), chinese=("安", "安培")),
    "Ω": Symbol(1, _of(kg=1, m=2, s=-3, A=-2), "most", ("ohm", "Ohm", "R"), ("ohm",), ("欧", "欧姆")),
    "S": Symbol(1, _of(kg=-1, m=-2, s=3, A=2), "most", ("℧",), ("siemens", "mho"), ("西", "西门子")),
    "F": Symbol(1, _of(kg=-1, m=-2, s=4, A=2), english=("farad",), chinese=("法", "法拉")),
    "H": Symbol(1, _of(kg=1, m=2, s=-2, A=-2), english=("henry",), chinese=("亨", "亨利")),
    "W": Symbol(1, _WATT, english=("watt",), chinese=("瓦", "瓦特")),
    "VA": Symbol(1, _WATT, english=("voltampere",), chinese=("伏安",)),
    "var": Symbol(1, _WATT, "most", ("Var", "VAR"), chinese=("乏",)),
    "J": Symbol(1, _JOULE, english=("joule",), chinese=("焦", "焦耳")),
    "N": Symbol(1, _of(kg=1, m=1, s=-2), english=("newton",), chinese=("牛", "牛顿")),
    "Pa": Symbol(1, _PASCAL, english=("pascal",), chinese=("帕", "帕斯卡")),
    "C": Symbol(1, _of(s=1, A=1), english=("coulomb",), chinese=("库", "库仑")),
    "T": Symbol(1, _of(kg=1, s=-2, A=-1), english=("tesla",), chinese=("特", "特斯拉")),
    "Wb": Symbol(1, _of(kg=1, m=2, s=-2, A=-1), english=("weber",), chinese=("韦", "韦伯")),
    "g": Symbol(1e-3, _KILOGRAM, "all", english=("gram", "gramme"), chinese=("克",)),
    "s": Symbol(1, _SECOND, english=("second", "sec"), chinese=("秒", "秒钟")),
    "Hz": Symbol(1, _of(s=-1), english=("hertz",), chinese=("赫", "赫兹"), cycles=1),
    "m": Symbol(1, _METRE, "all", english=("meter", "metre"), chinese=("米",)),
    "K": Symbol(1, _KELVIN, english=("kelvin",), chinese=("开", "开尔文")),
    "mol": Symbol(1, _of(mol=1), english=("mole",), chinese=("摩", "摩尔")),
    "cd": Symbol(1, _of(cd=1), english=("candela",), chinese=("坎", "坎德拉")),
    "lm": Symbol(1, _of(cd=1), english=("lumen",), chinese=("流明",)),
    "lx": Symbol(1, _of(cd=1, m=-2), english=("lux",), chinese=("勒", "勒克斯")),
    "eV": Symbol(1.602176634e-19, _JOULE, english=("electronvolt",), chinese=("电子伏", "电子伏特")),
    "L": Symbol(1e-3, _of(m=3), "all", ("l",), ("liter", "litre"), ("升",)),
    "bit": Symbol(1, _BIT, english=("bit",), chinese=("比特",)),
    "B": Symbol(8, _BIT, english=("byte",), chinese=("字节",)),
    "Bq": Symbol(1, _of(s=-1), english=("becquerel",), chinese=("贝可", "贝克勒尔")),
    "Sv": Symbol(1, _of(m=2, s=-2), english=("sievert",), chinese=("希", "希沃特")),
    "rad": Symbol(1, english=("radian",), chinese=("弧度",), angle=1),
    "Wh": Symbol(3600, _JOULE, english=("watthour",), chinese=("瓦时", "瓦小时")),
    "VAh": Symbol(3600, _JOULE),
    "varh": Symbol(3600, _JOULE, chinese=("乏时",)),
    "Ah": Symbol(3600, _of(s=1, A=1), chinese=("安时", "安小时")),
    "t": _alone(1e3, _KILOGRAM, ("tonne",), ("吨",)),
    "min": _alone(60, _SECOND, ("minute", "min"), ("分钟", "分")),
    "h": _alone(3600, _SECOND, ("hour", "hr"), ("小时", "时")),
    "d": _alone(86400, _SECOND, ("day",), ("天", "日")),
    "sec": _alone(1, _SECOND, ("sec",)),
    "°": _alone(math.pi / 180, PURE, ("degree", "deg"), (), ("deg",), angle=1),
    "°C": _alone(1, _KELVIN, ("celsius",), ("摄氏度",), ("degC",), offset=273.15),
    "%": _alone(0.01, PURE, ("percent",)),
    "‰": _alone(1e-3, PURE, ("permille",)),
    "ppm": _alone(1e-6),
    "倍": _alone(1, PURE, (), _COUNTED, ("times",)),
    "r": _alone(1, PURE, ("rev", "revolution", "turn"), ("转", "圈"), turns=1),
    "rpm": _alone(1 / 60, _of(s=-1), (), (), ("RPM",), turns=1),
    "kph": _alone(1 / 3.6, _of(m=1, s=-1)),
    "hp": _alone(745.7, _WATT, ("horsepower",)),
    "PS": _alone(735.49875, _WATT, (), ("马力", "匹", "匹马力")),
    "°F": _customary(5 / 9, _KELVIN, ("fahrenheit",), ("华氏度",), ("degF",), offset=273.15 - 32 * 5 / 9),
    "in": _customary(0.0254, _METRE, ("inch",), ("英寸",)),
    "ft": _customary(0.3048, _METRE, ("foot", "feet"), ("英尺",)),
    "yd": _customary(0.9144, _METRE, ("yard",), ("码",)),
    "mi": _customary(1609.344, _METRE, ("mile",), ("英里",)),
    "lb": _customary(0.45359237, _KILOGRAM, ("pound", "lb"), ("磅",)),
    "mph": _customary(0.44704, _of(m=1, s=-1)),
    "bar": _customary(1e5, _PASCAL, (), ("巴",), takes="most"),
    "atm": _customary(101325, _PASCAL, ("atmosphere",), ("大气压", "标准大气压")),
    "mmHg": _customary(133.322387415, _PASCAL, (), ("毫米汞柱",)),
    "cal": _customary(4.184, _JOULE, ("calorie",), ("卡",), takes="most"),
    "Btu": _customary(1055.05585262, _JOULE, (), (), ("BTU",)),
}
"""Every unit by the symbol that a page shows."""

OTHER_NAMES = {
    "公斤": "kg", "公里": "km", "公分": "cm", "公尺": "m", "公升": "L", "大卡": "kcal", "inches": "in",
}
"""Names that no rule makes."""

SECOND_FACTORS = {"hp": 735.49875}
"""What else a unit may be taken for: the metric horsepower."""

CONTEXT = {
    "度": ("°", "°C", "kWh"), "位": ("倍", "bit"),
    "degrees": ("°", "°C"), "degree": ("°", "°C"), "deg": ("°", "°C"),
}  # fmt: skip
"""Words that mean what the part asks for; the first where it asks for none of them."""

QUANTITY = {
    "W": "active power", "Wh": "active power", "VA": "apparent power", "VAh": "apparent power",
    "var": "reactive power", "varh": "reactive power", "Hz": "cycles", "Bq": "decays",
    "cd": "intensity", "lm": "flux", "lx": "flux",
}  # fmt: skip
"""What a symbol measures that shares its dimension with the symbols of other quantities: W is not the unit of var."""

MARKED = {"Vpp": ("V", "pp"), "Vp": ("V", "p"), "Vrms": ("V", "rms")}
"""Volts and what they are measures of."""

MARKS = {"rms": "rms", "有效值": "rms", "pp": "pp", "p-p": "pp", "峰峰值": "pp", "peak": "p", "峰值": "p"}
