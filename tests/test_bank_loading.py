"""Loading a bank: what can be read is read, and everything that is wrong is told in one run, each with its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_items import HEAD, faults, item_of

from qbank import bank
from qbank.bank import Bank, consistency
from qbank.bank.item import Item
from qbank.model import Refused

GOOD = """
id: {name}
title: {{zh: 样例, en: Sample}}
topic: {topic}
level: {level}
stem: {{zh: 一加一, en: One and one}}
parts:
  - id: two
    answer: {{kind: number, key: '2', tolerance: exact}}
"""
Write = Callable[..., Path]


def good(name: str, topic: str = "sums", level: int = 1) -> str:
    return GOOD.format(name=name, topic=topic, level=level)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a bank of files by path."""

    def written(**files: str) -> Path:
        folder = tmp_path / "bank"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            path = folder / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return written


def told(source: Bank) -> list[str]:
    """The first line of every problem."""
    return [str(problem).splitlines()[0] for problem in source.problems]


def test_what_can_be_read_is_read_and_everything_else_is_told(write: Write) -> None:
    folder = write(
        a=good("a"),
        b=good("b").replace("level: 1", "level: 9").replace("zh: 一加一, ", ""),
        c="id: c\n  title: [",
        d=good("d").replace("key: '2'", "key: two"),
        e=good("e"),
    )

    source = bank.load(folder)

    assert list(source.items) == ["a", "e"]
    assert told(source) == [
        "bank/b.yaml:5:8: $.level: '9' must be at most 5",
        "bank/b.yaml:6:7: $.stem: the Chinese text (zh:) is missing",
        (
            "bank/c.yaml:2:8: a second ': ' in one line, or a line indented too far; quote the text, or write it under "
            "'|' on its own line"
        ),
        "bank/d.yaml:9:13: $.parts[0].answer: 'two' is not defined",
    ]


def test_an_id_belongs_to_one_file(write: Write) -> None:
    source = bank.load(write(first=good("same"), second=good("same")))

    assert list(source.items) == ["same"]
    assert source.sources["same"].file == "bank/first.yaml"
    assert [str(problem) for problem in source.problems] == [
        ("bank/second.yaml:2:5: the id 'same' is already used in bank/first.yaml\n"
        "  id: same\n"
        "      ~~~^\n"
        "  → give this item an id of its own"),
    ]


PLAN = """
id: quiz
title: {zh: 小测, en: Quiz}
minutes: 10
total: 1
sections:
  - title: {zh: 题, en: Questions}
    marks: 1
    items: [a]
"""


def test_a_blueprints_id_belongs_to_one_file(write: Write) -> None:
    source = bank.load(write(a=good("a"), blueprints__one=PLAN, blueprints__two=PLAN))

    assert list(source.blueprints) == ["quiz"]
    assert told(source) == ["bank/blueprints/two.yaml:2:5: the id 'quiz' is already used in bank/blueprints/one.yaml"]


def test_circuits_blueprints_topics_and_hidden_files_are_no_items(write: Write) -> None:
    folder = write(
        a=good("a"), circuits__deep__x="parts: []", blueprints__quiz=PLAN, topics="sums: {zh: 和, en: Sums}",
        **{"knowledge-points": "E1: {zh: 和, en: Sums}", ".hidden__b": good("b"), "sub__.c": good("c")},
    )  # fmt: skip

    source = bank.load(folder)

    assert list(source.items) == ["a"]
    assert source.topics["sums"].zh == "和"
    assert source.points["E1"].en == "Sums"
    assert source.problems == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("'the gain $-R_f/R_1'", "the formula is not closed with $; a dollar sign is written \\$"),
        ("'the gain {{ A }}'", "nothing is filled into this text; remove the braces and double brackets"),
        ("'the gain [[a]]'", "nothing is filled into this text; remove the braces and double brackets"),
        ('"two\\n\\nparagraphs"', "this text must be one paragraph of running text"),
        ("'the gain $-R_f/R_1$, for \\$5'", ""),
    ],
)
def test_the_text_of_a_point_may_have_formulas_and_nothing_that_is_filled_in(
    write: Write, text: str, fault: str
) -> None:
    folder = write(a=good("a"), **{"knowledge-points": f"E1: {{zh: 增益, en: {text}}}"})
    problems = [problem for problem in bank.load(folder).problems if problem.path]

    assert [(problem.path, problem.message) for problem in problems] == ([("$.E1.en", fault)] if fault else [])


