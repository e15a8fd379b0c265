"""`python scripts/build_quantiles.py`: the quantiles that samples are drawn from, in millionths.

Papers rest on this table: once made, it never changes. A test holds every row against another library.
"""

from __future__ import annotations

from pathlib import Path

import mpmath

ROWS = 4096
PLACE = Path(__file__).parents[1] / "qbank" / "domains" / "quantiles.csv"


def main() -> None:
    """Write the quantiles at (i + 1/2) / 4096 of the standard normal and the standard exponential distribution."""
    mpmath.mp.dps = 40
    lines = ["normal,exponential"]
    for row in range(ROWS):
        share = mpmath.mpf(2 * row + 1) / (2 * ROWS)
        normal = mpmath.sqrt(2) * mpmath.erfinv(2 * share - 1)
        exponential = -mpmath.log(1 - share)
        lines.append(f"{int(mpmath.nint(normal * 10**6))},{int(mpmath.nint(exponential * 10**6))}")
    PLACE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
