"""Loops over a real exam folder: runs that are killed at every change they make, and runs that race each other.

`python tests/exam_loops.py kills 300` and `python tests/exam_loops.py races 50` are the long ones; the suite runs a few
rounds of each (`test_exam_loops.py`). Each run is a process of its own, forked so that it does not import anew.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from sat_exam import digest

from qbank import cli, store
from qbank.actions import _parted
from qbank.intake import _batches
from qbank.store import _publish, _replacing

GALLERY = Path(__file__).parent / "gallery"
PLAN = """
id: two
title: {zh: 两题, en: Two questions}
minutes: 10
total: 8
sections:
  - title: {zh: 题目, en: Questions}
    marks: 8
    items: [gallery.number, gallery.essay]
"""
FIXED = (GALLERY / "items/number.yaml").read_text(encoding="utf-8").replace("tolerance: 1%", "tolerance: 2%")
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"})
"""What a run does to names and sizes, by its audit events; opening a file to write counts as well."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended: its exit code (-9 when it was killed) and what it said on stderr."""

    code: int
    said: str


def run(folder: Path, *arguments: str, change: int = 0, after: float = 0.0, room: int = 0) -> Done:
    """One command in a folder, as a process; killed just before one of its changes, or some seconds after its start.

    With `room`, no file may grow beyond so many bytes, as on a disk that is full.
    """
    err = folder.parent / f"stderr-{os.getpid()}-{time.monotonic_ns()}"
    child = start(folder, err, arguments, change, room)
    if after:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = err.read_text(encoding="utf-8", errors="replace")
    err.unlink()
    return Done(os.waitstatus_to_exitcode(status), said)


