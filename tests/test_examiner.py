"""What an examiner with the grading rules in hand gives for several hundred answers, clause by clause.

`examiner_rows.yaml` holds the rows, grouped by what the part says: the text, the share that it must earn (a number,
`wait`, either of two with `|`, or `refused` of the item), and a remark.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import qbank
from qbank.model import Refused

GROUPS = yaml.safe_load((Path(__file__).parent / "examiner_rows.yaml").read_text(encoding="utf-8"))
KINDS = sorted({group["answer"]["kind"] for group in GROUPS})
ITEM = """\
id: t.case
title: {{zh: 题, en: case}}
topic: t
level: 1
stem: {{zh: 求。, en: Find it.}}
parts:
  - id: a
    answer: {answer}
    witness: none
    because: a test
"""
ODD = "0159.,+-*/^()[]{}|=<; :'\"%°_\\eijπωΩµkmVsR√∠∞，。（）×−²⁻ᵀˣ度不非对错ABC!?\t\n\u200b\ufeff\x00½①∥→😀"
MUTATIONS = 250


def asked(folder: Path, answer: dict[str, Any]) -> Any:
    """The question with one part."""
    (folder / "topics.yaml").write_text("t: {zh: 题, en: Topic}\n", encoding="utf-8")
    item = ITEM.format(answer=json.dumps(answer, ensure_ascii=False))
    (folder / "t.case.yaml").write_text(item, encoding="utf-8")
    return qbank.ask("t.case", lang="en", source=folder)


def of_kind(kind: str) -> Iterator[tuple[dict[str, Any], list[list[Any]]]]:
    return ((group["answer"], group["rows"]) for group in GROUPS if group["answer"]["kind"] == kind)


def fair(want: str, credit: float, waits: bool) -> bool:
    return any(waits if one == "wait" else not waits and credit == pytest.approx(float(one), abs=1e-4)
               for one in want.split("|"))  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_earns_what_the_rules_say(kind: str, tmp_path: Path) -> None:
    unfair = []
    for answer, rows in of_kind(kind):
        if rows[0][1] == "refused":
            with pytest.raises(Refused):
                asked(tmp_path, answer)
            continue
        question = asked(tmp_path, answer)
        for text, want, *remark in rows:
            part = question.mark({"a": text}).parts[0]
            if not fair(str(want), float(part.credit), part.waits):
                unfair.append((answer, text, want, float(part.credit), part.notes, *remark))

    assert unfair == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_with_slips_of_the_hand_is_marked_without_an_exception(kind: str, tmp_path: Path) -> None:
    chance = random.Random(f"slips in {kind}")
    groups = [(answer, [row[0] for row in rows if row[1] == 1]) for answer, rows in of_kind(kind)]
    groups = [(answer, texts) for answer, texts in groups if texts]
    chosen = chance.sample(groups, min(8, len(groups)))

    for answer, texts in chosen:
        question = asked(tmp_path, answer)
        for _ in range(MUTATIONS // len(chosen)):
            text = slipped(chance.choice(texts), chance)
            credit = float(question.mark({"a": text}).parts[0].credit)
            assert -1 <= credit <= 1, text


def slipped(text: str, chance: random.Random) -> str:
    """The text with one to five characters lost, doubled, exchanged or added."""
    letters = list(text)
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        place = chance.randrange(len(letters) + 1)
        match chance.randrange(4):
            case 0 if letters[place:]:
                del letters[place]
            case 1 if letters[place:]:
                letters.insert(place, letters[place])
            case 2 if letters[place + 1 :]:
                letters[place : place + 2] = reversed(letters[place : place + 2])
            case _:
                letters.insert(place, chance.choice(ODD))
    return "".join(letters)
