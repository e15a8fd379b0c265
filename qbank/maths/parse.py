r"""Reading the LaTeX subset, once, into a tree.

    formula  = { script }
    script   = atom { "_" argument | "^" argument | "'" }
    argument = "{" formula "}" | atom    (of a command without braces: one digit)
    atom     = "{" formula "}" | number | letter | sign | \command argument …
             | \left delimiter formula \right delimiter | "|" formula "|"
             | \lvert formula \rvert
             | \begin{environment} formula { ("&" | \\) formula } \end{environment}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from qbank import messages
from qbank.maths import chemistry, subscripts, symbols, tree
from qbank.maths.tokens import MathsError, Tokens
from qbank.maths.tree import Node
from qbank.registry import nearest

_NOTHING = tree.Row(())
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_END_OF_CELL = frozenset({"&", "\\\\", "\\end"})
_HINTS: dict[str, Callable[[], str]] = {
    "}": lambda: messages.tell("'}}' has no matching '{{'"),
    "&": lambda: messages.tell("'&' is allowed only between the cells of a matrix"),
    "%": lambda: messages.tell("the percent sign is written \\%"),
    "$": lambda: messages.tell("the dollar sign is written \\$"),
    "√": lambda: messages.tell("a root is written \\sqrt{{…}}"),
    "#": lambda: messages.tell("the number sign is written \\#"),
    "\\right": lambda: messages.tell("\\right has no matching \\left"),
    "\\end": lambda: messages.tell("\\end has no matching \\begin"),
    "\\\\": lambda: messages.tell("a line break is allowed only between \\begin and \\end"),
    "_": lambda: messages.tell("a subscript must have its own braces"),
    "^": lambda: messages.tell("a superscript must have its own braces"),
}
"""What to tell of a token that cannot be an atom."""


@lru_cache(maxsize=4096)
def parse(tex: str) -> Node:
    r"""The tree of a formula. Raises MathsError outside the subset.

    >>> parse(r"\frac{x}{2}")
    Fraction(over=Letter(text='x'), under=Number(text='2'), style='')
    """
    return _row(Tokens(tex), frozenset())


def _row(tokens: Tokens, stop: frozenset[str]) -> Node:
    """Everything up to a token of `stop` (not taken) or to the end; one node stays as it is."""
    items: list[Node] = []
    with tokens.deeper():
        while tokens.peek() and tokens.peek() not in stop:
            items.append(_script(tokens, stop))
    return items[0] if len(items) == 1 else tree.Row(tuple(items))


def _script(tokens: Tokens, stop: frozenset[str]) -> Node:
    """An atom with its scripts; they may also have no atom, as in ^\\circ C."""
    match tokens.peek():
        case "|" | "\\|" | "\\lvert" | "\\lVert":
            base = _bars(tokens, stop)
        case "_" | "^":
            base = _NOTHING
        case _:
            base = _atom(tokens)
    found: dict[str, Node] = {}
    primes = 0
    while (mark := tokens.peek()) and mark in "_^'":
        tokens.at += 1
        if mark == "'":
            primes += 1
            continue
        if mark in found and mark == "_":
            raise tokens.wrong(messages.tell("a second subscript; put both into one pair of braces"))
        if mark in found:
            raise tokens.wrong(messages.tell("a second superscript; put both into one pair of braces"))
        found[mark] = _argument(tokens, _missing_subscript if mark == "_" else _missing_superscript)
    sub, sup = found.get("_"), found.get("^")
    if sup == tree.Operator("∘") and sub is None and not primes:  # 90^\circ is the degree sign
        return tree.Symbol("°") if base == _NOTHING else tree.Row((base, tree.Symbol("°")))
    if primes:
        signs: tuple[Node, ...] = (tree.Symbol("′"),) * primes
        sup = tree.Row(signs if sup is None else (*signs, sup))
    if sub is not None:
        sub = subscripts.described(base, sub)
    return base if sub is None and sup is None else tree.Scripts(base, sub, sup)


def _bars(tokens: Tokens, stop: frozenset[str]) -> Node:
    """|x| and \\|x\\| grow with their body; without a partner, the one is a sign and the other means parallel."""
    opened, bar = tokens.at, tokens.take(_missing_something)
    partner, sign = bar.replace("\\l", "\\r"), symbols.DELIMITERS[bar]
    if not _has_partner(tokens, partner, stop):
        return tree.Operator("∥" if bar == "\\|" else sign)
    body = _row(tokens, stop | {partner})
    tokens.close(partner, opened)
    return tree.Fenced(sign, body, sign)


def _has_partner(tokens: Tokens, bar: str, stop: frozenset[str]) -> bool:
    """Whether another such bar follows on the same level, with something between."""
    depth = 0
    for token in tokens.following():
        if depth == 0 and (token == bar or token in stop):
            return token == bar and tokens.peek() != bar
        if token in ("{", "\\left", "\\begin") or token in symbols.OPENING:
            depth += 1
        elif token in ("}", "\\right", "\\end") or token in symbols.CLOSING:
            depth -= 1
        if depth < 0:
            return False
    return False


def _missing_subscript() -> str:
    return messages.tell("a subscript is missing at the end of the formula")


def _missing_superscript() -> str:
    return messages.tell("a superscript is missing at the end of the formula")


def _missing_something() -> str:
    return messages.tell("something is missing at the end of the formula")


def _argument(tokens: Tokens, missing: Callable[[], str]) -> Node:
    """A group in braces, or one atom; `missing` tells that there is none."""
    if not tokens.peek():
        tokens.take(missing)
    with tokens.deeper():
        return _atom(tokens)


def _atom(tokens: Tokens) -> Node:
    token = tokens.take(_missing_something)
    if token == "{":
        opened = tokens.at - 1
        body = _row(tokens, frozenset("}"))
        tokens.close("}", opened)
        return body
    if token.isascii() and token[0].isdecimal():
        return tree.Number(token)
    if token.isascii() and token.isalpha():
        return tree.Letter(token)
    if _CJK.match(token):
        return tree.Words(token)
    if token in symbols.TYPED:
        return symbols.TYPED[token]
    if token in _HINTS:
        raise tokens.wrong(_HINTS[token]())
    if token.startswith("\\"):
        return _command(tokens, token[1:])
    message = messages.tell("{token!r} is not allowed in a formula; write it inside \\text{{…}}", token=token)
    raise tokens.wrong(message)


def _command(tokens: Tokens, name: str) -> Node:
    if name in symbols.COMMANDS:
        return symbols.COMMANDS[name]
    if name in _TAKING_ARGUMENTS:
        return _TAKING_ARGUMENTS[name](tokens, name)
    raise _unknown(tokens, name)


def _unknown(tokens: Tokens, name: str) -> MathsError:
    known = [word for word in (*symbols.COMMANDS, *_TAKING_ARGUMENTS) if word.isalpha()]
    guess = nearest(name, known) if name.isalpha() else None
    if guess:
        message = messages.tell("\\{name} is not a known command; did you mean \\{guess}?", name=name, guess=guess)
    else:
        message = messages.tell("\\{name} is not a known command", name=name)
    return tokens.wrong(message)


# --- commands that take arguments: (tokens, name) -> node --------------------------------------------------------


def _inner(tokens: Tokens, name: str) -> Node:
    """The argument of a command: \\frac12 is a half."""
    tokens.split()
    return _argument(
        tokens, lambda: messages.tell("the argument of \\{name} is missing at the end of the formula", name=name)
    )


def _accent(tokens: Tokens, name: str) -> Node:
    return tree.Accent(symbols.ACCENTS[name], _inner(tokens, name))


def _line(tokens: Tokens, name: str) -> Node:
    return tree.Line(symbols.LINES[name], _inner(tokens, name))


def _font(tokens: Tokens, name: str) -> Node:
    """A body in a face; an upright run of letters and digits is one word, such as kΩ."""
    face: tree.Face = symbols.FACES[name]
    body = _inner(tokens, name)
    items = body.items if isinstance(body, tree.Row) else (body,)
    texts = [item.text for item in items if isinstance(item, tree.Letter | tree.Number | tree.Symbol)]
    if face == "upright" and texts and len(texts) == len(items):
        return tree.Words("".join(texts))
    return tree.Font(face, body)


def _fraction(tokens: Tokens, name: str) -> Node:
    styles: dict[str, Literal["", "display", "inline"]] = {"dfrac": "display", "tfrac": "inline"}
    return tree.Fraction(_inner(tokens, name), _inner(tokens, name), styles.get(name, ""))


def _binomial(tokens: Tokens, name: str) -> Node:
    return tree.Binomial(_inner(tokens, name), _inner(tokens, name))


def _root(tokens: Tokens, name: str) -> Node:
    degree = _option(tokens)
    return tree.Root(_inner(tokens, name), degree)


def _option(tokens: Tokens) -> Node | None:
    """What is in square brackets between a command and its argument, if anything is."""
    if tokens.peek() != "[":
        return None
    opened = tokens.at
    tokens.at += 1
    found = _row(tokens, frozenset("]"))
    tokens.close("]", opened)
    return found


def _over(tokens: Tokens, name: str) -> Node:
    """\\overset{over}{base}, \\stackrel likewise, and \\underset{under}{base}."""
    small = _inner(tokens, name)
    base = _inner(tokens, name)
    return tree.Stacked(base, None, small) if name == "underset" else tree.Stacked(base, small, None)


def _stretched(tokens: Tokens, name: str) -> Node:
    """\\xrightarrow[under]{over}: a sign as long as what is on it."""
    under = _option(tokens)
    return tree.Stacked(tree.Operator(symbols.STRETCHED[name]), _inner(tokens, name), under, stretched=True)


def _chemistry(tokens: Tokens, name: str) -> Node:
    """A formula of chemistry; what is wrong in it is shown where it was typed."""
    opened = tokens.at - 1
    text, start = tokens.braced(f"\\{name}")
    try:
        tex = chemistry.tex(text)
    except chemistry.ChemistryError as error:
        raise MathsError(error.message, tokens.tex, start + error.offset, start + error.offset + 1) from None
    if "\\ce " in tex or not tex.strip():
        raise tokens.wrong(messages.tell("{command} needs its text in braces: {command}{{…}}", command="\\ce"), opened)
    try:
        return parse(tex)
    except MathsError as error:
        raise tokens.wrong(error.message, opened) from None


def _words(tokens: Tokens, name: str) -> Node:
    return tree.Words(tokens.words(f"\\{name}"))


def _function(tokens: Tokens, name: str) -> Node:
    return tree.Function(tokens.words(f"\\{name}"))


def _fenced(tokens: Tokens, _: str) -> Node:
    opened = tokens.at - 1
    left = _delimiter(tokens, "\\left")
    body = _row(tokens, frozenset({"\\right"}))
    tokens.close("\\right", opened)
    right = _delimiter(tokens, "\\right")
    if isinstance(body, tree.Grid) and body.kind == "matrix" and not body.left and not body.right:
        return tree.Grid("matrix", left, right, body.rows)
    return tree.Fenced(left, body, right)


def _delimiter(tokens: Tokens, command: str) -> str:
    token = tokens.take(
        lambda: messages.tell("the delimiter of {command} is missing at the end of the formula", command=command)
    )
    if token not in symbols.DELIMITERS:
        raise tokens.wrong(messages.tell(
            "{token!r} is not a delimiter; {command} needs one of ( ) [ ] | / . \\{{ \\}} \\|",
            token=token, command=command,
        ))  # fmt: skip
    return symbols.DELIMITERS[token]


def _environment(tokens: Tokens, _: str) -> Node:
    opened = tokens.at - 1
    name = tokens.words("\\begin")
    if name not in symbols.ENVIRONMENTS:
        guess = nearest(name, symbols.ENVIRONMENTS)
        if guess:
            message = messages.tell("{name!r} is not a known environment; did you mean {guess!r}?",
                                    name=name, guess=guess)  # fmt: skip
        else:
            message = messages.tell("{name!r} is not a known environment; the known ones are: {names}",
                                    name=name, names=messages.listed(symbols.ENVIRONMENTS))  # fmt: skip
        raise tokens.wrong(message, opened)
    rows: list[tuple[Node, ...]] = []
    while True:
        rows.append(_cells(tokens))
        if tokens.peek() != "\\\\":
            break
        tokens.at += 1
        if tokens.peek() == "\\end":  # a line break after the last row begins none
            break
    tokens.close("\\end", opened)
    closing = tokens.at - 1
    if (found := tokens.words("\\end")) != name:
        message = messages.tell("\\begin{{{name}}} is closed with \\end{{{found}}}", name=name, found=found)
        raise tokens.wrong(message, closing)
    kind, left, right = symbols.ENVIRONMENTS[name]
    return tree.Grid(kind, left, right, tuple(rows))


def _cells(tokens: Tokens) -> tuple[Node, ...]:
    cells = [_row(tokens, _END_OF_CELL)]
    while tokens.peek() == "&":
        tokens.at += 1
        cells.append(_row(tokens, _END_OF_CELL))
    return tuple(cells)


_TAKING_ARGUMENTS: dict[str, Callable[[Tokens, str], Node]] = {
    **dict.fromkeys(symbols.ACCENTS, _accent),
    **dict.fromkeys(symbols.LINES, _line),
    **dict.fromkeys(symbols.FACES, _font),
    **dict.fromkeys(("frac", "dfrac", "tfrac"), _fraction),
    "binom": _binomial, "sqrt": _root, "text": _words, "operatorname": _function,
    "left": _fenced, "begin": _environment, "ce": _chemistry,
    **dict.fromkeys(("overset", "stackrel", "underset"), _over),
    **dict.fromkeys(symbols.STRETCHED, _stretched),
}
