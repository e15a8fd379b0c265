"""What the program tells is told in the language of the reader, from one table."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from sat_exam import digest, respond, sealed

from qbank import messages, nodes, resources
from qbank.actions import _sources
from qbank.actions.feedback import Pages, feedback
from qbank.actions.grade import grade
from qbank.papers import Exam

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import build_messages  # noqa: E402 - scripts are no package

TELLERS = {"Refused", "Problem", "Wrong", "wrong", "problem", "say", "echo", "prompt", "confirm", "Loss",
           "ClickException", "UsageError", "BadParameter", "ValueError"}  # fmt: skip
"""What hands a text to a person: its arguments are told, and not written there."""
OURS = [
    "qbank/algebra/functions.py: the function {} of subjects/{}.py exists already",
    "qbank/algebra/table.py: no factorial",
    "qbank/algebra/table.py: not a whole number",
    "qbank/algebra/table.py: no binomial",
    "qbank/circuits/_outline.py: the drawing holds a {}, which is not a path",
    "qbank/draws.py: the size must be in 1..{}, not {}",
    "qbank/figures/graph/shapes.py: nothing draws a {}",
    "qbank/outputs/_qti/choices.py: the rule {} of several ticks is not known here",
    "qbank/outputs/_text.py: the name {} is still open on a page",
    "qbank/outputs/_text.py: the place of {} is still open on a page",
    "qbank/outputs/_text.py: the blank {} belongs to no part of this question",
    "qbank/outputs/_webtext.py: the place of {} is still open on a page",
    "qbank/outputs/_webtext.py: the name {} is still open on a page",
    "qbank/outputs/docx/document.py: no template knows a {}",
    "qbank/outputs/html/page.py: no page template knows a {}",
    "qbank/outputs/pdf/markinglist.py: paper {} has {} keys for {} columns",
    "qbank/reviews.py: a review needs marks or a reading",
    "qbank/store/_columns.py: columns of different lengths: {}",
    "qbank/store/_journal.py: a line of a journal ends",
    "qbank/variants/_values.py: {} belongs to no item, which would give the form in which it prints",
]
"""Only a mistake in our own code reaches these; they are for whoever mends it."""
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
LANGUAGES = [
    ({"LANGUAGE": "zh"}, "zh"),
    ({"LANGUAGE": "zh_CN:en"}, "zh"),
    ({"LANGUAGE": "en:zh"}, "en"),  # English comes first, although the source has no table of it
    ({"LANGUAGE": "fr:zh_TW"}, "zh"),  # the first that there is
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_CN.GB18030"}, "zh"),
    ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ({"LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
    ({"LANG": "C"}, "en"),
    ({"LANG": "fr_FR.UTF-8"}, "en"),
    ({"LANG": ""}, "en"),
    ({}, "en"),
]


@pytest.mark.parametrize(("environment", "language"), LANGUAGES)
def test_the_environment_names_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in messages.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert messages.language() == language


def test_an_exam_is_the_same_whatever_language_its_maker_reads(
    exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks, reasons, reports and exports are in the language of the exam, and problems are kept by their codes."""
    monkeypatch.setattr(_sources, "now", lambda: "2026-01-05T08:00:00Z")
    wrong = {("2001", "Q1.3"): "夹断", ("2002", "Q2"): "B/C", ("2002", "Q14"): "[1, 2", ("2001", "Q1.1"): "oops"}
    made = {}
    for language in messages.LANGUAGES:
        monkeypatch.setenv("LANGUAGE", language)
        folder = sealed(exam, tmp_path / language / "exam")
        responses = respond(exam, tmp_path / language / "responses.csv", wrong)
        *rows, _ = responses.read_text(encoding="utf-8").splitlines(keepends=True)
        responses.write_text("".join(rows), encoding="utf-8")  # a candidate without a row: a warning
        grade(folder, responses)
        feedback(folder, Pages(key=True))
        made[language] = folder
    english, chinese = made["en"], made["zh"]

    assert {path.relative_to(english) for path in english.rglob("*") if differs(path, english, chinese)} == set()
    assert digest(english) == digest(chinese)


def differs(path: Path, one: Path, other: Path) -> bool:
    return path.is_file() and path.read_bytes() != (other / path.relative_to(one)).read_bytes()


@pytest.mark.parametrize("name", ["bank", "blueprint", "item", "topics"])
def test_what_a_new_file_begins_with_differs_in_its_comments_alone(name: str) -> None:
    folder = resources.folder("templates") / "new"
    english, chinese = ((folder / language / f"{name}.yaml").read_text("utf-8") for language in messages.LANGUAGES)

    assert nodes.plain(nodes.read(english.encode(), name)) == nodes.plain(nodes.read(chinese.encode(), name))
    assert [line.count("#") for line in english.splitlines()] == [line.count("#") for line in chinese.splitlines()]


@pytest.fixture(scope="module")
def table() -> Catalog:
    return build_messages.updated("zh", {})


def test_every_text_has_its_chinese_with_the_same_gaps(table: Catalog) -> None:
    assert list(build_messages.faults(table)) == []


def test_the_tables_are_as_the_source_makes_them(table: Catalog) -> None:
    file = build_messages.path("zh")

    assert file.read_bytes() == build_messages.written(table), "run python scripts/build_messages.py"
    compiled = file.with_suffix(".mo").read_bytes()
    assert build_messages.spoken(compiled) == build_messages.spoken(build_messages.compiled(table))


def written(node: ast.expr) -> str:
    """The text of a literal, or of an f-string without its gaps."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
    return ""


def untold() -> Iterator[str]:
    """The sentences in the source that are handed to a person as they are written."""
    for file in sorted((ROOT / "qbank").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in TELLERS:
                texts = map(written, (*call.args, *(keyword.value for keyword in call.keywords)))
                yield from (f"{file.relative_to(ROOT)}: {text}" for text in texts if SENTENCE.search(text))


def test_no_text_is_told_past_the_table() -> None:
    assert list(untold()) == OURS


def test_a_gap_is_never_filled_with_a_piece_of_a_sentence_by_an_f_string() -> None:
    """Babel reads no f-strings: a template in one would be lost."""
    for file in sorted((ROOT / "qbank").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("tell", "tell_many"):
                templates = call.args[:1] if getattr(call.func, "attr", "") == "tell" else call.args[1:3]
                assert all(isinstance(each, ast.Constant) for each in templates), f"{file}:{call.lineno}"
