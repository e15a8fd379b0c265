r"""How the call of a function prints: $\binom{n}{k}$, $A^{-1}$, $\bar{x}$, $t_{0.975}(9)$, else by its name.

>>> called("binomial", (), [Piece("n"), Piece("k")]).tex
'\\binom{n}{k}'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qbank.algebra import symbols as letters
from qbank.algebra.pieces import (
    ATOM,
    PARALLEL,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Piece,
    applied,
    fenced,
    juxtaposed,
)
from qbank.algebra.table import FUNCTIONS
from qbank.algebra.tree import Index, Name, Node, Number

Pieces = list[Piece]
ENCLOSED = {"abs": (r"\left|", r"\right|"), "norm": (r"\left\|", r"\right\|"),
            "floor": (r"\left\lfloor ", r"\right\rfloor"), "ceil": (r"\left\lceil ", r"\right\rceil")}
NAMED = {name: row.tex for name, row in FUNCTIONS.items() if row.tex} | {
    "det": r"\det", "trace": r"\operatorname{tr}", "eig": r"\lambda", "cov": r"\operatorname{cov}", "gcd": r"\gcd",
    "lcm": r"\operatorname{lcm}", "re": r"\operatorname{Re}", "im": r"\operatorname{Im}", "arg": r"\arg",
}
BITS = {"bit_and": r"\wedge", "bit_or": r"\vee", "bit_xor": r"\oplus", "shift_left": r"\ll", "shift_right": r"\gg"}


def called(function: str, arguments: tuple[Node, ...], pieces: Pieces) -> Piece:
    """The call of a function, of arguments that are printed already."""
    if function in PRINTED:
        return PRINTED[function](pieces)
    if function in SAMPLES and (found := SAMPLES[function](arguments, pieces)) is not None:
        return found
    if function in ENCLOSED:
        opening, closing = ENCLOSED[function]
        return Piece(f"{opening}{pieces[0].tex}{closing}")
    if function in BITS:
        return Piece(f" {BITS[function]} ".join(fenced(piece, POWER).tex for piece in pieces), RELATION)
    return of(NAMED.get(function, letters.upright(function)), pieces, absolute=function in ("db20", "db10"))


def of(name: str, pieces: Pieces, *, absolute: bool = False) -> Piece:
    """A name and its arguments in brackets."""
    return applied(name, r",\, ".join(piece.tex for piece in pieces), absolute=absolute)


def _parallel(pieces: Pieces) -> Piece:
    tex = r" \parallel ".join(fenced(piece, PRODUCT).tex for piece in pieces)
    return Piece(tex, PARALLEL, pieces[0].begins, pieces[-1].ends)


def _log(pieces: Pieces) -> Piece:
    return of(r"\ln" if len(pieces) == 1 else rf"\log_{{{pieces[1].tex}}}", pieces[:1])


def _raised(exponent: str) -> Callable[[Pieces], Piece]:
    return lambda pieces: Piece(rf"{fenced(pieces[0], ATOM).tex}^{{{exponent}}}", POWER)


def _solved(pieces: Pieces) -> Piece:
    return juxtaposed(_raised("-1")(pieces), fenced(pieces[1], PRODUCT))


def _standardised(pieces: Pieces) -> Piece:
    if len(pieces) == 1:
        return of(r"\Phi", pieces)
    value, mean = pieces[0].tex, fenced(pieces[1], PARALLEL).tex
    deviation = pieces[2].tex if len(pieces) > 2 else "1"
    return of(r"\Phi", [Piece(rf"\frac{{{value} - {mean}}}{{{deviation}}}")])


def _normal_quantile(pieces: Pieces) -> Piece:
    own = of(r"\Phi^{-1}", pieces[:1])
    if len(pieces) == 1:
        return own
    scaled = juxtaposed(fenced(pieces[2], PRODUCT), own) if len(pieces) > 2 else own
    return Piece(f"{fenced(pieces[1], SUM).tex} + {scaled.tex}", SUM, pieces[1].begins)


def _quantile(head: str) -> Callable[[Pieces], Piece]:
    """t_{0.975}(9): the share below, the degrees of freedom in brackets."""
    return lambda pieces: of(rf"{head}_{{{pieces[0].tex}}}", pieces[1:])


def _share(head: str) -> Callable[[Pieces], Piece]:
    r"""P(t(9) \le 2): the degrees of freedom behind the distribution."""
    return lambda pieces: of("P", [Piece(rf"{of(head, pieces[1:]).tex} \le {pieces[0].tex}")])


def _in_base(pieces: Pieces) -> Piece:
    return Piece(rf"\left({pieces[0].tex}\right)_{{{pieces[1].tex}}}", POWER)


PRINTED: Mapping[str, Callable[[Pieces], Piece]] = {
    "parallel": _parallel, "log": _log,
    "dot": lambda pieces: Piece(r" \cdot ".join(fenced(piece, POWER).tex for piece in pieces), PRODUCT),
    "sqrt": lambda pieces: Piece(rf"\sqrt{{{pieces[0].tex}}}"),
    "exp": lambda pieces: Piece(rf"\mathrm{{e}}^{{{pieces[0].tex}}}", POWER),
    "T": _raised(r"\mathrm{T}"), "transpose": _raised(r"\mathrm{T}"), "inv": _raised("-1"), "solve": _solved,
    "conj": lambda pieces: Piece(rf"\overline{{{pieces[0].tex}}}"),
    "polar": lambda pieces: Piece(rf"{fenced(pieces[0], POWER).tex} \angle {fenced(pieces[1], PRODUCT).tex}", PRODUCT),
    "factorial": lambda pieces: Piece(f"{fenced(pieces[0], ATOM).tex}!", POWER),
    "binomial": lambda pieces: Piece(rf"\binom{{{pieces[0].tex}}}{{{pieces[1].tex}}}"),
    "bit_not": lambda pieces: Piece(rf"\overline{{{pieces[0].tex}}}"), "digits": _in_base, "from_digits": _in_base,
    "normal_cdf": _standardised, "normal_quantile": _normal_quantile,
    "t_cdf": _share("t"), "t_quantile": _quantile("t"),
    "chi2_cdf": _share(r"\chi^{2}"), "chi2_quantile": _quantile(r"\chi^{2}"),
    "f_cdf": _share("F"), "f_quantile": _quantile("F"),
}  # fmt: skip
"""The functions that print otherwise than by a name and brackets."""


def _mean(_: tuple[Node, ...], pieces: Pieces) -> Piece | None:
    if len(pieces) > 1:
        return None
    return Piece(rf"\bar{{{pieces[0].tex}}}" if len(pieces[0].tex) == 1 else rf"\overline{{{pieces[0].tex}}}")


def _of_a_name(head: str, exponent: str = "") -> Callable[[tuple[Node, ...], Pieces], Piece | None]:
    r"""s_{x} or \sigma_{x} for what has a name, s(…) for what is computed."""

    def printed(arguments: tuple[Node, ...], pieces: Pieces) -> Piece | None:
        sample = len(arguments) > 1 and isinstance(arguments[1], Number) and arguments[1].value == 1
        own = "s" if sample else head
        if isinstance(arguments[0], Name | Index):
            return Piece(rf"{own}_{{{pieces[0].tex}}}{exponent}", POWER if exponent else ATOM)
        return of(own + exponent, pieces[:1])

    return printed


def _median(arguments: tuple[Node, ...], pieces: Pieces) -> Piece | None:
    return Piece(rf"\tilde{{{pieces[0].tex}}}") if isinstance(arguments[0], Name) else None


SAMPLES: Mapping[str, Callable[[tuple[Node, ...], Pieces], Piece | None]] = {
    "mean": _mean, "median": _median, "std": _of_a_name(r"\sigma"), "var": _of_a_name(r"\sigma", "^{2}"),
    "corr": lambda _, pieces: Piece(rf"r_{{{pieces[0].tex},\, {pieces[1].tex}}}"),
    "quantile": lambda _, pieces: of(rf"Q_{{{pieces[1].tex}}}", pieces[:1]),
}  # fmt: skip
"""What is computed from samples, by the sample's own letter where it has one."""
