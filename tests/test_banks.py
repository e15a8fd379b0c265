"""Several banks together: one name has one owner, files that a blueprint names, settings, and how they are found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qbank import bank, papers
from qbank.actions import _changed, new
from qbank.actions.check import check
from qbank.bank import Bank
from qbank.bank.blueprint import Blueprint
from qbank.model import Refused

ITEM = """
id: {name}
title: {{zh: 样例, en: Sample}}
topic: sums
level: 1
stem: {{zh: 一加一, en: One and one}}
parts:
  - id: two
    answer: {{kind: number, key: '{key}', tolerance: exact}}
    witness: none
    because: so few
"""
PLAN = """
id: quiz
title: {zh: 小测, en: Quiz}
minutes: 10
total: 1
sections:
  - title: {zh: 题, en: Questions}
    marks: 1
    items: [ENTRY]
"""
CIRCUIT = """
title: {zh: 电阻, en: A resistor}
alt: {zh: 一个电阻, en: One resistor}
parts:
  - {R: R_1, from: 0 0, to: 2 0}
  - {port: u, at: R_1.1}
  - {ground: R_1.2}
"""
Write = Callable[..., Path]


def item(name: str, key: str = "2") -> str:
    return ITEM.format(name=name, key=key)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a bank of files by path, `__` between folders, in the working folder, and gives its relative path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QBANK_BANK", raising=False)

    def written(name: str, **files: str) -> Path:
        for path, text in files.items():
            file = tmp_path / name / f"{path.replace('__', '/').replace('_yaml', '')}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return Path(name)

    return written


def told(source: Bank) -> list[str]:
    """The first line of every problem, its severity where it is a warning, and what it proposes."""
    return [
        f"{'warning: ' * (problem.severity == 'warning')}{str(problem).splitlines()[0]} → {problem.proposal}"
        for problem in source.problems
    ]


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return str(refused.value)


def test_several_banks_are_one_with_the_items_of_each_in_their_order(write: Write) -> None:
    first = write("first", b=item("b"), topics="sums: {zh: 和, en: Sums}", circuits__one=CIRCUIT)
    second = write("second", a=item("a"), topics="other: {zh: 他, en: Other}", blueprints__quiz=PLAN)

    source = bank.load(first, second)

    assert (list(source.items), list(source.topics)) == (["b", "a"], ["sums", "other"])
    assert (list(source.circuits), list(source.blueprints)) == (["one"], ["quiz"])
    assert source.sources["a"].file == "second/a.yaml"
    assert source.problems == ()


TWICE = [
    ({"x": item("a")}, {"y": item("a")},
     [("second/y.yaml:2:5: the id 'a' is already used in first/x.yaml → give this item an id of its own, "
      "or write replaces: a if it replaces the other one")], "an item"),
    ({"circuits__c": CIRCUIT}, {"circuits__c": CIRCUIT},
     [("second/circuits/c.yaml:2:1: the id 'c' is already used in first/circuits/c.yaml → give this circuit an id of "
      "its own, or write replaces: c if it replaces the other one")], "a circuit"),
    ({"blueprints__p": PLAN}, {"blueprints__q": PLAN},
     [("second/blueprints/q.yaml:2:5: the id 'quiz' is already used in first/blueprints/p.yaml → give this blueprint "
      "an id of its own, or write replaces: quiz if it replaces the other one")], "a blueprint"),
    ({"topics": "t: {zh: 一, en: One}"}, {"topics": "t: {zh: 二, en: Two}"},
     [("second/topics.yaml:1:4: the id 't' is already used in first/topics.yaml → give this topic an id of its own, "
      "or write replaces: t if it replaces the other one")], "a topic with another text"),
    ({"topics": "t: {zh: 一, en: One}"}, {"topics": "t: {zh: 一, en: One}"}, [], "the same topic in both"),
    ({"knowledge-points": "E1: {zh: 一, en: One}"}, {"knowledge-points": "E1: {zh: 二, en: Two}"},
     [("second/knowledge-points.yaml:1:5: the id 'E1' is already used in first/knowledge-points.yaml → give this "
      "knowledge point an id of its own, or write replaces: E1 if it replaces the other one")], "a knowledge point"),
    ({"x": item("a") + "replaces: a\n"}, {"y": item("a")},
     [("first/x.yaml:12:11: $.replaces: no earlier bank has the item 'a' → name the bank that has it before "
      "this one, as in --bank shipped --bank this, or delete replaces:"),
      ("second/y.yaml:2:5: the id 'a' is already used in first/x.yaml → name the banks in the other order: "
      "the bank with replaces: must be last")], "the banks the wrong way round"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected", "remark"), TWICE, ids=[row[3] for row in TWICE])
def test_a_name_twice_is_a_problem_that_names_both_files(
    write: Write, one: dict[str, str], other: dict[str, str], expected: list[str], remark: str
) -> None:
    source = bank.load(write("first", **one), write("second", **other))

    assert told(source) == expected, remark


def test_a_later_bank_replaces_what_it_says_and_keeps_its_place(write: Write) -> None:
    first = write("first", a=item("a"), b=item("b"), circuits__c=CIRCUIT, blueprints__p=PLAN,
                  topics="t: {zh: 一, en: One}")  # fmt: skip
    second = write(
        "second", own=item("a", "3") + "replaces: a\n", circuits__c=CIRCUIT + "replaces: c\n",
        blueprints__q=PLAN + "replaces: quiz\n", topics="t: {zh: 二, en: Two, replaces: t}",
    )  # fmt: skip
    third = write("third", last=item("a", "4") + "replaces: a\n")

    source = bank.load(first, second)

    assert source.problems == ()
    assert list(source.items) == ["a", "b"]
    assert source.sources["a"].file == "second/own.yaml"
    assert source.circuit_sources["c"].file == "second/circuits/c.yaml"
    assert source.blueprint_sources["quiz"].file == "second/blueprints/q.yaml"
    assert source.topics["t"].en == "Two"
    assert bank.load(first, second, third).sources["a"].file == "third/last.yaml"


MISUSED = [
    ("second", {"x": item("b") + "replaces: a\n"},
     ("second/x.yaml:12:11: $.replaces: must be its own id 'b', not 'a' → write "
     "replaces: b, or give this item the id a"), "another id than its own"),
    ("second", {"x": item("b") + "replaces: b\n"},
     ("second/x.yaml:12:11: $.replaces: no earlier bank has the item 'b' → name the bank that has it before "
      "this one, as in --bank shipped --bank this, or delete replaces:"), "nothing"),
    ("second", {"x": item("b"), "y": item("b") + "replaces: b\n"},
     "second/y.yaml:2:5: the id 'b' is already used in second/x.yaml → delete one of the two", "its own neighbour"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "expected", "remark"), MISUSED, ids=[row[3] for row in MISUSED])
def test_what_replaces_must_have_something_to_replace(
    write: Write, name: str, files: dict[str, str], expected: str, remark: str
) -> None:
    assert told(bank.load(write("first", a=item("a")), write(name, **files))) == [expected], remark


def test_a_bank_alone_may_replace_what_is_not_open_and_a_broken_item_is_there(write: Write) -> None:
    own = write("own", a=item("a") + "replaces: a\n")
    broken = write("broken", a=item("a").replace("level: 1", "level: 9"))

    assert [problem.severity for problem in bank.load(own).problems] == ["warning"]
    assert told(bank.load(broken, own)) == ["broken/a.yaml:5:8: $.level: '9' must be at most 5 → "]


def test_folders_that_are_no_two_banks_are_refused(write: Write, tmp_path: Path) -> None:
    first = write("first", a=item("a"), deep__b=item("b"))
    (tmp_path / "again").symlink_to(first)

    assert [refusal(lambda paths=paths: bank.load(*paths)) for paths in (  # type: ignore[misc]
        [first, Path("none")], [first, first], [Path("again"), first], [first, first / "deep"], [first / "deep", first],
    )] == [
        "there is no folder none; give the folder of your items with --bank",
        "the banks first and first are the same folder; name it once",
        "the banks again and first are the same folder; name it once",
        "the bank first/deep is inside the bank first; move it out, or name only one",
        "the bank first/deep is inside the bank first; move it out, or name only one",
    ]  # fmt: skip


def test_a_folder_with_settings_inside_a_bank_is_told_and_not_read(write: Write) -> None:
    first = write("first", a=item("a"), deep__bank="languages: [zh]", deep__b=item("b"))

    source = bank.load(first)

    assert list(source.items) == ["a"]
    assert told(source) == [
        ("first/deep: is a bank inside the bank first, and was not read as a part of it → move one out of the other, "
         "or "
        "delete first/deep/bank.yaml")
    ]


def test_two_banks_whose_folders_have_one_name_are_told_apart(write: Write) -> None:
    source = bank.load(write("one/bank", x=item("a")), write("two/bank", x=item("a")))

    assert [str(problem).splitlines()[0] for problem in source.problems] == [
        "two/bank/x.yaml:2:5: the id 'a' is already used in bank/x.yaml"
    ]


def test_an_item_called_bank_is_an_item_as_it_was(write: Write) -> None:
    assert list(bank.load(write("first", bank=item("a"), deep__bank=item("b"))).items) == ["a", "b"]


SETTINGS = [
    ("languages: [fr]",
     "own/bank.yaml:1:12: $.languages: 'fr' is not a supported language; write [zh], [en] or [zh, en]"),
    ("languages: []", "own/bank.yaml:1:12: $.languages: needs at least one language: [zh], [en] or [zh, en]"),
    ("languages: [zh, zh]", "own/bank.yaml:1:12: $.languages: zh appears twice"),
    ("languages: zh", "own/bank.yaml:1:12: $.languages: must be a list of languages: [zh], [en] or [zh, en]"),
    ("language: [zh]", "own/bank.yaml:1:1: $.language: unknown key 'language'; did you mean 'languages'?"),
    ("title: {zh: 我的题库}", "own/bank.yaml:1:8: $.title: the English text (en:) is missing"),
    ("languages: [zh]\ntitle: {zh: 我的题库}", ""),
    ("languages: [zh", ("own/bank.yaml:1:12: the '[' that opens here is not closed, or a comma is missing; "
                        "quote each text in it that has braces or brackets")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SETTINGS)
def test_settings_are_read_strictly(write: Write, text: str, expected: str) -> None:
    found = [str(problem).splitlines()[0] for problem in bank.load(write("own", bank=text)).problems]

    assert found == [expected] * bool(expected)


def test_settings_hold_where_an_item_says_nothing_itself(write: Write) -> None:
    own = write("own", bank="licence: CC-BY-4.0\nauthor: Wang\nlanguages: [en]\n",
                a=item("a").replace("zh: 样例, ", "").replace("zh: 一加一, ", ""),
                b=item("b") + "licence: CC0-1.0\nauthor: Li\nlanguages: [zh, en]\n")  # fmt: skip
    source = bank.load(own)

    assert source.problems == ()
    assert [(one.licence, one.author, one.languages) for one in source.items.values()] == [
        ("CC-BY-4.0", "Wang", ("en",)), ("CC0-1.0", "Li", ("zh", "en")),
    ]  # fmt: skip


FIELDS = [
    ("tags: [exam 2026]", "$.tags: 'exam 2026' is not a tag; a tag is one word of letters, digits, - and _"),
    ("tags: [a, a]", "$.tags: the tag 'a' appears twice"),
    ("status: done", "$.status: 'done' is not known; the known ones are: draft, ready, retired"),
    ("reviewed: [{by: Wang, on: 5 May}]", "$.reviewed[0].on: '5 May' is not a date such as 2025-06-30"),
    ("reviewed: [{by: Wang, on: 1700000000}]", "$.reviewed[0].on: '1700000000' is not a date such as 2025-06-30"),
    ("reviewed: [{by: Wang, on: 2025-02-30}]", "$.reviewed[0].on: '2025-02-30' is not a date such as 2025-06-30"),
    ("reviewed: [{on: 2025-06-30}]", "$.reviewed[0]: 'by:' is missing"),
    ("tags: [期末, mid-term_2]\nstatus: retired\nlicence: CC0\nreviewed: [{by: 王, on: 2025-06-30}]", ""),
]


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_what_is_kept_of_an_item_is_read_strictly(write: Write, text: str, expected: str) -> None:
    found = [str(problem).splitlines()[0].partition(": ")[2]
             for problem in bank.load(write("own", a=item("a") + text)).problems]  # fmt: skip

    assert [line[: len(expected)] for line in found] == [expected] * bool(expected)


def plan(entry: str) -> str:
    return PLAN.replace("ENTRY", entry)


def test_a_blueprint_names_the_file_of_an_item_beside_it(write: Write) -> None:
    write("away", quiz=plan("{file: mine.yaml}"), mine=item("own.mine"), deep__other=item("own.other"))
    source, name = bank.with_file(bank.load(write("first", a=item("a"))), Path("away/quiz.yaml"))

    exam = papers.compose(source.blueprint(name), source, seed="s")

    assert [placed.item.id for _, placed in exam.placed()] == ["own.mine"]
    assert exam.item_sources["own.mine"].text == Path("away/mine.yaml").read_bytes()
    assert "own.mine" not in source.items, "no other paper draws it"


def test_a_file_of_the_bank_itself_is_its_item(write: Write) -> None:
    own = write("own", a=item("a"), blueprints__quiz=plan("{file: ../a.yaml}"))
    source = bank.load(own)

    assert source.problems == ()
    assert [each.item.id for _, each in papers.compose(source.blueprint("quiz"), source, seed="s").placed()] == ["a"]


def test_a_named_file_may_replace_an_item_for_its_paper_alone(write: Write) -> None:
    write("away", quiz=plan("{file: mine.yaml}"), mine=item("a", "3") + "replaces: a\n")
    source, name = bank.with_file(bank.load(write("first", a=item("a"))), Path("away/quiz.yaml"))

    exam = papers.compose(source.blueprint(name), source, seed="s")

    assert exam.item_sources["a"].file == "away/mine.yaml"
    assert source.sources["a"].file == "first/a.yaml"


OUTSIDE = "is outside the blueprint's folder and every bank, and was not read"
NAMELESS = "is not the name of an item's file relative to the blueprint, such as mine.yaml"
FILES = [
    ("none.yaml", "away/none.yaml: cannot be read: No such file or directory", "not there"),
    ("../secret.yaml", f"../secret.yaml: {OUTSIDE}", "above the blueprint"),
    ("deep/../../secret.yaml", f"deep/../../secret.yaml: {OUTSIDE}", "above it by a detour"),
    ("link.yaml", "away/link.yaml: is a link that leads out of the bank's folder, and was not read", "a link"),
    ("/etc/secret.yaml", f"'/etc/secret.yaml' {NAMELESS}", "from the root"),
    ("~/secret.yaml", f"'~/secret.yaml' {NAMELESS}", "somebody's home"),
    ("'C:/secret.yaml'", f"'C:/secret.yaml' {NAMELESS}", "a drive"),
    ("'..\\secret.yaml'", f"'..\\\\secret.yaml' {NAMELESS}", "a backslash"),
    ("'a\\0.yaml'", f"'a\\\\0.yaml' {NAMELESS}", "an escape that is none"),
    ("/dev/zero", f"'/dev/zero' {NAMELESS}", "a device"),
    ("taken.yaml", "away/taken.yaml: the id 'a' is already used in first/a.yaml", "an id of the bank"),
    ("nothing.yaml", "away/nothing.yaml: replaces: no open bank has the item 'z'", "replaces nothing"),
    ("wrong.yaml", "away/wrong.yaml:5:8: '9' must be at most 5", "an item with a fault"),
    ("quiz.yaml", "away/quiz.yaml:2:1: 'topic:' is missing", "no item"),
    ("folder.yaml", "away/folder.yaml: is a folder, not a file, and was not read", "a folder"),
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="no links without rights")
@pytest.mark.parametrize(("file", "expected", "remark"), FILES, ids=[row[2] for row in FILES])
def test_a_file_that_a_blueprint_may_not_name_is_refused_at_its_entry(
    write: Write, file: str, expected: str, remark: str
) -> None:
    away = write("away", quiz=plan(f"{{file: {file}}}"), taken=item("a"), nothing=item("z") + "replaces: z\n",
                 wrong=item("w").replace("level: 1", "level: 9"))  # fmt: skip
    write(".", secret="password: 12345")
    (away / "link.yaml").symlink_to(Path("secret.yaml").absolute())
    (away / "folder.yaml").mkdir()
    held = bank.load(write("first", a=item("a")))

    message = refusal(lambda: bank.with_file(held, away / "quiz.yaml"))

    assert expected in message, remark
    assert message.startswith("away/quiz.yaml:9:"), "placed at the entry"
    assert "12345" not in message


def test_a_draft_is_looked_at_and_never_on_a_paper(write: Write) -> None:
    own = write("own", a=item("a") + "status: draft\n", b=item("b") + "status: retired\n", c=item("c"),
                d=item("d"))  # fmt: skip
    source = bank.load(own)

    def asked(entry: str) -> str:
        made, problems = bank.read(bank.Source("quiz.yaml", plan(entry).encode()), Blueprint)
        assert made is not None, problems
        return refusal(lambda: papers.compose(made, source, seed="s"))

    assert asked("a") == (
        "a: the item is a draft, and a paper only takes items that are ready\n  → change its status: to ready, or "
        "name another item"
    )
    assert asked("b") == (
        "b: the item is retired, and a paper only takes items that are ready\n  → change its status: to ready, or "
        "name another item"
    )
    assert asked("{draw: 3, topic: sums}").splitlines()[0] == (
        "draw: 3 (topic sums), but only 2 items fit; 2 more are not ready, or have no texts in a language of the paper"
    )
    assert [one.id for one in source.select(status=["draft", "retired"])] == ["a", "b"]


def test_the_faults_of_a_draft_are_warnings(write: Write) -> None:
    bad = item("a").replace("topic: sums", "topic: sum")
    folders = [write(name, topics="sums: {zh: 和, en: Sums}", a=bad + status)
               for name, status in (("one", ""), ("two", "status: draft\n"))]  # fmt: skip

    assert [check([folder], seats=5).errors for folder in folders] == [1, 0]
    assert {problem.code for problem in check(folders[1:], seats=5).problems} >= {"topic"}


def test_items_are_picked_by_tag(write: Write) -> None:
    source = bank.load(write("own", a=item("a") + "tags: [x, y]\n", b=item("b") + "tags: [y]\n", c=item("c")))

    assert [one.id for one in source.select(tags=["x"])] == ["a"]
    assert [one.id for one in source.select(tags=["x", "y"])] == ["a", "b"], "one of them is enough"


def test_the_check_of_a_blueprint_looks_at_the_items_in_its_files(write: Write) -> None:
    write("away", quiz=plan("{file: mine.yaml}"), mine=item("own.mine").replace("topic: sums", "topic: sum"))
    first = write("first", a=item("a"), topics="sums: {zh: 和, en: Sums}")

    found = check([first], [Path("away/quiz.yaml")], seats=5)

    assert [(problem.code, problem.item) for problem in found.problems if problem.severity == "error"] == [
        ("topic", "own.mine")
    ]


def test_the_bank_around_a_path_is_the_nearest_with_settings(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("own", bank="", deep__a=item("a"))

    assert bank.around(Path("own/deep/a.yaml")) == Path("own")
    assert bank.around(Path()) is None
    monkeypatch.chdir("own/deep")
    assert bank.around(Path()) == Path("..")
    assert [source.file for source in bank.load(Path("..")).sources.values()] == ["../deep/a.yaml"]


def test_a_new_bank_passes_its_own_check_and_a_new_item_is_of_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write(".", **{"class": "a: b"})
    new.bank(Path("mine"))
    monkeypatch.chdir("mine")
    Path("bank.yaml").write_text("languages: [zh]\n", encoding="utf-8")
    Path("topics.yaml").write_text("phasor: {zh: 相量}\n", encoding="utf-8")

    made = [new.item("own.first"), new.blueprint("again")]

    text = made[0].read_text(encoding="utf-8")
    assert [str(path) for path in made] == ["own.first.yaml", "blueprints/again.yaml"]
    assert "topic: phasor " in text
    assert "\n  en:" not in text
    assert all(f" {kind}," in text or f" {kind}\n" in text for kind in ("choice", "interval", "set", "vector"))
    assert refusal(lambda: new.item("own.next", topic="phasro")) == (
        "the topic 'phasro' is not known; did you mean 'phasor'?; topics.yaml lists the topics"
    )
    assert refusal(lambda: new.bank(Path("inner"))) == "inner is inside the bank .; name a folder outside it"


def test_a_new_bank_has_no_problem(write: Write) -> None:
    write(".")
    new.bank(Path("mine"))

    assert check([Path("mine")], seats=50).problems == ()


def test_only_what_changed_in_the_banks_that_git_knows(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = write("first", a=item("a")), write("second", bank="", b=item("b"), c=item("c"))
    changed = {"second": frozenset({(second / "b.yaml").resolve()})}
    monkeypatch.setattr(_changed, "files", lambda folder, revision: changed.get(folder.name, frozenset()))  # noqa: ARG005
    assert _changed.items(bank.load(first, second), "HEAD") == ("b",)

    changed["second"] = frozenset({(second / "bank.yaml").resolve()})
    assert _changed.items(bank.load(first, second), "HEAD") == ("b", "c"), "what its settings say holds for all"


def test_banks_in_no_repository_are_refused_together(write: Write) -> None:
    source = bank.load(write("first", a=item("a")), write("second", b=item("b")))

    assert refusal(lambda: _changed.items(source, "HEAD")) == (
        "first is not in a git repository; --changed compares with a revision of a repository"
    )
