"""One mark replayed step by step, and whose variant it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sat_exam import respond, sealed
from yaml import BaseLoader, load

from qbank import answers, cli
from qbank.actions import review
from qbank.actions.explain import explain
from qbank.actions.grade import grade
from qbank.actions.regrade import keep, regrade
from qbank.actions.trace import trace
from qbank.model import Refused, Rules
from qbank.papers import Exam
from qbank.reviews import Review

Sat = Callable[[Mapping[tuple[str, str], str]], Path]
AT = "2026-01-05T08:00:00Z"


@pytest.fixture
def sat(exam: Exam, tmp_path: Path) -> Sat:
    """Seals the exam, grades responses that are right save where changed, and gives its folder."""

    def made(changed: Mapping[tuple[str, str], str]) -> Path:
        folder = sealed(exam, tmp_path / "exam")
        grade(folder, respond(exam, tmp_path / "given.csv", changed))
        return folder

    return made


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli.group, [str(each) for each in arguments])
    assert done.exit_code == 0, done.exception
    return done.output


def test_a_mistake_is_replayed(sat: Sat) -> None:
    assert run("explain", sat({("2001", "Q9"): " 39"}), "2001", "Q9", "--lang", "en") == (
        "2001 张三  Q9  gallery.number:gain (number), form A\n"
        "  written: 39\n"
        "  read as: 39 (2 significant figures)\n"
        "  key: −39\n"
        "  right: −39.39 … −38.61\n"
        "  step 1: The minus sign is missing; expected −39 ± 1%. × 0\n"
        "  marks: 0 / 3\n"
    )


def test_the_notes_of_the_steps_are_shown_where_they_are_asked_for(sat: Sat) -> None:
    assert run("explain", sat({("2001", "Q9"): " 39"}), "2001", "Q9", "--lang", "en", "--codes").endswith(
        "  step 1: The minus sign is missing; expected −39 ± 1%. × 0\n"
        "    number.mistake.sign, given = 39, asked = -39, low = -39.39, high = -38.61\n"
        "  credit: 0; the rules give 0 / 3\n"
        "  marks: 0 / 3\n"
    )


def test_an_unreadable_answer_and_its_review_are_replayed(sat: Sat) -> None:
    folder = sat({("2002", "Q2"): "B/C"})
    review.keep(folder, [Review("2002", "Q2", "B/C", 1.5, "王老师", AT, "划改不清")])

    assert run("explain", folder, "2002", "2") == (
        "2002 李四  Q2  gallery.choice:region（choice），卷 B\n"
        "  作答：B/C\n"
        "  无法识别；识别停在第 2 个字符，应为：A～D 中的字母\n"
        "  答案：B\n"
        "  得分比例：0；规则给分 0 / 2\n"
        f"  人工评阅：1.5，王老师，{AT}（划改不清）\n"
        "  得分：1.5 / 2\n"
    )


def test_a_carried_value_is_said(sat: Sat) -> None:
    told = run("explain", sat({("2001", "Q10.1"): "100", ("2001", "Q10.2"): "200"}), "2001", "gallery.chain:q")

    assert told == (
        "2001 张三  Q10.2  gallery.chain:q（number），卷 A\n"
        "  作答：200\n"
        "  识别为：200（1–3 位有效数字）\n"
        "  答案：219\n"
        "  判对范围：216.9 … 221.1\n"
        "  沿用考生自己的值 p = 100\n"
        "  步骤 1：按考生自己的 (1) 值继续评分。\n"
        "  步骤 2：正确。\n"
        "  得分：2 / 2\n"
    )


def test_blank_absent_and_marks_typed_into_the_responses_are_replayed(sat: Sat) -> None:
    folder = sat({("2001", "Q9"): "", ("2001", "Q9 marks"): "2", ("2003", "absent"): "yes"})

    assert run("explain", folder, "2001", "Q9").endswith(
        "  作答：（空白）\n"
        "  答案：−39\n"
        "  判对范围：−39.39 … −38.61\n"
        "  步骤 1：未作答。 × 0\n"
        "  得分比例：0；规则给分 0 / 3\n"
        "  答题表中的人工评分：2\n"
        "  得分：2 / 3\n"
    )
    assert run("explain", folder, "2003", "Q9") == "2003 O'Hara  Q9  gallery.number:gain（number），卷 A\n  缺考\n"


READ_AS: list[tuple[str, str, str, str]] = [
    ("kind: number, key: 5, unit: V, tolerance: 1%", "5000 mV", "5000 mV = 5 in SI (1–4 significant figures)",
     "5000 mV = 5（SI）（1–4 位有效数字）"),
    ("kind: number, key: 5, unit: V, tolerance: 1%", "-5.0 V", "−5 V (2 significant figures)", "−5 V（2 位有效数字）"),
    ("kind: number, key: 0.5, tolerance: 1%", "1/2", "0.5", "0.5"),
    ("kind: vector, key: '[0.5, 1]', tolerance: 1%", "(0.5; -1)", "[0.5; −1]", "[0.5; −1]"),
    ("kind: vector, key: '[[1, 2], [3, 4]]', tolerance: exact", "[1 2; 3 4]", "[1, 2; 3, 4]", "[1, 2; 3, 4]"),
    ("kind: set, key: '[1, 2]', tolerance: exact", "2, 1", "(2, 1)", "(2, 1)"),
    ("kind: interval, low: 1, high: inf, brackets: (), tolerance: exact", "(1, ∞)", "(1, ∞)", "(1, ∞)"),
    ("kind: complex, key: 3 + 4*j, unit: Ω, tolerance: 1%", "5∠53.13° Ω", "(3.00001 + 3.99999j) Ω",
     "(3.00001 + 3.99999j) Ω"),
    ("kind: formula, key: x + 1, over: {x: real}", "1+x", "1 + x", "1 + x"),
    ("kind: shape, key: [2, 3]", "2×3", "(2, 3)", "(2, 3)"),
    ("kind: truth, right: yes", "对", "", ""),
    ("kind: text, accept: [heat]", "heat", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "en", "zh"), READ_AS)
def test_what_an_answer_was_taken_for_is_told_in_words(rule: str, text: str, en: str, zh: str) -> None:
    spec = answers.read(load(f"{{{rule}}}", Loader=BaseLoader))
    reading = answers.kind_of(spec.kind).read(spec, [text], Rules())

    assert (reading.told(0, "en"), reading.told(0, "zh")) == (en, zh)


def test_a_question_of_several_parts_is_replayed_part_by_part(sat: Sat) -> None:
    folder = sat({})

    assert [each.column for each in explain(folder, "2001", "10")] == ["Q10.1", "Q10.2", "Q10.3"]
    assert [each.column for each in explain(folder, "2001", "gallery.chain")] == ["Q10.1", "Q10.2", "Q10.3"]
    assert [each.column for each in explain(folder, "2001", "q1.2")] == ["Q1.2"]


def test_the_rule_that_decided_is_named_with_who_set_it(exam: Exam, tmp_path: Path) -> None:
    """The item leaves the rule for several ticks to the paper, save where it says china itself."""
    source = exam.item_sources["gallery.several"]
    open_ = replace(source, text=source.text.replace(b"several: china", b"several: yes"))
    left = replace(exam, item_sources={**exam.item_sources, "gallery.several": open_})
    strict = replace(exam.rules, several="exact")
    sections = (exam.sections[0], replace(exam.sections[1], rules=strict), *exam.sections[2:])
    made = {
        "part": exam,
        "default": left,
        "section": replace(left, sections=sections),
        "paper": replace(left, sections=sections, rules=strict),
    }
    told = {}
    for name, each in made.items():
        folder = sealed(each, tmp_path / name)
        grade(folder, respond(exam, tmp_path / f"{name}.csv", {}))
        (setting,) = explain(folder, "2001", "Q3")[0].settings
        told[name] = (setting.rule, setting.value, setting.set_by)

    assert told == {
        "part": ("several", "china", "part"), "default": ("several", "net", "default"),
        "section": ("several", "exact", "section"), "paper": ("several", "exact", "paper"),
    }  # fmt: skip


def test_a_regrade_is_part_of_the_replay_and_the_key_that_stood_is_shown(sat: Sat) -> None:
    folder = sat({("2001", "Q9"): "-39"})
    text = (Path(__file__).parent / "gallery/items/number.yaml").read_text(encoding="utf-8")
    keep(folder, regrade(folder, text.replace("A: {value: -Rf/R1", "A: {value: -2*Rf/R1"), policy="either", by="Li"))
    (one,) = explain(folder, "2001", "Q9")

    assert (one.key, float(one.marks), one.steps[0].note) == ("−39", 3, "number.right")
    assert [(each.policy, each.by) for each in one.regrades] == [("either", "Li")]
    assert "更正：原答案与更正后的答案，按得分高者计（Li，" in run("explain", folder, "2001", "Q9")


@pytest.mark.parametrize(
    ("candidate", "question", "message"),
    [
        ("2009", "Q9", "the candidate '2009' is not known; did you mean '2003'?"),
        ("2001", "Q1.9", "the question 'Q1.9' is not known; did you mean 'Q1.4'?"),
        ("2001", "gallery.nmber", "the question 'gallery.nmber' is not known; did you mean 'gallery.number'?"),
    ],
)
def test_what_is_not_there_cannot_be_explained(sat: Sat, candidate: str, question: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        explain(sat({}), candidate, question)

    assert str(refusal.value) == message


def test_a_candidates_text_gives_a_terminal_no_orders(sat: Sat) -> None:
    told = run("explain", sat({("2001", "Q15"): "\x1b[2J红\u202e字"}), "2001", "Q15")

    assert "  作答：�[2J红�字\n" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["b = 17"], [("gallery.chain", "A", ["2001", "2003"])]),
        (["b == 13"], [("gallery.chain", "B", ["2002"])]),
        (["a = 7"], [("gallery.chain", "A", ["2001", "2003"]), ("gallery.chain", "B", ["2002"])]),
        (["a = 7", "b > 15"], [("gallery.chain", "A", ["2001", "2003"])]),
        (["r = 5.917"], [("gallery.chain", "A", ["2001", "2003"])]),
        (["A <= -100"], [("gallery.number", "B", ["2002"])]),
        (["b = 11"], []),
    ],
)
def test_a_variant_is_traced_by_its_values_as_printed(
    sat: Sat, conditions: list[str], found: list[tuple[str, str, list[str]]]
) -> None:
    told = trace(sat({}), conditions)

    assert [(each.item, each.form, [who.id for who in each.candidates]) for each in told] == found


def test_a_trace_prints_who_had_which_values(sat: Sat) -> None:
    assert run("trace", sat({}), "--where", "b = 13") == (
        "Q10 gallery.chain, form B: a = 7, b = 13, p = 91, q = 191, r = 7.092, s = 14\n"
        "  2002  李四  一班\n"
        "variants: 1; candidates: 1\n"
    )


@pytest.mark.parametrize(
    ("condition", "item", "message"),
    [
        ("Rff = 4.7k", "", "in this exam, the name 'Rff' is not known; did you mean 'Rf'?"),
        ("R1 = 1k and b = 3", "", "no item of this exam has all of R1, b"),
        ("R1", "", 'a condition must be true or false for each variant, such as "R1 = 4.7k"'),
        ("case == 'off'", "", "gallery.choice: the label 'off' is not known; the known ones are: active, cut, sat"),
        ("b = 3", "gallery.chian",
         "in this exam, the item 'gallery.chian' is not known; did you mean 'gallery.chain'?"),
        ("R1", "gallery.chain",
         "in gallery.chain, the name 'R1' is not known; the known ones are: a, b, p, q, r, s"),
    ],
)  # fmt: skip
def test_a_condition_that_says_nothing_is_refused(sat: Sat, condition: str, item: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        trace(sat({}), [condition], item=item)

    assert str(refusal.value) == message


def test_hostile_conditions_are_only_read(sat: Sat) -> None:
    with pytest.raises(Refused, match=r"^\"__import__\('os'\)\" is not a condition such as \"R1 = 4\.7k\": "):
        trace(sat({}), ["__import__('os')"])