def start(folder: Path, err: Path, arguments: tuple[str, ...], change: int = 0, room: int = 0) -> int:
    """Begin a run, and give its process number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.chdir(folder)
        os.environ["QBANK_BANK"] = str(GALLERY)
        for number, file in ((1, Path(os.devnull)), (2, err)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        sys.argv = ["qbank", *arguments]
        if change:
            _die_before(change, folder)
        if room:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        cli.main()
        code = 0
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else 0
    except BaseException:  # the traceback is what the loop looks for
        import traceback

        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)


def _die_before(change: int, folder: Path) -> None:
    changes = itertools.count(1)

    def one() -> None:
        if next(changes) == change:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES or (event == "open" and _writes(arguments[2])):
            where = arguments[0]
            if isinstance(where, int) or os.path.realpath(os.fspath(where)).startswith(str(folder)):  # type: ignore[call-overload]
                one()

    for module in (_publish, _replacing):
        exchange = module.exchange

        def counted(a: Path, b: Path, exchange: Callable[[Path, Path], bool] = exchange) -> bool:
            one()
            return exchange(a, b)

        module.exchange = counted  # type: ignore[attr-defined]
    sys.addaudithook(hook)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_CREAT))


# --- what must hold whatever was killed ----------------------------------------------------------------------------


def prepared(root: Path) -> Path:
    """A folder with a graded exam `quiz`, a list of verdicts and a corrected item."""
    for module in ("add", "feedback", "grade", "grade_large", "make_paper", "print_papers", "regrade", "review"):
        import_module(f"qbank.actions.{module}")  # what every run needs; only Polars may not be used before a fork
    for module in ("polars", "typst", "sympy", "qbank.outputs.pdf", "qbank.outputs.html", "qbank.reports.marks",
                   "qbank.reports.classreport", "qbank.reports.unreadable", "qbank.reports.feedback"):  # fmt: skip
        import_module(module)
    root.mkdir(parents=True)
    (root / "two.yaml").write_text(PLAN, encoding="utf-8")
    (root / "class.csv").write_text("id,name\n1,A\n2,B\n3,C\n", encoding="utf-8")
    (root / "late.csv").write_text("id,name\n4,D\n", encoding="utf-8")
    (root / "given.csv").write_text("candidate,Q1,Q2\n1,-10,heat\n2,10,cold\n3,,\n", encoding="utf-8")
    (root / "other.csv").write_text("candidate,Q1,Q2\n1,10,heat\n2,-10,cold\n3,-20,\n", encoding="utf-8")
    (root / "verdicts.csv").write_text("candidate,part,marks\n1,Q2,3\n2,Q2,1\n", encoding="utf-8")
    (root / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    paper = ("paper", "two.yaml", "-o", "quiz", "--roster", "class.csv", "--no-html", "--seed", "s", "--lang", "en")
    seats = (*paper[:3], "seats", *paper[4:], "--forms", "each", "--spare", "1")
    for command in (paper, ("grade", "quiz", "given.csv"), seats):
        done = run(root, *command)
        assert done.code == 0, done
    return root


def lines(root: Path, name: str) -> int:
    """How many lines a journal of the exam has."""
    file = root / "quiz" / name
    return file.read_bytes().count(b"\n") if file.exists() else 0


def whole(root: Path) -> None:
    """The exam is whole: nothing differs, results and regrades go together."""
    assert store.verified(root / "quiz") == ()
    record = root / "quiz/results/sources.json"
    if record.exists():
        used = json.loads(record.read_text(encoding="utf-8"))["used"]["regrades.jsonl"]
        file = root / "quiz/regrades.jsonl"
        assert used["length"] == (file.stat().st_size if file.exists() else 0), "a regrade and its results, or neither"


def tidy(root: Path) -> None:
    """Nothing temporary is left in the exam or beside it."""
    left = [path.name for path in (*root.iterdir(), *(root / "quiz").rglob("*")) if path.name.startswith(".")]
    assert left == []


def paper(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """A new exam."""
    shutil.rmtree(root / "quiz")
    command = ("paper", "two.yaml", "-o", "quiz", "--no-html", "--lang", "en", "--seed", "s")
    first = killed(command)
    again = run(root, *command)
    assert again.code == 0 or (again.code == 2 and "already contains an exam" in again.said), again
    return first


def replace(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """An exam in the place of another: both are still there, whole."""
    shutil.rmtree(root / "quiz/results")
    old = (root / "quiz/exam.yaml").read_bytes()
    command = ("paper", "two.yaml", "-o", "quiz", "--no-html", "--lang", "en", "--replace")
    first = killed(command)
    again = run(root, *command)
    assert again.code == 0, again
    kept = [path for path in root.iterdir() if path.name.startswith("quiz.replaced-")]
    assert old in [(path / "exam.yaml").read_bytes() for path in kept]
    assert all(store.verified(path) == () for path in kept)
    return first


def grade(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """New results; the earlier ones are in the history."""
    earlier = (root / "quiz/results/marks.csv").read_bytes()
    first = killed(("grade", "quiz", "other.csv"))
    store.recover(root / "quiz")
    whole(root)
    results = root / "quiz/results"
    assert earlier in [path.read_bytes() for path in results.rglob("marks.csv")]
    assert run(root, "grade", "quiz", "other.csv").code == 0
    return first


def grade_in_partitions(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """The same of a class in partitions; what a killed run had done so far is gone after the next."""
    with patch.object(_batches, "LARGE", 1), patch.object(_parted, "MOST", 2):
        first = grade(root, killed)
    assert list((root / "quiz").glob("*.work.*")) == []
    return first


def review(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """Both verdicts or none."""
    first = killed(("review", "quiz", "--read", "verdicts.csv", "--by", "Wang"))
    assert lines(root, "reviews.jsonl") in (0, 2)
    assert run(root, "review", "quiz", "--read", "verdicts.csv", "--by", "Wang").code == 0
    assert lines(root, "reviews.jsonl") in (2, 4)
    assert run(root, "grade", "quiz").code == 0
    return first


def regrade(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """The regrade is recorded once, with its results."""
    command = ("regrade", "quiz", "--with", "fixed.yaml", "--by", "Wang", "--write")
    first = killed(command)
    store.recover(root / "quiz")
    whole(root)
    again = run(root, *command)
    assert again.code == 0 or (again.code == 2 and "is already kept" in again.said), again
    assert lines(root, "regrades.jsonl") == 1
    return first


def feedback(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """The pages stand beside the very results that were there."""
    marks = (root / "quiz/results/marks.csv").read_bytes()
    first = killed(("feedback", "quiz"))
    store.recover(root / "quiz")
    assert (root / "quiz/results/marks.csv").read_bytes() == marks
    assert run(root, "feedback", "quiz").code == 0
    assert len(list((root / "quiz/results/feedback").iterdir())) == 3
    return first


def add(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """Late candidates are there with their sheet and their form, or not at all; the earlier ones stay as they were."""
    shutil.rmtree(root / "quiz")
    shutil.copytree(root / "seats", root / "quiz")
    sheets = {path.name: path.read_bytes() for path in (root / "quiz/sheets").iterdir()}
    command = ("add", "quiz", "--roster", "late.csv", "--by", "Wang")
    first = killed(command)
    store.recover(root / "quiz")
    there = (root / "quiz/private/additions/1").is_dir()
    assert (root / "quiz/sheets/4.pdf").is_file() is there, "the sheet, or nothing"
    assert (root / "quiz/responses-added-1.csv").is_file() is there
    again = run(root, *command)
    assert again.code == (2 if there else 0), again
    assert not there or "is on the roster already" in again.said
    assert all((root / "quiz/sheets" / name).read_bytes() == content for name, content in sheets.items())
    assert store.verified(root / "quiz") == ()
    return first


def spare_paper(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """A spare paper is recorded for somebody, and taken back, once."""
    shutil.rmtree(root / "quiz")
    shutil.copytree(root / "seats", root / "quiz")
    command = ("add", "quiz", "--candidate", "1", "--paper", "4", "--by", "Wang")
    assert run(root, *command).code == 0
    first = killed((*command, "--take-back"))
    there = lines(root, "roll.jsonl") == 2
    again = run(root, *command, "--take-back")
    assert again.code == (2 if there else 0), again
    assert not there or "nothing to take back" in again.said
    assert lines(root, "roll.jsonl") == 2
    return first


def print_papers(root: Path, killed: Callable[[tuple[str, ...]], Done]) -> Done:
    """Papers are there whole or not at all, and the next run prints the others."""
    command = ("print", "seats", "-o", "papers")
    first = killed(command)
    sealed = {path.name: path.read_bytes() for path in (root / "seats/sheets").glob("*.pdf")}
    assert all(path.read_bytes() == sealed[path.name] for path in (root / "papers").glob("[!.]*.pdf"))
    assert run(root, *command).code == 0
    assert {path.name: path.read_bytes() for path in (root / "papers").glob("[!.]*.pdf")} == sealed
    return first


SCENES = (paper, replace, grade, grade_in_partitions, review, regrade, feedback, add, spare_paper, print_papers)
"""A writing command each: it is killed, what it left is looked at, and it runs again."""


def kills(most: int, root: Path, *, chance: random.Random | None = None) -> Iterator[str]:
    """Kill every command before each of its changes in turn, then at random moments; so many in all at the most."""
    made = prepared(root / "made")
    count = 0
    for round_ in itertools.count(1):
        alive = 0
        for scene in SCENES:
            copy = Path(shutil.copytree(made, root / "copy"))
            change = round_ if chance is None else chance.randint(1, 30)
            after = 0.0 if chance is None or chance.random() < 0.5 else chance.uniform(0.01, 1.0)
            where: dict[str, float] = {"after": after} if after else {"change": change}

            def killed(command: tuple[str, ...], copy: Path = copy, where: dict[str, float] = where) -> Done:
                return run(copy, *command, **where)  # type: ignore[arg-type]

            first = scene(copy, killed)
            assert "Traceback" not in first.said, first.said
            whole(copy)
            tidy(copy)
            shutil.rmtree(copy)
            if first.code == -signal.SIGKILL:
                count += 1
                alive += 1
                yield f"{scene.__name__} {where}"
            if count >= most:
                return
        if chance is None and not alive:
            chance = random.Random(1)


# --- races ---------------------------------------------------------------------------------------------------------


def together(root: Path, *commands: tuple[str, ...]) -> list[Done]:
    """Commands that run at the same time."""
    files = [root.parent / f"stderr-{number}" for number in range(len(commands))]
    children = [start(root, file, command) for file, command in zip(files, commands, strict=True)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    done = [Done(code, file.read_text(encoding="utf-8")) for code, file in zip(codes, files, strict=True)]
    for file in files:
        file.unlink()
    return done


def papers_race(root: Path) -> None:
    """Of several runs that make the same exam, exactly one succeeds, and its exam is whole."""
    shutil.rmtree(root / "quiz")
    command = ("paper", "two.yaml", "-o", "quiz", "--no-html", "--lang", "en")
    done = together(root, command, command, command)
    assert sorted(each.code for each in done) == [0, 2, 2], done
    assert store.verified(root / "quiz") == ()
    tidy(root)


def results_race(root: Path) -> None:
    """Grading, feedback and a review at once: the marks are those of one file, with every review that they count."""
    done = together(
        root,
        ("grade", "quiz", "given.csv"), ("feedback", "quiz"), ("grade", "quiz", "other.csv"),
        ("review", "quiz", "--read", "verdicts.csv", "--by", "Wang"), ("feedback", "quiz"),
    )  # fmt: skip
    for each in done:
        assert "Traceback" not in each.said, each.said
        assert each.code in (0, 2), each
    assert [done[0].code, done[2].code] == [0, 0], done
    whole(root)
    tidy(root)
    assert run(root, "grade", "quiz").code == 0
    marks = (root / "quiz/results/marks.csv").read_bytes()
    last = json.loads((root / "quiz/results/sources.json").read_bytes())["responses"]["file"]
    assert run(root, "grade", "quiz", last).code == 0
    assert (root / "quiz/results/marks.csv").read_bytes() == marks, "as a fresh grading of the last file"


def races(rounds: int, root: Path) -> Iterator[str]:
    """Both races, so many times each."""
    made = prepared(root / "made")
    for number in range(rounds):
        for race in (papers_race, results_race):
            copy = Path(shutil.copytree(made, root / "copy"))
            race(copy)
            shutil.rmtree(copy)
            yield f"{race.__name__} {number + 1}"


# --- a full disk ---------------------------------------------------------------------------------------------------


def full(rounds: int, root: Path) -> Iterator[str]:
    """Every writing command on a disk that is full: it says so, and everything stays as it was."""
    made = prepared(root / "made")
    for _ in range(rounds):
        before = digest(made / "quiz")
        for command in (
            ("grade", "quiz", "other.csv"), ("feedback", "quiz"), ("paper", "two.yaml", "-o", "new", "--no-html"),
            ("regrade", "quiz", "--with", "fixed.yaml", "--by", "Wang", "--write"),
        ):  # fmt: skip
            done = run(made, *command, room=4000)
            assert (done.code, "the disk is full" in done.said) == (2, True), done
            assert digest(made / "quiz") == before
            yield command[0]
        tidy(made)
        text = f"candidate,part,marks,comment\n1,Q2,3,{'why ' * 500}\n"
        (made / "verdicts.csv").write_text(text, encoding="utf-8")
        done = run(made, "review", "quiz", "--read", "verdicts.csv", "--by", "Wang", room=1000)
        assert (done.code, "the disk is full; nothing was written" in done.said) == (2, True), done
        assert digest(made / "quiz") == before
        yield "review"


LOOPS: dict[str, Callable[[int, Path], Iterator[str]]] = {
    "kills": kills, "races": races, "full": full,
    "some-kills": lambda most, root: kills(most, root, chance=random.Random(7)),
}  # fmt: skip


def main() -> None:
    """`exam_loops.py kills|some-kills|races|full COUNT`: some-kills are at chosen changes, not at each in turn."""
    loop, count = LOOPS[sys.argv[1]], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        for number, told in enumerate(loop(count, Path(folder).resolve()), start=1):
            sys.stderr.write(f"\r{number} {told:60}")
        sys.stdout.write(f"\n{number} rounds; nothing was lost\n")


if __name__ == "__main__":
    main()
