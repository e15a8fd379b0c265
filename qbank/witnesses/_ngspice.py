"""Running ngspice on a netlist in a folder of its own: what goes in is numbers and names that are made here."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qbank import messages
from qbank.model import Floats
from qbank.witnesses import Missing

SECONDS = 60
"""The longest that one run may take."""
LAST_RESORT = "Transient op started"
"""What ngspice prints before it takes the end of a transient for an operating point."""


def run(netlist: Sequence[str], analysis: str, vectors: Sequence[str]) -> Floats:
    """The vectors of an analysis, (1 + vectors, samples), the first row the time, or 0 at an operating point.

    Raises Missing without ngspice, ValueError where it finds no solution.
    """
    program = shutil.which("ngspice_con") or shutil.which("ngspice")  # on Windows the latter opens a window
    if program is None:
        raise Missing(messages.tell("{program} is not installed", program="ngspice"),
                      messages.tell("install ngspice: on Debian or Ubuntu, apt install ngspice"))  # fmt: skip
    control = ["set wr_singlescale", "set numdgt=15", analysis, f"wrdata found.txt {' '.join(vectors)}", "quit"]
    text = "\n".join(["* a drawn circuit", ".options rshunt=1e12", *netlist, ".control", *control, ".endc", ".end", ""])
    with tempfile.TemporaryDirectory(prefix="qbank-") as folder:
        (Path(folder) / "circuit.cir").write_text(text, encoding="ascii")
        try:
            done = subprocess.run(
                [program, "-b", "-n", "circuit.cir"], cwd=folder, capture_output=True, text=True, timeout=SECONDS,
                check=False, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            message = messages.tell("ngspice found no solution within {seconds} seconds", seconds=SECONDS)
            raise ValueError(message) from None
        found = Path(folder) / "found.txt"
        if LAST_RESORT in done.stdout + done.stderr:  # it goes on with what it has, converged or not
            raise ValueError(messages.tell("ngspice found no operating point"))
        if not found.exists():
            complaint = _complaint(done.stdout + done.stderr)
            raise ValueError(messages.tell("ngspice found no solution: {output}", output=complaint))
        values = np.loadtxt(found, ndmin=2)
    if values.shape[1] != 1 + len(vectors) or not np.isfinite(values).all():
        raise ValueError(messages.tell("ngspice found no solution: a voltage or current is missing"))
    return values.T


def _complaint(output: str) -> str:
    """The first line of the output that tells what is wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    wrong = [line for line in lines if any(word in line.casefold() for word in ("error", "singular", "aborted"))]
    return (wrong or lines or [messages.tell("it printed nothing")])[0][:200]
