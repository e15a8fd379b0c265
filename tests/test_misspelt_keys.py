"""A misspelt key finds the one that was meant, wherever it is written: in an answer, a mistake, a figure, a witness."""

from __future__ import annotations

import pytest
from sample_items import HEAD, faults

from qbank import witnesses

ITEM = HEAD + """
parameters:
  U: {grid: [5, 24, 0.5], unit: V}
  R: {series: E12, from: 1k, to: 10k, unit: Ω}
derive:
  I: U/R
figures:
  main: {graph: [{curve: U*t}], x: {name: t, from: 0, to: 1, title: "$t$"}, y: {title: "$u$"}}
stem: {zh: "$U = {{ U }}$，$R = {{ R }}$", en: "$U = {{ U }}$, $R = {{ R }}$"}
parts:
  - id: i
    answer:
      kind: number
      key: I
      unit: mA
      tolerance: 1%
      mistakes:
        product: {value: U*R, zh: 乘, en: multiplied}
    witness: none
    because: one step
  - id: c
    answer:
      kind: choice
      options:
        a: {right: yes, zh: 甲, en: one}
        b: {zh: 乙, en: two}
"""
ROWS = [
    ("      tolerance: 1%", "      tolerence: 1%", "unknown key 'tolerence'; did you mean 'tolerance'?"),
    ("      key: I", "      Key: I", "unknown key 'Key'; did you mean 'key'?"),
    ("{value: U*R,", "{vaule: U*R,", "unknown key 'vaule'; did you mean 'value'?"),
    ("      options:", "      option:", "unknown key 'option'; did you mean 'options'?"),
    ("a: {right: yes,", "a: {rigth: yes,", "unknown key 'rigth'; did you mean 'right'?"),
    ('y: {title:', 'y: {titel:', "unknown key 'titel'; did you mean 'title'?"),
    ("[{curve: U*t}]", "[{curve: U*t, labels: x}]", "unknown key 'labels'; did you mean 'label'?"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), ROWS)
def test_a_misspelt_key_finds_the_one_that_was_meant(right: str, wrong: str, message: str) -> None:
    assert ITEM.count(right) == 1

    found = faults(ITEM.replace(right, wrong))

    assert [message in fault for fault in found] == [True], found


def test_a_field_that_no_kind_has_gets_the_list_of_those_there_are() -> None:
    (fault,) = faults(ITEM.replace("      unit: mA", "      colour: red"))

    assert "unknown key 'colour'; the known ones are: " in fault
    assert "tolerance" in fault


WITNESSES: list[tuple[dict[str, object], str]] = [
    ({"circiut": "main"}, "unknown key 'circiut'; did you mean 'circuit'?"),
    ({"circuit": "main", "slove": "i(R)", "within": "1e-9"}, "unknown key 'slove'; did you mean 'solve'?"),
    ({"circuit": "main", "solve": "i(R)", "wihtin": "1e-9"}, "unknown key 'wihtin'; did you mean 'within'?"),
    ({"colour": "red"}, "no witness is named; the witnesses are: "),
]


@pytest.mark.parametrize(("written", "message"), WITNESSES)
def test_a_misspelt_witness_likewise(written: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        witnesses.read(written)

    assert str(refused.value).startswith(message)
