"""Places where a line may not end, told by characters that join: no line of one character, no blank far from its `=`."""

from __future__ import annotations

import re
from dataclasses import replace

from qbank import maths
from qbank.outputs import _page
from qbank.outputs._page import Run

JOIN = "\u2060"
_LAST = re.compile(r"([\u4e00-\u9fff])([\u4e00-\u9fff][^\u4e00-\u9fff\w]{0,3})\Z")


def held(run: Run) -> Run:
    """A paragraph's run whose last two Chinese characters, and each `=` with the blank after it, stay together.

    >>> held((_page.Text("正常工作。"),))[0].text == "正常工\\u2060作。"
    True
    """
    if run and isinstance(run[-1], _page.Text):
        last = run[-1]
        run = (*run[:-1], replace(last, text=_LAST.sub(rf"\1{JOIN}\2", last.text)))
    kept = list(run)
    for i, inline in enumerate(run[1:-1], 1):
        if (
            isinstance(inline, _page.Text) and not inline.text.strip() and isinstance(run[i + 1], _page.Entry)
            and isinstance(before := run[i - 1], _page.Formula) and maths.plain(before.tex).rstrip().endswith("=")
        ):  # fmt: skip
            kept[i] = replace(inline, text=f"{JOIN}\u00a0{JOIN}")
    return tuple(kept)