def test_some_files_alone_are_loaded_however_their_paths_are_written(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(a=good("a"), deep__b=good("b"), deep__c=good("c"), blueprints__quiz=PLAN)
    monkeypatch.chdir(folder.parent)

    assert list(bank.load(folder, only=[Path("bank/a.yaml")]).items) == ["a"]
    assert list(bank.load(folder, only=[folder / "deep", Path("bank/deep/b.yaml")]).items) == ["b", "c"]
    assert told(bank.load(folder, only=[Path("bank/blueprints/quiz.yaml")])) == []
    assert list(bank.load(Path("bank"), only=[folder / "blueprints", folder / "a.yaml"]).items) == ["a"]


def test_what_is_not_there_is_refused(tmp_path: Path, write: Write) -> None:
    folder = write(a=good("a"))
    messages = []
    for place, only in ((tmp_path / "none", None), (folder, [folder / "b.yaml"])):
        with pytest.raises(Refused) as refused:
            bank.load(place, only=only)
        messages.append(str(refused.value).replace(f"{tmp_path}/", ""))

    assert messages == [
        "there is no folder none; give the folder of your items with --bank",
        "there is no file or folder bank/b.yaml",
    ]


def test_a_file_that_cannot_be_read_is_a_problem_and_no_crash(write: Write) -> None:
    folder = write(a=good("a"))
    (folder / "folder.yaml").mkdir()

    assert told(bank.load(folder)) == ["bank/folder.yaml: is a folder, not a file, and was not read"]


def linked(folder: Path) -> None:
    (folder / "secret.yaml").symlink_to(folder.parent / "secret")


def circle(folder: Path) -> None:
    (folder / "round.yaml").symlink_to(folder / "round.yaml")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")


def zero(folder: Path) -> None:
    (folder / "zero.yaml").symlink_to("/dev/zero")


def vast(folder: Path) -> None:
    with (folder / "vast.yaml").open("wb") as file:
        file.truncate(1 << 40)


def topics(folder: Path) -> None:
    (folder / "topics.yaml").symlink_to(folder.parent / "secret")


def circuits(folder: Path) -> None:
    (folder / "circuits").symlink_to(folder.parent)


def blueprint(folder: Path) -> None:
    (folder / "blueprints").mkdir()
    os.mkfifo(folder / "blueprints" / "plan.yaml")


LINK = "is a link that leads out of the bank's folder, and was not read"
HOSTILE = [
    (linked, f"bank/secret.yaml: {LINK}", "its lines would stand in a log"),
    (zero, f"bank/zero.yaml: {LINK}", "without an end"),
    (circle, "bank/round.yaml: cannot be read: ", "a link to itself"),
    (pipe, "bank/pipe.yaml: is a pipe, not a file, and was not read", "nobody writes into it"),
    (vast, "bank/vast.yaml: has 1,048,576.0 MiB; at most 1 MiB is allowed", "a tebibyte that takes no room"),
    (topics, f"bank/topics.yaml: {LINK}", "the topics as well"),
    (circuits, f"bank/circuits/other.yaml: {LINK}", "a whole folder"),
    (blueprint, "bank/blueprints/plan.yaml: is a pipe, not a file, and was not read", "a blueprint"),
]
"""What a colleague's bank may hold, the problem that it is, and what is odd about it."""


@pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need rights")
@pytest.mark.parametrize(("make", "expected", "remark"), HOSTILE, ids=[row[2] for row in HOSTILE])
def test_a_bank_is_read_from_regular_files_of_its_own_alone(
    write: Write, make: Callable[[Path], None], expected: str, remark: str
) -> None:
    folder = write(a=good("a"))
    (folder.parent / "secret").write_text("password: 12345\n", encoding="utf-8")
    (folder.parent / "other.yaml").write_text("password: 12345\n", encoding="utf-8")
    make(folder)

    source = bank.load(folder)

    assert [line for line in told(source) if not line.startswith(expected)] == [], remark
    assert len(source.problems) == 1
    assert list(source.items) == ["a"]
    assert "12345" not in "".join(map(str, source.problems))


def test_a_link_within_the_bank_and_a_file_that_is_named_are_read(write: Write) -> None:
    folder = write(a=good("a"))
    (folder.parent / "b.txt").write_text(good("b"), encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "same.yaml").symlink_to(folder / "a.yaml")
    named = folder.parent / "named.yaml"
    named.symlink_to(folder.parent / "b.txt")

    assert list(bank.load(folder).items) == ["a"], "one file, once"
    assert bank.load(folder).problems == ()
    assert list(bank.load(folder, only=[named]).items) == ["b"]
    assert bank.with_file(bank.load(folder), named)[1] == "b"


def test_a_file_that_fails_unforeseen_costs_itself_and_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(item: Item, _: object) -> Iterator[object]:
        if item.id == "b":
            raise KeyError("spanner")
        yield from ()

    monkeypatch.setattr(consistency, "findings", failing)
    source = bank.load(write(a=good("a"), b=good("b"), c=good("c")))

    assert list(source.items) == ["a", "c"]
    assert [problem.code for problem in source.problems] == ["file.failed"]
    assert told(source)[0].startswith("reading bank/b.yaml failed: KeyError: 'spanner' (qbank/bank/reading.py, line ")


LONG = "x" * 500_000


@pytest.mark.parametrize(
    "text",
    [
        good("a").replace("level: 1", f"level: {LONG}"),
        good("a").replace("key: '2'", f"key: {LONG}"),
        good("a").replace("level:", f"{LONG}:"),
        good("a").replace("kind: number", f"kind: {LONG}"),
        good("a").replace("tolerance: exact", f"tolerance: {LONG}"),
        good("a").replace("topic: sums", f"topic: sums{LONG}\n  [: -"),
        good("a").replace("{name}", LONG).replace("id: a", f"id: {LONG}!"),
        good("a").replace("一加一", f"$\\{LONG}$"),
        good("a").replace("一加一", "{{ " + LONG + " }}"),
    ],
    ids=["a level", "a name", "a key", "a kind", "a tolerance", "syntax", "an id", "a command", "a name in a text"],
)
def test_no_message_quotes_half_a_megabyte(write: Write, text: str) -> None:
    problems = bank.load(write(a=text)).problems

    assert problems
    assert max(len(str(problem)) for problem in problems) < 3000


def test_a_bank_may_be_empty(write: Write) -> None:
    source = bank.load(write())

    assert (source.items, source.problems) == ({}, ())


def test_an_unknown_item_is_guessed_and_a_broken_one_tells_its_problems(write: Write) -> None:
    source = bank.load(write(a=good("opamp.gain"), b=good("opamp.bias").replace("level: 1", "level: 9")))
    messages = []
    for name in ("opamp.gian", "opamp.bias"):
        with pytest.raises(Refused) as refused:
            source.item(name)
        messages.append(str(refused.value).splitlines()[0])

    assert messages == [
        "the item 'opamp.gian' is not known; did you mean 'opamp.gain'?",
        "bank/b.yaml:5:8: $.level: '9' must be at most 5",
    ]


def test_items_are_picked_by_name_topic_level_kind_and_point(write: Write) -> None:
    source = bank.load(
        write(
            a=good("a", "e/opamp", 1), b=good("b", "e/opamp/gain", 2), c=good("c", "e/opamps", 1) + "covers: [E1]\n",
            d=good("d", "n", 3).replace("{kind: number, key: '2', tolerance: exact}", "{kind: text, accept: two}"),
        )
    )  # fmt: skip

    def picked(*names: str, **options: object) -> str:
        return "".join(item.id for item in source.select(names, **options))

    assert picked() == "abcd"
    assert picked("d", "a") == "ad", "in the order of the bank"
    assert picked("e/opamp") == "ab", "a topic and what lies under it, and no other that begins alike"
    assert picked(topic="e") == "abc"
    assert picked(level=[1, 3]) == "acd"
    assert picked(kind="text") == "d"
    assert picked(covers=["E1", "E2"]) == "c"
    assert picked("e", level=[2]) == "b"
    with pytest.raises(Refused, match=r"^the item or topic 'e/opanp' is not known; the known ones are: a, b, c, d$"):
        picked("e/opanp")


ONE = f"{HEAD}stem: {{zh: 求 x, en: 'Find x'}}\nparameters: {{x: {{values: [1, 2]}}}}\n"
PART = "{id: x, answer: {kind: number, key: x, tolerance: 1%}}"
OPTIONS = ", ".join(f"{name}: {{right: {name == 'one'}, zh: {name}, en: {name}}}" for name in ("one", "two", "three"))
PICK = f"{{id: x, answer: {{kind: choice, options: {{{OPTIONS}}}}}}}"


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        (f"{ONE}require: [x > y]\nparts: [{PART}]", "$.require[0]: 'y' is not defined", "a name in a requirement"),
        (f"{ONE}derive: {{x: '3'}}\nparts: [{PART}]", "$.derive.x: 'x' is already a parameter", "a name twice"),
        (f"{ONE}derive: {{pi: x}}\nparts: [{PART}]",
         "$.derive.pi: 'pi' has a meaning in every expression; choose another name", "a constant's name"),
        (f"{ONE}derive: {{a: b, b: a}}\nparts: [{PART}]", "$.derive: there is a circular definition: a → b → a",
         "a circle"),
        (f"{ONE}parts: [{PART}, {PART}]", "$.parts: 2 parts have the id 'x'", "two parts of one name"),
        (f"{ONE.replace('Find x', 'Find {{ y }}')}parts: [{PART}]", "$.stem.en: 'y' is not defined", "in a text"),
        (f"{ONE.replace('Find x', 'Find [[x]]')}parts: [{PART}]",
         "$.stem: the blanks differ between the languages: x", "a blank in one language"),
        (f"{ONE.replace('Find x', '[[figure a]]')}parts: [{PART}]",
         "$.stem.en: [[figure a]]: the figure 'a' is not known",
         "a figure"),
        (f"{ONE}solution: {{zh: '[[x]]', en: x}}\nparts: [{PART}]",
         "$.solution.zh: [[x]]: blanks are allowed in the stem only",
         "a blank in the solution"),
        ((f"{ONE}derive: {{a: x/3}}\nparts: [{{id: x, ask: {{zh: '{{{{ a }}}}', en: a}}, "
         "answer: {kind: number, key: x, tolerance: 1%}}]"),
         "$.derive.a: a is printed in a text; give its rounding, as in shown: 3", "a raw derived value in a text"),
        (f"{ONE}trials: [{{given: {{z: 1}}, answers: {{y: 1}}, marks: 1}}]\nparts: [{PART}]",
         "$.trials[0]: given: the parameter 'z' is not known; the known ones are: x", "a trial's names"),
        (f"{ONE}trials: [{{answers: {{x: [a]}}, marks: 1}}]\nparts: [{PART}]",
         "$.trials[0].answers.x: an answer of kind number is text as a candidate writes it", "no names to answer by"),
        (f"{ONE}trials: [{{answers: {{x: [one, thre]}}, marks: 1}}]\nparts: [{PICK}]",
         "$.trials[0].answers.x: 'thre' is not known; did you mean 'three'?", "an option that there is not"),
        (f"{ONE}trials: [{{answers: {{x: {{one: two}}}}, marks: 1}}]\nparts: [{PICK}]",
         "$.trials[0].answers.x: an answer of kind choice is text as a candidate writes it, or [NAME, NAME]",
         "pairs of a choice"),
        (f"{HEAD}parameters: {{x: {{values: [1, 2]}}}}\nparts: [{PART}]",
         "$.parts[0]: part 'x' has no ask:, and [[x]] does not appear in the stem", "nothing is asked"),
        (f"{ONE}parts: [{PART.replace('id: x', 'id: X')}]",
         "$.parts[0].id: 'X' is not the id of a part; write small letters, digits and -, beginning with a letter",
         "a capital"),
        (f"{ONE.replace('id: sample', 'id: Sample item')}parts: [{PART}]",
         "$.id: 'Sample item' is not the id of an item; write words of small letters, digits and _, separated by dots",
         "a title in place of an id"),
        (f"{ONE}solution: {{zh: 解, en: First this, then that}}\nparts: [{PART}]",
         "$.solution: the comma before 'then that' ends the text; put the text in quotes, or on its own line",
         "a comma in a text in one line"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)  # fmt: skip
def test_what_does_not_fit_together_is_told_at_its_place(text: str, expected: str, remark: str) -> None:
    found = [line.splitlines()[0].split(": ", 1)[1] for line in faults(text)]

    assert any(each.startswith(expected) for each in found), f"{remark}: {found}"


def test_an_item_orders_its_derived_values_and_sums_its_marks() -> None:
    item = item_of(f"{ONE}derive: {{c: b + 1, a: x, b: 2*a}}\nparts: [{PART}]")

    assert item.order == ("a", "b", "c")
    assert item.marks == 1
    assert item.kinds == ("number",)
    with pytest.raises(KeyError):
        item.part("y")


def test_the_schema_of_items_and_blueprints_is_written(gallery: Bank) -> None:
    import json

    from qbank.bank.blueprint import Blueprint
    from qbank.bank.item import Item

    for model in (Item, Blueprint):
        schema = json.dumps(model.model_json_schema(mode="validation"))
        assert "title" in schema
    assert len(gallery.items) >= 15
