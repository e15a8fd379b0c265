"""The rooms and their layers: who may import whom, where each heavy library lives, what is nowhere at all."""

from __future__ import annotations

import ast
import itertools
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import BaseModel

import qbank
from qbank import answers, registry
from qbank.cli import COMMANDS

ROOT = Path(qbank.__file__).parent
LAYERS = """
cli api
actions
checks
schemas
partitions
reports
outputs
regrading
grading
attendance
papers statistics witnesses
marking
complaints regrades reviews roll scales
variants store
bank intake
answers domains figures
numerals
formulas
algebra circuits templating markup
subjects nodes maths units
records journals
lessons
sheets
waist
cache
archive draws files
model
registry resources distinct folding
messages simplified
"""
"""From the top down; rooms on one line do not know each other."""
LEVEL = {room: level for level, line in enumerate(LAYERS.split("\n")) for room in line.split()}
LIBRARIES = {
    "sympy": {"algebra"},
    "mpmath": {"algebra", "formulas"},
    "scipy": {"subjects", "statistics", "papers/_solver.py"},
    "yaml": {"nodes"},
    "schemdraw": {"circuits"},
    "jinja2": {"templating"},
    "markupsafe": {"templating"},
    "typst": {"outputs/pdf"},
    "pypdf": {"outputs/pdf"},
    "pikepdf": {"outputs/pdf/volume.py"},
    "segno": {"outputs/pdf"},
    "fontTools": {"outputs/html", "outputs/_typefaces.py"},
    "xlsxwriter": {"intake"},
    "openpyxl": {"intake/_workbook.py"},
    "re2": {"answers/text"},
    "cryptography": {"archive"},
    "onnx": {"witnesses/onnx.py"},
    "onnxruntime": {"witnesses/onnx.py"},
    "distributed": {"actions/_cluster.py"},
    "click": {"cli"},
    "rich": {"cli"},
}
"""Where each heavy or replaceable library is imported, and nowhere else."""
LAZY = ("sympy", "scipy", "schemdraw", "typst", "polars", "onnx", "onnxruntime", "fontTools", "pypdf", "pikepdf",
        "segno", "xlsxwriter", "openpyxl", "rich", "re2", "cryptography", "distributed")  # fmt: skip
"""Imported inside functions alone: what does not need them does not wait for them."""


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def files() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def room(file: Path) -> str:
    return file.relative_to(ROOT).with_suffix("").parts[0]


