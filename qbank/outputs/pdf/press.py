"""One Typst compiler, used again and again: a template of ours and a tree of plain values become a PDF.

The only import of typst. The compiler sees a folder that holds the tree and nothing else, our fonts and its own; it
reads no system font, no package, no clock. So the same tree gives the same bytes, and nothing in it can reach a file.

What the compiler has laid out it keeps for the next page, as long as all that it depends on is the same. So the tree is
a file and no input of the system, on which everything would depend.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from qbank import messages, resources, templating
from qbank.model import Lang, Refused
from qbank.outputs import _typefaces
from qbank.templating import Own

STANDARDS = {True: ("a-2a", "ua-1"), False: ("a-2u",)}
"""Archival and accessible, or not tagged; under each a character that no font has is an error, never an empty box."""


FOLDER = "qbank-press-"
"""How the name of a compiler's folder begins; the number of its process follows."""
AGE = 3600
"""Seconds for which a folder that no process seems to use is left alone."""
KEPT = 10
"""For so many pages the compiler keeps what it has laid out."""
TREE = "doc.json"
"""The file in which a template finds its tree."""
_ONE = Lock()
"""There is one such file, so that one page is typeset at a time."""


def _root() -> Path:
    """The folder that the compiler of this process sees; a process that was forked has its own."""
    return _root_of(os.getpid())


@cache
def _root_of(process: int) -> Path:
    _sweep()
    root = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{process}-"))  # readable by its owner alone
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def _sweep() -> None:
    """Remove the folders of processes that were killed: the tree of an answer book, with its keys, may be in them.

    One that was used of late stays: its process may live where its number means nothing here, in another container.
    """
    if os.name != "posix":  # elsewhere nothing tells whether a process lives without touching it
        return
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        process = left.name.removeprefix(FOLDER).partition("-")[0]
        if process.isdecimal() and not left.is_symlink() and _is_old(left) and not _lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)  # another user's stays: it is not ours to remove


def _is_old(folder: Path) -> bool:
    with suppress(OSError):
        return time.time() - folder.stat().st_mtime > AGE
    return False


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


@contextmanager
def _given(tree: Mapping[str, Any]) -> Iterator[None]:
    """The tree is where the template reads it, as long as it is typeset. Raises Refused when it cannot be written."""
    with _ONE:
        file = _root() / TREE
        try:
            try:
                file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
            except OSError as error:
                raise Refused(
                    messages.tell(
                        "{file}: cannot be written, and a page is typeset from it: {reason}",
                        file=file,
                        reason=messages.reason(error),
                    )
                ) from error
            yield
        finally:
            with suppress(OSError):
                file.unlink()


def _fonts() -> list[str]:
    return [str(resources.folder("templates") / "fonts")]


def _compiler() -> Any:
    return _compiler_of(os.getpid())


@cache
def _compiler_of(process: int) -> Any:  # noqa: ARG001 - each has its own
    import typst

    return typst.Compiler(root=str(_root()), font_paths=_fonts(), ignore_system_fonts=True)


def _refused(error: Any, source: str, own: Own) -> Exception:
    """What a user is told of a compiler's error, which is ours unless a text holds a character that no font has, or an
    own template is wrong.
    """
    missing = re.search(r'the text `"(.*?)"` could not be displayed', str(error))
    if missing:
        return Refused(messages.tell("no font of the paper has {text!r}; write it in another way", text=missing[1]))
    for line in re.findall(r"__typst_py_bytes__\.typ:(\d+):", error.diagnostic if own else ""):
        place = templating.placed(own, source, int(line))
        if place is not None:
            return templating.fault(own, *place, error.message)
    if own:  # what is wrong appears in one of ours, which an own template does not fit
        names = messages.listed(name for name, _ in own)
        return Refused(messages.tell("{templates}: the paper cannot be printed with this template: {reason}",
                                     templates=names, reason=error.message))  # fmt: skip
    wrong: Exception = error
    return wrong


@lru_cache(maxsize=64)
def _source(template: str, lang: Lang, own: Own) -> str:
    fonts = {"latin": _typefaces.LATIN, "chinese": _typefaces.CHINESE, "signs": _typefaces.SIGNS,
             "ticks": _typefaces.TICKS, "headings": _typefaces.HEADINGS, "fonts": list(_typefaces.FILES)}  # fmt: skip
    return templating.render(f"paper/{template}.typ.j2", own, lang=lang, tree=TREE, **fonts)


def found(template: str, lang: Lang, tree: Mapping[str, Any], label: str, own: Own = ()) -> Any:
    """What a page template tells of itself under a label, without printing anything. Raises as `typeset` does."""
    import typst

    source = _source(template, lang, own)
    try:
        with _given(tree):
            told: Any = typst.query(  # type: ignore[misc]  # its stub has an input that cannot be told
                source.encode(), f"<{label}>", field="value", one=True, root=str(_root()), ignore_system_fonts=True,
                font_paths=_fonts(),
            )
    except (typst.TypstError, RuntimeError):
        typeset(template, lang, tree, own)  # a query does not say where it fails; the compiler does
        raise
    return json.loads(told)


_OF_THE_FONT = "glyph has assembly parts with overlap less than minConnectorOverlap"
"""What the compiler says of each long arrow: the font's own table, and nothing that shows."""


def typeset(template: str, lang: Lang, tree: Mapping[str, Any], own: Own = (), *, tagged: bool = True) -> bytes:
    """A page template with a tree as a PDF; an own template takes the place of one of ours.

    What is not `tagged` cannot be read aloud in order, and takes a fifteenth of the room where it is a table.
    Raises Refused when a text holds a character that no font has, for a fault of an own template, and when the disk is
    full. Every other error or warning of the compiler is ours, and raised as it is.
    """
    import typst

    source = _source(template, lang, own)
    try:
        with _given(tree):
            pdf, warnings = _compiler().compile_with_warnings(
                source.encode(), format="pdf", pdf_standards=list(STANDARDS[tagged]), pdf_tags=tagged, timestamp=0,
            )
    except typst.TypstError as error:
        raise _refused(error, source, own) from None
    warnings = [each for each in warnings if each.message != _OF_THE_FONT]
    if warnings and own:
        raise Refused(f"{', '.join(name for name, _ in own)}: {'; '.join(each.message for each in warnings)}")
    if warnings:
        raise RuntimeError("; ".join(str(warning) for warning in warnings))
    return bytes(pdf)


def forget() -> None:
    """Lets go of all that was laid out: the compiler drops what it has not used in its last so many pages."""
    for _ in range(KEPT):
        _compiler().compile_with_warnings(b"", format="svg")


def pictures(template: str, lang: Lang, tree: Mapping[str, Any], dots: int) -> list[bytes]:
    """The pages of a page template with a tree, each as a PNG of so many dots an inch."""
    with _given(tree):
        printed, _ = _compiler().compile_with_warnings(_source(template, lang, ()).encode(), format="png", ppi=dots)
    return [bytes(page) for page in (printed if isinstance(printed, list) else [printed])]
