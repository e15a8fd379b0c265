"""The tutorial is run as its reader runs it, in each language: its files are written, its commands do what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qbank import messages

ROOT = Path(__file__).parent.parent
STEP = re.compile(r"^```(?:\w+ file (?P<file>\S+)|sh(?P<fails> fails)?)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TOLD = {
    "en": ("taken as parallel", "marks: 3 / 3", "3.14 or 3.41 mA"),
    "zh": ("把两个电阻当作并联", "3 / 3", "3.14 或 3.41 mA"),
}
"""What the page says that its commands print."""


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_tutorial_can_be_followed(language: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / language / "tutorial.md").read_text(encoding="utf-8")
    (tmp_path / "qbank").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qbank "$@"\n')
    (tmp_path / "qbank").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "LANGUAGE": language,
                                "PYTHONPATH": str(ROOT)}  # fmt: skip
    here, printed = tmp_path, ""
    for step in STEP.finditer(page):
        if step["file"]:
            (here / step["file"]).parent.mkdir(exist_ok=True)
            (here / step["file"]).write_text(step["text"], encoding="utf-8")
            continue
        script = f"{step['text']}\necho; pwd"
        done = subprocess.run(["bash", "-c", f"set -eu\n{script}"], cwd=here, env=environment, capture_output=True,
                              text=True, encoding="utf-8", check=False)  # fmt: skip
        assert (done.returncode != 0) == bool(step["fails"]), step["text"] + done.stdout + done.stderr
        if done.returncode == 0:
            *told, place = done.stdout.rstrip("\n").split("\n")
            here, printed = Path(place), printed + "\n".join(told)
        printed += done.stderr

    assert [words for words in TOLD[language] if words not in printed] == []
