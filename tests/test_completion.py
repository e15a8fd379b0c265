"""What a shell offers: names of the bank that the command will read, and nothing when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from qbank import cli

GALLERY = str(Path(__file__).parent / "gallery")


def offered(*words: str, begun: str = "") -> list[str]:
    complete = ShellComplete(cli.group, {}, "qbank", "_QBANK_COMPLETE")
    return [item.value for item in complete.get_completions(list(words), begun)]


@pytest.mark.parametrize(("words", "begun", "found"), [
    (["show"], "opamp.inverting.g", ["opamp.inverting.gain"]),
    (["ask"], "opamp.inverting.g", ["opamp.inverting.gain"]),
    (["list"], "electronics/opamp/inv", ["electronics/opamp/inverting"]),
    (["paper"], "rnn", ["rnn-quiz"]),
    (["paper", "--bank", GALLERY], "", ["everything"]),
    (["export"], "gi", ["gift"]),
    (["show", "--bank", "/nowhere/at/all"], "opamp", []),
])  # fmt: skip
def test_the_names_of_the_bank_are_offered(words: list[str], begun: str, found: list[str]) -> None:
    assert offered(*words, begun=begun) == found


def test_the_environments_bank_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QBANK_BANK", GALLERY)

    assert offered("paper") == ["everything"]
