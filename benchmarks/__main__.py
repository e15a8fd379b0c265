"""`python -m benchmarks [--table] [NAME …]`, of ALL below: a table of ratios measured in one run, or as Markdown."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.measure import Row, markdown, peak, table

ALL = ("starting", "drawing", "asking", "marking", "kinds", "printing", "statistics", "nation")


def main(words: list[str]) -> None:
    """The table of the named benchmarks (default: all), and the peak memory of this process."""
    names = [word for word in words if word != "--table"]
    rows: list[Row] = []
    for name in names or ALL:
        if name not in ALL:
            sys.exit(f"there is no benchmark {name!r}; there are: {', '.join(ALL)}")
        rows += import_module(f"benchmarks.{name}").rows()
    print(table(rows) if len(names) == len(words) else markdown(rows))
    print(f"\npeak memory of this process: {peak():.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
