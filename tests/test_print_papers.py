"""Papers printed from the sealed exam: the same pages, in stretches, and on from where a run was stopped."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from qbank import bank, resources, store
from qbank.actions import _volumes
from qbank.actions.add import add
from qbank.actions.history import history
from qbank.actions.make_paper import make_paper
from qbank.actions.print_papers import Printed, print_papers
from qbank.actions.reprint import reprint
from qbank.model import Accommodation, Candidate, Refused
from qbank.outputs import _parallel

SEED = "a seed of enough letters"
CLASS = tuple(Candidate(f"40{number:02}", f"学生{number}") for number in range(1, 10))


@pytest.fixture(scope="module", autouse=True)
def small_volumes() -> Iterable[None]:
    """Volumes of four papers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_volumes, "VOLUME", 4)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An exam with a form for each of nine and a spare one, in both languages, with its papers and without."""
    source = bank.load(resources.folder("questions"))
    folders = {}
    for name in ("printed", "unprinted"):
        folders[name] = tmp_path_factory.mktemp("made") / name
        make_paper(source, "opamp-quiz", folders[name], candidates=CLASS, forms="each", spares=1, seed=SEED,
                   langs=("zh", "en"), web_pages=0, books=False, unprinted=name == "unprinted")  # fmt: skip
    return folders


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def stopped_after(count: int) -> Any:
    """A Watch that is interrupted after so many steps."""
    def watch(steps: Iterable[Any], total: int, what: str) -> Iterable[Any]:  # noqa: ARG001
        for number, step in enumerate(steps):
            if number == count:
                raise KeyboardInterrupt
            yield step

    return watch


def test_the_papers_are_those_that_are_printed_with_the_exam(made: dict[str, Path], tmp_path: Path) -> None:
    assert not (made["unprinted"] / "sheets").exists()
    assert store.verified(made["unprinted"]) == ()

    done = print_papers(made["unprinted"], tmp_path / "papers")

    assert done == Printed(10, 0)
    assert contents(tmp_path / "papers") == contents(made["printed"] / "sheets")


def test_stretches_on_several_machines_make_the_whole(made: dict[str, Path], tmp_path: Path) -> None:
    for machine, span in (("a", (1, 4)), ("b", (5, 8)), ("c", (9, 10))):
        assert print_papers(made["unprinted"], tmp_path / machine, span=span).papers == span[1] - span[0] + 1

    together = contents(tmp_path / "a") | contents(tmp_path / "b") | contents(tmp_path / "c")
    assert together == contents(made["printed"] / "sheets")


def test_a_stretch_within_volumes_keeps_their_edges(made: dict[str, Path], tmp_path: Path) -> None:
    print_papers(made["unprinted"], tmp_path / "papers", span=(3, 6))

    names = [name for name in contents(tmp_path / "papers") if name.startswith("all-") and name.endswith("zh.pdf")]
    assert sorted(names) == ["all-003-004.zh.pdf", "all-005-006.zh.pdf"]


def test_a_run_that_was_stopped_goes_on_with_the_first_volume_that_is_missing(
    made: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        print_papers(made["unprinted"], tmp_path / "papers", watch=stopped_after(13))

    assert print_papers(made["unprinted"], tmp_path / "papers") == Printed(6, 4)
    assert contents(tmp_path / "papers") == contents(made["printed"] / "sheets")
    assert print_papers(made["unprinted"], tmp_path / "papers") == Printed(0, 10)


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"%PDF")])
def test_a_paper_that_is_gone_or_cut_off_is_printed_again(made: dict[str, Path], tmp_path: Path, harm: Any) -> None:
    print_papers(made["unprinted"], tmp_path / "papers")
    harm(tmp_path / "papers/4006.en.pdf")

    assert print_papers(made["unprinted"], tmp_path / "papers") == Printed(4, 6)
    assert contents(tmp_path / "papers") == contents(made["printed"] / "sheets")


def test_late_candidates_are_printed_with_the_others(made: dict[str, Path], tmp_path: Path) -> None:
    exam = Path(shutil.copytree(made["unprinted"], tmp_path / "exam"))
    print_papers(exam, tmp_path / "papers")
    late = add(exam, [Candidate("4099", "迟到者")], by="Wang")

    assert print_papers(exam, tmp_path / "papers") == Printed(3, 8)
    assert all((tmp_path / "papers" / Path(path).name).read_bytes() == (exam / path).read_bytes()
               for path in late.sheets if "all-" not in path)  # fmt: skip


def test_named_forms_and_large_print_are_printed_together(tmp_path: Path) -> None:
    source = bank.load(resources.folder("questions"))
    people = [Candidate("1", "A"), Candidate("2", "B", accommodation=Accommodation(large_print=True))]
    for name in ("printed", "unprinted"):
        make_paper(source, "opamp-quiz", tmp_path / name, candidates=people, forms="A,B", seed=SEED, web_pages=0,
                   unprinted=name == "unprinted")  # fmt: skip

    print_papers(tmp_path / "unprinted", tmp_path / "papers")

    assert contents(tmp_path / "papers") == contents(tmp_path / "printed/sheets")
    with pytest.raises(Refused, match="named forms, which are printed together; leave out --papers"):
        print_papers(tmp_path / "unprinted", tmp_path / "others", span=(1, 1))


def test_no_folder_of_anything_else_is_written_into(made: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/4001.zh.pdf").write_text("my own")
    with pytest.raises(Refused, match="mine exists and does not hold papers of this exam; name an empty folder"):
        print_papers(made["unprinted"], tmp_path / "mine")
    other = tmp_path / "other"
    make_paper(bank.load(resources.folder("questions")), "opamp-quiz", other, candidates=CLASS, forms="each",
               seed="another seed of letters", web_pages=0, unprinted=True)  # fmt: skip
    print_papers(other, tmp_path / "papers")
    with pytest.raises(Refused, match="papers holds the papers of another exam; name another folder"):
        print_papers(made["unprinted"], tmp_path / "papers")


def test_a_span_that_the_exam_does_not_have_is_refused(made: dict[str, Path], tmp_path: Path) -> None:
    for span in ((0, 4), (5, 4), (9, 11)):
        with pytest.raises(Refused, match="the exam has the papers 1 to 10, not"):
            print_papers(made["unprinted"], tmp_path / "papers", span=span)
    assert not (tmp_path / "papers").exists()


def test_an_exam_without_papers_tells_how_to_print_them(made: dict[str, Path]) -> None:
    with pytest.raises(Refused, match="was sealed without its papers; to print them: qbank print"):
        reprint(made["unprinted"], "4001")
    assert history(made["unprinted"], verify=True).differences == ()


def test_a_process_that_is_killed_is_told_and_the_next_run_goes_on(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_parallel, "FEW", 0)
    monkeypatch.setattr(_parallel, "CHUNK", 1)

    def killing(steps: Iterable[Any], total: int, what: str) -> Iterable[Any]:  # noqa: ARG001
        for step in steps:
            for child in multiprocessing.active_children():
                child.kill()
            yield step

    with pytest.raises(Refused, match="a process that prints was ended from outside"):
        print_papers(made["unprinted"], tmp_path / "papers", watch=killing)

    print_papers(made["unprinted"], tmp_path / "papers")
    assert contents(tmp_path / "papers") == contents(made["printed"] / "sheets")


def test_other_sheets_are_not_left_out_without_a_word(run: Run) -> None:
    for other in (("--html",), ("--also", "docx")):
        code, _, err = run("paper", "everything", "-o", "exam", "--unprinted", *other)
        assert (code, "--unprinted seals no sheets" in err, Path("exam").exists()) == (2, True, False)
    assert run("paper", "everything", "-o", "exam", "--unprinted", "--also", "gift")[0] == 0


def test_the_command_says_what_it_printed(run: Run) -> None:
    Path("class.csv").write_text("number,name\n1,A\n2,B\n", encoding="utf-8")
    code, out, _ = run("paper", "everything", "-o", "exam", "--roster", "class.csv", "--forms", "each", "--unprinted")
    assert (code, "to print:    run  qbank print exam -o FOLDER" in out) == (0, True)

    assert run("print", "exam", "-o", "papers", "--papers", "2")[:2] == (0, "1 paper printed: papers\n")
    assert run("print", "exam", "-o", "papers")[:2] == (0, "2 papers printed: papers\n")
    assert run("print", "exam", "-o", "papers")[:2] == (
        0, "2 papers were there already\n0 papers printed: papers\n")  # fmt: skip
    code, _, err = run("print", "exam", "-o", "papers", "--papers", "a-b")
    assert (code, "--papers 'a-b' does not name papers; write 1-5000" in err) == (2, True)
