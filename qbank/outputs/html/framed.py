"""How a page of qbank is shown within a notebook: in a frame of its own, which keeps their styles apart."""

from __future__ import annotations

from html import escape


def framed(page: str, height: int) -> str:
    """A whole page as an element of another one, so many pixels high; no script runs in it.

    >>> framed('<p class="a">&amp;</p>', 300)[:62]
    '<iframe sandbox="" style="width: 100%; height: 300px; border: '
    """
    style = f"width: 100%; height: {height}px; border: 1px solid #ccc"
    return f'<iframe sandbox="" style="{style}" srcdoc="{escape(page)}"></iframe>'
