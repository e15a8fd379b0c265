"""The cache of what was read: the same with it and without it, never trusted where others write, never needed."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import CLASS, GALLERY, SEED, Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbank import bank, cache, files, nodes, papers, registry
from qbank.actions.show import in_each
from qbank.bank import Bank, card
from qbank.cache import _folder, _frozen, _program, _shelf
from qbank.model import Refused

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0L20 10"/></svg>'
ITEM = """\
id: own.gain
title: {en: Gain}
topic: own
level: 1
figures: {board: {image: board.svg, alt: {en: a board}}, main: {circuit: stage}}
parameters: {R: {values: [1, 2]}}
stem: {en: "See [[figure board]] and [[figure main]], $R = {R}$."}
parts:
- {id: a, ask: {en: Which?}, marks: 2, answer: {kind: number, key: R, tolerance: exact}, covers: [E1]}
"""
CIRCUIT = """\
title: {en: Divider}
alt: {en: Two resistors in series between two ports}
parts:
- {R: R_1, from: 0 0, to: 2 0}
- {R: R_2, from: 2 0, to: 4 0}
- {port: u_i, at: 0 0}
- {port: u_o, at: 4 0}
"""


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the shelves, in a cache of the test's own that is switched on."""
    monkeypatch.delenv("QBANK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "qbank" / "shelves"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bank with a file of every sort that an item depends on."""
    folder = tmp_path / "own"
    (folder / "circuits").mkdir(parents=True)
    (folder / "bank.yaml").write_text("languages: [en]\nlicence: CC0\n", encoding="utf-8")
    (folder / "topics.yaml").write_text("own: {en: Our own}\n", encoding="utf-8")
    (folder / "knowledge-points.yaml").write_text("E1: {en: Gain}\n", encoding="utf-8")
    (folder / "circuits" / "stage.yaml").write_text(CIRCUIT, encoding="utf-8")
    (folder / "board.svg").write_bytes(PICTURE)
    (folder / "own.gain.yaml").write_text(ITEM, encoding="utf-8")
    with monkeypatch.context() as off:
        off.setenv("QBANK_CACHE", "off")
        assert bank.load(folder).problems == ()
    return folder


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read as YAML since."""
    seen: list[str] = []
    real = nodes.read

    def read(text: bytes, file: str) -> Any:
        seen.append(Path(file).name)
        return real(text, file)

    monkeypatch.setattr(nodes, "read", read)
    return seen


def everything(source: Bank) -> str:
    """All that a bank says, and what its items look like for two seats in each of their languages."""
    shown = [in_each(source, name, seats=(0, 1)) for name in source.items]
    items = [(each.item, each.worked) for several in shown for row in several for each in row]
    told = (items, dict(source.circuits), dict(source.blueprints), dict(source.topics), dict(source.points),
            source.problems, [each.text for each in source.sources.values()])  # fmt: skip
    with np.printoptions(threshold=sys.maxsize):
        return repr([[item.model_dump() for item, _ in items], told])


@pytest.mark.usefixtures("known")
def test_a_known_bank_says_what_its_files_say(readings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With every kind of answer, domain and figure: whole records, pages, circuits, blueprints, problems."""
    first = everything(bank.load(GALLERY))
    assert readings, "nothing was known"
    readings.clear()
    again = bank.load(GALLERY)
    assert [each for each in readings if not each.endswith("-quiz.yaml")] == []
    cards = again.cards
    found = everything(again)
    monkeypatch.setenv("QBANK_CACHE", "off")
    plain = bank.load(GALLERY)

    assert first == found == everything(plain)
    assert cards == plain.cards == tuple(card.Card.of(item) for item in again.items.values())
    assert list(again.items) == list(plain.items)


@pytest.mark.usefixtures("known")
def test_a_list_is_made_of_cards_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run("list", "--level", "1")
    real = _frozen.thawed

    def thawed(pickled: memoryview) -> Any:
        assert b"qbank.bank.item" not in bytes(pickled), "an item was read"
        return real(pickled)

    monkeypatch.setattr(_frozen, "thawed", thawed)
    assert run("list", "--level", "1") == expected
    with pytest.raises(AssertionError, match="an item was read"):
        run("show", "gallery.blanks")


CHANGES = {
    "own.gain.yaml": ("Which?", "What?"),
    "board.svg": ("M0 0", "M1 1"),
    "bank.yaml": ("CC0", "MIT"),
    "topics.yaml": ("Our own", "Our very own"),
    "knowledge-points.yaml": ("Gain", "Gains"),
    "circuits/stage.yaml": ("in series", "in a row"),
}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("file", CHANGES)
def test_a_change_of_a_file_is_seen(file: str, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the file keeps its size and its times."""
    before, path, (old, new) = everything(bank.load(own)), own / file, CHANGES[file]
    assert everything(bank.load(own)) == before
    about = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    after = everything(bank.load(own))
    monkeypatch.setenv("QBANK_CACHE", "off")

    assert after != before
    assert after == everything(bank.load(own))


FAULTS = {
    "a text that is missing": ("own.gain.yaml", ITEM.replace("title: {en: Gain}", "title: {zh: 增益}")),
    "an unknown key": ("own.gain.yaml", ITEM.replace("level: 1", "levle: 1")),
    "a name that nothing defines": ("own.gain.yaml", ITEM.replace("key: R,", "key: S,")),
    "YAML that breaks off": ("own.gain.yaml", ITEM + "- {"),
    "a second item of that id": ("second.yaml", ITEM),
    "what replaces nothing": ("second.yaml", ITEM.replace("own.gain", "own.other") + "replaces: own.other\n"),
    "no circuit": ("circuits/stage.yaml", None),
    "a circuit that cannot be drawn": ("circuits/stage.yaml", CIRCUIT + "- {L_O: x}\n"),
    "no picture": ("board.svg", None),
    "a picture that is none": ("board.svg", "no picture"),
    "other languages": ("bank.yaml", "languages: [zh, en]\n"),
    "settings with a fault": ("bank.yaml", "langauges: [en]\n"),
    "a topic without a text": ("topics.yaml", "own: {en: Our own}\nother: {}\n"),
    "a blueprint with a fault": ("blueprints/quiz.yaml", "id: quiz\nsections: []\n"),
}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("fault", FAULTS)
def test_problems_and_their_places_are_the_same(fault: str, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the bank was known before the fault, and when the bank with the fault was read before."""
    bank.load(own)
    file, text = FAULTS[fault]
    path = own / file
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink()
    else:
        path.write_text("# one line more\n" * file.endswith(".yaml") + text, encoding="utf-8")
    found = [bank.load(own).problems for _ in range(3)]
    monkeypatch.setenv("QBANK_CACHE", "off")
    expected = bank.load(own).problems

    assert expected != ()
    assert found == [expected] * 3


@pytest.mark.usefixtures("known")
def test_one_named_file_is_known_as_well(own: Path, readings: list[str]) -> None:
    whole = everything(bank.load(own))
    readings.clear()

    assert everything(bank.load(own, only=[own / "own.gain.yaml"])) == whole
    assert readings == []
    assert len(bank.load(own).items) == 1
    assert readings == [], "what was not asked for was not forgotten"


def test_what_a_bank_no_longer_holds_is_forgotten(own: Path, known: Path) -> None:
    bank.load(own)
    (shelf,) = known.iterdir()
    size = shelf.stat().st_size
    for number in range(9):
        (own / "own.gain.yaml").write_text(f"{ITEM}# {number}\n", encoding="utf-8")
        bank.load(own)

    assert shelf.stat().st_size < size * 1.1


def test_nothing_is_kept_of_a_switched_off_cache(own: Path, known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QBANK_CACHE", "off")
    bank.load(own)

    assert not known.exists()
    assert cache.folder("check") is None


def trusted(own: Path, readings: list[str]) -> bool:
    """Whether a bank is known."""
    readings.clear()
    assert bank.load(own).problems == ()
    return readings == []


@pytest.mark.usefixtures("known")
def test_a_cache_of_another_program_is_not_trusted(
    own: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.load(own)
    assert trusted(own, readings)
    monkeypatch.setattr(_shelf, "program", lambda: b"x" * len(_program.program()))

    assert not trusted(own, readings)


def digest_of_program(*path: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, path), *sys.path])}
    code = "from qbank import cache; print(cache.program().hex())"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_program_is_another_with_other_plug_ins_and_libraries(tmp_path: Path) -> None:
    site, package = tmp_path / "site", tmp_path / "package"
    (package / "balance" / "inner").mkdir(parents=True)
    (package / "balance" / "__init__.py").write_text("", encoding="utf-8")
    (package / "balance" / "inner" / "answer.py").write_text("LIMIT = 1\n", encoding="utf-8")
    (site / "balance-1.0.dist-info").mkdir(parents=True)
    told = [digest_of_program(site, package), digest_of_program(site, package)]
    assert told[0] == told[1]
    points = site / "balance-1.0.dist-info" / "entry_points.txt"
    points.write_text("[qbank.answers]\nbalance = balance.inner.answer\n", encoding="utf-8")
    told.append(digest_of_program(site, package))
    about = (package / "balance" / "inner" / "answer.py").stat()
    (package / "balance" / "inner" / "answer.py").write_text("LIMIT = 2\n", encoding="utf-8")
    os.utime(package / "balance" / "inner" / "answer.py", ns=(about.st_atime_ns, about.st_mtime_ns))
    told.append(digest_of_program(site, package))
    (site / "pydantic-99.dist-info").mkdir()
    told.append(digest_of_program(site, package))

    assert len(set(told)) == 4, "a package that adds a kind, a changed file of it, another version of a library"


def test_what_is_installed_is_told_as_importlib_tells_it() -> None:
    from importlib.metadata import distributions

    named = {each.metadata["Name"].replace("-", "_").casefold() for each in distributions()}
    folders = {Path(each).name.split("-")[0].replace(".", "_").casefold() for each in registry.distributions()}

    assert {name.replace(".", "_") for name in named} <= folders


def opened_to_others(shelf: Path) -> Iterator[tuple[str, Path, int]]:
    yield "the folder", shelf.parent, 0o777
    yield "the folder, for the group to read", shelf.parent, 0o750
    yield "the folder above", shelf.parent.parent, 0o777
    yield "the user's cache", shelf.parent.parent.parent, 0o775
    yield "the file", shelf, 0o666
    yield "the file, for others to read", shelf, 0o644


def test_what_others_can_write_is_not_trusted(own: Path, known: Path, readings: list[str]) -> None:
    bank.load(own)
    (shelf,) = known.iterdir()
    for what, path, mode in list(opened_to_others(shelf)):
        assert trusted(own, readings), what
        usual = path.stat().st_mode
        path.chmod(mode)
        content = shelf.read_bytes()
        assert not trusted(own, readings), what
        if path != shelf:
            assert shelf.read_bytes() == content, f"{what}: nothing is written there either"
        path.chmod(usual)
        bank.load(own)


@pytest.mark.skipif(sys.platform == "win32", reason="no owners")
def test_what_belongs_to_another_user_is_not_trusted(
    own: Path, known: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.load(own)
    (shelf,) = known.iterdir()
    content = shelf.read_bytes()
    monkeypatch.setattr(os, "geteuid", lambda: known.stat().st_uid + 1)

    assert not trusted(own, readings)
    assert shelf.read_bytes() == content


def test_a_link_in_place_of_a_shelf_is_not_followed(own: Path, known: Path, readings: list[str]) -> None:
    bank.load(own)
    (shelf,) = known.iterdir()
    elsewhere = own.parent / "elsewhere"
    shelf.rename(elsewhere)
    shelf.symlink_to(elsewhere)

    assert not trusted(own, readings)
    assert trusted(own, readings), "and a file takes its place"
    assert not shelf.is_symlink()


class Trap:
    """What a planted pickle would be."""

    def __init__(self, call: Any, *arguments: Any) -> None:
        self.call, self.arguments = call, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.call, self.arguments


def test_a_pickle_that_acts_is_not_run(tmp_path: Path) -> None:
    """Not even one that calls our own functions, or a class's method."""
    target = tmp_path / "trapped"
    traps = [Trap(os.system, f"touch {target}"), Trap(files.put, target, b""), Trap(Path.touch, target),
             Trap(eval, "1"), Trap(getattr, 1, "real"), Trap(subprocess.Popen, ["touch", str(target)])]  # fmt: skip
    for trap in traps:
        assert _frozen.thawed(pickle.dumps(trap)) is None, trap.call
        assert _frozen.thawed(pickle.dumps({"item": [trap]})) is None, trap.call
    assert not target.exists()


def test_a_planted_pickle_is_passed_over(own: Path, known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the right digests, as somebody would write it who can write there: the file is read anew."""
    target = own.parent / "trapped"
    monkeypatch.setattr(_frozen, "frozen", lambda _: pickle.dumps(Trap(os.system, f"touch {target}")))
    bank.load(own)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(known.parent.parent))
    monkeypatch.delenv("QBANK_CACHE", raising=False)

    assert bank.load(own).item("own.gain").marks == 2
    assert not target.exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_shelf_is_passed_over(data: st.DataObject, own: Path, known: Path, readings: list[str]) -> None:
    """Cut off or changed anywhere: the bank is the same, and the shelf whole again."""
    expected = everything(bank.load(own))
    (shelf,) = known.iterdir()
    whole = bytearray(shelf.read_bytes())
    place = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(whole))
    if data.draw(st.booleans()):
        shelf.write_bytes(whole[:place])
    else:
        whole[place] ^= data.draw(st.integers(1, 255))
        shelf.write_bytes(whole)

    assert everything(bank.load(own)) == expected
    bank.load(own)
    readings.clear()
    assert everything(bank.load(own)) == expected
    assert readings == []


def test_a_run_that_is_killed_while_it_writes_leaves_the_old_shelf(
    own: Path, known: Path, readings: list[str]
) -> None:
    bank.load(own)
    (shelf,) = known.iterdir()
    before = shelf.read_bytes()
    (own / "own.gain.yaml").write_text(ITEM + "# changed\n", encoding="utf-8")
    code = f"""
import os, pathlib
os.fsync = lambda _: os._exit(9)
from qbank import bank
bank.load(pathlib.Path({str(own)!r}))
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)

    assert killed.returncode == 9, killed.stderr
    assert shelf.read_bytes() == before
    left = [path for path in known.iterdir() if path != shelf]
    assert len(left) == 1
    os.utime(left[0], (0, 0))
    assert not trusted(own, readings)
    assert list(known.iterdir()) == [shelf], "what it left goes with the next writing"
    assert trusted(own, readings)


def test_a_disk_that_takes_nothing_is_no_fault(own: Path, known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = everything(bank.load(own))
    shutil.rmtree(known)

    def full(*_: object, **__: object) -> None:
        raise Refused("no space left on device")

    monkeypatch.setattr(files, "put", full)
    assert everything(bank.load(own)) == expected
    (known.parent.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(known.parent.parent / "file"))
    assert everything(bank.load(own)) == expected


@pytest.mark.usefixtures("known")
def test_runs_at_the_same_time_say_the_same(own: Path, readings: list[str]) -> None:
    for number in range(30):
        text = ITEM.replace("own.gain", f"own.gain{number}")
        (own / f"own.gain{number}.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "qbank", "list", "--bank", str(own)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = {run.communicate() for run in runs}

    assert len(said) == 1
    assert trusted(own, readings)


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}").write_bytes(b"x" * 10)
        os.utime(tmp_path / f"{number}", (number, number))
    (tmp_path / ".half").write_bytes(b"")
    _folder.forget(tmp_path, 4)
    assert {path.name for path in tmp_path.iterdir()} == {"2", "3", "4", "5", ".half"}, "those used last"
    _folder.forget(tmp_path, 4, 25)
    assert {path.name for path in tmp_path.iterdir()} == {"4", "5", ".half"}


@pytest.mark.usefixtures("known")
def test_a_value_that_has_no_pickle_is_not_kept() -> None:
    shelf = cache.Shelf.opened(b"name")
    shelf.keep("a", None, lambda: 1)
    shelf.keep("b", "card", 2)
    shelf.close()
    again = cache.Shelf.opened(b"name")
    found = again.found("b")

    assert again.found("a") is None
    assert found is not None
    assert (found.card, found.read()) == ("card", 2)


def test_what_is_remembered_is_made_once(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []

    def make() -> list[float]:
        made.append(0.1 + 0.2)
        return made[:1]

    def found(told: bytes = b"told") -> object:
        return cache.remembered("drawings", told, make, most=2)

    assert [found(), found()] == [[0.1 + 0.2]] * 2
    assert len(made) == 1
    (file,) = (known.parent / "drawings").iterdir()
    file.write_bytes(file.read_bytes().replace(b"0.3", b"0.4"))
    assert found() == made[:1], "what was damaged is made again"
    assert len(made) == 2
    found(b"another"), found(b"a third")
    assert len(list(file.parent.iterdir())) == 2, "those made last"
    monkeypatch.setenv("QBANK_CACHE", "off")
    found(), found()
    assert len(made) == 6, "nothing is kept of a cache that is off"


@pytest.mark.usefixtures("known")
def test_a_sealed_exam_is_known_and_stays_as_it_is(gallery: Bank, readings: list[str]) -> None:
    exam = papers.compose(gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, langs=("zh", "en"))
    sealed = dict(papers.files(exam))
    before = dict(sealed)

    def drawn(*, figures: bool = True) -> str:
        found = papers.opened(sealed.__getitem__, figures=figures)
        with np.printoptions(threshold=sys.maxsize):
            return repr([(name, each.item.model_dump(), each.columns, each.keys) for name, each in found.drawn.items()])

    first = drawn()
    readings.clear()
    assert drawn() == first
    assert readings == [], "no item and no circuit was read again"
    marked = drawn(figures=False)
    assert drawn(figures=False) == marked, "without its figures it is kept apart"
    assert drawn() == first
    assert sealed == before
    name = next(iter(exam.drawn))
    sealed[f"private/items/{name}.yaml"] += b"levle: 2\n"
    with pytest.raises(Refused, match="levle"):
        papers.opened(sealed.__getitem__)
