"""What the class report measures and says, against the marks that it is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from qbank import grading, intake, papers, statistics
from qbank.actions import simulate
from qbank.actions.grade import results
from qbank.bank import Bank
from qbank.grading import Graded
from qbank.model import LANGS, Bilingual, Candidate, Lang, Marks
from qbank.papers import Exam
from qbank.reports import bands, classes, classreport, findings, flags, items, measures, questions, shares
from qbank.reports.classreport import _people, _tables, _verdict
from qbank.reports.findings import FIFTHS, Findings, Measures
from qbank.reports.flags import Flag
from qbank.reports.picks import Pick
from qbank.statistics import Spread

GROUPS = ("一班", "二班", "<b>三班</b>")
COUNT = 60


@pytest.fixture(scope="module")
def sat(gallery: Bank) -> Exam:
    """The gallery's paper for a simulated class of sixty in three groups."""
    people = [replace(who, group=GROUPS[at % 3]) for at, who in enumerate(simulate.roster(COUNT, "report"))]
    return papers.compose(gallery.blueprint("everything"), gallery, seed="report 4b1d 77", candidates=people,
                          forms=("A", "B"), langs=("zh", "en"))  # fmt: skip


def graded_of(exam: Exam, folder: Path, changed: Iterable[pl.Series] = ()) -> Graded:
    """The simulated answers of the class, with some columns changed, graded."""
    frame = simulate.responses(exam, "report").with_columns(*changed)
    intake.write(folder / "given.csv", frame)
    return grading.grade(exam, intake.responses(folder / "given.csv", list(exam.columns())))


