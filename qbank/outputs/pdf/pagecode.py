"""The small code on each page, which a scanner reads: a QR code of 17 digits, and what they are.

    code := language exam seat page      1 for Chinese, 2 for English, 3 for both · 6 digits · 8 digits · 2 digits

It says neither a key nor the seed nor a name: what a page of another sheet could not say as well stands in print on it.
17 digits are what the smallest QR code holds with a third of it to lose.

>>> digits(("zh",), Serial(exam=42, seat=7), page=3)
'10000420000000703'
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qbank.model import Lang
from qbank.sheets import Serial

PAGES = 99
"""The most pages of a paper."""
_LANGUAGES = {("zh",): "1", ("en",): "2", ("zh", "en"): "3"}


def digits(langs: tuple[Lang, ...], serial: Serial, page: int) -> str:
    """What the code of a page says."""
    return f"{_LANGUAGES[langs]}{serial.exam:06d}{serial.seat:08d}{page:02d}"


def drawings(langs: tuple[Lang, ...], serial: Serial, pages: int) -> list[str]:
    """The codes of the first so many pages, each an SVG drawing of 21 by 21 modules.

    A code with one mask is linear: that of a page is that of page 0 with what the page's own two digits change.
    """
    first = modules(digits(langs, serial, 0))
    return [_svg(first ^ _change(page)) for page in range(1, min(pages, PAGES) + 1)]


def modules(text: str) -> NDArray[np.bool_]:
    """(21, 21) the dark modules of the code of 17 digits."""
    import segno

    code = segno.make_qr(text, version=1, error="H", mode="numeric", mask=3, boost_error=False)
    return np.array([list(row) for row in code.matrix], dtype=np.bool_)


@lru_cache(maxsize=PAGES + 1)
def _change(page: int) -> NDArray[np.bool_]:
    return np.logical_xor(modules(f"{page:017d}"), modules(f"{0:017d}"))


def _svg(dark: NDArray[np.bool_]) -> str:
    """One path: every run of dark modules of a row, as a stroke along its middle."""
    edges = np.diff(np.pad(dark.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, ends = np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1).tolist()
    runs = "".join(f"M{x} {y}v1h{end - x}v-1z" for (y, x), (_, end) in zip(starts, ends, strict=True))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" width="21" height="21"><path d="{runs}"/></svg>'  # noqa: E501
