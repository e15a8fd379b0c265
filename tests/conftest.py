"""What several tests share: the gallery, a small bank with every kind of answer, and one exam made from it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from qbank import bank, papers
from qbank.bank import Bank
from qbank.model import Candidate
from qbank.papers import Exam

settings.register_profile("qbank", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("qbank")

GALLERY = Path(__file__).parent / "gallery"
CLASS = (Candidate("2001", "张三", "一班"), Candidate("2002", "李四", "一班"), Candidate("2003", "O'Hara", "二班"))
SEED = "never on a sheet 4b1d"


@pytest.fixture(scope="session")
def gallery() -> Bank:
    """The gallery, which has no problems."""
    loaded = bank.load(GALLERY)
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def exam(gallery: Bank) -> Exam:
    """The paper with one item of every kind, in both languages, in forms A and B for three candidates."""
    return papers.compose(
        gallery.blueprint("everything"), gallery, seed=SEED, candidates=CLASS, forms=("A", "B"), langs=("zh", "en")
    )
