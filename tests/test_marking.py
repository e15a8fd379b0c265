"""Marking: a batch marks as its rows do, errors are carried forward fairly, blanks may come in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_items import HEAD, faults, item_of

from qbank import answers, marking, numerals, papers, variants
from qbank.bank import Bank
from qbank.bank.item import Item
from qbank.distinct import FEW, distinct
from qbank.draws import Chance
from qbank.marking import Marked
from qbank.model import Rules
from qbank.papers import Exam
from qbank.variants import Variants

ODD = [
    "", " ", "=cmd|' /C calc'!A0", "nan", "9^9^9^9", "A" * 1001, "\x00", "-", "𝟙", "\ud800", "1,5", "√×", "[[1],2]",
    "A",
]  # fmt: skip
Told = dict[str, list[tuple[str, float]]]


def told(marked: Mapping[str, Marked], row: int = 0) -> Told:
    """(note, scale) of every step of one row, by part."""
    return {name: [(note, scale) for note, scale, _ in part.steps.of(row)] for name, part in marked.items()}


def one(item: Item, drawn: Variants, **written: str) -> dict[str, Marked]:
    """The marks of one candidate; what is not written is blank."""
    return marking.mark(item, drawn, {part.id: [written.get(part.id, "")] for part in item.parts})


def written_by_many(item: Item, drawn: Variants, count: int) -> dict[str, list[str]]:
    """For each part: right spellings, wrong answers, unreadable and odd ones, as a class would write them."""
    chance = Chance("class", item.id)
    texts: dict[str, list[str]] = {}
    for part in item.parts:
        kind, key, arrangement = answers.kind_of(part.kind), drawn.keys[part.id], drawn.arrangements[part.id]
        picks = chance.several(part.id, 1 << 18, 2, np.arange(count))
        texts[part.id] = []
        for row, (which, pick) in enumerate(picks.tolist()):
            pool = [
                kind.spellings(part.answer, key, arrangement, row),
                [text for text, _ in kind.wrong(part.answer, key, arrangement, row)],
                kind.unreadable(part.answer),
                ODD,
            ][which % 4] or [""]
            texts[part.id].append(pool[pick % len(pool)])
    return texts


NAMES = [
    "number", "chain", "blanks", "choice", "several", "truth_1", "truth_5", "matching", "ordering", "shape", "vector",
    "essay",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_marks_as_its_rows_do_one_by_one(gallery: Bank, name: str) -> None:
    item = gallery.item(f"gallery.{name}")
    drawn = variants.make(item, "seed", np.arange(80))
    texts = written_by_many(item, drawn, 80)

    together = marking.mark(item, drawn, texts)

    for row in range(80):
        alone = marking.mark(
            item, drawn, {part: [each[row]] for part, each in texts.items()}, np.array([row])
        )
        assert told(alone) == told(together, row)
        for part in texts:
            assert alone[part].credit[0] == together[part].credit[row]
            assert alone[part].reading.state[0] == together[part].reading.state[row]


@pytest.mark.parametrize("name", NAMES)
def test_rows_say_which_variant_an_answer_is_to(gallery: Bank, name: str) -> None:
    item = gallery.item(f"gallery.{name}")
    drawn = variants.make(item, "seed", np.arange(20))
    texts = written_by_many(item, drawn, 20)
    rows = np.array([3, 19, 3, 0])

    asked = marking.mark(item, drawn, {part: [each[row] for row in rows] for part, each in texts.items()}, rows)
    whole = marking.mark(item, drawn, texts)

    assert [told(asked, place) for place in range(4)] == [told(whole, row) for row in rows]

    turned = np.roll(np.arange(20), 1)  # as many answers as variants, in another order
    asked = marking.mark(item, drawn, {part: [each[row] for row in turned] for part, each in texts.items()}, turned)
    assert [told(asked, place) for place in range(20)] == [told(whole, row) for row in turned.tolist()]
    first = marking.mark(item, drawn, {part: each[:5] for part, each in texts.items()})
    assert [told(first, row) for row in range(5)] == [told(whole, row) for row in range(5)]


@pytest.mark.parametrize("name", NAMES)
def test_a_sealed_key_marks_as_the_live_key_does(exam: Exam, name: str) -> None:
    files = dict(papers.files(exam))
    sealed = papers.opened(lambda path: files[path])
    item, drawn = exam.drawn[f"gallery.{name}"].item, exam.drawn[f"gallery.{name}"]
    texts = written_by_many(item, drawn, 2)

    kept = sealed.drawn[item.id]

    assert told(marking.mark(kept.item, kept, texts), 0) == told(marking.mark(item, drawn, texts), 0)
    assert told(marking.mark(kept.item, kept, texts), 1) == told(marking.mark(item, drawn, texts), 1)
    for part in item.parts:
        for name, array in drawn.keys[part.id].items():
            assert np.array_equal(kept.keys[part.id][name], array, equal_nan=array.dtype.kind == "f"), name
            assert kept.keys[part.id][name].dtype == array.dtype
    for column, values in drawn.columns.items():
        assert np.array_equal(kept.columns[column].values, values.values)
        assert kept.columns[column].labels == values.labels


@settings(max_examples=60)
@given(text=st.text(max_size=40) | st.sampled_from(ODD))
@pytest.mark.parametrize("name", NAMES)
def test_any_text_at_all_gives_a_mark(gallery: Bank, name: str, text: str) -> None:
    item = gallery.item(f"gallery.{name}")
    drawn = variants.make(item, "seed", np.arange(1))

    marked = marking.mark(item, drawn, {part.id: [text] for part in item.parts})

    for part in marked.values():
        assert -1 <= part.credit[0] <= 1
        assert (not text.strip()) <= part.steps.noted("blank".__eq__)[0] <= (not numerals.visible(text).strip())


NUMBERS = st.sampled_from(["0", "50", "-50", "22", "24", "122", "124", "1e9", "1e-9", "13.9", "13.51", "x", ""])


@settings(max_examples=150)
@given(p=NUMBERS | st.floats(-1e6, 1e6).map(str), q=NUMBERS | st.floats(-1e6, 1e6).map(str), r=NUMBERS)
def test_whatever_is_carried_gives_a_mark_and_never_lowers_one(gallery: Bank, p: str, q: str, r: str) -> None:
    """q = 50 leaves nothing to divide by: no key follows from it, and the sealed one stands."""
    item = gallery.item("gallery.chain")
    drawn = variants.given(item, {"a": "2", "b": "11"})

    carried = one(item, drawn, p=p, q=q, r=r)

    plain = item.model_copy(update={"parts": tuple(part.model_copy(update={"follows": ()}) for part in item.parts)})
    alone = one(plain, drawn, p=p, q=q, r=r)
    for part in ("p", "q", "r"):
        assert alone[part].credit[0] <= carried[part].credit[0] <= 1


RIGHT, WRONG, TEN = [("number.right", 1.0)], [("number.wrong", 0.0)], [("number.power-of-ten", 0.0)]


@pytest.mark.parametrize(
    ("written", "expected", "remark"),
    [
        ({"p": "22", "q": "122", "r": "13.89"}, {"p": RIGHT, "q": RIGHT, "r": RIGHT}, "nothing to carry"),
        (
            {"p": "24", "q": "124", "r": "13.89"},
            {"p": WRONG, "q": [("carried.p", 1.0), *RIGHT], "r": RIGHT},
            "the better mark counts: r is right by the true q",
        ),
        (
            {"p": "24", "q": "124", "r": "13.51"},
            {
                "p": WRONG,
                "q": [("carried.p", 1.0), *RIGHT],
                "r": [("carried.q", 1.0), *RIGHT, ("carried.credit", 0.5)],
            },
            "a chain: q is right by the own p, and yet another number than the true q",
        ),
        ({"p": "24", "q": "999", "r": "1.054"}, {"p": WRONG, "q": WRONG, "r": [("carried.q", 1.0), *RIGHT,
          ("carried.credit", 0.5)]}, "r follows q alone"),
        ({"p": "0", "q": "100", "r": "20"}, {"p": WRONG, "q": WRONG, "r": [("carried.q", 1.0), *RIGHT,
          ("carried.credit", 0.5)]}, "0 is not carried"),
        ({"p": "22001", "q": "22101", "r": ""}, {"p": TEN, "q": WRONG, "r": [("blank", 0.0)]},
         "beyond a factor of 1000"),
        ({"p": "21999", "q": "22099", "r": ""}, {"p": TEN, "q": [("carried.p", 1.0), *RIGHT], "r": [("blank", 0.0)]},
         "within a factor of 1000"),
        ({"p": "0.0221", "q": "100.02", "r": ""}, {"p": TEN, "q": [("carried.p", 1.0), *RIGHT],
          "r": [("blank", 0.0)]}, "within it at the other end"),
        ({"p": "0.0219", "q": "100.02", "r": ""}, {"p": TEN, "q": WRONG, "r": [("blank", 0.0)]}, "beyond it"),
        ({"p": "?", "q": "124", "r": ""}, {"p": [("unreadable", 0.0)], "q": WRONG, "r": [("blank", 0.0)]},
         "what cannot be read is not carried"),
        ({"p": "", "q": "124", "r": ""}, {"p": [("blank", 0.0)], "q": WRONG, "r": [("blank", 0.0)]}, "nothing"),
        ({"p": "22", "q": "50", "r": "7"}, {"p": RIGHT, "q": WRONG, "r": WRONG}, "1000/(q - 50) is no number at 50"),
    ],
)  # fmt: skip
def test_an_error_is_carried_to_what_follows_and_no_further(
    gallery: Bank, written: dict[str, str], expected: Told, remark: str
) -> None:
    item = gallery.item("gallery.chain")

    assert told(one(item, variants.given(item, {"a": "2", "b": "11"}), **written)) == expected, remark


CARRY_IF = f"""{HEAD}
parameters: {{a: {{values: [4, 6]}}}}
derive: {{p: a*10, q: p - 40, r: p + q}}
stem: {{zh: 三个数, en: Three numbers}}
parts:
  - {{id: p, ask: {{zh: p, en: p}}, carry_if: carried > key, answer: {{kind: number, key: p, tolerance: 1%}}}}
  - {{id: q, ask: {{zh: q, en: q}}, follows: [p], answer: {{kind: number, key: q, tolerance: 1%}}}}
  - {{id: r, ask: {{zh: r, en: r}}, follows: [p, q], answer: {{kind: number, key: r, tolerance: 1%}}}}
