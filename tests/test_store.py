"""The exam folder: whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qbank import store
from qbank.model import Array, Refused
from qbank.store import _exchange, _publish, _replacing, _siblings, _trees

EXAM = [
    ("exam.yaml", b"title: midterm\n"),
    ("sheets/A.pdf", b"%PDF A"),
    ("sheets/B.pdf", b"%PDF B"),
    ("private/seed", b"secret"),
    ("private/variants/gain.parquet", b"PAR1"),
]
OTHER = [("exam.yaml", b"title: final\n"), ("sheets/C.pdf", b"%PDF C")]
DEAD = 2**22 + 1  # above the largest process number there is
MACHINE = _siblings._machine()


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fresh(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files of an exam with their seal."""
    return list(store.chained({"exam": "midterm"}, [pair for pair in files if pair[0] != "exam.yaml"]))


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_an_exam_is_written_whole(tmp_path: Path) -> None:
    store.seal(tmp_path / "a" / "midterm", iter(EXAM))

    assert held(tmp_path / "a" / "midterm") == dict(EXAM)
    assert names(tmp_path / "a") == ["midterm"]
    assert store.read(tmp_path / "a" / "midterm", "private/seed") == b"secret"


def test_what_is_private_is_its_owners_alone(tmp_path: Path) -> None:
    store.seal(tmp_path / "midterm", EXAM)
    modes = {path: stat.S_IMODE((tmp_path / "midterm" / path).stat().st_mode) for path in ("private", "private/seed")}
    deeper = {path: stat.S_IMODE((tmp_path / "midterm" / "private" / path).stat().st_mode) for path in ("variants",)}

    assert modes == {"private": 0o700, "private/seed": 0o600}
    assert deeper == {"variants": 0o700}


class Stopped(BaseException):
    """A run that ends in the middle."""


@pytest.mark.parametrize("replaced", [False, True], ids=["new", "replaced"])
@pytest.mark.parametrize("last", range(len(EXAM) + 1))
@pytest.mark.parametrize("how", [KeyboardInterrupt, Stopped, ValueError])
def test_an_interrupted_run_leaves_everything_as_it_was(
    tmp_path: Path, last: int, how: type[BaseException], replaced: bool
) -> None:
    folder = tmp_path / "midterm"
    if replaced:
        store.seal(folder, fresh(OTHER))
    before = dict(held(tmp_path).items())

    def files() -> Iterator[tuple[str, bytes]]:
        for path, content in EXAM[:last]:
            yield path, content
            assert held(tmp_path / "midterm") == (dict(fresh(OTHER)) if replaced else {}), "a reader sees no half of it"
        raise how

    with pytest.raises(how):
        store.seal(folder, files(), replace=True)

    assert held(tmp_path) == before
    assert names(tmp_path) == (["midterm"] if replaced else [])


@pytest.mark.parametrize("last", range(len(EXAM)))
def test_a_full_disk_is_told_and_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    create, written = _trees.create, iter(range(len(EXAM)))

    def full(file: Path, content: bytes, *, mode: int) -> None:
        create(file, content[:2], mode=mode)
        if next(written) == last:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(_trees, "create", full)
    with pytest.raises(
        Refused, match=r"midterm: the disk is full after 0\.0 MiB, and more is needed; nothing was kept"
    ):
        store.seal(tmp_path / "midterm", EXAM)

    assert names(tmp_path) == []


REFUSALS = [
    ([("exam.yaml", b""), ("../x", b"")], "'../x' is not a path within an exam"),
    ([("exam.yaml", b""), ("/etc/passwd", b"")], "'/etc/passwd' is not a path within an exam"),
    ([("exam.yaml", b""), ("a/./b", b"")], "'a/./b' is not a path within an exam"),
    ([("exam.yaml", b""), ("a\\..\\b", b"")], "'a\\\\..\\\\b' is not a path within an exam"),
    ([("exam.yaml", b""), ("c:x", b"")], "'c:x' is not a path within an exam"),
    ([("exam.yaml", b""), ("", b"")], "'' is not a path within an exam"),
    ([("exam.yaml", b""), ("a", b""), ("a", b"")], "midterm: 'a' is written twice"),
    ([("exam.yaml", b""), ("a", b""), ("a/b", b"")], "midterm: cannot be written: Not a directory"),
    ([("sheets/A.pdf", b"")], "midterm: an exam without exam.yaml cannot be sealed"),
]


