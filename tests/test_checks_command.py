"""`qbank check` as its users meet it: on several cores, with what is known from before, in every form."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from qbank import bank, checks
from qbank.actions import _changed, _kept, _processes
from qbank.actions.check import FEW, Checked, check
from qbank.actions.check_page import check_page
from qbank.checks import coverage, prose
from qbank.cli.check import command
from qbank.model import Problem, Refused

QUESTIONS = Path(__file__).parents[1] / "questions"
SABOTAGE = Path(__file__).parent / "sabotage"
SOUND = sorted(path for path in SABOTAGE.glob("good-*.yaml") if path.stem != "good-x")
"""Sound items, no two of them copies: good-x is good-gain under another name."""
SEATS = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of sound items, and one with a tolerance of 20 %."""
    made = tmp_path / "mybank"
    (made / "circuits").mkdir(parents=True)
    shutil.copy(QUESTIONS / "circuits" / "inverting.yaml", made / "circuits")
    shutil.copy(QUESTIONS / "topics.yaml", made)
    for path in (*SOUND, SABOTAGE / "tolerance-of-20-percent.yaml"):
        shutil.copy(path, made)
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--seats", str(SEATS), "--jobs", "1", "--no-cache"])


def codes(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.item, problem.code) for problem in checked.problems]


FOUND = [
    ("sabotage.tolerance_of_20_percent", "tolerance.wide"),
    ("sabotage.tolerance_of_20_percent", "near_duplicates"),
]
"""The item with the wide tolerance is otherwise the sound one."""


def test_what_a_check_told_is_kept_for_each_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = bank.load(folder)
    card = source.cards[0]
    kept = []
    for language in ("en", "zh", "en"):
        monkeypatch.setenv("LANGUAGE", language)
        kept.append(_kept.digest(source, card, SEATS))

    assert kept[0] == kept[2] != kept[1]


def test_processes_find_what_one_process_finds(folder: Path) -> None:
    alone = check([folder], seats=SEATS)
    shared = check([folder], seats=SEATS, jobs=2)

    assert len(alone.items) > FEW, "so that processes are started"
    assert alone.problems == shared.problems
    assert [row for row in codes(alone) if row[0]] == FOUND
    assert alone.errors == 1


def test_what_is_known_is_not_asked_again_until_the_item_or_its_circuit_changes(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    three = [folder / f"good-{name}.yaml" for name in ("count", "gain", "truth")]
    first = check([folder], three, seats=SEATS, cache=cache)
    again = check([folder], three, seats=SEATS, cache=cache)

    assert (first.kept, again.kept) == (0, 3)
    assert again.problems == first.problems

    item = three[0]
    item.write_text(item.read_text(encoding="utf-8").replace("tolerance: exact", "tolerance: 1%"), encoding="utf-8")
    edited = check([folder], three, seats=SEATS, cache=cache)

    assert edited.kept == 2
    assert ("sabotage.good_count", "tolerance.count") in codes(edited)

    circuit = folder / "circuits" / "inverting.yaml"
    circuit.write_text(circuit.read_text(encoding="utf-8") + "# touched\n", encoding="utf-8")
    drawn = check([folder], three, seats=SEATS, cache=cache)

    assert drawn.kept == 2, "one of the items shows this circuit"
    assert check([folder], three[2:], seats=SEATS + 1, cache=cache).kept == 0, "other variants"


def test_a_spoilt_entry_is_computed_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    item = folder / "good-truth.yaml"
    check([folder], [item], seats=SEATS, cache=cache)
    (entry,) = (path for path in cache.glob("*.json") if not path.stem.startswith("samples"))
    entry.write_text("[{", encoding="utf-8")

    assert check([folder], [item], seats=SEATS, cache=cache).kept == 0
    assert check([folder], [item], seats=SEATS, cache=cache).kept == 1


def test_what_a_killed_run_left_in_the_cache_goes(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / ".dead.1").write_text("[", encoding="utf-8")
    (cache / ".alive.2").write_text("[", encoding="utf-8")
    os.utime(cache / ".dead.1", (0, 0))
    check([folder], [folder / "good-truth.yaml"], seats=SEATS, cache=cache)

    assert sorted(path.name for path in cache.glob(".*")) == [".alive.2"]


def test_the_cache_is_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QBANK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert _kept.folder() == tmp_path / "qbank" / "check"

    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert _kept.folder() == tmp_path / ".cache" / "qbank" / "check"


def git(folder: Path, *arguments: str) -> None:
    about = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *about, *arguments], check=True, capture_output=True)