"""


@pytest.mark.parametrize(
    ("a", "written", "expected", "remark"),
    [
        ("6", {"p": "90", "q": "50"}, "carried.p", "carried > key"),
        ("6", {"p": "30", "q": "-10"}, "number.wrong", "30 is below the key, and is not carried"),
        ("6", {"p": "59.5", "q": "19.5"}, "number.wrong", "59.5 is right but rounded, and below the key too"),
        ("6", {"p": "60.5", "q": "20.5"}, "carried.own.p", "60.5 is right but rounded, and above the key"),
        ("6", {"p": "90000", "q": "89960"}, "carried.p", "carry_if stands instead of the factor"),
        ("4", {"p": "40", "q": "0"}, "number.right", "a key of zero"),
    ],
)
def test_an_author_says_what_is_carried(a: str, written: dict[str, str], expected: str, remark: str) -> None:
    item = item_of(CARRY_IF)

    assert told(one(item, variants.given(item, {"a": a}), **written))["q"][0][0] == expected, remark


def test_a_part_may_follow_several_and_the_wrong_ones_alone_are_carried() -> None:
    item = item_of(CARRY_IF)
    drawn = variants.given(item, {"a": "6"})

    both = told(one(item, drawn, p="90", q="77", r="167"))
    first = told(one(item, drawn, p="90", q="20", r="110"))

    assert both["r"] == [("carried.p", 1.0), ("carried.q", 1.0), *RIGHT]
    assert first["r"] == [("carried.p", 1.0), *RIGHT], "q is right, and p is the candidate's own"
    assert told(one(item, drawn, p="30", q="77", r="107"))["r"] == WRONG, "q is carried, and p is below its key"


def test_a_value_is_carried_where_a_key_of_zero_gives_no_size_to_compare() -> None:
    item = item_of(CARRY_IF.replace("follows: [p, q]", "follows: [q]"))
    drawn = variants.given(item, {"a": "4"})

    assert told(one(item, drawn, p="40", q="5", r="45"))["r"] == WRONG, "nothing is within a factor of 1000 of zero"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("key: p, tol", "key: a*10, tol"),
         ("$.parts[1].follows[0]: the key of part 'p' is 'a*10'; "
          "give it a name under derive:, so that it can be replaced")),
        (("follows: [p],", "follows: [r],"), "$.parts[1].follows[0]: 'r' is not an earlier part of this item"),
        (("answer: {kind: number, key: p, tolerance: 1%}", "answer: {kind: truth, right: yes}"),
         "$.parts[1].follows[0]: part 'p' is of kind truth; only numbers can be carried forward"),
    ],
)  # fmt: skip
def test_only_a_named_number_of_an_earlier_part_can_be_followed(change: tuple[str, str], expected: str) -> None:
    told_ = [line.splitlines()[0].split(": ", 1)[1] for line in faults(CARRY_IF.replace(*change))]

    assert expected.replace("[0]:", ":") in [each.replace("[0]:", ":") for each in told_]


@pytest.mark.parametrize(
    ("first", "second", "notes", "remark"),
    [
        ("电子", "空穴", ("text.right", "text.right"), "as the bank has them"),
        ("holes", "free electrons", ("text.right", "text.right"), "the other way round"),
        ("空穴", "空穴", ("text.wrong", "text.right"), "the same word twice earns one mark"),
        ("空穴", "", ("text.right", "blank"), "one of them alone, in the other's place"),
        ("离子", "电子", ("text.mistake.ion", "text.right"), "the mistake of the part that it was marked against"),
        ("光子", "空穴", ("text.mistake.photon", "text.right"), "the mistake of its own"),
        ("光子", "电子", ("text.wrong", "text.right"), "a mistake is foreseen for one word only"),
    ],
)
def test_blanks_in_any_order_get_the_assignment_that_earns_most(
    gallery: Bank, first: str, second: str, notes: tuple[str, str], remark: str
) -> None:
    item = gallery.item("gallery.blanks")

    marked = one(item, variants.make(item, "seed", [0]), first=first, second=second)

    assert (told(marked)["first"][-1][0], told(marked)["second"][-1][0]) == notes, remark


def test_the_part_that_an_answer_was_marked_against_gives_the_reason(gallery: Bank) -> None:
    item = gallery.item("gallery.blanks")

    marked = one(item, variants.make(item, "seed", [0]), first="离子", second="电子")

    assert (marked["first"].asked(0).id, marked["second"].asked(0).id) == ("second", "first")
    assert marked["emitter"].asked(0).id == "emitter"


def test_three_blanks_in_any_order_permute() -> None:
    blanks = "".join(f"  - {{id: {n}, marks: {m}, answer: {{kind: number, key: '{k}', tolerance: exact}}}}\n"
                     for n, m, k in (("a", 1, 1), ("b", 2, 2), ("c", 3, 3)))
    text = f"{HEAD}stem: {{zh: '[[a]] [[b]] [[c]]', en: '[[a]] [[b]] [[c]]'}}\nany_order: [a, b, c]\nparts:\n{blanks}"
    item = item_of(text)
    drawn = variants.make(item, "seed", [0])

    def credits(*texts: str) -> list[float]:
        marked = one(item, drawn, **dict(zip("abc", texts, strict=True)))
        return [float(marked[name].credit[0]) for name in "abc"]

    assert credits("3", "1", "2") == [1, 1, 1]
    assert credits("3", "9", "1") == [1, 0, 1]
    assert credits("2", "2", "2") == [0, 0, 1], "the blank that is worth most"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("[a, a, b]", "$.any_order: 'a' appears 2 times"),
        ("[a, d]", "$.any_order: 'd' is not a blank in the stem"),
        ("[a, c]", "$.any_order: blanks in any order must be of one kind, not of number, text"),
    ],
)
def test_blanks_in_any_order_are_blanks_of_one_kind(order: str, expected: str) -> None:
    text = f"""{HEAD}
