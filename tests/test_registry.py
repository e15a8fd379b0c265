"""Tags are file names: what is found, what is guessed, what is refused."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import registry, resources
from qbank.registry import UnknownTag


def test_a_tag_is_the_name_of_a_file() -> None:
    assert {"number", "choice", "truth", "text"} <= set(registry.tags("answers"))
    assert registry.load("answers", "number").__name__ == "qbank.answers.number"
    assert not [tag for tag in registry.tags("answers") if tag.startswith("_")], "inner files are no tags"


def test_a_file_may_end_in_an_underscore_where_its_name_is_taken() -> None:
    """`list` and `csv` are Python's own names: the files are list_.py and csv_.py, the tags have no underscore."""
    assert registry.load("cli", "list").__name__ == "qbank.cli.list_"
    assert registry.load("intake", "csv").__name__ == "qbank.intake.csv_"


@pytest.mark.parametrize(
    ("package", "tag", "expected"),
    [
        ("answers", "nubmer", "'nubmer' is not known; did you mean 'number'?"),
        ("answers", "_fields", None),
        ("answers", "number.marks", None),
        ("answers", "../cli", None),
        ("answers", "", None),
        ("rooms", "number", "qbank has no package 'rooms'"),
        ("registry", "number", "qbank has no package 'registry'"),
    ],
)
def test_what_is_no_tag_is_refused(package: str, tag: str, expected: str | None) -> None:
    with pytest.raises(UnknownTag) as error:
        registry.load(package, tag)

    assert expected is None or str(error.value) == expected


def test_a_package_from_outside_adds_a_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    point = metadata.EntryPoint("balance", "json.decoder", "qbank.outputs")
    monkeypatch.setattr(metadata, "entry_points", lambda group: [point] if group == point.group else [])
    monkeypatch.setattr(registry, "_is_extended", lambda: True)
    for cached in (registry.tags, registry.load, registry._outside):
        cached.cache_clear()
    try:
        assert "balance" in registry.tags("outputs")
        assert registry.load("outputs", "balance").__name__ == "json.decoder"
        assert "balance" not in registry.tags("answers")
    finally:
        monkeypatch.undo()
        for cached in (registry.tags, registry.load, registry._outside):
            cached.cache_clear()


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("serise", ["series", "grid"], "'serise' is not known; did you mean 'series'?"),
        ("xyz", ["series", "grid"], "'xyz' is not known; the known ones are: grid, series"),
        ("xyz", [], "'xyz' is not known"),
        ("q", list("abcdefghijklm"), "'q' is not known; the known ones are: a, b, c, d, e, f, g, h, i, j, k, l, …"),
    ],
)  # fmt: skip
def test_an_unknown_word_gets_a_guess_or_the_list(word: str, known: list[str], expected: str) -> None:
    assert registry.unknown(word, known) == expected


@given(st.text(), st.lists(st.text(), max_size=5))
def test_a_guess_is_one_of_the_known(word: str, known: list[str]) -> None:
    assert registry.nearest(word, known) in {None, *known}


def test_the_shipped_folders_are_found() -> None:
    assert (resources.folder("questions") / "topics.yaml").is_file()
    assert (resources.folder("templates") / "fonts").is_dir()


def test_a_missing_folder_names_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "qbank" / "resources.py"))
    resources.folder.cache_clear()

    expected = r"^this installation of qbank has no folder 'questions'; reinstall qbank$"
    with pytest.raises(FileNotFoundError, match=expected):
        resources.folder("questions")
    resources.folder.cache_clear()
