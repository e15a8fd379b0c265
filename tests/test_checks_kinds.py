"""Every check looks at every kind of answer: one item for each answer of every kind's examples, and no traceback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from qbank import answers, bank, checks, registry, variants
from qbank.model import Example, Problem

SEATS = 12
CASES = [
    pytest.param(example, id=f"{tag}-{number}")
    for tag in registry.tags("answers")
    for number, example in enumerate({one.answer: one for one in answers.kind_of(tag).examples}.values())
]


STEPS = {"all": {"marks": "1", "zh": "全部", "en": "all of it"}}
"""What earns the marks where a person gives them."""


def item(example: Example) -> dict[str, Any]:
    """The example's answer as an item; the names it needs are derived from a parameter."""
    answer = yaml.load(example.answer, Loader=yaml.BaseLoader)
    waits = answers.facts(answers.read(answer)).waits
    return {
        "id": "sample.kind",
        "title": {"zh": "样题", "en": "A sample"},
        "topic": "sample",
        "level": "1",
        "parameters": {"scale": {"values": ["1"]}},
        "derive": {name: _written(value) for name, value in example.given.items()},
        "stem": {"zh": "回答下面的问题。", "en": "Answer this."},
        "parts": [
            {
                "id": "part",
                "ask": {"zh": "答案是什么？", "en": "What is the answer?"},
                "answer": answer,
                **({"steps": STEPS} if waits else {}),
                "witness": "none",
                "because": "it is a sample",
            }
        ],
    }


def _written(value: float | Sequence[Any]) -> str:
    if isinstance(value, Sequence):
        return f"[{', '.join(_written(each) for each in value)}]"
    return f"scale*({value!r})" if value >= 0 else f"-scale*({-value!r})"


def loaded(folder: Path, made: Mapping[str, Any]) -> bank.Bank:
    (folder / "items").mkdir()
    (folder / "items" / "sample.yaml").write_text(yaml.safe_dump(dict(made), allow_unicode=True), encoding="utf-8")
    (folder / "topics.yaml").write_text("sample: {zh: 样题, en: Samples}\n", encoding="utf-8")
    return bank.load(folder)


@pytest.mark.parametrize("example", CASES)
def test_every_check_looks_at_every_kind(example: Example, tmp_path: Path) -> None:
    source = loaded(tmp_path, item(example))
    assert [problem for problem in source.problems if problem.severity == "error"] == []
    problems: list[Problem] = []
    scene = checks.scene(source, "sample.kind", SEATS)
    for check in checks.tags():
        module = registry.load("checks", check)
        if "check" in vars(module):
            problems += module.check(scene)

    assert {problem.code.partition(".")[0] for problem in problems} <= set(checks.tags()) | {"item"}
    assert not [problem for problem in problems if problem.code.endswith(".impossible")]
    assert len(variants.make(source.item("sample.kind"), "seed", scene.drawn.seats)) == len(scene.drawn)
