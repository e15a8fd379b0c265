"""Outputs by their tags, and the way out: what is written, what is said to be lost, what is refused."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import gift_reader
import pytest
from conftest import Run

from qbank import outputs, papers, registry
from qbank.actions.export import export
from qbank.actions.make_paper import make_paper
from qbank.bank import Bank
from qbank.model import Refused
from qbank.outputs import Loss, Output, Written
from qbank.sheets import Items


@pytest.mark.parametrize("tag", registry.tags("outputs"))
def test_every_output_says_what_it_takes_and_how_its_files_end(tag: str) -> None:
    output = outputs.of(tag)

    assert output.takes
    assert output.suffix.startswith(".")
    assert tag in output.suffix or output.suffix == ".txt"


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An output of another package, under its tag: it counts questions, and cannot hold any option."""
    def counted(items: Items) -> Written:
        losses = tuple(Loss(pool.item, "", "everything") for pool in items.pools)
        return Written(f"{len(items.pools)} items".encode(), 0, losses)

    module = ModuleType("counting")
    module.OUTPUT = Output(".count", items=counted, sheet=lambda sheet: sheet.title.encode())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "counting", module)
    point = importlib.metadata.EntryPoint("counting", "counting", "qbank.outputs")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: (point,) if group == point.group else ())
    monkeypatch.setattr(registry, "_is_extended", lambda: True)
    for found in (registry.tags, registry.load, registry._outside):
        found.cache_clear()
    yield "counting"
    monkeypatch.undo()
    for found in (registry.tags, registry.load, registry._outside):
        found.cache_clear()


def test_an_output_of_another_package_is_found_by_export_and_by_paper(
    counting: str, gallery: Bank, tmp_path: Path
) -> None:
    done = export(counting, gallery, ["gallery.number", "gallery.choice"], count=1)
    made = make_paper(gallery, "everything", tmp_path / "quiz", forms="A,B", seed="s", also=[counting])
    exam = made.exam

    assert done.written.content == b"2 items"
    assert (tmp_path / "quiz/sheets/B.count").read_text() == exam.title.zh
    assert (tmp_path / "quiz/private/items.count").read_text() == f"{len(list(exam.placed()))} items"
    assert made.losses[0] == Loss(next(exam.placed())[1].item.id, "", "everything")


def test_the_same_seed_writes_the_same_bytes_and_another_one_others(gallery: Bank) -> None:
    first, again, other = (export("gift", gallery, count=3, seed=seed) for seed in ("s", "s", "t"))

    assert first.written == again.written
    assert first.written.content != other.written.content
    assert export("gift", gallery, count=1).seed != export("gift", gallery, count=1).seed


def test_no_variant_stands_twice_where_an_item_has_fewer(gallery: Bank) -> None:
    items = export("gift", gallery, ["gallery.essay"], count=5, seed="s").source

    assert isinstance(items, Items)
    (essay,) = items.pools
    assert [variant.code[-2:] for variant in essay.variants] == ["-1"]


def test_a_sealed_exam_exports_what_its_papers_print(gallery: Bank, tmp_path: Path) -> None:
    """The bank may change afterwards: the folder alone is read."""
    exam = make_paper(gallery, "everything", tmp_path / "quiz", forms="A,B", seed="s", langs=("zh", "en")).exam

    done = export("gift", tmp_path / "quiz", lang="en")

    assert done.source == papers.items(exam, "en")
    assert done.seed == ""
    codes = {question.id.split(".")[0] for question in gift_reader.read(done.written.content)}
    assert any(code.startswith("A-1-") for code in codes)
    assert {code[0] for code in codes} == {"A", "B"}


def test_with_strict_nothing_is_lost_or_nothing_is_written(gallery: Bank) -> None:
    assert export("gift", gallery, ["gallery.truth_1"], count=1, seed="s", strict=True).written.losses == ()
    with pytest.raises(Refused) as refused:
        export("gift", gallery, ["gallery.vector"], count=1, seed="s", strict=True)

    assert [(each.item, each.message) for each in refused.value.problems] == [
        ("gallery.vector", "product: left out: several numbers in one answer"),
    ]


