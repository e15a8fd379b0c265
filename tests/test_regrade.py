"""A corrected item: keys for the values that were on the papers, who changes, and a record that later gradings keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from conftest import GALLERY
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_items import HEAD, item_of
from sat_exam import digest, respond, sealed

from qbank import cli, grading, intake, regrades, regrading, reports, variants
from qbank.actions import review
from qbank.actions.grade import grade
from qbank.actions.history import history
from qbank.actions.regrade import keep, regrade
from qbank.model import Refused
from qbank.papers import Exam
from qbank.regrades import POLICIES, Policy, Regrade
from qbank.regrading import _applied, _corrected
from qbank.reports import feedback
from qbank.reviews import Review

Sat = Callable[[Mapping[tuple[str, str], str]], Path]
GAIN = (GALLERY / "items/number.yaml").read_text(encoding="utf-8")
CHAIN = (GALLERY / "items/chain.yaml").read_text(encoding="utf-8")
INVERTED = GAIN.replace("A: {value: -Rf/R1,", "A: {value: Rf/R1,").replace("value: Rf/R1\n", "value: -Rf/R1\n")
INVERTED = INVERTED.replace("value: 1 + Rf/R1", "value: 1 - Rf/R1")
SQUARED = CHAIN.replace("p: a*b", "p: a*a*b").replace("$p = ab$", "$p = a^2b$")
GIVEN = {("2001", "Q9"): "-39", ("2002", "Q9"): "100", ("2003", "Q9"): ""}
"""The gain with its sign (-39 on form A), without (-100 on form B), and nothing."""


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


@pytest.mark.parametrize(
    ("policy", "marks", "total"),
    [
        ("new", [0, 3, 0], 34),
        ("either", [3, 3, 0], 34),
        ("never-lower", [3, 3, 0], 34),
        ("full", [3, 3, 3], 34),
        ("drop", [0, 0, 0], 31),
    ],
)
def test_a_policy_says_what_counts(sat: Sat, policy: Policy, marks: list[float], total: float) -> None:
    folder = sat(GIVEN)
    done = regrade(folder, INVERTED, policy=policy)

    assert done.before.marks("Q9").tolist() == [3, 0, 0]
    assert done.after.marks("Q9").tolist() == marks
    assert float(done.after.exam.total) == total
    assert done.after.totals().tolist() == [
        before - old + new for before, old, new in zip(done.before.totals().tolist(), [3, 0, 0], marks, strict=True)
    ]


def test_a_total_without_a_part_can_be_scaled_back_to_full_marks(sat: Sat) -> None:
    folder = sat(GIVEN)
    plain = regrade(folder, "", policy="drop", item="gallery.number").after
    done = regrade(folder, "", policy="drop-rescale", item="gallery.number")

    assert [plain.exam.total, plain.scale] == [31, 1]
    assert [done.after.exam.total, done.after.scale] == [34, Fraction(34, 31)]
    assert [done.after.exact()[row] for row in range(3)] == [
        plain.exact()[row] * Fraction(34, 31) for row in range(3)
    ], "exactly, and rounded once"
    assert done.after.totals().tolist() == [float(done.after.exact()[row] * 2 + Fraction(1, 2)) // 1 / 2
                                            for row in range(3)]  # fmt: skip

    keep(folder, done)
    later = regrade(folder, "", policy="drop", item="gallery.chain").after

    assert later.scale == Fraction(34, 31), "a part that is dropped later leaves the scaled total"
    assert later.exam.total == Fraction(34, 31) * (31 - 5)


def test_never_lower_looks_at_the_item_and_either_at_each_part(sat: Sat) -> None:
    """On form A a = 7 and b = 17: p was 119 and is 833 now, q was 219 and is 933."""
    folder = sat({("2001", "Q10.1"): "833", ("2001", "Q10.2"): "219", ("2001", "Q10.3"): ""})
    marks = {
        policy: [float(regrade(folder, SQUARED, policy=policy).after.marks(f"Q10.{part}")[0]) for part in (1, 2, 3)]
        for policy in ("new", "either", "never-lower")
    }

    assert marks == {"new": [2, 0, 0], "either": [2, 2, 0], "never-lower": [2, 0, 0]}


def test_only_the_parts_that_are_named_change(sat: Sat) -> None:
    folder = sat({})
    done = regrade(folder, SQUARED, parts=["p"])

    assert [done.after.marks(f"Q10.{part}").tolist() for part in (1, 2, 3)] == [[0, 0, 0], [2, 2, 2], [1, 1, 1]]


def test_a_part_that_is_not_named_shows_the_key_that_decided(sat: Sat) -> None:
    """p was 119 and is 833 now; q was 219 and would be 933; r = 1000/(q - 50) was 5.92."""
    done = regrade(sat({}), SQUARED, parts=["p"]).after
    lesson = feedback.of(done, 0, "en", key=True)
    back = next(back for back in lesson.questions if back.question.number == 10)

    assert [part.verdict for part in back.parts] == ["wrong", "right", "right"]
    assert [part.key.text for part in back.parts if part.key] == ["833", "219", "5.92"]
    assert "before it was corrected" not in back.parts[0].reason
    assert "before it was corrected" in back.parts[1].reason


def test_a_candidate_whose_total_rounds_to_the_same_is_among_those_who_change(sat: Sat) -> None:
    """On form A q is 219, and 1000/(q - 50) of the own q = 250 is 5: r earns half a mark, and then 0.6 of it."""
    folder = sat({("2001", "Q10.2"): "250", ("2001", "Q10.3"): "5"})
    done = regrade(folder, CHAIN.replace("follow_credit: 0.5", "follow_credit: 0.6"))

    (change,) = done.changes
    assert (change.candidate, change.before, change.after) == ("2001", Fraction(5, 2), Fraction(13, 5))
    assert change.total_before == change.total_after


def test_nothing_is_written_before_it_is_asked_for(sat: Sat, tmp_path: Path) -> None:
    folder, fixed = sat(GIVEN), tmp_path / "fixed.yaml"
    fixed.write_text(INVERTED, encoding="utf-8")
    before = digest(folder)
    told = run("regrade", folder, "--with", fixed, "--by", "Li")

    assert digest(folder) == before
    assert told == (
        "gallery.number: the corrected key alone counts\n\n"
        "candidate   item    total  change\n"
        "2001       3 → 0  29 → 26      -3\n"
        "2002       0 → 3  26 → 29      +3\n\n"
        "candidates: 1 gain, 1 lose, 1 keep their marks for the item\n"
        "mean 27.00 of 34 → 27.00 of 34\n"
        "nothing was written; use --write to write it\n"
    )


def test_what_was_written_is_kept_by_later_gradings(exam: Exam, sat: Sat, tmp_path: Path) -> None:
    folder, fixed = sat(GIVEN), tmp_path / "fixed.yaml"
    fixed.write_text(INVERTED, encoding="utf-8")
    private = digest(folder / "private")
    run("regrade", folder, "--with", fixed, "--policy", "either", "--by", "Li", "--why", "电路图画反", "--write")
    written = (folder / "results/marks.csv").read_bytes()
    record = json.loads((folder / regrades.RECORD).read_text(encoding="utf-8"))

    assert grade(folder).marks("Q9").tolist() == [3, 3, 0]
    assert (folder / "results/marks.csv").read_bytes() == written
    assert grade(folder, respond(exam, tmp_path / "late.csv", {})).marks("Q9").tolist() == [3, 3, 3]
    assert digest(folder / "private") == private
    assert {**record, "at": "", "version": ""} == {
        "item": "gallery.number", "text": INVERTED, "policy": "either", "parts": [], "by": "Li", "at": "",
        "version": "", "why": "电路图画反",
    }  # fmt: skip
    report = (folder / "results/report.html").read_text(encoding="utf-8")
    assert f"由 Li 更正 gallery.number：{POLICIES['either'].zh}。" in report


def test_messages_name_the_file_and_another_encoding_is_refused(sat: Sat, tmp_path: Path) -> None:
    folder, fixed = sat({}), tmp_path / "fixed.yaml"
    for content, message in (
        (GAIN.replace("level: 1", "level: 9").encode(), f"{fixed}:6:8: $.level: "),
        (GAIN.encode("gbk"), f"{fixed}: the text is not UTF-8; save the file as UTF-8"),
    ):
        fixed.write_bytes(content)
        done = CliRunner().invoke(cli.group, ["regrade", str(folder), "--with", str(fixed)])

        assert str(done.exception).startswith(message)


def test_regrades_apply_one_after_another(sat: Sat) -> None:
    folder = sat(GIVEN)
    keep(folder, regrade(folder, INVERTED, policy="new"))
    keep(folder, regrade(folder, GAIN, policy="either"))

    assert grade(folder).marks("Q9").tolist() == [3, 3, 0]
    keep(folder, regrade(folder, "", policy="full", item="gallery.number"))
    assert grade(folder).marks("Q9").tolist() == [3, 3, 3]
    keep(folder, regrade(folder, GAIN))
    assert grade(folder).marks("Q9").tolist() == [3, 0, 0]


def test_the_reasons_are_those_of_the_key_that_decided(sat: Sat) -> None:
    folder = sat(GIVEN | {("2003", "Q9"): "-38"})
    after = regrade(folder, INVERTED.replace("plus-one", "plus-unity"), policy="either").after

    assert [reports.reasons(after, "Q9", row, "en") for row in range(3)] == [
        "Marked by the key before it was corrected. Right.", "Right.",
        "The non-inverting formula was used; expected 39 ± 1%.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "first", "number"),
    [("new", [0.5, 0, 0], [0, 3, 0]), ("either", [0.5, 2, 0], [3, 3, 3]), ("never-lower", [0.5, 2, 0], [3, 3, 3])],
)
def test_a_policy_compares_what_a_candidate_has(
    sat: Sat, policy: Policy, first: list[float], number: list[float]
) -> None:
    """A person's mark stays, so that nothing is won in that part; marks that all were given are lost by `new` alone."""
    folder = sat(GIVEN | {("2001", "Q10.1"): "833", ("2001", "Q10.2"): "219", ("2001", "Q10.3"): ""})
    review.keep(folder, [Review("2001", "Q10.1", "833", 0.5, "Li", "2026-01-05T08:00:00Z")])
    keep(folder, regrade(folder, "", policy="full", item="gallery.number"))
    chain, gain = (regrade(folder, text, policy=policy).after for text in (SQUARED, INVERTED))

    assert [float(chain.marks(f"Q10.{part}")[0]) for part in (1, 2, 3)] == first
    assert gain.marks("Q9").tolist() == number
    assert chain.marks("Q9").tolist() == [3, 3, 3], "another item keeps what was settled"


