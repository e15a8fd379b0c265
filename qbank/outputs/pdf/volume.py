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
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for paper in volume:
        before = len(writer.pages)
        writer.append(BytesIO(paper), import_outline=False)
        own = len(writer.pages) - before
        for _ in range(on.sheets(own) * on.printed - own):
            writer.append(PdfReader(BytesIO(_blank(lang, on.size))), import_outline=False)
    writer.compress_identical_objects()
    writer.metadata = None
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


@cache
def _blank(lang: Lang, size: str) -> bytes:
    words = wording(lang)
    return typeset("blank", lang, {"words": asdict(words), "title": words.blank_page, "size": size})