# --- the command -------------------------------------------------------------------------------------------------


def test_export_writes_the_file_and_names_every_loss(run: Run, tmp_path: Path) -> None:
    code, out, err = run("export", "gift", "gallery.vector", "gallery.truth_1", "-n", "2", "--seed", "s")

    assert (code, err) == (0, "lost: gallery.vector (product): left out: several numbers in one answer\n")
    assert out == (
        "items.gift.txt: 2 items, 1 question, 1 loss\n"
        "seed: s (draws the same variants and keys again: keep it secret)\n"
    )
    assert len(gift_reader.read((tmp_path / "items.gift.txt").read_bytes())) == 1


@pytest.mark.parametrize(("arguments", "error"), [
    (["export", "gift", "gallery.vector", "--strict"],
     "qbank: gallery.vector: product: left out: several numbers in one answer\n"),
    (["export", "gfit"], "qbank: the output 'gfit' is not known; did you mean 'gift'?\n"),
    (["export", "pdf"],
     ("qbank: pdf takes neither items nor marks, only: sheets, answer books, marking lists, feedback; use 'qbank paper "
      "--also pdf', or export one of: "
      f"{', '.join(sorted((*outputs.tags(taking='items'), *outputs.tags(taking='totals'))))}\n")),
    (["export", "moodle_grades", "gallery"],
     "qbank: moodle_grades takes the marks of an exam; grade it, then run: qbank export moodle_grades EXAM\n"),
    (["paper", "everything", "-o", "quiz", "--also", "canvas_grades"],
     "qbank: canvas_grades takes the marks of an exam; grade it, then run: qbank export canvas_grades EXAM\n"),
    (["export", "gift", "galery"], "qbank: the item or topic 'galery' is not known; did you mean 'gallery'?\n"),
    (["paper", "everything", "-o", "quiz", "--also", "gfit"],
     "qbank: the output 'gfit' is not known; did you mean 'gift'?\n"),
])  # fmt: skip
def test_export_refuses_and_writes_nothing(
    run: Run, tmp_path: Path, arguments: list[str], error: str
) -> None:
    code, out, err = run(*arguments)

    assert (code, out, err) == (2, "", error)
    assert list(tmp_path.iterdir()) == []


def test_with_strict_paper_makes_nothing_that_another_output_cannot_hold(run: Run, tmp_path: Path) -> None:
    code, out, err = run("paper", "everything", "-o", "quiz", "--also", "gift", "--strict")

    assert (code, out) == (2, "")
    assert "qbank: gallery.vector: product: left out: several numbers in one answer\n" in err
    assert not (tmp_path / "quiz").exists()


def test_paper_writes_further_outputs_into_the_private_half(run: Run, tmp_path: Path) -> None:
    code, _, err = run("paper", "everything", "-o", "quiz", "--lang", "both", "--also", "gift", "--also", "text")
    folder = tmp_path / "quiz"

    assert code == 0
    assert "lost: gallery.vector (product): left out: several numbers in one answer\n" in err
    assert {path.name for path in (folder / "private").glob("*.txt")} == {
        "items.zh.gift.txt", "items.en.gift.txt", "answer-book-A.zh.txt", "answer-book-A.en.txt",
    }  # fmt: skip
    assert not list((folder / "sheets").glob("*gift*")), "keys are not handed out"
    assert (folder / "sheets/A.en.txt").read_text(encoding="utf-8").count("\n\n1. ") == 1
    assert run("export", "gift", "quiz", "--lang", "en", "-o", "again.txt")[0] == 0
    assert (tmp_path / "again.txt").read_bytes() == (folder / "private/items.en.gift.txt").read_bytes()
