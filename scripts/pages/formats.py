"""What an item may hold: expressions and their functions, mark-up, domains, kinds of answer, figures, witnesses."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from pydantic import BaseModel

from pages import fields
from pages.tables import code, fenced, first, listed, table
from pages.words import of, say
from qbank import algebra, answers, registry
from qbank.algebra.arrays import ARRAYS
from qbank.algebra.functions import MATHEMATICS, known
from qbank.algebra.literals import SUFFIXES
from qbank.algebra.table import FUNCTIONS
from qbank.circuits import _gates
from qbank.circuits import _symbols as parts
from qbank.figures import plot
from qbank.figures.graph import layers
from qbank.figures.graph import spec as graph
from qbank.maths import symbols
from qbank.maths.parse import _TAKING_ARGUMENTS
from qbank.witnesses import _models, _quantities

ORDER = (
    "number", "unit", "vector", "set", "complex", "grid", "interval", "choice", "truth", "text", "shape", "matching",
    "ordering", "formula", "essay",
)  # fmt: skip
"""The kinds as an author meets them; others follow by name."""

PLAIN = {
    "sqrt": "square root", "exp": "e to the power", "ln": "natural logarithm", "log10": "logarithm to 10",
    "lg": "logarithm to 10", "log2": "logarithm to 2", "sin": "sine", "cos": "cosine", "tan": "tangent",
    "asin": "arc sine", "acos": "arc cosine", "atan": "arc tangent", "atan2": "angle of (x, y)",
    "cot": "cotangent, 1/tan", "sec": "secant, 1/cos", "csc": "cosecant, 1/sin", "acot": "arc cotangent, from 0 to π",
    "asec": "arc secant", "acsc": "arc cosecant", "tanh": "hyperbolic tangent", "coth": "1/tanh", "sech": "1/cosh",
    "csch": "1/sinh", "asinh": "inverse of sinh", "acosh": "inverse of cosh", "atanh": "inverse of tanh",
    "acoth": "inverse of coth", "asech": "inverse of sech", "acsch": "inverse of csch",
    "root": "the root of an index; of odd index also of a negative number", "re": "the real part",
    "im": "the imaginary part", "conj": "the complex conjugate",
    "binomial": "n! / (k! (n − k)!), of whole numbers", "log": "the natural logarithm, or that to a base",
    "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "abs": "absolute value (modulus)",
    "floor": "next integer down", "ceil": "next integer up",
    "sign": "−1, 0 or 1", "clip": "x, held between low and high",
    "min": "the smallest: of the components of one, or of several, component by component",
    "max": "the largest, in the same way", "sum": "the sum, in the same way", "prod": "the product, in the same way",
    "mean": "the mean, in the same way",
    "all": "whether all components hold", "any": "whether one component holds", "transpose": "of a matrix",
    "T": "of a matrix; `W.T` is the same", "outer": "x yᵀ", "dot": "the product that `@` writes",
    "polar": "the complex number of this modulus and this angle in radians",
}  # fmt: skip
"""What the mathematical functions are that have no docstring of their own."""


def kinds_in_order() -> list[str]:
    """The tags of all kinds."""
    tags = registry.tags("answers")
    return [*(tag for tag in ORDER if tag in tags), *(tag for tag in tags if tag not in ORDER)]


def mathematics() -> str:
    """The mathematical functions of expressions."""
    names = [name for name in (*FUNCTIONS, *ARRAYS) if name in MATHEMATICS]
    return table(("function", "what it is"), [(code(_call(name)), _said(name)) for name in names])


def _said(name: str) -> str:
    function = known()[name]
    own = None if isinstance(function, np.ufunc) or function.__name__ == "reduced" else function.__doc__
    said = PLAIN.get(name) or first(own)
    return say(f"{said[:1].lower()}{said[1:]}")


def _call(name: str) -> str:
    function = known()[name]
    if isinstance(function, np.ufunc):
        return f"{name}(x)"
    names = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            names.append("…")
        else:
            names.append(parameter.name if parameter.default is parameter.empty else f"[{parameter.name}]")
    return f"{name}({', '.join(names)})"


def subjects() -> str:
    """The functions that subjects lend to expressions, with the whole of what they say of themselves."""
    pieces = []
    for subject in registry.tags("subjects"):
        room = registry.load("subjects", subject)
        own = [name for name, function in known().items() if function.__module__ == room.__name__]
        rows = [(code(_call(name)), _told(known()[name].__doc__)) for name in own]
        pieces.append(f"**{subject}**\n\n" + table(("function", "what it is"), rows))
    return "\n\n".join(pieces)


def _told(docstring: str | None) -> str:
    return say(" ".join(inspect.cleandoc(docstring or "").partition("\n>>>")[0].split()))


def suffixes() -> str:
    """The SI suffixes of numbers in expressions."""
    return table(("suffix", *map(code, SUFFIXES)), [(say("power of 10"), *(str(power) for power in SUFFIXES.values()))])


def words() -> str:
    """The names that mean something in every expression."""
    asked = ("pi", "π", "inf", "true", "false", "and", "or", "not", "if", "else", "in", "e", "T", "N", "h")
    return listed([name for name in asked if not algebra.is_name(name)])


def latex() -> str:
    """Every command of the LaTeX subset, by what it prints."""
    tree_names = {"Letter": "letters", "Symbol": "signs", "Operator": "relations and operators", "Big": "big operators",
                  "Function": "functions", "Space": "spaces"}  # fmt: skip
    groups: dict[str, list[str]] = {}
    for name, node in symbols.COMMANDS.items():
        groups.setdefault(tree_names.get(type(node).__name__, "signs"), []).append(f"\\{name}")
    rows = [(say(title), listed(names)) for title, names in groups.items()]
    taking = sorted(set(_TAKING_ARGUMENTS) - set(symbols.ACCENTS) - set(symbols.FACES))
    rows += [
        (say("with arguments"), listed(f"\\{name}" for name in taking)),
        (say("accents"), listed(f"\\{name}" for name in symbols.ACCENTS)),
        (say("faces"), listed(f"\\{name}" for name in symbols.FACES)),
        (say("after `\\left`, `\\right`"), listed(symbols.DELIMITERS)),
        (say("environments"), listed(symbols.ENVIRONMENTS)),
    ]  # fmt: skip
    return table(("", "commands"), rows)


def parameters() -> str:
    """Every domain: its examples with what they give, and its fields."""
    pieces = []
    for tag in registry.tags("domains"):
        room = registry.load("domains", tag)
        pieces.append(f"### `{tag}`\n\n{_sentence(room.Spec.__doc__)}")
        rows = []
        for example in room.EXAMPLES:
            size = f"{example.size}"
            if example.entries:
                size = say("{size} for each of {entries} entries", size=size, entries=np.prod(example.entries))
            values = ", ".join(example.texts) + (", …" if example.size > len(example.texts) else "")
            rows.append((code(flow(example.yaml)), values, size, say(example.remark) if example.remark else ""))
        pieces.append(table(("as written", "values (SI)", "how many", "remark"), rows))
        pieces.append(own_fields(room.Spec, without=("unit", "symbol", "hidden")))
        pieces += _inner(room.Spec)
    return "\n\n".join(pieces)


def flow(value: Any) -> str:
    """A value as YAML in one line.

    >>> flow({"grid": ["0", "0.3", "0.1"]})
    '{grid: [0, 0.3, 0.1]}'
    """
    match value:
        case Mapping():
            return "{" + ", ".join(f"{name}: {flow(each)}" for name, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            return str(value)


def kinds_of_answer() -> str:
    """Every kind: what it is, an example, its fields and those of the mappings in it."""
    pieces = []
    for tag in kinds_in_order():
        pieces.append(f"### `kind: {tag}`\n\n{_sentence(registry.load('answers', tag).__doc__)} "
                      + say("What answers earn: [grading](grading.md#kind-{tag}).", tag=tag))
        pieces.append(fenced(answers.kind_of(tag).examples[0].answer, "yaml answer"))
        pieces.append(fields.rows_of(answers.model(tag)))
        pieces += _inner(answers.model(tag))
    return "\n\n".join(pieces)


def _inner(spec: type[BaseModel]) -> list[str]:
    """The tables of the mappings inside a record, save those of the tolerance, which has a section of its own."""
    apart = ("Tolerance", "Figures", "Penalty")
    return [f"**{code(record.__name__)}**\n\n{fields.rows_of(record)}" for record in fields.nested(spec)
            if record.__name__ not in apart]


def own_fields(record: type[BaseModel], *, without: tuple[str, ...]) -> str:
    """The fields of a record that others of its room do not share."""
    return fields.rows_of(record, without=without)


def _sentence(text: str | None) -> str:
    said = first(text)
    return say(f"{said[:1].upper()}{said[1:]}.")


def figures() -> str:
    """Every figure family: what it is, and its fields."""
    pieces = []
    for tag in registry.tags("figures"):
        room = registry.load("figures", tag)
        pieces.append(f"### `{tag}`\n\n{_sentence(room.__doc__)}\n\n{fields.rows_of(room.Spec)}")
        if tag == "graph":
            pieces.append(f"{say('The axes:')}\n\n{fields.rows_of(graph.Axis)}")
            pieces.append(f"{say('A tick of your own (`ticks:`):')}\n\n{fields.rows_of(graph.Place)}")
            pieces.append(f"{say('A graph `below:` another:')}\n\n{fields.rows_of(graph.Panel)}")
            pieces.append(say("Every layer may have:") + "\n\n" + fields.rows_of(layers.Layer))
            for key, layer in layers.LAYERS.items():
                own = tuple(name for name in layers.Layer.model_fields)
                pieces.append(f"**`{key}`** {_sentence(layer.__doc__)}\n\n{fields.rows_of(layer, without=own)}")
        if tag == "plot":
            rows = [(code(name), of(each.alt)) for name, each in plot.PLOTS.items()]
            pieces.append(table(("plot", "what it shows"), rows))
    return "\n\n".join(pieces)


def witnesses() -> str:
    """Every witness: what it says of itself, and its fields."""
    pieces = []
    for tag in registry.tags("witnesses"):
        room = registry.load("witnesses", tag)
        pieces.append(f"### `{tag}`\n\n{_listing(room.__doc__)}")
        pieces.append(say(inspect.cleandoc(room.Spec.__doc__ or "")))
        pieces.append(fields.rows_of(room.Spec))
        pieces += _inner(room.Spec)
    return "\n\n".join(pieces)


def _listing(docstring: str | None) -> str:
    """A module's docstring: its first sentence and the rest, tables in it as listings."""
    blocks = inspect.cleandoc(docstring or "").split("\n\n")
    return "\n\n".join(
        fenced(textwrap.dedent(block)) if re.search(r"\S {2,}\S", block) else say(block) for block in blocks
    )