@pytest.fixture(scope="module")
def found(sat: Exam, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return findings.of(graded_of(sat, tmp_path_factory.mktemp("sat")))


def alike(one: Spread, other: Spread) -> bool:
    return one.marks.texts() == other.marks.texts() and one.counts.tolist() == other.counts.tolist()


def test_questions_sections_and_classes_add_up(found: Findings) -> None:
    exact, sat = found.tally.exact, found.sat

    assert sat == COUNT - 2, "every 29th simulated candidate is absent"
    assert sum(each.measures.mean for each in found.questions) == pytest.approx(exact.mean)
    assert sum(own.mean for _, own in found.sections) == pytest.approx(exact.mean)
    assert sum(each.measures.worth for each in found.questions) == float(found.graded.exam.total)
    groups = classes.table(found)
    assert [group.name for group in groups] == list(GROUPS)
    assert sum(group.totals.count for group in groups) == sat
    assert sum(group.totals.mean * group.totals.count for group in groups) == pytest.approx(found.totals.mean * sat)
    assert sum(group.passed for group in groups) == bands.passed(found.totals, found.exam.total)
    waiting = found.graded.undecided[0]
    assert waiting > 0
    assert {sum(group.waiting for group in groups), sum(own.waiting for _, own in found.sections),
            sum(each.measures.waiting for each in found.questions)} == {waiting}  # fmt: skip


def test_facility_is_the_share_that_was_earned(found: Findings) -> None:
    for column, own in found.parts.items():
        worth = float(found.graded.exam.columns()[column][2])
        assert own.facility == pytest.approx(found.graded.marks(column)[found.graded.sat].floats.mean() / worth)
        assert own.facility <= own.highest + 1e-12
        fifth = np.searchsorted(found.edges, found.graded.exact()[found.graded.sat].floats, side="right")
        sizes = [(fifth == each).sum() for each in range(FIFTHS)]
        weighed = np.nansum(np.array(own.fifths) * sizes) / sum(sizes)
        assert weighed == pytest.approx(own.facility), "the fifths together are the class"


def test_the_report_and_stats_measure_alike(found: Findings) -> None:
    told = {row["question"]: row for row in measures.questions(measures.of(found.graded), "en").iter_rows(named=True)}

    for each in found.questions:
        own = each.measures
        assert told[each.label]["facility"] == pytest.approx(own.facility, abs=1e-4)
        assert told[each.label]["discrimination"] == items.decimals(own.discrimination)
    for column, own in found.parts.items():
        assert told[column]["facility"] == pytest.approx(own.facility, abs=1e-4)
    options = measures.options(measures.of(found.graded), "en")
    counted = [(column, pick.name, pick.seen, pick.count) for column, own in found.picks.items() for pick in own]
    assert options.select("question", "option", "shown", "chosen").rows() == counted


def test_full_marks_for_all_that_waits_give_the_highest_totals(found: Findings) -> None:
    graded = found.graded
    given = {
        column: np.where(graded.waiting(column), float(worth), graded.by_hand.get(column, np.full(COUNT, np.nan)))
        for column, (_, _, worth) in graded.exam.columns().items()
    }
    decided = replace(graded, by_hand=given)

    assert decided.undecided[0] == 0
    assert alike(Spread.of(decided.totals()[decided.sat]), found.highest)
    assert found.highest.mean > found.totals.mean


def test_every_candidate_picks_one_option_of_a_single_choice(sat: Exam, tmp_path: Path) -> None:
    """Options are counted by what they say and not by their letters, which differ between forms."""
    letters = ["", *("ABCD"[row % 4] for row in range(1, COUNT))]
    own = findings.of(graded_of(sat, tmp_path, [pl.Series("Q2", letters)]))
    placed, part, _ = sat.columns()["Q2"]
    order = sat.drawn[placed.item.id].arrangements[part.id]["order"]
    names = [option.name for option in part.facts.options]
    written = dict.fromkeys(names, 0)
    for row in np.flatnonzero(own.graded.sat).tolist():
        if letters[row]:
            written[names[order[own.graded.rows[row]]["ABCD".index(letters[row])]]] += 1

    picks = own.picks["Q2"]
    assert {pick.name: pick.count for pick in picks} == written
    assert sum(pick.count for pick in picks) == own.sat - 1, "the first left it blank"
    assert all(pick.lower <= pick.seen_lower and pick.upper <= pick.seen_upper <= pick.seen for pick in picks)
    assert own.parts["Q2"].blank == 1


@pytest.mark.parametrize(("totals", "counts"), [
    ([], [0, 0, 0, 0, 0]),
    ([34, 30.6, 30.5, 27.2, 20.4, 20, -1], [2, 2, 0, 1, 2]),  # 90 % of 34 is 30.6, 60 % is 20.4
])  # fmt: skip
def test_bands_hold_everybody_once(totals: list[float], counts: list[int]) -> None:
    marks, full = Marks.of(np.array(totals, dtype=np.float64)), Fraction(34)
    table = bands.table(Spread.of(marks), full)

    assert [band.count for band in table] == counts
    assert bands.passed(Spread.of(marks), full) == sum(counts[:-1])
    assert [band.word["zh"] for band in table] == ["优", "良", "中", "及格", "不及格"]


def test_points_topics_and_levels_share_the_marks_of_the_paper(found: Findings) -> None:
    total = float(found.graded.exam.total)

    for table in (shares.levels(found), shares.topics(found, 12)):
        assert sum(each.worth for each in table) == total
        earned = sum(each.share * each.worth for each in table)
        assert earned == pytest.approx(found.tally.exact.mean)
    assert len(shares.topics(found, 1)) == 1


def measured(facility: float, discrimination: float, *, waiting: int = 0, blank: int = 0, count: int = 400) -> Measures:
    rise, none = waiting * (1 - facility) / count, float("nan")
    return Measures(1.0, count, facility, rise, blank, 0, waiting, 0, 0, discrimination, none, none, (none,) * 5)


@pytest.mark.parametrize(("own", "told"), [
    (measured(0.6, 0.4), []),
    (measured(0.6, 0.05), ["weak"]),
    (measured(0.6, 0.15), ["weak?"]),  # the interval reaches 0.2
    (measured(0.6, 0.05, count=40), ["weak?"]),
    (measured(0.6, -0.3), ["reversed"]),
    (measured(0.6, -0.05), ["reversed?"]),
    (measured(0.21, 0.05), ["weak", "hard"]),
    (measured(0.2, 0.4, waiting=40), ["hard"]),  # with full marks for what waits still below 0.3
    (measured(0.25, 0.4, waiting=80), []),  # or not
    (measured(0.5, 0.05, waiting=80), []),  # a fifth waits: too early for the discrimination
    (measured(0.99, 0.05), ["easy"]),  # where nearly all are right, nothing discriminates
    (measured(0.6, 0.4, blank=100), ["blank"]),
    (measured(0.6, float("nan")), []),
    (measured(float("nan"), float("nan")), []),
])  # fmt: skip
def test_what_deserves_a_look(own: Measures, told: list[str]) -> None:
    assert [str(flag) for flag in flags._measured(own)] == told


def pick(right: bool | None, upper: int) -> Pick:
    return Pick("x", Bilingual(zh="甲", en="one"), right, 30, upper, 10, 0, 10, upper)


@pytest.mark.parametrize(("picks", "upper"), [
    ([pick(True, 4), pick(False, 5), pick(False, 1)], 5),
    ([pick(True, 5), pick(False, 5)], None),
    ([pick(True, 1), pick(None, 6), pick(False, 5)], None),  # it is right on some papers
    ([], None),
])  # fmt: skip
def test_a_wrong_option_that_the_strong_prefer(picks: list[Pick], upper: int | None) -> None:
    wrong = flags.rival(picks)

    assert (wrong.upper if wrong else None) == upper


def test_a_key_that_is_wrong_is_the_first_thing_the_report_says(
    sat: Exam, found: Findings, tmp_path: Path
) -> None:
    """The strong half all take one wrong option, the weak half the key."""
    placed, part, _ = sat.columns()["Q2"]
    drawn, totals = sat.drawn[placed.item.id], found.graded.exact().floats
    right, order = drawn.keys[part.id]["right"], drawn.arrangements[part.id]["order"]
    strong, written = totals >= np.median(totals), []
    for row, form in enumerate(found.graded.rows.tolist()):
        wanted = next(place for place, own in enumerate(right[form]) if own != strong[row])
        written.append("ABCD"[order[form].tolist().index(wanted)])
    suspect = findings.of(graded_of(sat, tmp_path, [pl.Series("Q2", written)]))
    ordered = _tables.order(suspect)
    question, own = ordered[0]

    assert question.label == "Q2"
    assert Flag("reversed") in own
    assert Flag("rival", sure=False) in own
    said = _verdict.of(suspect, ordered, "en").looks[0]
    told = re.fullmatch(r"strong candidates did worse than weak ones \(−0\.\d\d\) and the upper group took “.*” "
                        r"\(\d+\) more often than the key \(0\): check its key first", said.why)  # fmt: skip
    assert told, said.why
    assert "reversed rival" in items.frame(suspect, "en").filter(question="Q2")["flags"][0]
    page = classreport.page(suspect.graded, "zh")
    assert page.index("先核对答案") < page.index('id="totals"'), "before any table"


def test_few_candidates_raise_no_flag(gallery: Bank, tmp_path: Path) -> None:
    few = papers.compose(gallery.blueprint("everything"), gallery, seed="few 4b1d 77 11",
                         candidates=simulate.roster(flags.FEWEST - 1, "few"), langs=("en",))  # fmt: skip
    found = findings.of(graded_of(few, tmp_path))

    assert _tables.order(found) == []
    assert _verdict.of(found, [], "en").intro.startswith("Fewer than 10 candidates sat")


def test_those_who_did_not_sit_are_in_no_measure(found: Findings) -> None:
    """Whatever became of the others."""
    states = tuple("excused" if state == "absent" else state for state in found.graded.states)
    excused = findings.of(replace(found.graded, states=states))

    for own, before in zip(excused.questions, found.questions, strict=True):
        assert own.measures.facility == before.measures.facility
    said = _verdict.of(excused, [], "zh").said[0][0]
    assert said == "应考 60 人，实考 58 人（缓考 2 人）。"


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_needs_nothing_else_and_its_pictures_have_words(found: Findings, lang: Lang) -> None:
    page = classreport.page(found.graded, lang)
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    ids, targets = set(re.findall(r' id="([^"]+)"', page)), set(re.findall(r'href="#([^"]+)"', page))

    assert len(pictures) >= 2 + len(_tables.order(found))
    assert len(ids) == len(re.findall(r' id="([^"]+)"', page)), "an id stands for one place"
    assert targets <= ids
    assert 'href="#waiting"' in page
    for picture in pictures:
        assert re.match(r'<svg class="plot[^"]*" role="img" aria-labelledby="[^"]+" aria-describedby="[^"]+"', picture)
        assert re.search(r"<title id=.*?>[^<]+</title><desc id=.*?>[^<]+</desc>", picture)
        assert 'style="' not in picture
    assert "<script" not in page
    assert "<b>三班</b>" not in page
    assert "&lt;b&gt;三班&lt;/b&gt;" in re.sub(r'</?span[^>]*>', "", page)


def test_a_page_is_bounded(found: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = classreport.page(found.graded, "en")
    monkeypatch.setattr(_people, "REASONS", 10)
    rows = classreport.page(found.graded, "en")
    monkeypatch.setattr(_people, "LISTED", 10)
    none = classreport.page(found.graded, "en")
    candidate = found.graded.candidates[0].id

    assert 'class="candidate"><summary>' in whole
    assert 'class="candidate"><summary>' not in rows
    assert "qbank explain give the reasons of each" in rows
    assert candidate in rows
    assert candidate not in none
    assert len(none) < len(rows) < len(whole)


def test_the_results_have_a_row_a_question_and_a_row_a_part(found: Findings) -> None:
    by_question, by_part = items.frame(found, "en"), questions.frame(found, "en")

    assert by_question["question"].to_list() == [each.label for each in found.questions]
    assert by_question["worth"].sum() == by_part["worth"].sum() == float(found.graded.exam.total)
    assert by_question["mean"].sum() == pytest.approx(found.tally.exact.mean, abs=0.01)
    assert by_question["waiting"].sum() == by_part["waiting"].sum() == found.graded.undecided[0]
    assert dict(results(found.graded))["results/items.csv"].count(b"\n") == len(by_question) + 1


def test_an_error_of_a_total_is_what_stats_says(found: Findings) -> None:
    told = statistics.reliable(measures.of(found.graded).items)
    said = [text for text, _ in _verdict.of(found, [], "en").said]

    assert any(f"α = {told.alpha:.2f}: a total is uncertain by about ±{told.measurement:.1f} marks" in text
               for text in said)  # fmt: skip


def test_a_class_without_groups_is_not_compared(gallery: Bank, tmp_path: Path) -> None:
    alone = papers.compose(gallery.blueprint("everything"), gallery, seed="one 4b1d 77 11",
                           candidates=[Candidate(f"{at}") for at in range(12)], langs=("en",))  # fmt: skip
    graded = graded_of(alone, tmp_path)

    assert _tables.grouped(findings.of(graded), "en") == []
    assert 'id="classes"' not in classreport.page(graded, "en")
