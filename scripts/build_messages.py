"""Build the tables of messages: `python scripts/build_messages.py`, or with `--check` only look whether they are whole.

Every text that the program tells is collected: the templates of `messages.tell` and `tell_many`, the help of each
command, the meanings of fields, what the pages of docs/ take from the program, and click's own texts. `messages.po` of
each language gets the new ones and loses those that are told no more; the program reads the compiled `messages.mo`.

    python scripts/build_messages.py --add new.json     # {"template": "translation", …}, put into the table
    python scripts/build_messages.py --missing          # the templates without a translation, as such a file
"""

from __future__ import annotations

import argparse
import gettext
import io
import json
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from pages import told

from qbank import messages

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "qbank"
KEYWORDS = {"tell": None, "tell_many": (2, 3), "_": None, "ngettext": (1, 2)}
SOURCES = [("**.py", "python")]


def collected() -> Catalog:
    """Every text that the program tells, with the files that tell it."""
    catalog = Catalog()
    folders = bool  # every one: babel by itself passes over such as outputs/_qti
    for file, _, found, _, _ in extract_from_dir(PACKAGE, SOURCES, keywords=KEYWORDS, directory_filter=folders):
        catalog.add(found, locations=[(f"qbank/{file}", 0)])
    for origin, text in told.texts():
        catalog.add(text, locations=[(origin, 0)])
    return catalog


def path(language: str) -> Path:
    """The table of a language, as people edit it."""
    return messages.TABLES / language / "LC_MESSAGES" / f"{messages.DOMAIN}.po"


def updated(language: str, added: dict[str, str]) -> Catalog:
    """The table of a language with every text that is collected, and no other."""
    file = path(language)
    old = read_po(io.BytesIO(file.read_bytes()), locale=language) if file.is_file() else Catalog(locale=language)
    new = Catalog(locale=language, header_comment="# What qbank tells, by the English text.", fuzzy=False)
    for message in sorted(collected(), key=lambda each: (each.locations[:1], str(each.id))):
        if message.id:
            known = old.get(first(message))
            text = added.get(first(message)) or (known.string if known else "")
            new.add(message.id, _shaped(message, text), locations=sorted(set(message.locations)))
    return new


def first(message: Message) -> str:
    """The text by which a message is found: of one about a number of things, that about one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _shaped(message: Message, text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    plain = text if isinstance(text, str) else text[0]
    return plain if isinstance(message.id, str) else (plain,)


def faults(catalog: Catalog) -> Iterator[str]:
    """What is missing in a table, or has other gaps than its template."""
    for message in catalog:
        if message.id:
            text = message.string if isinstance(message.string, str) else message.string[0]
            if not text:
                yield f"{catalog.locale}: not translated: {first(message)!r}"
            elif gaps(text) != gaps(message.id if isinstance(message.id, str) else message.id[1]):
                yield f"{catalog.locale}: other gaps than {first(message)!r}: {text!r}"


def gaps(text: str) -> set[str]:
    """The names of the gaps of a template; a text with braces of other use has none.

    >>> sorted(gaps("{file}: {count:g} lines"))
    ['count', 'file']
    """
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def compiled(catalog: Catalog) -> bytes:
    """The table as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def spoken(table: bytes) -> dict[Any, str]:
    """What a compiled table gives for each text, without its head, which names the library that compiled it."""
    texts: dict[Any, str] = vars(gettext.GNUTranslations(io.BytesIO(table)))["_catalog"]
    return {template: text for template, text in texts.items() if template}


def written(catalog: Catalog) -> bytes:
    """The table as people edit it, without dates and lines, which would differ with each build."""
    out = io.BytesIO()
    write_po(out, catalog, width=120, omit_header=False, include_lineno=False)
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By')
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(dated))


def main() -> None:
    """Build the tables, or check them."""
    parser = argparse.ArgumentParser(description="Build the tables of messages.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a table is not whole")
    parser.add_argument("--missing", action="store_true", help="print the texts without a translation, as JSON")
    parser.add_argument("--add", type=Path, nargs="*", default=[], help="files of JSON with translations")
    asked = parser.parse_args()
    added: dict[str, str] = {}
    for file in asked.add:
        added |= json.loads(file.read_text(encoding="utf-8"))
    for language in messages.LANGUAGES[1:]:
        catalog, table = updated(language, added), path(language)
        wrong = list(faults(catalog))
        if asked.missing:
            print(json.dumps({first(each): "" for each in catalog if each.id and not any(each.string)},
                             ensure_ascii=False, indent=1))  # fmt: skip
        elif asked.check:
            stale = table.read_bytes() != written(catalog)
            stale |= spoken(table.with_suffix(".mo").read_bytes()) != spoken(compiled(catalog))
            sys.exit("\n".join([*wrong, *(["run python scripts/build_messages.py"] if stale else [])]) or 0)
        else:
            table.write_bytes(written(catalog))
            table.with_suffix(".mo").write_bytes(compiled(catalog))
            print(f"{language}: {len(catalog)} texts, {len(wrong)} to do")


if __name__ == "__main__":
    main()
