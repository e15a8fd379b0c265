"""The pages of docs/ are as scripts/build_docs.py makes them, and leave nothing out."""

from __future__ import annotations

import doctest
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from qbank import bank, messages, nodes, papers
from qbank.answers.choice.ticks import RULES
from qbank.bank import Source
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import build_docs  # noqa: E402 - scripts are no package
import site_pages  # noqa: E402
from pages import fields, formats, gallery, tables, verdicts, vocabulary  # noqa: E402

MADE = sorted(build_docs.PARTS.glob("*/*.md"))
FIELDS = re.compile(r"^```yaml (fields|)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BARE = {
    "id": "shown", "title": {"zh": "例", "en": "an example"}, "topic": "shown", "level": "1",
    "parts": [{"id": "only", "answer": {"kind": "truth", "right": "yes"}}],
}  # fmt: skip
"""An item that a page's lines are put over."""


@cache
def made(part: Path) -> str:
    page: str = build_docs.page(part)
    return page


@pytest.mark.parametrize("part", MADE, ids=lambda part: part.name)
def test_a_page_is_as_its_part_and_the_program_make_it(part: Path) -> None:
    page = build_docs.DOCS / part.parent.name / part.name

    assert page.read_text(encoding="utf-8") == made(part), f"out of date: run {build_docs.AGAIN}"


@pytest.mark.parametrize("name", sorted({part.name for part in MADE}))
def test_a_page_is_whole_in_both_languages(name: str) -> None:
    """The same inserts in the same order, the same depth of headings, and as many listings."""
    pages = [(build_docs.PARTS / language / name).read_text(encoding="utf-8") for language in messages.LANGUAGES]

    def shape(page: str) -> tuple[list[str], list[str], int]:
        plain = re.sub(r"^(`{3,}).*?^\1", "", page, flags=re.MULTILINE | re.DOTALL)
        return (re.findall(r"^<!-- .* -->$", page, re.MULTILINE), re.findall(r"^#+(?= )", plain, re.MULTILINE),
                len(re.findall(r"^```", page, re.MULTILINE)))  # fmt: skip

    assert shape(pages[0]) == shape(pages[1])


@pytest.mark.parametrize("module", [build_docs, fields, formats, site_pages, tables, verdicts],
                         ids=lambda module: module.__name__)  # fmt: skip
def test_the_examples_of_the_builder_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_every_field_that_an_author_may_write_has_a_meaning() -> None:
    """A new field is explained in templates/fields.yaml."""
    assert fields.untold() == []


def test_every_rule_for_several_ticks_is_said_as_a_formula() -> None:
    assert set(vocabulary.RULES) == set(RULES)


def test_the_gallery_shows_every_sort_of_answer_and_figure_of_the_bank() -> None:
    shipped = bank.load(ROOT / "questions").items
    shown = [shipped[name] for name in gallery.SHOWN]

    def sorts(items: Iterable[Item]) -> set[str]:
        figures = {type(figure).__module__.split(".")[2] for item in items for figure in item.figures.values()}
        return {part.answer.kind for item in items for part in item.parts} | figures

    assert sorts(shown) == sorts(shipped.values())
    for name in gallery.SHOWN:
        for language in messages.LANGUAGES:
            assert (build_docs.DOCS / gallery.picture(name, language)).is_file()


@pytest.mark.parametrize("part", MADE, ids=lambda part: part.name)
def test_a_link_leads_to_a_heading_that_is_there(part: Path) -> None:
    page = made(part)
    for name, anchor in re.findall(r"\]\(([\w-]+\.md|)#([^)]+)\)", page):
        target = part.parent / (name or part.name)
        headings = re.findall(r"^#+ (.*)$", made(target), flags=re.MULTILINE)
        assert anchor in {build_docs.slug(heading) for heading in headings}, f"{part.name}: {name}#{anchor}"


@pytest.mark.parametrize("part", MADE, ids=lambda part: part.name)
def test_lines_of_an_item_that_a_page_shows_make_an_item(part: Path) -> None:
    library = bank.load(ROOT / "questions", only=[]).circuits
    for word, text in FIELDS.findall(made(part)):
        plain = nodes.plain(nodes.read(text.encode(), part.name))
        whole = {**BARE, **plain} if word == "fields" else plain
        _, problems = bank.read_item(Source(part.name, written(whole).encode()), library)
        assert [str(problem) for problem in problems] == []


def test_a_blueprint_that_a_page_shows_makes_an_exam_of_the_bank() -> None:
    shipped = bank.load(ROOT / "questions")
    page = made(build_docs.PARTS / "en" / "blueprints.md")
    shown = re.findall(r"^```yaml blueprint\n(.*?)^```", page, re.MULTILINE | re.DOTALL)

    assert len(shown) == 3
    for text in shown:
        plan, _ = bank.read(Source("blueprints.md", text.encode()), Blueprint)
        assert plan is not None
        assert papers.compose(plan, shipped, seed="shown").total == plan.total


def written(value: object) -> str:
    """A mapping as JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("own", "base", "new"),
    [
        ("kind: text\naccept: a\ncase: keep\n", "kind: text\naccept: a\n", "`case: keep`"),
        ("kind: text\naccept: b\n", "kind: text\naccept: a\nzh: c\n", "`accept: b`"),
    ],
)
def test_an_example_says_what_it_has_otherwise_than_the_one_above(own: str, base: str, new: str) -> None:
    assert verdicts.difference(own, [base]) == new
