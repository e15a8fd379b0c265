"""Page templates: the only import of Jinja2. They are ours, from `templates/`, or a department's own in their place.

No author's text is ever a template. A department's own templates run in Jinja's sandbox, and see what ours see.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from qbank import messages, resources
from qbank.model import Refused

if TYPE_CHECKING:
    from jinja2 import Environment

Own: TypeAlias = tuple[tuple[str, str], ...]
"""A department's own templates: names as in `templates/`, and texts."""
REPLACEABLE = (
    "paper/title.typ.j2", "paper/strip.typ.j2", "paper/sheet.typ.j2", "paper/units.typ.j2", "paper/common.typ.j2",
    "paper/book.typ.j2", "web/sheet.html.j2", "web/book.html.j2", "web/macros.html.j2", "web/page.css.j2",
)  # fmt: skip
"""The templates of papers and answer books, which may be replaced one by one."""
_BEGIN, _END = "/*begin {}*/", "/*end {}*/"
"""Comments of Typst around an own template, so that an error of the compiler finds its file."""


@lru_cache(maxsize=8)
def _environment(own: Own) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    texts = dict(own)

    def mine(name: str) -> tuple[str, str, None] | None:
        return (_bracketed(name, texts[name]), name, None) if name in texts else None

    kind = ImmutableSandboxedEnvironment if own else Environment  # a sandbox takes as long as what is done in it
    return kind(
        loader=ChoiceLoader([FunctionLoader(mine), FileSystemLoader(resources.folder("templates"))]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith((".html.j2", ".xml.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, own: Own = (), **values: Any) -> str:
    """A template filled in, one's own where there is one; every value is escaped in HTML and XML.

    Raises Refused with file and line for a fault of an own template; any other error is ours.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return _environment(own).get_template(template).render(**values)
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
        place = (error.name, error.lineno) if isinstance(error, TemplateSyntaxError) else _raised_in(error)
        if place is None or place[0] not in dict(own):
            raise
        raise fault(own, str(place[0]), place[1], str(error)) from None


def fault(own: Own, name: str, line: int, message: str) -> Refused:
    """The message about a fault in an own template: the file, the line, and its text."""
    lines = dict(own)[name].splitlines() or [""]
    line = min(max(line, 1), len(lines))
    told = messages.tell("{file}, line {line}: {fault}", file=name, line=line, fault=message)
    return Refused(f"{told}\n      {lines[line - 1].strip()}")


def placed(own: Own, source: str, line: int) -> tuple[str, int] | None:
    """The own template, and its line, that became a line (from 1) of a page's source, if any did.

    Blocks of Jinja leave no line behind, so that of all lines with the same text the nearest is taken.
    """
    texts, rendered = dict(own), source.split("\n")
    open_: list[tuple[str, int]] = []
    for number, text in enumerate(rendered[:line], 1):
        for begins, name in re.findall(r"/\*(begin|end) (\S+)\*/", text):
            if begins == "begin":
                open_.append((name, number))
            elif number < line:
                open_.pop()
    if not open_ or open_[-1][0] not in texts:
        return None
    name, start = open_[-1]
    near = line - start + 1
    same = [
        place for place, text in enumerate(texts[name].split("\n"), 1)
        if text and text in rendered[line - 1]
    ]  # fmt: skip
    return name, min(same, key=lambda place: abs(place - near), default=near)


def trusted(html: str) -> str:
    """HTML or XML that one of our own printers wrote, to be left as it is by the escaping."""
    from markupsafe import Markup

    return Markup(html)


def escaped(text: str) -> str:
    """Any text as the templates write it: every sign with a meaning in HTML is escaped."""
    from markupsafe import escape

    return str(escape(text))


def _bracketed(name: str, text: str) -> str:
    return _BEGIN.format(name) + text + _END.format(name) if name.endswith(".typ.j2") else text


def _raised_in(error: BaseException) -> tuple[str, int] | None:
    """The innermost template in which an error was raised, and its line."""
    place, at = None, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename.endswith(".j2"):
            place = at.tb_frame.f_code.co_filename, at.tb_lineno
        at = at.tb_next
    return place