def imported(node: ast.AST) -> Iterator[str]:
    """The full names of the modules that an import statement names."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module="qbank", names=names):
            yield from (f"qbank.{alias.name}" for alias in names)
        case ast.ImportFrom(module=str(module)):
            yield module


def members(node: ast.AST) -> Iterator[str]:
    """The full names of what is imported out of a module."""
    if isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


INNER = re.compile(r"_(?!_version__$)").match


def test_every_room_has_its_layer() -> None:
    rooms = {room(file) for file in files()} - {"__init__", "__main__"}

    assert rooms - set(LEVEL) == set(), "say in LAYERS where a new room stands"
    assert set(LEVEL) - rooms == set()


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_lead_downwards(file: Path) -> None:
    own = room(file)
    used = {name.split(".")[1] for node in ast.walk(tree(file)) for name in imported(node) if name.startswith("qbank.")}

    upwards = {name for name in used - {own, "__version__"} if LEVEL[name] <= LEVEL.get(own, -1)}

    assert upwards == set(), f"{own} may not know {', '.join(sorted(upwards))}"


def test_nothing_imports_relatively() -> None:
    relative = [file for file in files() for node in ast.walk(tree(file))
                if isinstance(node, ast.ImportFrom) and node.level]  # fmt: skip

    assert relative == []


def test_rooms_keep_their_inner_modules_to_themselves() -> None:
    """A name that begins with an underscore is imported from its own room alone, with one exception.

    How columns meet (`subjects/_columns.py`) is shared with algebra, and hidden so that it is no subject's function.
    """
    told = {
        f"{room(file)}: {name}"
        for file in files()
        for node in ast.walk(tree(file))
        for name in (*imported(node), *members(node))
        if name.startswith("qbank.") and name.split(".")[1] != room(file) and any(map(INNER, name.split(".")))
    }

    assert {name for name in told if not name.startswith("algebra: qbank.subjects._columns")} == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_heavy_library_has_one_room(library: str) -> None:
    where = {
        file.relative_to(ROOT).as_posix()
        for file in files()
        for node in ast.walk(tree(file))
        for name in imported(node)
        if name.split(".")[0] == library
    }

    strangers = {path for path in where if not any(path.startswith(home) for home in LIBRARIES[library])}
    assert strangers == set(), f"{library} belongs to {', '.join(sorted(LIBRARIES[library]))}"


@pytest.mark.parametrize("library", LAZY)
def test_a_slow_library_is_imported_where_it_is_used(library: str) -> None:
    early = [
        file.relative_to(ROOT).as_posix()
        for file in files()
        for node in tree(file).body
        for name in imported(node)
        if name.split(".")[0] == library
    ]

    assert early == []


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("qbank.cli", ("numpy", "pydantic", "sympy", "typst", "schemdraw", "polars", "jinja2", "yaml", "rich")),
        ("qbank.marking", ("sympy", "typst", "schemdraw", "polars", "jinja2", "markupsafe", "fontTools")),
        ("qbank.grading", ("sympy", "typst", "schemdraw", "jinja2", "fontTools", "onnx")),
        ("qbank.actions.check", ("numpy", "qbank.bank.item", "qbank.answers")),
        ("qbank.actions.show", ("polars", "schemdraw", "qbank.formulas.grammar", "qbank.numerals.columns")),
        ("qbank.actions.ask", ("polars", "qbank.grading", "qbank.intake._people", "qbank.outputs")),
    ],
)
def test_an_import_leaves_out_what_it_does_not_need(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}\nprint(*(name for name in {absent!r} if name in sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout.split() == []


def test_a_check_of_what_is_known_loads_nothing_that_computes(tmp_path: Path) -> None:
    """Checked a second time, an item's problems are those that were kept."""
    code = """
import sys, atexit
atexit.register(lambda: print(*(name for name in ("numpy", "sympy", "polars", "qbank.outputs") if name in sys.modules)))
sys.argv = ["qbank", "check", "opamp.inverting.gain"]
from qbank.cli import main
main()
"""
    kept = {**os.environ, "QBANK_CACHE": "on", "XDG_CACHE_HOME": str(tmp_path), "LANG": "C.UTF-8"}
    first, second = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=kept).stdout
        for _ in range(2)
    )

    assert "numpy" in first.splitlines()[-1]
    assert second.splitlines()[-2:] == ["1 item, 1 known from before: 0 errors, 0 warnings", ""]


def test_grading_an_exam_leaves_out_sympy_and_the_printers(tmp_path: Path) -> None:
    """Every kind of answer is read and marked from the sealed files; nothing is solved, drawn or typeset."""
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from conftest import CLASS, GALLERY, SEED
from qbank import bank, grading, intake, papers
source = bank.load(GALLERY)
exam = papers.compose(source.blueprint("everything"), source, seed=SEED, candidates=CLASS)
kept = dict(papers.files(exam))
sealed = papers.opened(lambda path: kept[path])
path = __import__("pathlib").Path({str(tmp_path / "responses.csv")!r})
path.write_text("candidate," + ",".join(sealed.columns()) + "\\n2001" + ",1" * len(sealed.columns()) + "\\n")
grading.grade(sealed, intake.responses(path, list(sealed.columns())))
print(*(name for name in ("sympy", "typst", "schemdraw", "jinja2", "fontTools", "onnx") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stderr, done.stdout.split()) == ("", [])


GUESSES = {
    "checks/__init__.py": "which functions a check's module has says what it looks at",
    "checks/_sharing.py": "a witness whose author writes formulas has them, a circuit has none",
    "witnesses/_agreement.py": "a witness may say on how many seats it is asked, and its own noise",
}
"""Where an attribute's name stands in quotes, and why; no kind and no spec of an answer is asked so."""


def above_answers() -> list[Path]:
    """The files that may know of kinds; `intake` reads spreadsheets, whose cells have kinds of their own."""
    above = {name for name, level in LEVEL.items() if level < LEVEL["answers"]} - {"cli", "intake"}
    return [file for file in files() if room(file) in above]


def test_no_room_guesses_what_a_kind_or_its_spec_has() -> None:
    """Rooms ask a kind's hooks and `Facts`: a new kind needs no word outside its own file."""
    found = {
        f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"
        for file in above_answers()
        if file.relative_to(ROOT).as_posix() not in GUESSES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and called(node) in ("getattr", "hasattr", "attrgetter")
        and any(isinstance(each, ast.Constant) for each in node.args[:2])
        and ast.unparse(node.args[0]) not in ("os", "signal", "error")  # what a system or an exception may not have
    }

    assert found == set()


def test_no_room_compares_the_tag_of_an_answer() -> None:
    tags = set(registry.tags("answers"))
    found = {
        f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"
        for file in above_answers()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Compare | ast.Match) and "kind" in ast.unparse(node)
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and each.value in tags
    }

    assert found == set()


