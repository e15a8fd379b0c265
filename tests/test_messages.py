"""What the program tells is told in the language of the reader, from one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from sat_exam import digest, respond, sealed

from qbank import messages, nodes, resources
from qbank.actions import _sources
from qbank.actions.feedback import feedback
from qbank.actions.grade import grade
from qbank.papers import Exam

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
        feedback(folder, key=True)
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