def test_every_mark_is_of_one_key(sat: Sat) -> None:
    """2001 wrote what the first key asks, 2002 what the second one asks; the third key is the first again."""
    done = regrade(sat(GIVEN), INVERTED, policy="either")
    first, second = done.before, done.after
    third = regrading.regraded(second, Regrade("gallery.number", GAIN, "either", (), "Li", "", ""))

    assert [(graded, rows.tolist()) for graded, rows in first.standings("Q9")] == [(first, [True, True, True])]
    assert [(graded, rows.tolist()) for graded, rows in third.standings("Q9")] == [
        (third, [True, False, True]), (second, [False, True, False]), (first, [False, False, False]),
    ]  # fmt: skip
    assert [third.standing("Q9", row) for row in range(3)] == [third, second, third]


@pytest.mark.parametrize(("policy", "zh"), [("full", "本小题有误，全部给分。"), ("drop", "本小题有误，不计入总分。")])
def test_a_settled_part_says_so_and_waits_for_nobody(sat: Sat, policy: Policy, zh: str) -> None:
    folder = sat({("2001", "Q9"): "约两倍"})
    done = regrade(folder, "", policy=policy, item="gallery.number")

    assert reports.reasons(done.after, "Q9", 0, "zh") == zh
    assert done.before.waiting("Q9").tolist() == [True, False, False]
    assert not done.after.waiting("Q9").any()


