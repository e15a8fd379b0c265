"""A text may be a list of passages, some of which appear only where a condition holds."""

from __future__ import annotations

import numpy as np
import pytest
from sample_items import HEAD, faults, item_of

from qbank import checks, papers, variants
from qbank.bank import Bank, Source
from qbank.bank.item import Item
from qbank.checks import names
from qbank.checks._sample import over
from qbank.model import Lang, Maths, Paragraph
from qbank.outputs import text as plain

ASKED = "parts: [{id: a, ask: {zh: 求, en: Find}, answer: {kind: number, key: x, tolerance: 1%}}]\n"
PARAMETERS = "parameters: {x: {integers: [1, 9]}}\n"


def asked(stem: str, x: int, lang: Lang, rest: str = ASKED) -> str:
    """The stem as one variant's question prints it."""
    item = item_of(f"{HEAD}{PARAMETERS}stem:\n{stem}\n{rest}")
    return plain.body(papers.question(variants.given(item, {"x": str(x)}), 0, lang, {}, 1, (item.marks,)).stem, lang)


TEXTS: list[tuple[str, int, str, str, str]] = [
    # the stem, x, what it says in Chinese and in English, remark
    ("- {zh: 甲, en: A}\n- {when: x > 5, zh: 乙, en: B}", 9, "甲乙", "A B", "a passage goes on in the line"),
    ("- {zh: 甲, en: A}\n- {when: x > 5, zh: 乙, en: B}", 1, "甲", "A", "and appears only where its condition holds"),
    ("- {when: x > 5, zh: 甲, en: A}\n- {when: x <= 5, zh: 乙, en: B}", 1, "乙", "B", "one or the other"),
    ("- {zh: 甲, en: A}\n- zh: |\n\n    乙\n  en: |\n\n    B", 1, "甲\n乙", "A\nB", "an empty line begins a paragraph"),
    ("- {zh: '甲 $x$', en: A $x$}\n- {zh: $y$, en: $y$}", 1, "甲 x y", "A x y", "formulas take a space"),
    ("- {zh: '$x$', en: '$x$'}\n- {zh: 乙, en: B}", 1, "x乙", "x B", "a Chinese character takes none"),
    ("- zh: |\n    |a|\n    |-|\n  en: |\n    |a|\n    |-|\n- {zh: 乙, en: B}", 1, "a\n乙", "a\nB", "after a table"),
    ("  zh: 甲\n  en: A", 1, "甲", "A", "a text that is no list is one passage"),
]


@pytest.mark.parametrize(("stem", "x", "zh", "en", "remark"), TEXTS, ids=[row[-1] for row in TEXTS])
def test_passages_are_read_as_if_they_were_written_one_under_another(
    stem: str, x: int, zh: str, en: str, remark: str
) -> None:
    assert (asked(stem, x, "zh"), asked(stem, x, "en")) == (zh, en), remark


def test_a_figure_that_only_a_passage_places_appears_with_it_alone() -> None:
    rest = ASKED + "figures: {g: {plot: crossover}}\n"
    stem = "- {zh: 甲, en: A}\n- {when: x > 5, zh: '[[figure g]]', en: '[[figure g]]'}"

    assert [asked(stem, x, "en", rest).startswith("A\n[figure: ") for x in (1, 9)] == [False, True]
    assert asked(stem, 1, "en", rest) == "A"


FAULTS: list[tuple[str, str, str]] = [
    ("stem: {when: x > 3, zh: 甲, en: A}", "$.stem",
     "a passage with when: must be in a list, - {when: …, zh: …, en: …}, beside the passages that always appear"),
    ("stem: []", "$.stem", "a text has 1 to 20 passages, not 0"),
    ("stem: [{zh: 甲, en: A}, {when: 'x >', zh: 乙, en: B}]", "$.stem[1].when", "a value is missing at the end"),
    ("stem: [{zh: 甲, en: A}, {when: z > 3, zh: 乙, en: B}]", "$.stem[1].when", "'z' is not defined; this item has x"),
    ("stem: [{zh: 甲, en: A}, {when: x > 3, zh: 乙}]", "$.stem[1]", "the English text (en:) is missing"),
    ("stem: [{zh: 甲, en: A}, {when: x > 3, zh: 乙 $, en: B}]", "$.stem[1].zh",
     "the formula is not closed with $; a dollar sign is written \\$"),
    ("stem: [{zh: 甲, en: A}, {whem: x > 3, zh: 乙, en: B}]", "$.stem[1]", "a text has zh: and en: only, not 'whem'"),
    ("solution: [{zh: '{{ z }}', en: A}]", "$.solution[0].zh", "'z' is not defined; this item has x"),
]


@pytest.mark.parametrize(("field", "path", "message"), FAULTS, ids=[f"{row[1]} {row[2][:20]}" for row in FAULTS])
def test_a_passage_that_cannot_be_read_says_where(field: str, path: str, message: str) -> None:
    found = faults(f"{HEAD}{PARAMETERS}{field}\n{ASKED}")

    assert len(found) == 1
    assert f": {path}: {message}\n" in found[0]


