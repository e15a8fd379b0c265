"""A check's own examples: two snippets of an item each, which are its tests and its documentation at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """`bad` is found under `code`, `good` is not.

    Each is YAML of some fields of an item; `over` puts them over the fields of a plain item.
    """

    code: str
    bad: str
    good: str
    remark: str = ""


PLAIN = """\
id: sample.item
title:
  zh: 反相放大电路
  en: Inverting amplifier
topic: electronics/opamp/inverting
covers: [E009]
level: 1
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
derive:
  A: {value: -Rf/R1, symbol: A_u}
stem:
  zh: 反相放大电路中 $R_1 = {{ R1 }}$，$R_f = {{ Rf }}$。
  en: In an inverting amplifier, $R_1 = {{ R1 }}$ and $R_f = {{ Rf }}$.
parts:
  - id: gain
    ask:
      zh: 求电压放大倍数 $A_u$。
      en: Find the voltage gain $A_u$.
    marks: 2
    space: 2.5cm
    answer:
      kind: number
      key: A
      tolerance: 1%
    witness: none
    because: the sample has no circuit
solution:
  zh: |
    [[derive A]]
  en: |
    [[derive A]]
"""
"""The item that samples change; no check finds anything in it."""


def over(snippet: str, plain: str = PLAIN) -> str:
    """The plain item with the snippet's top-level fields in place of its own.

    >>> over("level: 2").count("level: ")
    1
    """
    fields = dict(_blocks(plain)) | dict(_blocks(snippet))
    return "".join(fields.values())


def _blocks(text: str) -> list[tuple[str, str]]:
    """Each top-level field with its lines."""
    blocks: list[tuple[str, str]] = []
    for line in text.strip("\n").splitlines(keepends=True):
        whole = line if line.endswith("\n") else line + "\n"
        if whole[:1] not in (" ", "#", "\n", "-"):
            blocks.append((whole.partition(":")[0], whole))
        elif blocks:
            name, block = blocks[-1]
            blocks[-1] = (name, block + whole)
    return blocks
