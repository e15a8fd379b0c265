"""What a killed process leaves behind in the temporary folder is removed by the next one that prints."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from qbank.outputs.pdf import press


@pytest.mark.skipif(os.name != "posix", reason="nothing tells there whether a process lives")
def test_the_folders_of_dead_processes_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    outside = tmp_path / "other"
    outside.mkdir()
    names = (f"{ended.pid}-a", f"{os.getpid()}-b", "x-c", "9" * 30, f"{ended.pid}-new")
    left = {name: tmp_path / f"{press.FOLDER}{name}" for name in names}
    for name, folder in left.items():
        folder.mkdir()
        (folder / press.TREE).write_text("{}", encoding="utf-8")
        if not name.endswith("new"):
            os.utime(folder, (0, 0))
    link = tmp_path / f"{press.FOLDER}{ended.pid}-link"
    link.symlink_to(outside)

    press._sweep()

    assert {name for name, folder in left.items() if folder.exists()} == set(left) - {f"{ended.pid}-a"}
    assert outside.exists()
    assert link.is_symlink()