def test_an_absent_candidate_gets_nothing_from_full_marks(exam: Exam, sat: Sat, tmp_path: Path) -> None:
    folder = sat({})
    path = respond(exam, tmp_path / "later.csv", {("2002", "absent"): "yes"})
    grade(folder, path)

    assert regrade(folder, "", policy="full", item="gallery.number").after.marks("Q9").tolist() == [3, 0, 3]


@pytest.mark.parametrize(("policy", "marks"), [("either", [3, 3, 3]), ("never-lower", [3, 3, 3]), ("new", [0, 3, 0])])
def test_full_marks_for_all_are_not_taken_away_by_a_policy_that_takes_none(
    sat: Sat, policy: Policy, marks: list[float]
) -> None:
    folder = sat(GIVEN)
    keep(folder, regrade(folder, "", policy="full", item="gallery.number"))

    assert regrade(folder, INVERTED, policy=policy).after.marks("Q9").tolist() == marks


def test_a_persons_verdict_survives_a_regrade(sat: Sat) -> None:
    folder = sat(GIVEN)
    at = "2026-01-05T08:00:00Z"
    review.keep(folder, [Review("2001", "Q9", "-39", 2.5, "Li", at), Review("2002", "Q9", "100", 0, "Li", at)])
    done = regrade(folder, INVERTED)
    keep(folder, done)

    assert done.compared.by_hand == 2, "no mark is a verdict too"
    assert grade(folder).marks("Q9").tolist() == [2.5, 0, 0]
    assert grade(folder).machine("Q9").tolist() == [0, 3, 0]


