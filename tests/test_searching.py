"""Items are found by words in either language, wherever they stand in an item."""

from __future__ import annotations

import pytest
from conftest import Run

import qbank
from qbank import bank, resources

SHIPPED = bank.load(resources.folder("questions"))


@pytest.mark.parametrize(("words", "found", "remark"), [
    (["inverting.gain"], "opamp.inverting.gain", "a piece of an id"),
    (["反相比例", "放大倍数"], "opamp.inverting.gain", "two words of a Chinese title"),
    (["INVERTING", "Gain"], "opamp.inverting.gain", "capitals do not matter"),
    (["ｉｎｖｅｒｔｉｎｇ"], "opamp.inverting.gain", "nor does width"),
    (["虚地"], "opamp.inverting.gain", "a word of the solution"),
    (["closed-loop", "ideal"], "opamp.inverting.gain", "words of the stem"),
    (["遗忘门"], "lstm.forget.semantics", "a word of an option or of the title"),
    (["反相", "gain"], "opamp.inverting.gain", "one word in each language"),
])  # fmt: skip
def test_words_find_items(words: list[str], found: str, remark: str) -> None:
    assert found in [item.id for item in bank.found(SHIPPED, words)], remark


def test_every_word_has_to_stand_in_the_item() -> None:
    assert bank.found(SHIPPED, ["inverting", "LSTM", "nowhere"]) == ()


def test_what_is_called_so_comes_first() -> None:
    found = [item.id for item in bank.found(SHIPPED, ["inverting"])]

    named = [name for name in found if "inverting" in name]
    assert found[: len(named)] == named or "inverting" in SHIPPED.items[found[0]].title.en.casefold()
    assert [item.id for item in qbank.open_bank().search("inverting")] == found


def test_list_takes_words_where_they_are_neither_ids_nor_topics(run: Run) -> None:
    assert run("list", "gallery.number")[1].splitlines()[-1] == "1 item"
    code, out, _ = run("list", "longer", "简答")
    assert (code, out.splitlines()[1].split()[0]) == (0, "gallery.essay")
    assert run("list", "longer", "--level", "5")[1].splitlines()[-1] == "0 items"
    code, out, err = run("list", "no-such-word-anywhere")
    assert (code, out) == (2, "")
    assert err.startswith("qbank: the item or topic 'no-such-word-anywhere' is not known")
