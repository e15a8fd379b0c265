"""Page templates: the only import of Jinja2. They are ours, from `templates/`; no author's text is ever a template."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from qbank import resources

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.folder("templates")),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith((".html.j2", ".xml.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **values: Any) -> str:
    """A template of `templates/` filled in; every value is escaped in HTML and XML. Raises when a value is missing."""
    return _environment().get_template(template).render(**values)


def trusted(html: str) -> str:
    """HTML or XML that one of our own printers wrote, to be left as it is by the escaping."""
    from markupsafe import Markup

    return Markup(html)


def escaped(text: str) -> str:
    """Any text as the templates write it: every sign that HTML obeys is spelled out."""
    from markupsafe import escape

    return str(escape(text))
