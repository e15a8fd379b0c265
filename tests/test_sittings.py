"""The sittings of past exams beside a bank: what is read, pooled and written, and when."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qbank import bank
from qbank.actions import schema
from qbank.bank import sittings
from qbank.bank.sittings import ItemMeasured, PartMeasured, Sitting
from qbank.bank.uses import Measured
from qbank.checks import sittings as check
from qbank.model import Bilingual

GALLERY = Path(__file__).parent / "gallery"


def sitting(exam: str, on: str, seal: str = "", **items: ItemMeasured) -> Sitting:
    return Sitting(exam=exam, number=7, seal=seal, title=Bilingual(zh="期中", en=""), date=date.fromisoformat(on),
                   candidates=40, items={name.replace("__", "."): each for name, each in items.items()})  # fmt: skip


def item(count: int, facility: float | None, discrimination: float | None = None) -> ItemMeasured:
    return ItemMeasured(count=count, marks=Fraction(3), facility=facility, discrimination=discrimination)


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., bank.Bank]:
    """A bank of one's own with these sittings."""

    def load(*kept: Sitting, **files: str) -> bank.Bank:
        place = tmp_path / "own"
        (place / "sittings").mkdir(parents=True, exist_ok=True)
        for each in kept:
            (place / "sittings" / f"{each.name}.yaml").write_bytes(sittings.written(each))
        for name, text in files.items():
            (place / "sittings" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return bank.load(GALLERY, place)

    return load


NAMES = st.text(min_size=1, max_size=12)
SHARES = st.none() | st.floats(0, 1)
COUNTS = st.dictionaries(NAMES, st.integers(0, 10_000), max_size=3)
PARTS = st.builds(PartMeasured, marks=st.fractions(0, 20, max_denominator=8), facility=SHARES, discrimination=SHARES,
                  blank=st.integers(0, 99), options=COUNTS, mistakes=COUNTS)  # fmt: skip
ITEMS = st.builds(ItemMeasured, count=st.integers(0, 10**6), variants=st.integers(1, 99),
                  marks=st.fractions(0, 20, max_denominator=8), facility=SHARES, discrimination=SHARES,
                  parts=st.dictionaries(NAMES, PARTS, max_size=2))  # fmt: skip
TITLES = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip("\n").strip())


@given(st.dictionaries(NAMES, ITEMS, max_size=3), TITLES, st.dates(), st.integers(0, 999_999))
def test_what_is_written_is_read_back(
    items: dict[str, ItemMeasured], title: str, on: date, number: int
) -> None:
    """Whatever the names are: words that YAML takes for truth, signs that it forbids."""
    text = Bilingual(zh="", en=title.strip("\n"))
    made = Sitting(exam="final", number=number, title=text, date=on, candidates=3, items=items)
    kept = sittings.written(made)

    read, problems = bank.read(bank.Source("a.yaml", kept), Sitting, sealed=True)

    assert (read, problems) == (made, [])


def test_what_is_written_fits_the_schema_of_an_editor() -> None:
    made = sitting("final", "2025-01-09", gain=ItemMeasured(count=3, marks=Fraction(1, 3), parts={
        "a": PartMeasured(marks=Fraction(1, 3), facility=0.5, options={"no": 2}, mistakes={"number.sign": 1})}))

    valid = Draft202012Validator(json.loads(schema.schema("sitting")))

    assert [error.message for error in valid.iter_errors(yaml.safe_load(sittings.written(made)))] == []


def test_measures_are_pooled_over_sittings_by_how_many_answered(own: Callable[..., bank.Bank]) -> None:
    source = own(
        sitting("final", "2025-01-09", gallery__number=item(30, 0.75, 0.5), matching=item(30, 0.2)),
        sitting("midterm", "2024-11-02", gallery__number=item(10, 0.25, None)),
    )

    assert source.measured("gallery.number") == Measured(40, 2, date(2025, 1, 9), 0.625, 0.5)
    assert source.measured("matching") == Measured(30, 1, date(2025, 1, 9), 0.2, None)
    assert source.measured("truth") is None
    uses = [(use.exam, use.date.year) for use in source.sittings.uses("gallery.number")]
    assert uses == [("midterm", 2024), ("final", 2025)]
    assert [each.exam for each in source.sittings] == ["midterm", "final"]


def test_one_exam_that_two_banks_keep_counts_once(own: Callable[..., bank.Bank], tmp_path: Path) -> None:
    own(sitting("final", "2025-01-09", "ab", gallery__number=item(30, 0.9)))
    other = tmp_path / "other" / "sittings"
    other.mkdir(parents=True)
    again, next_year = sitting("final", "2025-01-09", "ab", gallery__number=item(30, 0.75)), sitting(
        "final", "2026-01-09", "cd", gallery__number=item(10, 0.25))
    (other / "final-000007.yaml").write_bytes(sittings.written(again))
    (other / "final-000008.yaml").write_bytes(sittings.written(next_year))

    source = bank.load(GALLERY, tmp_path / "own", tmp_path / "other")

    assert source.measured("gallery.number") == Measured(40, 2, date(2026, 1, 9), 0.625, None)


def test_an_item_that_is_gone_is_a_warning_and_a_damaged_file_an_error(own: Callable[..., bank.Bank]) -> None:
    source = own(
        sitting("final", "2025-01-09", gallery__number=item(3, 0.5), once__there=item(3, 0.5)),
        broken="exam: final\nnumber: 7\ntitle: {en: A}\ndate: yesterday\ncandidates: 3\nitems: {}\n",
    )

    found = [(each.severity, str(each.place).rpartition("/")[2], each.message) for each in check.check_bank(source)]

    assert found == [
        ("error", "broken.yaml:4:7", "'yesterday' is not a date; write it as 2027-01-12"),
        ("warning", "final-000007.yaml:13:3", "the item 'once.there' is not in this bank"),
    ]
    assert source.measured("gallery.number") is not None


def test_a_bank_does_not_read_its_sittings_before_it_is_asked(own: Callable[..., bank.Bank]) -> None:
    source = own(broken="not: a sitting\n")

    assert source.problems == (), "no item is looked for among the sittings"
    assert "_read" not in vars(source.sittings)
    assert source.sittings.problems != ()


@pytest.mark.parametrize(("changed", "said"), [
    ({"facility": "1.5"}, "1.5"), ({"facility": "nan"}, "nan"), ({"count": "-1"}, "-1"), ({"seed": "4b1d"}, "seed"),
])  # fmt: skip
def test_a_sitting_holds_nothing_but_measures(changed: dict[str, str], said: str) -> None:
    fields = {"count": "3", "marks": "2", **changed}
    told = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    text = f"exam: final\nnumber: 7\ntitle: {{en: A}}\ndate: 2025-01-09\ncandidates: 3\nitems:\n  gain:\n{told}"

    read, problems = bank.read(bank.Source("a.yaml", text.encode()), Sitting, sealed=True)

    assert read is None
    assert said in str(problems[0])
