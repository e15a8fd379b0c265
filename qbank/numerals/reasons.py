"""Why a text is not a number: constant codes, and the sentence of each in both languages."""

from __future__ import annotations

from qbank.model import Bilingual

REASONS: dict[str, Bilingual] = {
    "": Bilingual(zh="", en=""),
    "number": Bilingual(zh="这里应为一个数", en="a number was expected here"),
    "digit": Bilingual(zh="这里应为数字", en="a digit was expected here"),
    "end": Bilingual(zh="数到这里应当结束", en="the number should have ended here"),
    "unit": Bilingual(zh="这里应为单位", en="a unit was expected here"),
    "bracket": Bilingual(zh="括号不配对", en="the brackets do not match"),
    "name": Bilingual(zh="等号前只能是本题所求的量", en="only the name that is asked for is allowed before ="),
    "comma": Bilingual(zh="逗号有两种读法", en="the comma can be read in two ways"),
    "group": Bilingual(zh="逗号不是三位一组", en="the commas do not set off groups of three"),
    "exponent": Bilingual(zh="指数应在 ±99 之内", en="the exponent must be within ±99"),
    "range": Bilingual(zh="数值超出可读范围", en="the number is too large or too small"),
    "zero": Bilingual(zh="除数为零", en="there is a division by zero"),
    "domain": Bilingual(zh="此处没有实数值", en="this has no real value"),
    "long": Bilingual(zh="超过 1000 个字符", en="it is longer than 1,000 characters"),
    "deep": Bilingual(zh="括号层数太多", en="the brackets are nested too deeply"),
    "prefix": Bilingual(zh="本题的数不带词头", en="a number in this question has no prefix"),
    "form": Bilingual(zh="本题不接受这种写法", en="this question does not accept a number in this form"),
    "fraction": Bilingual(zh=r"\frac 后应有两个非空的花括号", en=r"\frac takes two groups in braces, neither empty"),
    "unit.case": Bilingual(zh="单位的大小写不对", en="the unit has a letter in the wrong case"),
    "unit.syntax": Bilingual(zh="单位写法无法识别", en="the unit cannot be read"),
}
CODES: tuple[str, ...] = tuple(REASONS)