ALONE = "parts: [{id: a, answer: {kind: number, key: x, tolerance: 1%}}]\n"
CONDITIONAL = ASKED.replace("ask: {zh: 求, en: Find}", "ask: [{when: x > 3, zh: 求, en: Find}]")


@pytest.mark.parametrize(("rest", "path", "message"), [
    (CONDITIONAL, "$.parts[0].ask", "the question appears on every variant; write a passage without when:"),
    (f"stem: [{{when: x > 3, zh: 求, en: Find}}]\n{ALONE}", "$.stem",
     "the stem asks the question, which appears on every variant; write a passage without when:"),
    (f"stem: [{{zh: 求, en: Find}}, {{when: x > 3, zh: '[[a]]', en: '[[a]]'}}]\n{ALONE}", "$.stem[1].zh",
     "[[a]]: a blank appears on every variant, so its passage must not have when:"),
])  # fmt: skip
def test_what_is_asked_never_depends_on_a_condition(rest: str, path: str, message: str) -> None:
    found = faults(f"{HEAD}{PARAMETERS}{rest}")

    assert f": {path}: {message}\n" in found[0]


def test_a_blank_may_stand_in_a_passage_that_always_appears() -> None:
    stem = "stem: [{zh: '求 [[a]]', en: 'Find [[a]]'}, {when: x > 3, zh: 甲, en: A}]\n"
    item = item_of(f"{HEAD}{PARAMETERS}{stem}{ALONE}")

    assert item.blank_parts("zh") == ("a",)


SHOWN = """
parameters:
  case: {labels: {open: {zh: 断开, en: open}, closed: {zh: 闭合, en: closed}}}
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
derive:
  A: {value: "-Rf/R1 if case == 'closed' else %s", symbol: A_u}
stem:
- zh: 开关{{ case }}，$R_1 = {{ R1 }}$。
  en: The switch is {{ case }}, and $R_1 = {{ R1 }}$.
- when: case == 'closed'
  zh: 又 $R_f = {{ Rf }}$。
  en: Also, $R_f = {{ Rf }}$.
"""


def scene_of(text: str) -> checks.Scene:
    source = Source("sample.yaml", over(text).encode())
    item: Item = item_of(over(text))
    return checks.scene(Bank(items={item.id: item}, sources={item.id: source}), item.id, 200)


@pytest.mark.parametrize(("otherwise", "expected"), [
    ("-R1/1000", []),
    ("-R1/Rf", ["the key of part 'gain' depends on Rf, which some variants do not show"]),
])  # fmt: skip
def test_what_a_key_needs_is_shown_on_every_variant_that_needs_it(otherwise: str, expected: list[str]) -> None:
    found = list(names.check(scene_of(SHOWN % otherwise)))

    assert [problem.message.partition(" (seat")[0] for problem in found] == expected


def test_the_label_that_picks_a_passage_is_seen() -> None:
    hidden = SHOWN.replace("{{ case }}", "甲").replace("labels: {", "hidden: yes, labels: {") % "-R1/1000"

    assert list(names.check(scene_of(hidden))) == []


def test_a_passage_decides_no_draw() -> None:
    one = item_of(f"{HEAD}{PARAMETERS}stem: {{zh: 甲, en: A}}\n{ASKED}")
    two = item_of(f"{HEAD}{PARAMETERS}stem: [{{zh: 甲, en: A}}, {{when: x > 3, zh: 乙, en: B}}]\n{ASKED}")

    drawn = [variants.make(item, "seed", np.arange(9)).columns["x"].values.tolist() for item in (one, two)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("open", r"I = 0\,\mathrm{mA}"),
        ("closed", r"I = \frac{U}{R} = \frac{5\,\mathrm{V}}{1\,\mathrm{k\Omega}} = 5\,\mathrm{mA}"),
    ],
)
def test_a_worked_line_takes_the_branch_of_the_variant(case: str, line: str) -> None:
    drawn = variants.make(item_of(f"""
id: branch
title: {{zh: 电流, en: A current}}
topic: t
level: 1
parameters:
  case: {{labels: [open, closed]}}
  U: {{value: 5 V}}
  R: {{value: 1 kΩ}}
require: ["case == '{case}'"]
derive: {{I: {{value: "U/R if case == 'closed' else 0", unit: mA}}}}
parts:
  - id: i
    ask: {{zh: 求 $I$, en: Find $I$}}
    answer: {{kind: number, key: I, unit: mA, tolerance: 1%}}
solution: {{zh: "[[derive I]]", en: "[[derive I]]"}}
"""), "seed", [0])
    (worked,) = papers.worked(drawn, 0, "zh", {}, 1, (drawn.item.marks,)).solution

    assert isinstance(worked, Paragraph)
    assert [piece.tex for piece in worked.inlines if isinstance(piece, Maths)] == [line]
