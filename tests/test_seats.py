"""Seats: given once, by number and not by place in the list; and the names of the files that are printed for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import grading, intake, papers, store
from qbank.actions import _filenames, make_paper
from qbank.bank import Bank
from qbank.model import Candidate, Refused
from qbank.papers import Exam, seats

NUMBERS = st.lists(st.from_regex(r"[A-C]?[0-9]{1,3}", fullmatch=True), min_size=1, max_size=12, unique=True)


def people(*numbers: str) -> tuple[Candidate, ...]:
    return tuple(map(Candidate, numbers))


def composed(
    gallery: Bank, numbers: Sequence[str], *, seed: str = "s", spares: int = 0, earlier: Exam | None = None
) -> Exam:
    return papers.compose(
        gallery.blueprint("everything"), gallery, seed=seed, candidates=people(*numbers), each=True, spares=spares,
        earlier=(earlier,),
    )  # fmt: skip


def given_codes(exam: Exam) -> dict[str, str]:
    """Which paper everyone has."""
    return {each.id: exam.forms[form] for each, form in zip(exam.candidates, exam.form_of, strict=True)}


ORDERS = [
    (["10", "9", "2"], ["2", "9", "10"], "as people count"),
    (["010", "10", "9"], ["9", "010", "10"], "leading zeros decide last"),
    (["B10", "A2", "B2", "7"], ["7", "A2", "B2", "B10"], "digits before letters"),
    (["学2", "学10", "a"], ["a", "学2", "学10"], ""),
    (["", "0"], ["", "0"], "a blank number comes first and breaks nothing"),
]


@pytest.mark.parametrize(("numbers", "expected", "remark"), ORDERS)
def test_numbers_are_sorted_as_people_count(numbers: list[str], expected: list[str], remark: str) -> None:
    assert sorted(numbers, key=seats.ordinal) == expected, remark


@given(NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_a_list_decides_nothing(numbers: list[str], chance: object) -> None:
    shuffled = list(numbers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (seats.seating(people(*each)) for each in (numbers, shuffled))

    assert dict(zip(numbers, first.seat_of.tolist(), strict=True)) == dict(
        zip(shuffled, second.seat_of.tolist(), strict=True)
    )
    assert sorted(first.seat_of.tolist()) == list(range(len(numbers))), "everyone has a seat, and their own"


def test_a_roster_the_other_way_round_prints_the_same_papers(gallery: Bank, tmp_path: Path) -> None:
    printed = []
    for folder, numbers in (("one", ("2003", "2001", "2002")), ("two", ("2002", "2001", "2003"))):
        make_paper.make_paper(gallery, "everything", tmp_path / folder, candidates=people(*numbers), forms="each",
                              seed="s", web_pages=3, books=False)  # fmt: skip
        printed.append({number: [(tmp_path / folder / f"sheets/{number}.{ending}").read_bytes()
                                 for ending in ("pdf", "html")] for number in numbers})  # fmt: skip

    assert printed[0] == printed[1]
    assert len({pages[0] for pages in printed[0].values()}) == 3


def test_a_seat_is_kept_and_newcomers_get_the_next(gallery: Bank) -> None:
    first = composed(gallery, ["12", "3", "40"], spares=1)
    second = composed(gallery, ["5", "40", "12", "4"], spares=1, earlier=first)
    third = composed(gallery, ["3", "40"], spares=3, earlier=second)

    assert (given_codes(first), first.spares) == ({"3": "001", "12": "002", "40": "003"}, (3,))
    assert given_codes(second) == {"12": "002", "40": "003", "4": "005", "5": "006"}, "3 has left: 001 stays empty"
    assert [second.forms[form] for form in second.spares] == ["004"], "a spare paper that is printed stays spare"
    assert given_codes(third) == {"3": "007", "40": "003"}, "a seat is never given to anyone again"
    assert [third.forms[form] for form in third.spares] == ["004", "008", "009"]
    assert [(third.forms[form], who and who.id) for form, who in third.printed()] == [
        ("007", "3"), ("003", "40"), ("004", None), ("008", None), ("009", None),
    ]  # fmt: skip
    for number in ("12", "40"):
        forms = [int(exam.form_of[list(exam.candidates).index(Candidate(number))]) for exam in (first, second)]
        pages = [papers.sheet(exam, form, "zh") for exam, form in zip((first, second), forms, strict=True)]
        assert pages[0] == pages[1], "the same seat is the same paper"


def test_a_thousandth_seat_does_not_change_the_codes_that_are_printed(gallery: Bank) -> None:
    before = composed(gallery, ["1", "2"])
    after = seats.seating(people(*map(str, range(1, 1002))), earlier=before)

    assert (after.codes[1], after.codes[998], after.codes[1000]) == ("002", "999", "1001")


def test_named_forms_go_round_in_the_order_of_the_list() -> None:
    assert seats.in_turn(people("9", "1", "5"), ("A", "B")).seat_of.tolist() == [0, 1, 0]


def test_an_exam_that_is_replaced_keeps_its_seats_and_its_seed(gallery: Bank, tmp_path: Path) -> None:
    made = [
        make_paper.make_paper(gallery, "everything", tmp_path / "quiz", candidates=people(*numbers), forms="each",
                              seed=seed, web_pages=0, books=False, replace=True).exam
        for numbers, seed in ((("7", "9"), None), (("8", "9"), None), (("8", "9"), "another"))
    ]  # fmt: skip

    assert [given_codes(exam) for exam in made] == [
        {"7": "001", "9": "002"}, {"9": "002", "8": "003"}, {"9": "002", "8": "003"},
    ]  # fmt: skip
    assert (made[0].seed == made[1].seed, made[2].seed) == (True, "another")


def test_a_spare_paper_is_printed_listed_and_given_by_its_code(gallery: Bank, tmp_path: Path) -> None:
    exam = make_paper.make_paper(gallery, "everything", tmp_path / "quiz", candidates=people("7", "9"), forms="each",
                                 spares=1, seed="s", web_pages=0, books=False).exam  # fmt: skip
    sheets = sorted(path.name for path in (tmp_path / "quiz/sheets").iterdir())
    (tmp_path / "r.csv").write_text("candidate,form,Q9\n7,3,\n9,002,\n", encoding="utf-8")
    graded = grading.grade(exam, intake.responses(tmp_path / "r.csv", list(exam.columns())))
    back = papers.opened(lambda path: store.read(tmp_path / "quiz", path))

    assert sheets == ["7.pdf", "9.pdf", "all-001-003.pdf", "spare-003.pdf"]
    assert [(who and who.id, code) for who, code, _ in make_paper.marking_rows(exam, "zh")] == [
        ("7", "001"), ("9", "002"), (None, "003"),
    ]  # fmt: skip
    assert graded.rows.tolist() == [2, 1]
    assert (back.spares, back.printed()) == (exam.spares, exam.printed())


REFUSED = [
    (["a/b", "a_b"], "candidate 'a_b': it would name the same file as 'a/b'", ""),
    (["B1", "b1"], "candidate 'b1': it would name the same file as 'B1'", "capitals"),
    (["é", "e\u0301"], "candidate 'e\u0301': it would name the same file as 'é'", "composed"),
    (["Ａ1", "A1"], "candidate 'A1': it would name the same file as 'Ａ1'", "width"),
    (["9" * 300], f"candidate '{'9' * 40}…': it is too long for the name of a file (300 characters)", ""),
    (["学" * 70], f"candidate '{'学' * 40}…': it is too long for the name of a file (70 characters)", "bytes"),
    ([".."], "candidate '..': it has no letter or digit to name a file", ""),
    ([".7"], "candidate '.7': it begins or ends with a dot, which is not allowed in the name of a file", "hidden"),
    (["7."], "candidate '7.': it begins or ends with a dot, which is not allowed in the name of a file", ""),
    (["all-001-002"], "candidate 'all-001-002': it is the name of a file that qbank writes itself", ""),
    (["Spare-3"], "candidate 'Spare-3': it is the name of a file that qbank writes itself", ""),
    (["con"], "candidate 'con': it is a name that Windows keeps for a device", ""),
    (["COM1.x"], "candidate 'COM1.x': it is a name that Windows keeps for a device", "with an ending"),
    (["nul"], "candidate 'nul': it is a name that Windows keeps for a device", ""),
]


@pytest.mark.parametrize(("numbers", "expected", "remark"), REFUSED)
def test_a_number_that_cannot_name_a_file_is_refused_before_anything_is_printed(
    gallery: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbers: list[str], expected: str, remark: str
) -> None:
    monkeypatch.setattr("qbank.outputs.pdf.print_all", lambda *_: pytest.fail("a page was printed"))
    with pytest.raises(Refused) as caught:
        make_paper.make_paper(gallery, "everything", tmp_path / "quiz", candidates=people(*numbers), forms="each")

    assert str(caught.value) == f"{expected}\n  → give the candidate another number in the roster", remark
    assert list(tmp_path.iterdir()) == []


def test_many_numbers_that_cannot_name_a_file_are_counted(gallery: Bank, tmp_path: Path) -> None:
    numbers = [f"{number}." for number in range(20)]
    with pytest.raises(Refused) as caught:
        make_paper.make_paper(gallery, "everything", tmp_path / "quiz", candidates=people(*numbers), forms="A")

    assert [len(caught.value.problems), caught.value.problems[8].message] == [9, "12 more like these"]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("A,a", "form 'a': it would name the same file as 'A'"),
        ("A,con", "form 'con': it is a name that Windows keeps for a device"),
    ],
)  # fmt: skip
def test_codes_of_forms_name_files_as_well(gallery: Bank, tmp_path: Path, forms: str, expected: str) -> None:
    with pytest.raises(Refused) as caught:
        make_paper.make_paper(gallery, "everything", tmp_path / "quiz", forms=forms)

    assert str(caught.value) == f"{expected}\n  → choose another code"


@given(st.lists(st.text(max_size=8) | st.sampled_from(["CON", "..", "a/b", "a_b", "A_B", "9" * 300]), max_size=6,
                unique=True))  # fmt: skip
def test_names_of_files_are_valid_and_apart(numbers: list[str]) -> None:
    names = _filenames.apart(people(*numbers))

    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(numbers)
    assert not any(set(name) & set('/\\:*?"<>|\0') or name.startswith(".") or not name for name in names)
    assert not any(_filenames._DEVICES.fullmatch(name) for name in names)
    assert all(len(name.encode("utf-8", "replace")) <= _filenames.LONGEST for name in names)


def test_spare_papers_are_for_exams_with_a_form_for_each(gallery: Bank) -> None:
    with pytest.raises(Refused, match="a named form is the same for everybody"):
        papers.compose(gallery.blueprint("everything"), gallery, seed="s", spares=2)


def test_spare_papers_need_no_roster(gallery: Bank) -> None:
    exam = composed(gallery, [], spares=2)

    assert (exam.forms, exam.spares, exam.printed()) == (("001", "002"), (0, 1), [(0, None), (1, None)])


def test_a_number_names_one_person(gallery: Bank) -> None:
    with pytest.raises(Refused, match="2 candidates have the number '7'; every candidate needs a number of their own"):
        composed(gallery, ["7", "8", "7"])
