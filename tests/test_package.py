"""What is published: the wheel and the source archive hold all that is shipped and nothing else, and work elsewhere."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENDINGS = {
    "qbank": {".py", ".csv", ".typed", ".po", ".mo", ".LICENSE"},
    "questions": {".yaml", ".csv", ".svg", ".png", ".jpg"},
    "templates": {".j2", ".yaml", ".md", ".txt", ".ttf", ".otf", ".woff2"},
}
"""What the shipped folders hold, by the ends of names; any other file there is there by mistake."""
BUILD = "import sys; from hatchling import build; print(build.build_{0}(sys.argv[1]))"

pytestmark = pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling builds the package")


def built(what: str, source: Path, target: Path) -> Path:
    """A wheel or a source archive as pip would have it built, without a network."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD.format(what), str(target)], cwd=source, capture_output=True, text=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    return target / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(built("sdist", ROOT, folder)) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"{PROJECT['name']}-{PROJECT['version']}"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the wheel is installed: it is pure Python, so that it is unpacked and no more."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def below(*folders: str, root: Path = ROOT) -> set[str]:
    """The files of some folders."""
    return {
        path.relative_to(root).as_posix() for folder in folders for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }  # fmt: skip


def test_the_wheel_holds_every_module_question_and_template_and_nothing_else(wheel: Path) -> None:
    about = f"{PROJECT['name']}-{PROJECT['version']}.dist-info"
    told = {f"{about}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    licences = {f"{about}/licenses/{name}" for name in PROJECT["license-files"]}
    shipped = below("qbank") | {f"qbank/{path}" for path in below("questions", "templates")}
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert sorted(names) == sorted(shipped | told | licences)
    assert {"qbank/py.typed", f"{about}/licenses/LICENSE", f"{about}/licenses/templates/fonts/OFL.txt"} <= set(names)
    assert wheel.name == f"{PROJECT['name']}-{PROJECT['version']}-py3-none-any.whl"


@pytest.mark.parametrize("folder", ENDINGS)
def test_the_shipped_folders_hold_what_belongs_there(folder: str) -> None:
    paths = [Path(path) for path in below(folder)]

    assert len(paths) > 50
    assert [path for path in paths if path.suffix not in ENDINGS[folder] or path.name.startswith(".")] == []


def test_the_source_archive_holds_what_a_packager_needs_and_no_leavings(source: Path) -> None:
    needed = below("qbank", "questions", "templates", "scripts") | below("docs") | {
        "LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml",
    }  # fmt: skip
    held = below(".", root=source)

    assert needed - held == set()
    strays = ("node_modules", ".venv", "demo/", "dist/", "build/", ".egg-info", ".mypy_cache", "tests/private")
    assert [path for path in held if any(stray in path for stray in strays)] == []


def test_a_wheel_from_the_source_archive_is_the_wheel(wheel: Path, source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(built("wheel", source, tmp_path)) as other:
        digests = [{each.filename: each.CRC for each in archive.infolist()} for archive in (one, other)]

    assert digests[0] == digests[1]


def test_what_is_published_says_what_it_needs(installed: Path) -> None:
    about = f"{PROJECT['name']}-{PROJECT['version']}.dist-info"
    metadata = Parser().parsestr((installed / about / "METADATA").read_text(encoding="utf-8"))
    programs = (installed / about / "entry_points.txt").read_text(encoding="utf-8")

    assert (metadata["Version"], metadata["License-Expression"]) == (PROJECT["version"], "MIT")
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    needed = [each for each in metadata.get_all("Requires-Dist", []) if "extra ==" not in each]
    assert len(needed) == len(PROJECT["dependencies"])
    assert set(metadata.get_all("Provides-Extra", [])) == set(PROJECT["optional-dependencies"])
    assert "qbank = qbank.cli:main" in programs


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--version", f"qbank {PROJECT['version']}"),
        ("list", "opamp.inverting.gain"),
        ("check opamp.inverting.gain", "1 item: 0 errors, 0 warnings"),
        ("new bank x", "x"),
        ("schema", '"$schema"'),
        ("paper opamp-quiz -o quiz --no-html --one-book", "to print:"),
    ],
)
def test_what_is_installed_works_from_any_other_folder(
    installed: Path, tmp_path: Path, arguments: str, said: str
) -> None:
    script = f"import qbank; assert qbank.__file__.startswith({str(installed)!r}); from qbank import cli; cli.main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *arguments.split()], cwd=tmp_path, capture_output=True, text=True,
        encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(installed), "QBANK_CACHE": "off"},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
