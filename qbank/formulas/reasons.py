"""Why a reader stops: sentences that tell a candidate what to change, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from qbank.model import Bilingual

LONG = Bilingual(zh="不超过 1000 个字符", en="at most 1000 characters")
DEEP = Bilingual(zh="括号或指数层数太多", en="the brackets or powers are nested too deeply")
OPERAND = Bilingual(zh="这里应为一个量、数或括号", en="a name, a number or a bracket was expected here")
OPERATOR = Bilingual(zh="这里应为运算符，是否漏写 *？", en="an operator was expected here; did you forget *?")
SIGNS = Bilingual(zh="两个运算符相连，请加括号", en="two signs in a row; write brackets")
ANGLES = Bilingual(zh="一个模只能有一个角", en="a modulus has one angle; write brackets")
ANGLE = Bilingual(zh="这里应为一个角", en="an angle was expected here")
PARALLEL = Bilingual(zh="本题的答案不用并联符号", en="the parallel sign is not allowed in this question")
BESIDE = Bilingual(
    zh="并联符号与乘除相邻，意义不明，请加括号，如 2*(a||b)",
    en="a parallel sign beside a product needs brackets, as in 2*(a||b)",
)
RANGE = Bilingual(zh="数值超出可读范围", en="a number between 1e-99 and 1e99")
INVERSE = Bilingual(
    zh="意义不明：是反函数还是倒数？", en="this can be read in two ways; write the inverse or 1 over the function"
)
ONE_EQUALS = Bilingual(zh="只能有一个等号", en="only one equals sign")
FRACTION = Bilingual(zh=r"\frac 后应有两个非空的花括号", en=r"\frac takes two groups in braces, neither empty")
ROOT = Bilingual(zh=r"根号下是空的：\sqrt{x}", en=r"the root has nothing under it: \sqrt{x}")
UNEQUAL = Bilingual(zh="≠ 不是等式", en="≠ is not an equation; for a factorial write brackets: (x!)=")
COMMA = Bilingual(zh="逗号有两种读法", en="the comma can be read in two ways")


def divided(dividend: str, divisor: str, factor: str) -> Bilingual:
    """A product without a sign after a division."""
    return either(f"{dividend}/({divisor}*{factor})", f"({dividend}/{divisor})*{factor}")


def either(first: str, second: str) -> Bilingual:
    """What can be read in two ways."""
    return Bilingual(
        zh=f"有两种读法，请写 {first} 或 {second}", en=f"this can be read in two ways; write {first} or {second}"
    )


def unclosed(sign: str, column: int) -> Bilingual:
    """A bracket that was opened and not closed."""
    return Bilingual(
        zh=f"第 {column} 列的 {sign} 没有闭合", en=f"the {sign} at column {column} is not closed"
    )


def unopened(sign: str) -> Bilingual:
    """A bracket that closes nothing."""
    return Bilingual(zh=f"{sign} 没有与之配对的括号", en=f"{sign} has no opening bracket")


def closing(given: str, wanted: str, column: int) -> Bilingual:
    """A bracket of another shape than the one it closes."""
    return Bilingual(
        zh=f"第 {column} 列的括号应以 {wanted} 闭合，而不是 {given}",
        en=f"the bracket at column {column} closes with {wanted}, not {given}",
    )


def bare(function: str) -> Bilingual:
    """A function without its argument."""
    return Bilingual(zh=f"{function} 后面应为自变量：{function}(…)", en=f"{function} needs an argument: {function}(…)")


def arguments(function: str, least: int, most: int, given: int) -> Bilingual:
    """A wrong number of arguments."""
    wanted = str(least) if least == most else f"{least}–{most}"
    return Bilingual(
        zh=f"{function} 应有 {wanted} 个自变量，写了 {given} 个",
        en=f"{function} takes {wanted} argument{'s' * (most != 1)}, not {given}",
    )


def unknown(name: str, guess: str, known: Iterable[str]) -> Bilingual:
    """A name that the question does not have."""
    if guess:
        return Bilingual(zh=f"{name} 是什么？是否指 {guess}？", en=f"what is {name}? did you mean {guess}?")
    names = ", ".join(known)
    if not names:
        return Bilingual(zh=f"{name} 是什么？本题没有字母", en=f"what is {name}? this question has no letters")
    return Bilingual(zh=f"{name} 是什么？本题的量有 {names}", en=f"what is {name}? this question has {names}")
