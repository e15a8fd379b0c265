"""CONTRIBUTING's recipes are followed: one file each in a copy of the package, and nothing else is touched.

A throw-away kind, domain, output, check and witness stand in `tests/recipes/`, and an item that uses them. Every finder
finds them, `qbank check` is silent about the item, and what was there before is checked as before.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import qbank

HERE = Path(__file__).parent
PACKAGE = Path(qbank.__file__).parent
RECIPES = HERE / "recipes"
ADDED = {"answers": "bag", "domains": "odd", "outputs": "counts", "checks": "shouting", "witnesses": "counted"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of the folders that come with it, with one file added for every recipe."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "qbank", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "templates", root / "templates")
    for room, tag in ADDED.items():
        shutil.copy(RECIPES / room / f"{tag}.py", root / "qbank" / room / f"{tag}.py")
    shutil.copytree(RECIPES / "items", root / "questions")
    for tag in ("chain", "choice"):
        shutil.copy(HERE / "gallery/items" / f"{tag}.yaml", root / "questions" / f"gallery.{tag}.yaml")
    with (root / "questions/topics.yaml").open("a", encoding="utf-8") as file:
        file.write((HERE / "gallery/topics.yaml").read_text(encoding="utf-8"))
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{HERE}", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"XDG_CACHE_HOME": str(root / "cache")}
    return subprocess.run(
        [sys.executable, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_every_finder_finds_what_was_added(copy: Path) -> None:
    code = f"""
from qbank import algebra, answers, checks, domains, registry, witnesses
import qbank.actions.schema as schema, json
for room, tag in {ADDED!r}.items():
    assert tag in registry.tags(room), (room, registry.tags(room))
    assert registry.load(room, tag).__doc__
assert answers.kind_of("bag").spec.__name__ == "Spec"
assert domains.table(domains.read({{"odd": "5"}})).texts == ("1", "3", "5")
assert "shouting" in checks.tags()
assert witnesses.read({{"counted": "a", "within": 0}}).counted == "a"
print(registry.__file__)
"""
    found = run(copy, "-c", code)

    assert (found.stderr, found.stdout.strip()) == ("", str(copy / "qbank/registry.py"))


def test_the_bank_with_what_was_added_is_checked_as_before(copy: Path) -> None:
    found = run(copy, "-m", "qbank", "check", "--format", "json", "--seats", "100", "--jobs", "1")

    told = json.loads(found.stdout)
    assert (told["items"], told["errors"], found.returncode) == (3, 0, 0), found.stdout + found.stderr
    assert [problem for problem in told["problems"] if problem["item"] == "recipe.roots"] == []


def test_an_added_check_speaks(copy: Path) -> None:
    loud = (copy / "questions/recipe.roots.yaml").read_text(encoding="utf-8").replace("Two roots", "Two roots!")
    other = copy / "loud"
    shutil.copytree(copy / "questions", other, dirs_exist_ok=True)
    (other / "recipe.roots.yaml").write_text(loud, encoding="utf-8")

    found = run(copy, "-m", "qbank", "check", "--bank", str(other), "recipe.roots", "--seats", "20", "--jobs", "1")

    assert "the title shouts" in found.stdout
    assert found.returncode == 1


def test_an_added_kind_is_asked_marked_and_explained(copy: Path) -> None:
    code = """
import qbank
from qbank import papers
from qbank import outputs
from qbank.actions.ask import ask
from pathlib import Path
asked = ask("recipe.roots", seat=3, lang="en", source=Path("questions"))
key = asked.worked.answers[0].printed.text
first, second = key.split("; ")
for text in (f"{second}; {first}", first, "?"):
    each = asked.mark(text)["roots"]
    print((each.credit, each.notes[-1], each.reasons[-1].replace(key, "KEY")))
assert outputs.of("counts").takes == ("sheet",)
print(outputs.of("counts").sheet(papers.alone(asked.worked, "en").sheet).decode().strip())
"""
    found = run(copy, "-c", code)

    assert found.stderr == ""
    assert found.stdout.splitlines() == [
        "(1.0, 'bag.right', 'Right.')", "(0.25, 'bag.partial', 'Right in part, expected KEY.')",
        "(0.0, 'unreadable', 'Could not be read (at character 1); waits for a person.')", "written 1",
    ]  # fmt: skip


def test_the_laws_of_kinds_hold_for_an_added_one(copy: Path) -> None:
    """The tests of every kind are found by its tag, and run on the copy."""
    shutil.copy(HERE / "test_kinds.py", copy / "test_kinds.py")

    found = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "bag", "-c", "/dev/null", "test_kinds.py")

    assert found.returncode == 0, found.stdout
