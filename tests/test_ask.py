"""Asking one item: the shortest way from a question to a mark with its reasons."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from click.testing import CliRunner
from conftest import GALLERY
from hypothesis import given
from hypothesis import strategies as st

import qbank
from qbank import bank, cli
from qbank.actions.ask import Asked, ask
from qbank.bank import Bank
from qbank.model import Lang, Refused


def gain(gallery: Bank, lang: Lang = "en") -> Asked:
    """R1 = 8.2 kΩ and Rf = 68 kΩ: the gain is -8.29."""
    return ask("gallery.number", seat=7, lang=lang, source=gallery)


@pytest.mark.parametrize(
    ("lang", "text", "marks", "notes", "reasons"),
    [
        ("en", "-8.29", 3, ("number.right",), ("Right.",)),
        ("zh", "-8.29", 3, ("number.right",), ("正确。",)),
        ("en", "8.29", 0, ("number.mistake.sign",), ("The minus sign is missing; expected −8.29 ± 1%.",)),
        ("zh", "8.29", 0, ("number.mistake.sign",), ("漏掉负号，应为 −8.29 ± 1%。",)),
        ("en", "", 0, ("blank",), ("Nothing was written.",)),
        ("en", "eight", 0, ("unreadable",), ("Could not be read (at character 1); waits for a person.",)),
        ("zh", "约 8 伏？", 0, ("unreadable",), ("无法识别（第 6 个字符处），待人工评阅。",)),
    ],
)  # fmt: skip
def test_an_answer_gets_its_marks_and_the_reasons(
    gallery: Bank, lang: Lang, text: str, marks: float, notes: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    outcome = gain(gallery, lang).mark({"gain": text})

    assert (outcome.marks, outcome.worth, outcome.credit) == (marks, 3, marks / 3)
    assert (outcome["gain"].notes, outcome["gain"].reasons) == (notes, reasons)
    assert outcome["gain"].waits == (notes == ("unreadable",))


def test_a_text_alone_answers_the_only_part(gallery: Bank) -> None:
    assert gain(gallery).mark("-8.29") == gain(gallery).mark({"gain": "-8.29"})


def test_a_part_that_is_left_out_is_blank_and_errors_are_carried(gallery: Bank) -> None:
    outcome = ask("gallery.chain", seat=0, lang="en", source=gallery).mark({"p": "1", "q": "101"})

    assert [part.notes for part in outcome.parts] == [("number.wrong",), ("carried.p", "number.right"), ("blank",)]
    assert outcome["q"].reasons[0] == "Marked with your own value of (1)."
    assert outcome.marks == 2


def test_what_comes_back_is_frozen(gallery: Bank) -> None:
    outcome = gain(gallery).mark("1")

    with pytest.raises(dataclasses.FrozenInstanceError):
        outcome.seat = 3  # type: ignore[misc]


def test_names_that_nobody_has_are_refused(gallery: Bank) -> None:
    with pytest.raises(Refused) as refused:
        gain(gallery).mark({"gian": "1"})
    assert str(refused.value) == "gallery.number: the part 'gian' is not known; did you mean 'gain'?"
    with pytest.raises(Refused) as refused:
        ask("gallery.chain", source=gallery).mark("1")
    assert str(refused.value) == "gallery.chain has the parts p, q, r; give an answer for each part by its name"
    with pytest.raises(Refused) as refused:
        ask("gallery.nmber", source=gallery)
    assert str(refused.value) == "the item 'gallery.nmber' is not known; did you mean 'gallery.number'?"
    with pytest.raises(KeyError, match="the part 'gian' is not known; did you mean 'gain'"):
        gain(gallery).mark("1")["gian"]


@given(st.text(max_size=60))
def test_any_text_at_all_gives_a_mark(text: str) -> None:
    for name in ("gallery.number", "gallery.choice", "gallery.essay"):
        outcome = ask(name, source=LOADED).mark(text)

        assert 0 <= outcome.credit <= 1


LOADED = bank.load(GALLERY)


def test_the_package_itself_is_light_and_asks_when_asked() -> None:
    script = "import sys, qbank; print({'numpy', 'pydantic', 'polars'} & set(sys.modules), qbank.ask.__name__)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "set() ask\n"
    assert qbank.ask is ask
    with pytest.raises(AttributeError, match="module 'qbank' has no attribute 'answer'"):
        qbank.answer  # noqa: B018


def run(*arguments: str, typed: str) -> str:
    done = CliRunner().invoke(cli.group, ["ask", *arguments, "--bank", str(GALLERY)], input=typed)
    assert done.exit_code == 0, done.output
    return done.output


def test_answers_may_be_piped_in() -> None:
    told = run("gallery.chain", "--lang", "en", typed="1\n101\n")

    assert told.split("\n\n")[-1] == (
        "(1): marks 0 / 2  Not the right value; expected 34 ± 1%.\n"
        "(2): marks 2 / 2  Marked with your own value of (1). Right.\n"
        "(3): marks 0 / 2  Nothing was written.\n"
        "total: 2 / 6\n"
    )
    assert "(3) answer: \n(end of input; the other parts are blank)\n" in told


def test_the_key_is_shown_at_the_end_alone_and_only_when_asked_for() -> None:
    asked = ("gallery.number", "--lang", "en", "--seat", "7")
    silent, told = run(*asked, typed="3\n"), run(*asked, "--show-key", typed="3\n")

    assert "the non-inverting formula was used" not in silent
    assert told.startswith(silent)
    assert "key: −8.29\n    right: −8.375 … −8.21" in told.removeprefix(silent)


def test_a_long_answer_waits_for_a_person() -> None:
    told = run("gallery.essay", "--lang", "zh", typed="温度升高\n")

    assert told.endswith("\n得分 0 / 5  待人工评阅。\n")
