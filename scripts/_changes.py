"""What `mutate.py` changes in a module: a comparison, a sign, a number, a condition, one thing at a time.

Left alone are annotations, decorators, assertions (so is `strict=`) and what is raised: no mark depends on them. So
are the examples of a kind, which are tests themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parent.parent
ALONE = frozenset({"annotation", "returns", "decorator_list", "type_params"})
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
JOINED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr,
}  # fmt: skip
NAMED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum",
    "floor": "ceil", "ceil": "floor", "startswith": "endswith", "endswith": "startswith", "logical_or": "logical_and",
    "logical_and": "logical_or", "zeros": "ones", "ones": "zeros",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the `number`th that can be made in the file, in the lines from `first` to `last`."""

    file: str
    number: int
    within: str
    first: int
    last: int
    body: tuple[int, int]
    was: str
    now: str


@dataclass(slots=True)
class _Place:
    parent: ast.AST
    field: str
    index: int | None
    new: ast.AST
    path: tuple[ast.AST, ...]

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def changes(file: str) -> list[Change]:
    """Every change that can be made in a file, named from the root of the project."""
    made = []
    for number, place in enumerate(_places(ast.parse((ROOT / file).read_text(encoding="utf-8")))):
        old = place.path[-1]
        functions = [node for node in place.path if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda))]
        named = [node.name for node in functions if not isinstance(node, ast.Lambda)]
        body = [(node.body[0].lineno, node.end_lineno or 0) for node in functions if isinstance(node, ast.FunctionDef)]
        shown = _shown(place.path)
        was = ast.unparse(shown)
        place.put(place.new)
        now = ast.unparse(place.new if shown is old else shown)
        place.put(old)
        lines = [(node.lineno, node.end_lineno or 0) for node in place.path if isinstance(node, (ast.expr, ast.stmt))]
        first, last = lines[-1]
        made.append(Change(file, number, ".".join(named), first, last, body[-1] if body else (0, 0), was, now))
    return made


def changed(change: Change) -> CodeType:
    """The module with the change made, compiled."""
    tree = ast.parse((ROOT / change.file).read_text(encoding="utf-8"))
    place = next(place for number, place in enumerate(_places(tree)) if number == change.number)
    place.put(ast.copy_location(place.new, place.path[-1]))
    return compile(ast.fix_missing_locations(tree), str(ROOT / change.file), "exec")


def unchanged(change: Change) -> CodeType:
    """The module as it is, compiled."""
    return compile(ast.parse((ROOT / change.file).read_text(encoding="utf-8")), str(ROOT / change.file), "exec")


def _shown(path: tuple[ast.AST, ...]) -> ast.AST:
    """The changed expression with so much around it that a reader knows it again."""
    shown = path[-1]
    for node in reversed(path):
        whole = isinstance(node, (ast.expr, ast.keyword, ast.AnnAssign, ast.Assign, ast.Return))
        if not whole or len(ast.unparse(shown)) >= 24:
            break
        shown = node
    return shown


def _places(tree: ast.AST, path: tuple[ast.AST, ...] = ()) -> Iterator[_Place]:
    path = (*path, tree)
    for field, value in ast.iter_fields(tree):
        if field in ALONE:
            continue
        many = value if isinstance(value, list) else [value]
        for index, node in enumerate(many):
            if not isinstance(node, ast.AST) or isinstance(node, (ast.Assert, ast.Raise)):
                continue
            if isinstance(node, ast.keyword) and node.arg == "strict":
                continue
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Example":
                continue
            at = index if isinstance(value, list) else None
            for new in _alternatives(node, condition=field in {"test", "ifs"}):
                yield _Place(tree, field, at, new, (*path, node))
            yield from _places(node, path)


def _alternatives(node: ast.AST, *, condition: bool) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                other = deepcopy(node)
                other.ops[index] = COMPARED[type(op)]()
                yield other
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in JOINED and not isinstance(left, (ast.Constant, ast.JoinedStr)):
            yield ast.BinOp(left, JOINED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMED:
            yield ast.Name(NAMED[name], ast.Load())
        case ast.Attribute(value, attr=name) if name in NAMED:
            yield ast.Attribute(value, NAMED[name], ast.Load())
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case _:
            pass
    whole = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr)
    if condition and isinstance(node, ast.expr) and whole and ast.unparse(node) != "TYPE_CHECKING":
        yield ast.UnaryOp(ast.Not(), node)