def test_a_kind_that_refuses_variants_says_why() -> None:
    for tag in registry.tags("answers"):
        kind = answers.kind_of(tag)
        assert (kind.feasible is None) == (kind.impossible is None), tag


BANNED = {"eval", "exec", "compile", "sympify", "parse_expr", "__import__", "input", "breakpoint"}


def called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re" | "re2"))):
            return ""  # re.compile
        case ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def test_no_text_is_ever_evaluated() -> None:
    found = [f"{file.relative_to(ROOT)}:{node.lineno}" for file in files() for node in ast.walk(tree(file))
             if isinstance(node, ast.Call) and called(node) in BANNED]  # fmt: skip

    assert found == []


TOUCHING = frozenset({
    "read_bytes", "read_text", "write_bytes", "write_text", "mkdtemp", "mkstemp", "TemporaryDirectory",
    "NamedTemporaryFile", "TemporaryFile", "unlink", "rmtree", "rmdir", "mkdir", "rename", "touch", "rglob", "iterdir",
    "scandir", "glob", "symlink_to", "hardlink_to", "chmod", "stat", "exists", "is_file", "is_dir", "fsync",
    "scan_parquet", "read_parquet", "write_parquet", "scan_csv", "read_csv",
})  # fmt: skip
"""Calls that touch a file, whatever is called so."""
WITH_FILES = {
    "actions", "api", "bank", "cache", "files", "intake", "resources", "store",
    "cli/_completion.py", "cli/_passphrase.py", "cli/_shared.py", "cli/check.py",
    "registry", "domains/sample.py", "outputs/html/fonts.py", "outputs/pdf/press.py", "witnesses/_ngspice.py",
}  # fmt: skip
"""The rooms and the single files that touch files."""


def test_files_are_touched_in_few_places() -> None:
    touching = {
        file.relative_to(ROOT).as_posix() for file in files() for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and (called(node) in TOUCHING or ast.unparse(node.func) == "open")
    }  # fmt: skip
    places = {name if name in WITH_FILES else name.partition("/")[0].removesuffix(".py") for name in touching}

    assert places == WITH_FILES


PLAN = ROOT.parent / "ARCHITECTURE.md"


def test_the_plan_names_every_room_from_the_top_down() -> None:
    """In the table of rooms: one that is in a lower layer never stands above."""
    table = PLAN.read_text(encoding="utf-8").partition("## Rooms")[2].partition("Outside the package:")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name.removesuffix(".py").rstrip("/"): place for place, row in enumerate(rows)
             for name in re.findall(r"`([\w/.]+)`", row)}  # fmt: skip
    assert set(LEVEL) - set(named) == set()
    order = sorted(LEVEL, key=lambda name: (named[name], LEVEL[name]))
    lower = [(one, other) for one, other in itertools.pairwise(order)
             if named[one] < named[other] and LEVEL[one] > LEVEL[other]]  # fmt: skip
    assert lower == []


