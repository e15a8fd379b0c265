"""Laws of words: what changes no mark, what never lowers one, and words that differ from variant to variant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_items import item_of

from qbank import marking, variants
from qbank.answers.text import marks
from qbank.answers.text.spec import Spec
from qbank.bank.item import Item
from qbank.model import Rules, Steps
from qbank.papers import questions

PIECES = ["饱和", "saturation", "截止", "cut-off", "不", "not", "NPN", "5", "-5", "∞", "r=", "→", "(", ")", "“", "”",
          "/", " ", "、", ".", "的", "x²", "大", "\u200b", "ﬁ", "ß", "İ", "\ud800", "\U000e0101"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=12)
BALANCED = TEXTS.map(lambda one: "".join(sign for sign in one if sign not in "()（）[]{}<>\"'`“”‘’«»"))
WORDS = st.sampled_from(["饱和", "saturation", "NPN", "5", "∞", "大", "x²", "cut-off"])
SPELLED = st.lists(WORDS, min_size=1, max_size=4)


def steps_of(given: str, **fields: Any) -> Steps:
    part = Spec.model_validate({"kind": "text", **fields})
    key = {"set": np.zeros(1, dtype=np.uint8)}
    return marks.mark(part, marks.read(part, [given], Rules()), key, {}, Rules())


def marked(given: str, **fields: Any) -> tuple[float, str]:
    steps = steps_of(given, **fields)
    return float(steps.credit[0]), [note for note, _, _ in steps.of(0)][-1]


@given(given=TEXTS, spelled=SPELLED)
def test_any_text_gives_a_mark(given: str, spelled: list[str]) -> None:
    credit, note = marked(given, accept=spelled, spelling_credit="0.5")

    assert 0 <= credit <= 1
    assert note == "blank" or note.startswith("text.")


@given(given=BALANCED, spelled=SPELLED, mark=st.sampled_from(["\u200b", "\ufeff", "\u202a", "\ufe0f", "\u2060"]),
       at=st.integers(0, 12))  # fmt: skip
def test_what_nobody_sees_changes_no_mark(given: str, spelled: list[str], mark: str, at: int) -> None:
    assert marked(given[:at] + mark + given[at:], accept=spelled) == marked(given, accept=spelled)


@given(given=BALANCED, spelled=SPELLED, around=st.sampled_from(["()", "（）", "“”", "「」", "[]", "《》", '""']))
def test_brackets_and_quotes_round_the_whole_change_no_mark(given: str, spelled: list[str], around: str) -> None:
    plain = marked(given, accept=spelled)

    if plain[1] != "blank":
        assert marked(f"{around[0]}{given}{around[1]}", accept=spelled) == plain


@given(given=BALANCED, spelled=SPELLED)
def test_spaces_around_and_doubled_change_no_mark(given: str, spelled: list[str]) -> None:
    assert marked(f"  {given.replace(' ', '   ')}\t", accept=spelled) == marked(given, accept=spelled)


@given(given=TEXTS.filter(str.isascii) | st.sampled_from(["饱和", "饱和saturation", "NPN型"]), spelled=SPELLED)
def test_case_and_width_change_no_mark(given: str, spelled: list[str]) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() and sign.isascii() else sign for sign in given)

    assert marked(given.upper(), accept=spelled) == marked(given, accept=spelled) == marked(wide, accept=spelled)


@given(given=TEXTS, spelled=SPELLED, more=st.sampled_from(["饱和", "active", "-5", "不饱和", "r"]))
def test_another_accepted_spelling_never_lowers_a_mark(given: str, spelled: list[str], more: str) -> None:
    """Answers that wait apart: a slip beside one spelling may hold another."""
    before, after = steps_of(given, accept=spelled, spelling_credit="1/2"), marked(
        given, accept=[*spelled, more], spelling_credit="1/2"
    )

    assert after[0] >= before.credit[0] or after[1] == "text.near.waits"


OPEN = """
id: t.open
title: {zh: 题, en: Item}
topic: t
level: 1
parameters:
  stages: {values: [2, 3, 4]}
  R: {values: [4.7k, 10k], unit: Ω}
  device: {labels: [NPN, PNP]}
