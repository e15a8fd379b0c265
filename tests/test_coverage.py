"""Which knowledge points a bank asks: by the parts that ask them, not by the items that mention them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_items import HEAD

from qbank import bank, checks, cli, open_bank
from qbank.actions import coverage
from qbank.bank import Bank

ANSWER = "{{kind: number, key: '2', tolerance: exact}}"
PART = f"  - {{{{id: {{0}}, marks: 1, {{1}}ask: {{{{zh: 求值。, en: Find it.}}}}, answer: {ANSWER}}}}}\n"
ITEMS = {
    "one": "covers: [P1]\nparts:\n" + PART.format("a", ""),
    "several": "covers: [P2]\nparts:\n" + PART.format("a", "") + PART.format("b", "covers: [P3], "),
    "parts": "parts:\n" + PART.format("a", "covers: [P1, P3], ") + PART.format("b", "covers: [P3], "),
}
POINTS = "".join(f"P{number}: {{zh: 点{number}, en: point {number}}}\n" for number in range(1, 5))


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Bank:
    for name, text in ITEMS.items():
        (tmp_path / f"{name}.yaml").write_text(HEAD.replace("id: sample", f"id: {name}") + text, encoding="utf-8")
    (tmp_path / bank.POINTS).write_text(POINTS, encoding="utf-8")
    return bank.load(tmp_path)


def test_a_point_is_asked_by_the_parts_that_name_it_and_by_an_items_one_part(source: Bank) -> None:
    assert source.problems == ()
    found = coverage.coverage(source)

    assert [(each.name, [(one.item, one.part) for one in each.asked], each.gap) for each in found] == [
        ("P1", [("one", "a"), ("parts", "a")], ""),
        ("P2", [], "none"),  # nothing says which part asks it
        ("P3", [("parts", "a"), ("parts", "b"), ("several", "b")], ""),
        ("P4", [], "none"),
    ]  # fmt: skip


def test_a_blueprint_still_finds_an_item_by_what_stands_at_the_item(source: Bank) -> None:
    assert [item.id for item in source.select(covers=["P2"])] == ["several"]
    assert [item.id for item in source.select(covers=["P3"])] == ["parts", "several"]


def test_an_item_that_does_not_say_which_part_asks_a_point_is_warned_of(source: Bank) -> None:
    found = [each for each in checks.of_item(source, "several", seats=1) if each.code == "metadata.covers"]

    assert [(each.severity, each.message, each.path) for each in found] == [
        ("warning", "the item does not state which of its parts asks P2", "$.covers"),
    ]
    assert [each.path for each in checks.of_bank(source) if each.code == "coverage"] == ["P2", "P4"]


@pytest.mark.usefixtures("source")
def test_the_command_writes_a_table_in_both_languages_and_for_programs(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli.group, ["coverage", "--bank", str(tmp_path), *arguments])
        assert done.exit_code == 0, done.exception
        return done.output

    assert "4 points; tested by no item: 2; by one item: 0" in run()
    assert "无题" in run("--lang", "zh")
    assert "none" in run("--lang", "en", "--gaps")
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", "--lang", "en").lstrip("\ufeff"))))
    assert rows[2] == {
        "point": "P3", "text": "point 3", "items": "2", "parts": "3", "asked by": "parts several", "levels": "1×2",
        "kinds": "number×3", "gap": "",
    }  # fmt: skip
    told = [json.loads(line) for line in run("--format", "json", "one").splitlines()]
    assert [(each["point"], each["gap"], len(each["asked"])) for each in told] == [
        ("P1", "one item", 1), ("P2", "none", 0), ("P3", "none", 0), ("P4", "none", 0),
    ]  # fmt: skip
    assert open_bank(tmp_path).coverage("en")["items"].to_list() == [2, 0, 2, 0]


def test_every_point_of_the_shipped_bank_is_asked() -> None:
    assert [each.name for each in coverage.coverage(open_bank().read) if each.gap == "none"] == []
