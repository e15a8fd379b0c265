"""PDFs one after another in one file: many papers for the printer, each on sheets of its own; the pieces of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from io import BytesIO
from typing import Any

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
        return _saved(joined)


def numbered(pieces: Iterable[tuple[str, bytes]], feet: Callable[[int], bytes], title: str, lang: Lang) -> bytes:
    """The pages of the pieces one after another, each piece with a bookmark of its name.

    `feet` makes so many pages with what stands at the foot of each, which are laid over them.
    """
    import pikepdf

    with pikepdf.new() as joined:
        with joined.open_outline() as outline:
            for name, content in pieces:
                outline.root.append(pikepdf.OutlineItem(name, len(joined.pages)))
                with pikepdf.open(BytesIO(content)) as piece:
                    joined.pages.extend(piece.pages)
        with pikepdf.open(BytesIO(feet(len(joined.pages)))) as over:
            for page, foot in zip(joined.pages, over.pages, strict=True):
                drawn = joined.copy_foreign(foot.as_form_xobject())
                page.add_resource(drawn, pikepdf.Name.XObject, pikepdf.Name("/Foot"))  # any other name is by chance
                page.contents_add(b"q\n", prepend=True)
                page.contents_add(b"\nQ q /Foot Do Q")
        joined.docinfo["/Title"] = title
        joined.Root.Lang = pikepdf.String(lang)
        return _saved(joined)


def _saved(joined: Any) -> bytes:
    from pikepdf import ObjectStreamMode

    content = BytesIO()
    joined.save(content, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return content.getvalue()


@cache
def _blank(lang: Lang, size: str) -> bytes:
    words = wording(lang)
    return typeset("blank", lang, {"words": asdict(words), "title": words.blank_page, "size": size})