def test_the_plan_names_the_room_of_every_heavy_library() -> None:
    _, _, rest = PLAN.read_text(encoding="utf-8").partition("**each heavy library has one room**")
    text = rest.partition("\n")[0].lower()
    named = {"yaml": "pyyaml", "re2": "re2", "distributed": "dask", "fontTools": "fonttools"}

    assert [library for library in LIBRARIES if named.get(library, library).lower() not in text] == []


def test_classes_of_ours_inherit_fields_of_records_and_nothing_else() -> None:
    """Besides, an exception is one of a sort, and a protocol asks for more than another."""
    modules = [each.name for each in pkgutil.walk_packages(qbank.__path__, "qbank.") if "__main__" not in each.name]
    own = {each for name in modules for each in vars(import_module(name)).values()
           if isinstance(each, type) and each.__module__ == name}  # fmt: skip
    heirs = {each for each in own for base in each.__bases__ if base.__module__.startswith("qbank.")}

    assert {each.__name__ for each in heirs if not issubclass(each, BaseModel | Exception)
            and not all(getattr(base, "_is_protocol", False) for base in each.__bases__)} == set()  # fmt: skip
    assert len(heirs) > 100


STREAMS = ("sys.stdout", "sys.stderr", "logging")


def test_nothing_prints_but_the_command_line() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in files()
        if room(file) != "cli"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and (called(node) in ("print", "echo") or ast.unparse(node.func).startswith(STREAMS))
    ]  # fmt: skip

    assert found == []


def test_no_exception_is_swallowed() -> None:
    """`except Exception` stands only where ours is raised again, or is named as a problem of what was looked at."""
    found = [
        file.relative_to(ROOT).as_posix()
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]

    assert found == ["model/_problems.py"], "model.caught is the one place"


@pytest.mark.parametrize("file", sorted((ROOT / "witnesses").glob("*.py")), ids=lambda file: file.stem)
def test_a_witness_calls_no_function_of_the_subjects(file: Path) -> None:
    """What computes a key may not prove it; nor may the expressions' own functions, which are the subjects'."""
    used = {name for node in ast.walk(tree(file)) for name in imported(node)}

    assert not {name for name in used if name.startswith("qbank.subjects")}
    assert "known" not in {
        node.attr for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "algebra"
    }  # fmt: skip


def test_the_table_of_commands_is_that_of_the_files() -> None:
    assert set(COMMANDS) == set(registry.tags("cli"))


BY_NEED = [file.parent for file in files() if "= registry.by_need(__name__" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("room", BY_NEED, ids=lambda folder: folder.name)
def test_a_name_that_is_loaded_by_need_is_no_module(room: Path) -> None:
    """A module takes the name's place in its package as soon as it is imported; and every name is there."""
    package = import_module(f"qbank.{room.name}")
    modules = {path.stem for path in room.iterdir()}

    assert set(package.__all__) & modules == set()
    assert [name for name in package.__all__ if isinstance(getattr(package, name), ModuleType)] == []


SMALL = {"the", "and", "for", "its", "from", "with", "one", "all", "out", "that", "what", "how"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_alike_in_the_table_and_in_its_own_help(name: str) -> None:
    command = registry.load("cli", name).command
    told = command.get_short_help_str(limit=500)

    assert command.name == name or command.name == "command"
    words = [{word.casefold() for word in re.findall(r"[A-Za-z]{3,}", text)} - SMALL for text in (COMMANDS[name], told)]
    assert words[0] & words[1], f"{COMMANDS[name]!r} and {told!r} have no word in common"


@pytest.mark.parametrize("package", ["answers", "domains", "figures", "witnesses", "checks", "intake", "cli"])
def test_every_tag_loads_and_says_what_it_is(package: str) -> None:
    for tag in registry.tags(package):
        module = registry.load(package, tag)
        assert (module.__doc__ or "").strip(), f"{package}/{tag} has no docstring"


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_is_of_a_size_to_be_read(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")

    assert lines <= 400, "above 250 lines it is probably two files"