def measures() -> str:
    """What a circuit witness may be asked for, and the model parameters it may be given."""
    rows = [
        ("`u_o`, `VT.c`", say("the voltage of a port or pin to ground")), ("`u(…)`", say("the same")),
        ("`i(R_1)`", say("a part's current, from its first pin to its second; a port's, into the circuit")),
        ("`R_in(u_i)`, `R_out(u_o)`", say("the resistance seen there, with all other sources set to zero")),
        (listed(_quantities.FUNCTIONS), say("functions; `phase` in degrees")),
        ("`+ - * / **`", say("of all these and numbers")),
    ]  # fmt: skip
    models = [(code(kind), listed(names)) for kind, names in _models.MODEL.items()]
    of_models = table(("element", "model parameters for `given:`"), models)
    return table(("quantity", "what it is"), rows) + "\n\n" + of_models


def circuit_parts() -> str:
    """The parts of circuit descriptions, with their pins."""
    rows = [(code(f"{{{kind}: NAME, from: …, to: …}}"), say(one.title), listed("12w" if kind == "POT" else "12"))
            for kind, one in parts.TWO_PINS.items()]  # fmt: skip
    rows += [(code(f"{{{kind}: NAME, at: …}}"), _placed(kind, one.title), listed(one.pins))
             for kind, one in parts.BODIES.items()]  # fmt: skip
    rows += [(code(f"{{{kind}: NAME, at: …}}"), f"{say(one.title)}, {one.symbol}",
              listed([*"12"[: one.inputs[0]], "out"]))
             for kind, one in _gates.GATES.items()]  # fmt: skip
    return table(("element", "what it is", "pins"), rows)


def _placed(kind: str, title: str) -> str:
    return say("{part}, placed by its {anchor}", part=say(title), anchor=say(parts.ANCHOR[kind]))


INSERTS: Mapping[str, Callable[..., str]] = {
    **fields.INSERTS, "mathematics": mathematics, "subjects": subjects, "suffixes": suffixes, "words": words,
    "latex": latex, "parameters": parameters, "kinds-of-answer": kinds_of_answer, "figures": figures,
    "witnesses": witnesses, "measures": measures, "circuit-parts": circuit_parts,
}  # fmt: skip
