"""The changes that make no difference are changes that `scripts/mutate.py` still makes, each with its reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import _changes  # noqa: E402 - scripts are no package

KEPT = yaml.safe_load((ROOT / "tests/mutants.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted({kept["file"] for kept in KEPT}))
def test_every_change_in_the_list_can_still_be_made(file: str) -> None:
    made = {(each.within, each.was, each.now) for each in _changes.changes(file)}
    gone = [kept for kept in KEPT if kept["file"] == file and (kept["in"], kept["was"], kept["now"]) not in made]

    assert gone == [], "take them out of the list, or write them as the code is now"


def test_every_change_in_the_list_says_why_no_test_can_notice_it() -> None:
    assert [kept for kept in KEPT if set(kept) != {"file", "in", "was", "now", "why"} or not kept["why"]] == []