def test_only_what_differs_from_a_revision_is_checked(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    assert check([folder], seats=SEATS, changed="HEAD").items == ()

    item = folder / "good-truth.yaml"
    item.write_text(item.read_text(encoding="utf-8") + "# 新\n", encoding="utf-8")
    new = (folder / "good-level.yaml").read_text(encoding="utf-8").replace("sabotage.good_level", "sabotage.new")
    (folder / "新题.yaml").write_text(new, encoding="utf-8")
    assert set(check([folder], seats=SEATS, changed="HEAD").items) == {"sabotage.good_truth", "sabotage.new"}

    circuit = folder / "circuits" / "inverting.yaml"
    circuit.write_text(circuit.read_text(encoding="utf-8") + "# touched\n", encoding="utf-8")
    held = bank.load(folder)
    assert "sabotage.good_gain" in _changed.items(held, "HEAD"), "its circuit changed"

    with pytest.raises(Refused) as unknown:
        check([folder], changed="no-such-branch")
    assert str(unknown.value) == (
        "the revision 'no-such-branch' is not known to git; --changed takes a branch, a tag or a commit such as HEAD~1"
    )
    with pytest.raises(Refused, match="the revision '--output=x' is not known to git"):
        check([folder], changed="--output=x")


def test_outside_a_repository_changed_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent.parent))

    with pytest.raises(Refused) as refused:
        check([folder], changed="HEAD")

    assert str(refused.value) == (
        f"{folder} is not in a git repository; --changed compares with a revision of a repository"
    )


def test_the_table_names_the_worst_and_the_full_text_follows(folder: Path) -> None:
    result = run("--bank", folder, folder / "tolerance-of-20-percent.yaml")

    assert result.exit_code == 1
    assert "sabotage.tolerance_of_20_percent" in result.stdout
    assert (
        "error: mybank/tolerance-of-20-percent.yaml:30:18: $.parts[0].answer.tolerance: answers 20% off the key are "
        "marked right\n        tolerance: 20%\n                   ~~^\n"
    ) in result.stdout
    assert result.stdout.endswith("1 item: 1 error, 0 warnings\n")
    assert run("--bank", folder, folder / "good-gain.yaml").stdout == (
        "checked 40 variants of each item; fewer where they are printed, read or solved one by one: figures 20, "
        "printed_key 24, mistakes 24, behaviour 6, mutation 20, outputs 1, leaks 1\n"
        "1 item: 0 errors, 0 warnings\n"
    )


def failing(scene: checks.Scene) -> Iterator[Problem]:
    """A check that finds something, and then fails on one item."""
    yield scene.problem("prose.twice", "found before")
    if scene.item.id == "sabotage.good_truth":
        raise KeyError("spanner")


def test_a_check_that_fails_costs_one_item_is_named_and_everything_else_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prose, "check", failing)
    result = run("--bank", folder, folder / "good-truth.yaml", folder / "tolerance-of-20-percent.yaml")

    assert result.exit_code == 3
    assert "error: mybank/good-truth.yaml:1:5: the check 'prose' failed: KeyError: 'spanner'" in result.stdout
    assert "→ this is a fault of qbank and not of the item; please report it with the item. The rest was checked" in (
        result.stdout
    )
    assert result.stdout.count("found before") == 2, "what it had found by then"
    assert "answers 20% off the key are marked right" in result.stdout
    assert result.stdout.endswith("2 items: 4 errors, 0 warnings; 1 check failed (exit code 3)\n")


def test_what_a_failed_check_left_open_is_not_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(prose, "check", failing)
        first = check([folder], names=["sabotage.good_truth"], seats=SEATS, cache=tmp_path / "kept")
    again = check([folder], names=["sabotage.good_truth"], seats=SEATS, cache=tmp_path / "kept")

    assert (first.failed, first.kept, again.failed, again.kept) == (1, 0, 0, 0)


def test_a_check_of_the_whole_bank_that_fails_is_named_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: bank.Bank) -> Iterator[Problem]:
        raise RecursionError("too deep")

    monkeypatch.setattr(coverage, "check_bank", fails)
    checked = check([folder], seats=SEATS)

    assert codes(checked) == [*FOUND, ("", "coverage.failed")]


def lost(name: str) -> str:
    """Work that kills its process for one name."""
    if name == "c":
        os.kill(os.getpid(), signal.SIGKILL)
    return name.upper()


def nothing() -> None:
    """A process needs no preparation."""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_process_that_dies_costs_what_it_worked_on_and_nothing_else() -> None:
    found = dict(_processes.shared(list("abcdefgh"), lost, (nothing, ()), 2))

    assert found == {**{name: name.upper() for name in "abdefgh"}, "c": None}


