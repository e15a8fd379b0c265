"""One Typst compiler, used again and again: a template of ours and a tree of plain values become a PDF.

The only import of typst. The compiler sees an empty folder, our fonts and its own; it reads no system font, no package,
no clock. So the same tree gives the same bytes, and nothing in a tree can reach a file.
"""

from __future__ import annotations

import atexit
import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from qbank import resources, templating
from qbank.model import Lang, Refused
from qbank.outputs import _typefaces
from qbank.templating import Own

STANDARDS = ("a-2a", "ua-1")
"""Archival and accessible; and under both a character that no font has is an error, never an empty box."""


@cache
def _root() -> str:
    root = Path(tempfile.mkdtemp(prefix="qbank-press-"))
    atexit.register(root.rmdir)
    return str(root)


def _fonts() -> list[str]:
    return [str(resources.folder("templates") / "fonts")]


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(root=_root(), font_paths=_fonts(), ignore_system_fonts=True)


def _refused(error: Any, source: str, own: Own) -> Exception:
    """What a user is told of a compiler's error, which is ours unless a text holds a character that no font has, or an
    own template is wrong.
    """
    missing = re.search(r'the text `"(.*?)"` could not be displayed', str(error))
    if missing:
        return Refused(f"no font of the paper has {missing[1]!r}; write it in another way")
    for line in re.findall(r"__typst_py_bytes__\.typ:(\d+):", error.diagnostic if own else ""):
        place = templating.placed(own, source, int(line))
        if place is not None:
            return templating.fault(own, *place, error.message)
    if own:  # what is wrong appears in one of ours, which an own template does not fit
        return Refused(f"{', '.join(name for name, _ in own)}: the paper cannot be printed with it: {error.message}")
    wrong: Exception = error
    return wrong


@lru_cache(maxsize=64)
def _source(template: str, lang: Lang, own: Own) -> str:
    fonts = {"latin": _typefaces.LATIN, "chinese": _typefaces.CHINESE, "signs": _typefaces.SIGNS,
             "ticks": _typefaces.TICKS, "headings": _typefaces.HEADINGS, "fonts": list(_typefaces.FILES)}  # fmt: skip
    return templating.render(f"paper/{template}.typ.j2", own, lang=lang, **fonts)


def found(template: str, lang: Lang, tree: Mapping[str, Any], label: str, own: Own = ()) -> Any:
    """What a page template tells of itself under a label, without printing anything. Raises as `typeset` does."""
    import typst

    source = _source(template, lang, own)
    try:
        told: Any = typst.query(  # type: ignore[misc]  # its stub has an input that cannot be told
            source.encode(), f"<{label}>", field="value", one=True, root=_root(), ignore_system_fonts=True,
            font_paths=_fonts(), sys_inputs={"doc": json.dumps(tree, ensure_ascii=False)},
        )
    except (typst.TypstError, RuntimeError):
        typeset(template, lang, tree, own)  # a query does not say where it fails; the compiler does
        raise
    return json.loads(told)


def typeset(template: str, lang: Lang, tree: Mapping[str, Any], own: Own = ()) -> bytes:
    """A page template with a tree as a PDF; an own template takes the place of one of ours.

    Raises Refused when a text holds a character that no font has, and for a fault of an own template. Every other error
    or warning of the compiler is ours, and raised as it is.
    """
    import typst

    source = _source(template, lang, own)
    inputs = {"doc": json.dumps(tree, ensure_ascii=False)}
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            source.encode(), format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=0,
        )
    except typst.TypstError as error:
        raise _refused(error, source, own) from None
    if warnings and own:
        raise Refused(f"{', '.join(name for name, _ in own)}: {'; '.join(each.message for each in warnings)}")
    if warnings:
        raise RuntimeError("; ".join(str(warning) for warning in warnings))
    return bytes(pdf)


def pictures(template: str, lang: Lang, tree: Mapping[str, Any], dots: int) -> list[bytes]:
    """The pages of a page template with a tree, each as a PNG of so many dots an inch."""
    inputs = {"doc": json.dumps(tree, ensure_ascii=False)}
    printed, _ = _compiler().compile_with_warnings(
        _source(template, lang, ()).encode(), format="png", ppi=dots, sys_inputs=inputs,
    )
    return [bytes(page) for page in (printed if isinstance(printed, list) else [printed])]
