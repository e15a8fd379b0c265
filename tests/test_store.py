"""The exam folder: whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import contextlib
import errno
import os
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
from qbank.store import _folder, _siblings

EXAM = [
    ("exam.yaml", b"title: midterm\n"),
    ("sheets/A.pdf", b"%PDF A"),
    ("sheets/B.pdf", b"%PDF B"),
    ("private/seed", b"secret"),
    ("private/variants/gain.parquet", b"PAR1"),
]
OTHER = [("exam.yaml", b"title: final\n"), ("sheets/C.pdf", b"%PDF C")]
DEAD = 2**22 + 1  # above the largest process number there is


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_an_exam_is_written_whole(tmp_path: Path) -> None:
    store.seal(tmp_path / "a" / "midterm", iter(EXAM))

    assert held(tmp_path / "a" / "midterm") == dict(EXAM)
    assert names(tmp_path / "a") == ["midterm"]
    assert store.read(tmp_path / "a" / "midterm", "private/seed") == b"secret"
    assert list(store.files(tmp_path / "a" / "midterm", "sheets")) == EXAM[1:3]


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
        store.seal(folder, OTHER)
    before = dict(held(tmp_path).items())

    def files() -> Iterator[tuple[str, bytes]]:
        for path, content in EXAM[:last]:
            yield path, content
            assert held(tmp_path / "midterm") == (dict(OTHER) if replaced else {}), "a reader sees no half of it"
        raise how

    with pytest.raises(how):
        store.seal(folder, files(), replace=True)

    assert held(tmp_path) == before
    assert names(tmp_path) == (["midterm"] if replaced else [])


@pytest.mark.parametrize("last", range(len(EXAM)))
def test_a_full_disk_is_told_and_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    create, written = _folder._create, iter(range(len(EXAM)))

    def full(file: Path, content: bytes, *, mode: int) -> None:
        create(file, content[:2], mode=mode)
        if next(written) == last:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(_folder, "_create", full)
    with pytest.raises(
        Refused, match=r"midterm: the disk is full: 0\.0 MiB fitted, and that is not all; nothing was kept"
    ):
        store.seal(tmp_path / "midterm", EXAM)

    assert names(tmp_path) == []


REFUSALS = [
    ([("exam.yaml", b""), ("../x", b"")], "'../x' is no path within an exam"),
    ([("exam.yaml", b""), ("/etc/passwd", b"")], "'/etc/passwd' is no path within an exam"),
    ([("exam.yaml", b""), ("a/./b", b"")], "'a/./b' is no path within an exam"),
    ([("exam.yaml", b""), ("a\\..\\b", b"")], "'a\\\\..\\\\b' is no path within an exam"),
    ([("exam.yaml", b""), ("c:x", b"")], "'c:x' is no path within an exam"),
    ([("exam.yaml", b""), ("", b"")], "'' is no path within an exam"),
    ([("exam.yaml", b""), ("a", b""), ("a", b"")], "midterm: 'a' is written twice"),
    ([("exam.yaml", b""), ("a", b""), ("a/b", b"")], "midterm: cannot be written: Not a directory"),
    ([("sheets/A.pdf", b"")], "midterm: an exam without exam.yaml is not sealed"),
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
    store.seal(tmp_path / "midterm", EXAM)
    told = {}
    for name in ("thesis", "file", "midterm"):
        with pytest.raises(Refused) as caught:
            store.seal(tmp_path / name, OTHER, replace=name != "midterm")
        told[name] = str(caught.value).replace(f"{tmp_path}/", "")

    assert told == {
        "thesis": "thesis: is not empty and holds no exam; choose another folder",
        "file": "file: is a file; an exam is a folder",
        "midterm": "midterm: holds an exam; choose another folder, or replace it (--replace)",
    }

    store.write(tmp_path / "midterm", [("results/marks.csv", b"1")])
    with pytest.raises(Refused, match="midterm: holds an exam with results; choose another folder"):
        store.seal(tmp_path / "midterm", OTHER)
    (tmp_path / "empty").mkdir()
    store.seal(tmp_path / "empty", OTHER)
    store.seal(tmp_path / "midterm", OTHER, replace=True)

    assert held(tmp_path / "empty") == held(tmp_path / "midterm") == dict(OTHER)


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / f".midterm.{DEAD}.new").mkdir()
    (tmp_path / f".midterm.{DEAD}.new" / "half").write_text("x")
    (tmp_path / f".midterm.{os.getppid()}.new").mkdir()
    store.seal(tmp_path / "midterm", EXAM)

    assert names(tmp_path) == [f".midterm.{os.getppid()}.new", "midterm"], "a living run keeps its own"


@pytest.mark.parametrize(
    ("states", "expected", "remark"),
    [
        (["old"], OTHER, "killed before the new one was whole"),
        (["ready", "old"], EXAM, "killed between the two renames"),
    ],
)
def test_a_run_killed_between_two_renames_is_finished(
    tmp_path: Path, states: list[str], expected: list[tuple[str, bytes]], remark: str
) -> None:
    for state in states:
        store.seal(tmp_path / "x", EXAM if state == "ready" else OTHER)
        (tmp_path / "x").rename(tmp_path / f".midterm.{DEAD}.{state}")

    assert store.read(tmp_path / "midterm", "exam.yaml") == expected[0][1], remark
    assert "midterm" in names(tmp_path)


def test_earlier_results_become_history(tmp_path: Path) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, EXAM)
    for run in (b"1", b"2", b"3"):
        store.write(folder, [("results/marks.csv", run), ("results/feedback/a.html", run)])

    assert {path: content for path, content in held(folder / "results").items() if "marks" in path} == {
        "marks.csv": b"3",
        "history/1/marks.csv": b"1",
        "history/2/marks.csv": b"2",
    }
    assert [path for path, _ in store.files(folder, "results")] == ["results/feedback/a.html", "results/marks.csv"]
    assert names(folder) == ["exam.yaml", "private", "results", "sheets"]


@pytest.mark.parametrize("step", range(6))
def test_results_survive_a_run_that_is_killed_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder = tmp_path / "midterm"
    store.seal(folder, EXAM)
    for run in (b"1", b"2"):
        store.write(folder, [("results/marks.csv", run)])
    rename, steps = Path.rename, iter(range(99))

    def killed(self: Path, target: Path) -> Path:
        if next(steps) == step:
            raise Stopped
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        patch.setattr(_siblings, "_is_alive", lambda *_: False)
        with contextlib.suppress(Stopped):
            store.write(folder, [("results/marks.csv", b"3")])
    store.write(folder, [("results/marks.csv", b"4")])
    runs = [content for path, content in sorted(held(folder / "results").items())]

    assert runs in ([b"1", b"2", b"4"], [b"1", b"2", b"3", b"4"])
    assert names(folder) == ["exam.yaml", "private", "results", "sheets"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("marks.csv", "'marks.csv' is no path of results"),
        ("results/../exam.yaml", "'../exam.yaml' is no path within an exam"),
        ("results/history/1/x", "'results/history/1/x' is no path of results"),
    ],
)
def test_results_lie_in_results_alone(tmp_path: Path, path: str, expected: str) -> None:
    store.seal(tmp_path / "midterm", EXAM)
    with pytest.raises(Refused) as caught:
        store.write(tmp_path / "midterm", [(path, b"")])

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
        "midterm: this exam has no 'private/keys'; it is damaged, or of another version",
        "'../x' is no path within an exam",
        "none: not a sealed exam (it has no exam.yaml)",
    ]


def test_a_digest_names_paths_and_contents_whatever_their_order() -> None:
    prints = [store.fingerprint(path, content) for path, content in EXAM]

    assert store.digest(prints) == store.digest(prints[::-1])
    assert store.digest(prints) != store.digest(prints[:-1])
    assert store.fingerprint("a", b"bc") != store.fingerprint("ab", b"c")


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
        with pytest.raises(Refused, match="a table of values is damaged, or not written by qbank"):
            store.parquet_to_columns(damaged)


def test_columns_of_one_table_are_equally_long() -> None:
    with pytest.raises(ValueError, match="columns of different lengths"):
        store.columns_to_parquet({"a": np.zeros(2), "b": np.zeros(3)})