def test_programs_read_json_reports_read_junit_and_reviews_read_annotations(folder: Path) -> None:
    item = folder / "tolerance-of-20-percent.yaml"
    told = json.loads(run("--bank", folder, item, "--format", "json").stdout)

    assert (told["items"], told["variants"], told["errors"], told["warnings"]) == (1, SEATS, 1, 0)
    assert told["problems"][0]["code"] == "tolerance.wide"
    assert told["problems"][0]["line"] == 30

    sound = folder / "good-truth.yaml"
    suite = ElementTree.fromstring(run("--bank", folder, item, sound, "--format", "junit").stdout.encode())[0]
    failed = [case.get("name") for case in suite if case.find("failure") is not None]

    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert failed == ["sabotage.tolerance_of_20_percent"]

    lines = run("--bank", folder, item, "--format", "github").stdout.splitlines()

    annotation = (
        "::error file=mybank/tolerance-of-20-percent.yaml,line=30,col=18,title=tolerance.wide::answers 20%25 off the "
        "key are marked right%0A→ write a narrower or a relative tolerance, or use require: so that the key is not so "
        "small"
    )
    assert lines == [annotation, "1 item: 1 error, 0 warnings"]


def test_the_page_shows_every_item_with_its_answers_and_faults_and_needs_no_script(folder: Path) -> None:
    items = [folder / "good-gain.yaml", folder / "tolerance-of-20-percent.yaml", folder / "good-truth.yaml"]
    page = check_page(check([folder], items, seats=SEATS))

    assert "<script" not in page
    assert page.index('id="sabotage.tolerance_of_20_percent"') < page.index('id="sabotage.good_gain"'), "worst first"
    assert "answers 20% off the key are marked right" in page
    assert page.count('<svg role="img"') == 4, "a histogram and a number line for each part with a number"
    assert "最大偏差" in page, "the key beside its witness"
    for svg in page.split('<svg role="img"')[1:]:
        ElementTree.fromstring('<svg role="img"' + svg.partition("</svg>")[0] + "</svg>")


def test_copies_and_points_that_nobody_asks_are_seen_in_the_whole_bank_alone(folder: Path) -> None:
    copy = (folder / "good-choice.yaml").read_text(encoding="utf-8")
    (folder / "copy.yaml").write_text(copy.replace("good_choice", "copy"), encoding="utf-8")
    (folder / "knowledge-points.yaml").write_text(
        "\n".join(f"{name}:\n  zh: 点\n  en: a point\n" for name in
                  ("E007", "E009", "E017", "E018", "E064", "E077", "R010", "Z999")), encoding="utf-8",
    )  # fmt: skip
    held = bank.load(folder)
    found = list(checks.of_bank(held))

    assert [(problem.code, problem.item, problem.path, problem.message) for problem in found] == [
        ("near_duplicates", "sabotage.good_choice", "$.id",
         "100% of the text of sabotage.good_choice is the same as in sabotage.copy"),
        (
            "near_duplicates", "sabotage.tolerance_of_20_percent", "$.id",
            "100% of the text of sabotage.tolerance_of_20_percent is the same as in sabotage.good_gain",
        ),
        ("coverage", "", "Z999", "no part of an item asks Z999: a point"),
    ]
    assert codes(check([folder], names=["sabotage.copy"], seats=SEATS)) == []


def test_statements_that_are_nearly_all_true_are_seen(folder: Path) -> None:
    statement = (
        "id: sabotage.s{n}\ntitle:\n  zh: 题\n  en: statement\ntopic: electronics/opamp/virtual\nlevel: 1\n"
        "parts:\n  - id: v\n    answer: {{kind: truth, right: yes, zh: 甲, en: one}}\n"
    )
    for number in range(14):
        (folder / f"s{number}.yaml").write_text(statement.format(n=number), encoding="utf-8")

    found = [problem for problem in checks.of_bank(bank.load(folder)) if problem.code == "guessing.balance"]

    assert [problem.message for problem in found] == ["97% of the 15 statements to judge are true"]


def test_a_file_that_cannot_be_read_stands_beside_what_can(folder: Path) -> None:
    shutil.copy(SABOTAGE / "tab-indentation.yaml", folder)
    checked = check([folder], [folder / "tab-indentation.yaml", folder / "good-truth.yaml"], seats=SEATS)

    assert [problem.code for problem in checked.problems] == ["yaml.tab"]
    assert checked.items == ("sabotage.good_truth",)