stem: {{zh: '[[a]] [[b]] [[c]]', en: '[[a]] [[b]] [[c]]'}}
any_order: {order}
parts:
  - {{id: a, answer: {{kind: number, key: '1', tolerance: exact}}}}
  - {{id: b, answer: {{kind: number, key: '2', tolerance: exact}}}}
  - {{id: c, answer: {{kind: text, accept: x}}}}
"""
    assert expected in [line.splitlines()[0].split(": ", 1)[1] for line in faults(text)]


@settings(max_examples=30)
@given(texts=st.lists(st.sampled_from(["", "a", "b", "é", "é", "=1", "\ud800", "\x00", " a"]), max_size=30))
def test_many_texts_and_few_have_the_same_distinct_ones(texts: list[str]) -> None:
    many = [*texts, *["filler"] * FEW]

    few_names, few_codes = distinct(texts)
    many_names, many_codes = distinct(many)

    assert [few_names[code] for code in few_codes] == texts
    assert [many_names[code] for code in many_codes] == many
    assert len(set(many_names)) == len(many_names)


def test_missing_texts_of_a_table_are_blank() -> None:
    import polars as pl

    for count in (3, FEW + 3):
        names, codes = distinct(pl.Series([None, "a", None] + ["b"] * (count - 3), dtype=pl.String))
        assert [names[code] for code in codes[:3]] == ["", "a", ""]


def test_a_paper_decides_where_a_part_is_silent() -> None:
    item = item_of(f"""{HEAD}