ANSWER = st.sampled_from(["119", "833", "100", "219", "933", "5.92", "1.13", "", "?", "0"])


@settings(max_examples=25)
@given(answered=st.lists(st.tuples(ANSWER, ANSWER, ANSWER), min_size=3, max_size=3))
def test_policies_keep_their_laws_on_any_answers(exam: Exam, answered: list[tuple[str, str, str]]) -> None:
    """`new` is grading with the corrected item; `either` lowers no part; `never-lower` lowers no item."""
    texts = dict.fromkeys(exam.columns(), [""] * 3)
    texts |= {f"Q10.{part + 1}": [row[part] for row in answered] for part in range(3)}
    who = [each.id for each in exam.candidates]
    frame = pl.DataFrame({"candidate": who, "absent": [False] * 3, **texts})
    table = intake.Table("given", frame, pl.DataFrame(), (2, 3, 4), ())
    before = grading.grade(exam, table)
    after = {
        policy: regrading.regraded(before, Regrade("gallery.chain", SQUARED, policy, (), "Li", "", ""))
        for policy in ("new", "either", "never-lower")
    }
    fresh, _ = regrading.corrected(exam, SQUARED)
    parts = [f"Q10.{part}" for part in (1, 2, 3)]
    old, new, either, never = (
        np.array([graded.marks(part) for part in parts])
        for graded in (before, after["new"], after["either"], after["never-lower"])
    )

    assert np.array_equal(new, [grading.grade(fresh, table).marks(part) for part in parts])
    assert np.array_equal(either, np.maximum(old, new))
    assert (never.sum(axis=0) >= old.sum(axis=0)).all()
    assert np.array_equal(never, np.where(old.sum(axis=0) > new.sum(axis=0) + 1e-9, old, new))


REFUSED = [
    ("no item of the exam", GAIN.replace("id: gallery.number", "id: gallery.numbers"),
     "in this exam, the item 'gallery.numbers' is not known; did you mean 'gallery.number'?"),
    ("a parameter more", GAIN.replace("  R1: {series", "  R3: {values: [1, 2]}\n  R1: {series"),
     "gallery.number: the papers have no value of the parameter 'R3'; their parameters are: R1, Rf"),
    ("a parameter of another name", GAIN.replace("R1", "R3"),
     ("gallery.number: the papers have no value of the parameter 'R3'; their parameters are: R1, Rf\n"
     "gallery.number: the parameter 'R1', which is on the papers, is missing")),
    ("a key that the values do not give", GAIN.replace("key: A\n", "key: '[A, A]'\n"),
     ("gallery.number: the values that were on the papers do not fit the corrected item: a number must be one "
     "value on each variant, but [A, A] is an array")),
    ("a label that is not there", GAIN.replace("derive:\n", "derive:\n  size: {value: Rf, labels: [none, one]}\n"),
     ("gallery.number: the values that were on the papers do not fit the corrected item: the value of size is not one "
      "of its labels")),
    ("a label that one of two forms has", GAIN.replace(
        "derive:\n", "derive:\n  size: {value: 2 if Rf/R1 > 50 else 0, labels: [none, one]}\n"),
     ("gallery.number: the values that were on the papers do not fit the corrected item: the value of size is not one "
      "of its labels")),
    ("a part less", CHAIN[: CHAIN.index("  - id: r")],
     "gallery.chain: the corrected item has the parts p, q, but the papers have p, q, r"),
    ("another option", (GALLERY / "items/several.yaml").read_text(encoding="utf-8").replace("mlp:", "cnn:"),
     ("gallery.several: part gated: the papers show choice: lstm, gru, rnn, mlp (in this order), "
      "not choice: lstm, gru, rnn, cnn")),
    ("options where there were none", GAIN[: GAIN.index("    answer:")]
     + "    answer: {kind: truth, twins: {a: {right: yes, zh: 甲, en: A}, b: {right: no, zh: 乙, en: B}}}\n",
     "gallery.number: part gain: the papers show no options, so the kind 'truth' is not possible"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_an_item_that_does_not_fit_the_papers_is_refused(sat: Sat, text: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        regrade(sat({}), text)

    assert str(refusal.value) == message


def test_a_corrected_item_is_checked_like_any_other(sat: Sat) -> None:
    with pytest.raises(Refused) as refusal:
        regrade(sat({}), GAIN.replace("tolerance: 1%", "tolerance: 1 pct"))

    assert str(refusal.value).startswith("the corrected item:28:18: $.parts[0].answer.tolerance: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"policy": "new"}, "the policy 'new' needs a corrected item: --with fixed.yaml"),
        ({"policy": "full", "item": "gallery.nmber"},
         "in this exam, the item 'gallery.nmber' is not known; did you mean 'gallery.number'?"),
        ({"policy": "drop", "item": "gallery.chain", "parts": ["z"]},
         "gallery.chain: the part 'z' is not known; the known ones are: p, q, r"),
    ],
)  # fmt: skip
def test_what_cannot_be_regraded_is_refused(sat: Sat, arguments: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        regrade(sat({}), "", **arguments)  # type: ignore[arg-type]

    assert str(refusal.value) == message


def test_a_value_that_the_papers_show_is_warned_of_when_it_changes(sat: Sat) -> None:
    text = (GALLERY / "items/choice.yaml").read_text(encoding="utf-8")
    done = regrade(sat({}), text.replace("UE + 0.7", "UE + 0.6"))

    cases = done.before.exam.drawn["gallery.choice"].columns["case"]
    changed = sum(cases.labels[code] != "cut" for code in cases.values)
    assert "".join(map(str, done.after.problems)) == (
        f"gallery.choice: the papers show UB, which now has another value on {changed} of 2 forms\n"
        "  → marks are given by the new value, which no candidate saw"
    )


@pytest.mark.parametrize(
    ("old", "new", "forms"),
    [
        ([1, 2], [1, 3], 1),
        ([[1, 2], [3, 4]], [[1, 2], [3, 5]], 1),  # one number of a vector
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]], 0),
        ([[1, 2], [3, 4]], [[1, 2, 0], [3, 4, 0]], 2),  # another length
    ],
)
def test_a_form_shows_another_value_if_a_single_number_of_it_changes(
    old: list[object], new: list[object], forms: int
) -> None:
    assert _corrected._differ(np.array(old), np.array(new)) == forms


