"""Many papers in one file for the printer, each on sheets of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from io import BytesIO

from qbank.model import Imposition, Lang
from qbank.outputs._wording import wording
from qbank.outputs.pdf.press import typeset


def together(volume: Sequence[bytes], lang: Lang, on: Imposition) -> bytes:
    """The papers one after the other; after each, blank pages that say so fill its last sheet."""
    import pikepdf

    with pikepdf.new() as joined, pikepdf.open(BytesIO(_blank(lang, on.size))) as blank:
        for paper in volume:
            with pikepdf.open(BytesIO(paper)) as printed:
                own = len(printed.pages)
                joined.pages.extend(printed.pages)
            for _ in range(on.sheets(own) * on.printed - own):
                joined.pages.append(blank.pages[0])
        content = BytesIO()
        joined.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


@cache
def _blank(lang: Lang, size: str) -> bytes:
    words = wording(lang)
    return typeset("blank", lang, {"words": asdict(words), "title": words.blank_page, "size": size})