stem: {zh: '{{ stages }} {{ R }} {{ device }}', en: '{{ stages }} {{ R }} {{ device }}'}
parts:
  - id: a
    ask: {zh: 填空, en: Fill in}
    witness: none
    because: a test
    answer:
      kind: text
      zh: '第 {{ stages }} 级'
      accept: ['{{ stages }}', 'stage {{ stages:number }}']
      regex: '{{ R }} at {{ stages }}|x{{ stages }}'
      mistakes:
        resistance: {accept: ['{{ R }}', '{{ R:number }}'], zh: 电阻, en: the resistance}
        three: {accept: '3', zh: 三, en: three}
"""
ROWS = [
    ("2", "2", "text.right", ""),
    ("2", "第2级", "text.right", "as the answer book prints it, without the spaces"),
    ("2", "Stage 2", "text.right", "without its unit"),
    ("2", "4.7 kΩ at 2", "text.right", "the value in a pattern, as it prints"),
    ("2", "4x7 kΩ at 2", "text.near.waits", "a value in a pattern is no pattern: but the answer holds 2"),
    ("2", "x2", "text.right", ""),
    ("2", "3", "text.mistake.three", ""),
    ("2", "4.7kΩ", "text.wrong", "a space between a number and its unit"),
    ("2", "4.7 kΩ", "text.mistake.resistance", ""),
    ("2", "4700", "text.mistake.resistance", "as the number prints by itself"),
    ("4", "第 3 级", "text.wrong", "another digit is another number, and no slip of the pen"),
    ("2", "{{ stages }}", "text.wrong", "the braces are not the answer"),
    ("2", "级 2", "text.near.waits", ""),
]


def opened() -> Item:
    return item_of(OPEN)


@pytest.mark.parametrize(("stages", "given", "note", "remark"), ROWS)
def test_names_in_spellings_are_filled_with_what_the_paper_prints(
    stages: str, given: str, note: str, remark: str
) -> None:
    item = opened()
    drawn = variants.given(item, {"stages": stages, "R": "4.7k", "device": "NPN"})

    steps = marking.mark(item, drawn, {"a": [given]})["a"].steps

    assert [each for each, _, _ in steps.of(0)][-1] == note, remark


def test_the_printed_key_earns_full_marks_on_every_variant() -> None:
    item = opened()
    drawn = variants.make(item, "seed", np.arange(40))
    for lang in ("zh", "en"):
        printed = [questions.key(drawn, item.parts[0], row, lang).text for row in range(40)]

        assert marking.mark(item, drawn, {"a": printed})["a"].credit.tolist() == [1.0] * 40
        assert not any("{{" in key for key in printed)


def test_a_variant_on_which_a_mistake_is_spelt_as_the_key_is_not_drawn() -> None:
    drawn = variants.make(opened(), "seed", np.arange(60))

    assert set(drawn.columns["stages"].values.tolist()) == {2, 4}


def test_an_exam_sealed_before_names_were_filled_lets_every_answer_wait() -> None:
    item = opened()
    drawn = variants.given(item, {"stages": "2", "R": "4.7k", "device": "NPN"})
    old = replace(drawn, keys={"a": {"set": drawn.keys["a"]["set"]}})

    done = marking.mark(item, old, {"a": ["2"]})["a"]

    assert (done.waits.tolist(), done.credit.tolist()) == ([True], [0.0])


def test_an_author_who_names_nothing_is_told_and_double_braces_without_a_name_are_a_spelling() -> None:
    with pytest.raises(AssertionError, match="'stage' is not defined; did you mean 'stages'"):
        item_of(OPEN.replace("accept: ['{{ stages }}'", "accept: ['{{ stage }}'"))

    assert marked("{{1, 2}, {3, 4}}", accept="{{1, 2}, {3, 4}}") == (1.0, "text.right")