TWICE = f"""{HEAD}
parameters: {{a: {{values: [4, 6]}}}}
derive: {{b: a + 1}}
stem: {{zh: 一个数, en: A number}}
parts:
  - id: p
    answer: {{kind: number, key: 2*a, tolerance: 1%, mistakes: {{once: {{value: b, zh: 忘乘, en: once}}}}}}
"""


@pytest.mark.parametrize(
    ("change", "otherwise", "remark"),
    [
        (("a + 1", "1 + a"), False, "the same values"),
        (("a + 1", "a + 2"), True, "a mistake has another value, the key has not"),
        (("2*a", "3*a"), True, ""),
        (("1%", "2%"), True, ""),
    ],
)
def test_a_part_is_asked_otherwise_if_a_single_value_of_its_key_is_another(
    change: tuple[str, str], otherwise: bool, remark: str
) -> None:
    before, after = (variants.given(item_of(text), {"a": "4"}) for text in (TWICE, TWICE.replace(*change)))

    assert _applied._is_asked_otherwise("p", before, after) == otherwise, remark


def test_a_line_that_is_no_regrade_is_named(sat: Sat) -> None:
    folder = sat({})
    (folder / regrades.RECORD).write_bytes(b"{}\n")
    with pytest.raises(Refused) as refusal:
        grade(folder)

    assert str(refusal.value) == (
        "regrades.jsonl, line 1: this is not a regrade, which has the fields item, text, policy, parts, by, at, "
        "version, why\n  → restore the line from a copy of the file"
    )


def test_the_same_regrade_is_kept_once(sat: Sat) -> None:
    folder = sat(GIVEN)
    first = regrade(folder, INVERTED, policy="either", by="Li")
    keep(folder, first)
    told = []
    for again in (first, regrade(folder, INVERTED, policy="either", by="Wang")):
        with pytest.raises(Refused) as refusal:
            keep(folder, again)
        told.append(str(refusal.value))

    assert told == [
        f"{folder}: results, reviews or regrades have changed in the meantime; run 'qbank regrade' again",
        f"{folder}: this regrade of gallery.number is already kept (Li, {first.regrade.at})",
    ]
    assert (folder / regrades.RECORD).read_bytes().count(b"\n") == 1


def test_a_regrade_is_kept_for_the_marks_that_were_shown_or_not_at_all(sat: Sat) -> None:
    folder = sat(GIVEN)
    done = regrade(folder, INVERTED, by="Li")
    review.keep(folder, [Review("2001", "Q15", "", 4, "Li", "2026-01-05T08:00:00Z")])
    with pytest.raises(Refused, match="results, reviews or regrades have changed in the meantime; run"):
        keep(folder, done)

    assert not (folder / regrades.RECORD).exists()
    assert history(folder, verify=True).differences == ()
