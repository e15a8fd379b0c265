"""What the program tells is told in the language of the reader, from one table."""

from __future__ import annotations

import pytest

from qbank import messages

LANGUAGES = [
    ({"LANGUAGE": "zh"}, "zh"),
    ({"LANGUAGE": "zh_CN:en"}, "zh"),
    ({"LANGUAGE": "en:zh"}, "en"),  # English comes first, although the source has no table of it
    ({"LANGUAGE": "fr:zh_TW"}, "zh"),  # the first that there is
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_CN.GB18030"}, "zh"),
    ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ({"LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
    ({"LANG": "C"}, "en"),
    ({"LANG": "fr_FR.UTF-8"}, "en"),
    ({"LANG": ""}, "en"),
    ({}, "en"),
]


@pytest.mark.parametrize(("environment", "language"), LANGUAGES)
def test_the_environment_names_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in messages.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert messages.language() == language