stem: {{zh: 电压, en: The voltage}}
parts:
  - {{id: u, answer: {{kind: number, key: '5', unit: V, tolerance: 1%}}}}
""")
    drawn = variants.make(item, "seed", [0])

    def credit(rules: Rules) -> float:
        return float(marking.mark(item, drawn, {"u": ["5"]}, rules=rules)["u"].credit[0])

    assert [credit(Rules()), credit(Rules(unit_missing=0.5)), credit(Rules(unit_missing=0))] == [0.8, 0.5, 1.0]


def vector_chain(size: str) -> Item:
    return item_of(f"""{HEAD}
parameters: {{k: {{values: [2, 3]}}}}
derive: {{u: "[k, 2*k, 3*k]", s: "sum(u)"}}
stem: {{zh: 一个向量, en: A vector}}
parts:
  - {{id: u, ask: {{zh: u, en: u}}, answer: {{kind: vector, key: u, {size}tolerance: exact}}}}
  - {{id: s, ask: {{zh: s, en: s}}, follows: [u], answer: {{kind: number, key: s, tolerance: exact}}}}
""")


@pytest.mark.parametrize("size", ["", "size: 3, "], ids=["shape asked", "shape given"])
def test_vectors_are_carried_whatever_shapes_others_wrote(size: str) -> None:
    """Most answers here have two entries; the one with three is carried all the same."""
    item = vector_chain(size)
    drawn = variants.given(item, {"k": "2"})
    texts: Mapping[str, Sequence[str]] = {
        "u": ["2, 4, 7", "2, 4", "1, 2", "2, 4, 6", "(2, 4"], "s": ["13", "6", "3", "12", "12"],
    }  # fmt: skip

    marked = marking.mark(item, drawn, texts, np.zeros(5, dtype=np.int64))

    assert [told(marked, row)["s"][0][0] for row in range(5)] == [
        "carried.u", "number.wrong", "number.wrong", "number.right", "number.right",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "credit", "remark"),
    [
        ("2, 4, 6", 1, ""), ("2e0, 40e-1, 6E0", 1, "an exponent at the end is no unit"), ("2 4 600e-2", 1, "by spaces"),
        ("[2; 4; 0.6e1]", 1, "as a column"), ("2, 4, 1.8e-14", 2 / 3, ""),
    ],
)  # fmt: skip
def test_an_exponent_belongs_to_its_number_in_a_vector(text: str, credit: float, remark: str) -> None:
    item = vector_chain("")

    marked = one(item, variants.given(item, {"k": "2"}), u=text)

    assert marked["u"].credit[0] == pytest.approx(credit), remark
