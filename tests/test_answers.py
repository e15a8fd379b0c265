"""Kinds of answer are found by their tag, and refused with a place."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from qbank import answers, registry


class Part(BaseModel):
    """Something that holds an answer."""

    answer: answers.Field


REFUSED = [
    ({"kind": "choise"}, ("answer", "kind"), "'choise' is not known; did you mean 'choice'?"),
    ("number", ("answer",), "an answer is a mapping with a kind, such as 'kind: number'"),
    ({"key": "A"}, ("answer",), f"an answer needs a kind: one of {', '.join(registry.tags('answers'))}"),
    ({"kind": "truth", "right": "yes", "zh": "甲", "en": "one", "colour": "red"}, ("answer", "colour"),
     "Extra inputs are not permitted"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "place", "message"), REFUSED)
def test_an_answer_that_is_none_is_refused_where_it_is_wrong(answer: Any, place: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Part.model_validate({"answer": answer})

    assert [(error["loc"], error["msg"]) for error in refused.value.errors()] == [(place, message)]


def test_an_answer_is_read_as_the_spec_of_its_kind() -> None:
    part = Part.model_validate({"answer": {"kind": "truth", "right": "no"}})

    assert isinstance(part.answer, answers.kind_of("truth").spec)


def test_the_schema_offers_every_kind() -> None:
    schema = Part.model_json_schema()["properties"]["answer"]

    assert schema["properties"]["kind"]["enum"] == list(registry.tags("answers"))
    assert [each["if"]["properties"]["kind"]["const"] for each in schema["allOf"]] == list(registry.tags("answers"))


def test_marking_loads_no_computer_algebra() -> None:
    code = "import sys; from qbank import registry; [registry.load('answers', tag) for tag in registry.tags('answers')]"
    code += "; print('sympy' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "False\n"