@pytest.mark.parametrize(("files", "expected"), REFUSALS, ids=[row[1] for row in REFUSALS])
def test_a_list_of_files_that_is_no_exam_is_refused(
    tmp_path: Path, files: list[tuple[str, bytes]], expected: str
) -> None:
    with pytest.raises(Refused) as caught:
        store.seal(tmp_path / "midterm", files)

    assert str(caught.value).replace(f"{tmp_path}/", "") == expected
    assert names(tmp_path) == []


def test_nothing_that_is_there_is_covered_unasked(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.tex").write_text("x")
    (tmp_path / "file").write_text("x")
    store.seal(tmp_path / "midterm", fresh(EXAM))
    told = {}
    for name in ("thesis", "file", "midterm"):
        with pytest.raises(Refused) as caught:
            store.seal(tmp_path / name, OTHER, replace=name != "midterm")
        told[name] = str(caught.value).replace(f"{tmp_path}/", "")

    assert told == {
        "thesis": "thesis is not empty and contains no exam; choose another folder",
        "file": "file is a file; an exam is a folder",
        "midterm": "midterm already contains an exam; choose another folder, or replace it (--replace)",
    }

    (tmp_path / "empty").mkdir()
    store.seal(tmp_path / "empty", OTHER)
    assert held(tmp_path / "empty") == dict(OTHER)


@pytest.fixture(params=[True, False], ids=["exchange", "two renames"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems that can exchange two folders in one step, and those that cannot."""
    if not request.param:
        for module in (_publish, _replacing):
            monkeypatch.setattr(module, "exchange", lambda *_: False)


def test_two_folders_are_exchanged_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "x").touch()

    done = _exchange.exchange(tmp_path / "a", tmp_path / "b")

    assert names(tmp_path / "b") == (["x"] if done else [])
    assert not _exchange.exchange(tmp_path / "a", tmp_path / "none")


@pytest.mark.usefixtures("exchange")
def test_an_exam_that_is_replaced_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "midterm"
    for number, files in enumerate((EXAM, OTHER, EXAM)):
        kept = store.seal(folder, fresh(files), replace=True)
        assert kept == (tmp_path / f"midterm.replaced-{number}" if number else None)

    assert names(tmp_path) == ["midterm", "midterm.replaced-1", "midterm.replaced-2"]
    assert held(tmp_path / "midterm.replaced-1") == dict(fresh(EXAM))
    assert held(tmp_path / "midterm.replaced-2") == dict(fresh(OTHER))
    assert held(folder) == dict(fresh(EXAM))


USED = [
    ("responses.csv", "answers in responses.csv"),
    ("reviews.jsonl", "reviews"),
    ("regrades.jsonl", "regrades"),
    ("results/marks.csv", "results"),
    ("private/additions/1/seal.json", "later additions"),
    ("responses.xlsx", "a file of another program (responses.xlsx)"),
    ("private/notes.txt", "a file of another program (private/notes.txt)"),
    ("exam.yaml", "a damaged exam.yaml"),
]


@pytest.mark.parametrize(("path", "what"), USED, ids=[path for path, _ in USED])
def test_an_exam_that_somebody_has_used_is_not_replaced_unasked(tmp_path: Path, path: str, what: str) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, fresh([*EXAM, ("responses.csv", b"candidate\n")]))
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"typed\n")
    before = held(folder)
    told = []
    for replace in (False, True):
        with pytest.raises(Refused) as caught:
            store.seal(folder, fresh(OTHER), replace=replace)
        told.append(str(caught.value).replace(f"{tmp_path}/", ""))

    assert told == [
        f"midterm already contains an exam that has {what}; choose another folder",
        f"midterm already contains an exam that has {what}; move it away, or choose another folder",
    ]
    assert held(folder) == before
    kept = store.seal(folder, fresh(OTHER), replace=True, sat=True)
    assert kept is not None
    assert held(kept) == before, "whatever is said, nothing is deleted"


@pytest.mark.parametrize("name", [".DS_Store", "private/.DS_Store", "sheets/Thumbs.db"])
def test_what_a_system_leaves_in_a_folder_is_nobodys_work(tmp_path: Path, name: str) -> None:
    store.seal(tmp_path / "midterm", fresh(EXAM))
    (tmp_path / "midterm" / name).touch()
    store.seal(tmp_path / "midterm", fresh(OTHER), replace=True)

    assert store.read(tmp_path / "midterm", "sheets/C.pdf") == b"%PDF C"


@pytest.mark.parametrize("replace", [False, True])
def test_an_exam_that_another_run_made_meanwhile_is_kept(tmp_path: Path, replace: bool) -> None:
    if replace:
        store.seal(tmp_path / "midterm", fresh(EXAM[:2]))

    def late() -> Iterator[tuple[str, bytes]]:
        yield from fresh(EXAM)
        store.seal(tmp_path / "midterm", fresh(OTHER), replace=replace)

    with pytest.raises(Refused) as caught:
        store.seal(tmp_path / "midterm", late(), replace=replace)

    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        "midterm: another run made an exam there in the meantime; that exam was kept, this one was not" if replace else
        "midterm: another run made something there in the meantime; it was kept, and this exam was not; choose another "
        "folder"
    )  # fmt: skip
    assert held(tmp_path / "midterm") == dict(fresh(OTHER))
    assert names(tmp_path) == ["midterm", "midterm.replaced-1"][: 1 + replace]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    for process in (DEAD, os.getppid()):
        (tmp_path / f".midterm.{MACHINE}.{process}.1.new").mkdir()
    (tmp_path / f".midterm.{MACHINE}.{DEAD}.1.new" / "half").write_text("x")
    store.seal(tmp_path / "midterm", EXAM)

    assert names(tmp_path) == [f".midterm.{MACHINE}.{os.getppid()}.1.new", "midterm"], "a living run keeps its own"


def test_another_machines_run_counts_as_alive_for_a_day(tmp_path: Path) -> None:
    other = tmp_path / ".midterm.0a0b0c.1.1.new"
    other.mkdir()
    store.seal(tmp_path / "midterm", EXAM)
    assert other.exists()
    os.utime(other, (0, 0))
    store.seal(tmp_path / "midterm", fresh(OTHER), replace=True, sat=True)
    assert not other.exists()


class Killed(BaseException):
    """A process that ends without another step."""


STEPS = ("rename", "replace", "unlink", "rmdir")


def kill(patch: pytest.MonkeyPatch, last: int) -> Iterator[int]:
    """Ends the run at one of its changes to names, and gives the number of the change."""
    done = iter(range(1000))

    def step(method: str) -> None:
        real = getattr(Path, method)

        def changed(self: Path, *arguments: object, **named: object) -> object:
            if next(done) == last:
                raise Killed
            return real(self, *arguments, **named)

        patch.setattr(Path, method, changed)

    for method in STEPS:
        step(method)
    real = _exchange.exchange
    for module in (_publish, _replacing):
        if module.exchange is real:

            def exchanged(one: Path, other: Path) -> bool:
                if next(done) == last:
                    raise Killed
                return bool(real(one, other))

            patch.setattr(module, "exchange", exchanged)
    for module in (_trees, _siblings, _publish, _replacing):
        patch.setattr(module, "discard", lambda _: None, raising=False)  # a dead run tidies nothing away
    patch.setattr("qbank.store._folder.discard", lambda _: None)
    return done


def dead(patch: pytest.MonkeyPatch) -> None:
    """Everything that was left was left by dead runs."""
    patch.setattr(_siblings, "_is_alive", lambda *_: False)


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("step", range(6))
def test_an_exam_survives_a_run_that_is_killed_while_it_replaces_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, fresh(EXAM))
    old, new = dict(fresh(EXAM)), dict(fresh(OTHER))
    with monkeypatch.context() as patch:
        kill(patch, step)
        try:
            store.seal(folder, fresh(OTHER), replace=True)
        except Killed:
            killed = True
        else:
            killed = False
    dead(monkeypatch)
    opened = store.opened(folder)

    there = {name: held(tmp_path / name) for name in names(tmp_path) if name.startswith("midterm")}
    assert opened.differences == ()
    assert there["midterm"] in (old, new)
    if there["midterm"] == new:
        assert there == {"midterm": new, "midterm.replaced-1": old}
    else:
        assert killed
        assert there == {"midterm": old}
    store.seal(folder, fresh(EXAM), replace=True)
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def publish(folder: Path, marks: bytes, records: dict[str, bytes] | None = None) -> None:
    with (
        store.writing(folder) as exam,
        store.prepared(folder, [("results/marks.csv", marks), ("results/feedback/a.html", marks)]) as ready,
    ):
        store.publish(exam, ready, records=records)


@pytest.mark.usefixtures("exchange")
def test_earlier_results_become_history(tmp_path: Path) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, EXAM)
    for run in (b"1", b"2", b"3"):
        publish(folder, run)

    assert {path: content for path, content in held(folder / "results").items() if "marks" in path} == {
        "marks.csv": b"3",
        "history/1/marks.csv": b"1",
        "history/2/marks.csv": b"2",
    }
    assert names(folder) == ["exam.yaml", "private", "results", "sheets"]
    modes = {path: stat.S_IMODE((folder / path).stat().st_mode) for path in ("results", "results/marks.csv")}
    assert modes == {"results": 0o700, "results/marks.csv": 0o600}


@pytest.mark.usefixtures("exchange")
def test_what_is_added_to_results_leaves_them_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, EXAM)
    publish(folder, b"1")
    (folder / "results/curve.xlsx").write_bytes(b"mine")
    with (
        store.prepared(folder, [("results/feedback/b.html", b"new")]) as ready,
        store.writing(folder) as exam,
    ):
        store.publish(exam, ready, add=True)

    now = {path: content for path, content in held(folder / "results").items() if "history" not in path}
    assert now == {"marks.csv": b"1", "curve.xlsx": b"mine", "feedback/b.html": b"new"}
    assert (folder / "results/history/1/feedback/a.html").read_bytes() == b"1"


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("step", range(12))
def test_results_and_their_record_survive_a_run_that_is_killed_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, fresh(EXAM))
    for run in (b"1", b"2"):
        publish(folder, run, {"regrades.jsonl": run})
    with monkeypatch.context() as patch:
        kill(patch, step)
        with contextlib.suppress(Killed):
            publish(folder, b"3", {"regrades.jsonl": b"3"})
    dead(monkeypatch)
    store.recover(folder)
    runs = [content for path, content in sorted(held(folder / "results").items()) if "marks" in path]

    assert runs in ([b"1", b"2"], [b"1", b"2", b"3"])
    assert (folder / "regrades.jsonl").read_bytes() == runs[-1], "a record and its results, or neither"
    publish(folder, b"4", {"regrades.jsonl": b"4"})
    assert names(folder) == ["exam.yaml", "private", "regrades.jsonl", "results", "sheets"]
    assert [path for path in held(folder) if "/." in f"/{path}"] == []


def test_a_disk_that_is_full_keeps_neither_a_record_nor_its_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, fresh(EXAM))
    publish(folder, b"1", {"regrades.jsonl": b"1"})
    before = held(folder)
    create = _trees.create

    def full(file: Path, content: bytes, *, mode: int) -> None:
        if file.name == "regrades.jsonl":
            raise OSError(errno.ENOSPC, "No space left on device")
        create(file, content, mode=mode)

    monkeypatch.setattr(_publish, "create", full)
    with pytest.raises(Refused, match=r"midterm: the disk is full \([\d.]+ MiB are free\); make room, then try again"):
        publish(folder, b"2", {"regrades.jsonl": b"2"})

    assert held(folder) == before


def test_one_run_writes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, EXAM)
    monkeypatch.setattr("qbank.store._lock.PATIENCE", 0.1)
    with store.writing(folder), pytest.raises(Refused) as caught, store.writing(folder):
        pass

    assert str(caught.value) == f"{folder}: another run of qbank is writing there; try again when it has finished"


def test_a_lock_on_an_exam_that_was_replaced_meanwhile_does_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, fresh(EXAM))
    with store.writing(folder):
        folder.rename(tmp_path / "away")
        shutil.copytree(tmp_path / "away", folder)
        with store.writing(folder):
            pass


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("marks.csv", "'marks.csv' is not a path of results"),
        ("results/../exam.yaml", "'results/../exam.yaml' is not a path within an exam"),
        ("results/history/1/x", "'results/history/1/x' is not a path of results"),
    ],
)
def test_results_lie_in_results_alone(tmp_path: Path, path: str, expected: str) -> None:
    store.seal(tmp_path / "midterm", EXAM)
    with pytest.raises(Refused) as caught, store.prepared(tmp_path / "midterm", [(path, b"")]):
        pass

    assert str(caught.value) == expected
    assert held(tmp_path / "midterm") == dict(EXAM)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    store.seal(tmp_path / "midterm", EXAM)
    told = []
    for folder, path in (("midterm", "private/keys"), ("midterm", "../x"), ("none", "exam.yaml")):
        with pytest.raises(Refused) as caught:
            store.read(tmp_path / folder, path)
        told.append(str(caught.value).replace(f"{tmp_path}/", ""))

    assert told == [
        "midterm: this exam has no 'private/keys'; it is damaged or was made by another version",
        "'../x' is not a path within an exam",
        "there is no folder none; 'qbank paper' makes an exam",
    ]


SHAPES = arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3)
KINDS = st.sampled_from([np.float64, np.int64, np.uint8, np.bool_])


@settings(max_examples=60, deadline=None)
@given(st.data(), SHAPES)
def test_columns_come_back_from_parquet_as_they_were(data: st.DataObject, shape: tuple[int, ...]) -> None:
    kinds = data.draw(st.lists(KINDS, max_size=3))
    columns: dict[str, Array] = {
        str(index): data.draw(arrays.arrays(kind, (shape[0], *shape[1 + index :]))) for index, kind in enumerate(kinds)
    }
    texts = data.draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=shape[0], max_size=shape[0]))
    columns["text"] = np.array([*texts, None], dtype=object)[:-1]
    content = store.columns_to_parquet(columns)
    again = store.parquet_to_columns(content)

    assert list(again) == list(columns)
    for name, array in columns.items():
        np.testing.assert_array_equal(again[name], array)
        assert again[name].dtype == array.dtype
        assert again[name].shape == array.shape
    assert store.columns_to_parquet(columns) == content, "the same bytes for the same values"


def test_a_file_of_columns_that_is_damaged_is_refused() -> None:
    content = store.columns_to_parquet({"a": np.arange(3.0)})
    for damaged in (b"", b"PAR1", content[:-20]):
        with pytest.raises(Refused, match="a table of values is damaged or was not written by qbank"):
            store.parquet_to_columns(damaged)


def test_columns_of_one_table_are_equally_long() -> None:
    with pytest.raises(ValueError, match="columns of different lengths"):
        store.columns_to_parquet({"a": np.zeros(2), "b": np.zeros(3)})
