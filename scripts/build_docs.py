"""Build the pages of docs/ from docs/_parts/: `python scripts/build_docs.py`.

A page is written by hand, in docs/_parts/LANGUAGE/NAME.md for each language. A line `<!-- word argument … -->` in it is
replaced by text from the program or the bank: the function of `pages` that the word names in INSERTS writes it, in the
language of the page (`pages.words.say`). To add a page, add a part in each language; to add generated text, add a
function to a module of `pages` and its word here.

    python scripts/build_docs.py --check     # writes nothing; says which pages are out of date
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pages import (
    bank_pages,
    check_pages,
    command_pages,
    errors,
    formats,
    gallery,
    notebook,
    responses,
    verdicts,
    vocabulary,
)

from qbank import messages

ROOT = Path(__file__).resolve().parent.parent
PARTS, DOCS = ROOT / "docs" / "_parts", ROOT / "docs"
AGAIN = "python scripts/build_docs.py"
CONTENTS = "<!--contents-->"
"""Written in a part where links to its headings are wanted."""
_INSERT = re.compile(r"^<!-- (?P<words>[a-z][^\n]*?) -->$", re.MULTILINE)

NOTEBOOKS = ("python.md",)
"""The pages that are to be run as well as read."""
INSERTS: Mapping[str, Callable[..., str]] = {
    **bank_pages.INSERTS, **errors.INSERTS, **formats.INSERTS, **responses.INSERTS, **verdicts.INSERTS,
    **vocabulary.INSERTS, **check_pages.INSERTS, **command_pages.INSERTS,
    **gallery.INSERTS,
}  # fmt: skip
"""What a line `<!-- word … -->` stands for, by its word."""


def build(language: str) -> dict[str, str]:
    """Every page of a language by its path in docs/, as docs/ should hold it; those of NOTEBOOKS as notebooks too."""
    pages = {part.name: page(part) for part in sorted((PARTS / language).glob("*.md"))}
    pages |= {name.replace(".md", ".ipynb"): notebook.notebook(pages[name]) for name in NOTEBOOKS if name in pages}
    return {f"{language}/{name}": text for name, text in pages.items()}


def page(part: Path) -> str:
    """One page: its part with everything inserted, under a line that says where it comes from."""
    name = part.relative_to(PARTS).as_posix()
    with messages.speaking(part.parent.name):
        text = _INSERT.sub(lambda found: _inserted(found["words"], name), part.read_text(encoding="utf-8"))
    text = text.replace(CONTENTS, contents(text))
    note = f"<!-- Made from docs/_parts/{name} by scripts/build_docs.py: change that, and build again. -->"
    return f"{note}\n\n{text.strip()}\n"


def contents(text: str) -> str:
    """Links to the headings of a page, listings left out.

    >>> contents("## `kind: text` and more\\n")
    '* [`kind: text` and more](#kind-text-and-more)'
    """
    plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^## (.+)$", plain, flags=re.MULTILINE)
    return "\n".join(f"* [{heading}](#{slug(heading)})" for heading in found)


def slug(heading: str) -> str:
    """The anchor of a heading, as repositories on the web make it.

    >>> slug("`kind: text` and more")
    'kind-text-and-more'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _inserted(words: str, name: str) -> str:
    word, *arguments = words.split()
    if word not in INSERTS:
        known = ", ".join(sorted(INSERTS))
        raise SystemExit(f"docs/_parts/{name}: the insert {word!r} is not known; the known ones are: {known}")
    return INSERTS[word](*arguments).strip("\n")


def everything() -> dict[str, str]:
    """The pages of all languages."""
    return {name: text for language in messages.LANGUAGES for name, text in build(language).items()}


def stale() -> list[str]:
    """The pages that docs/ does not hold as they should be."""
    return [name for name, text in everything().items()
            if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text]


def main() -> None:
    """Build the pages, or check that they are as they should be."""
    parser = argparse.ArgumentParser(description="Build the pages of docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    if parser.parse_args().check:
        old = stale()
        sys.exit(f"out of date: {', '.join(old)}; run {AGAIN}" if old else 0)
    for name, text in everything().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
