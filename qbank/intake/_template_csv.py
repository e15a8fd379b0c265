"""A text table to be filled in: its encoding, byte order mark, separator, quotation marks and line ends stay."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from qbank import messages
from qbank.intake import _encodings, _layout, _table
from qbank.intake._layout import Cells
from qbank.intake._template import Entries, Template
from qbank.model import Refused

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CODECS = {"UTF-8": ("utf-8",), "UTF-16": ("utf-16-le", "utf-16-be"), "GBK": ("gbk", "gb18030"), "Big5": ("cp950",),
           "Windows-1252": ("cp1252",)}  # fmt: skip


def template(path: Path) -> Template:
    """The table in a text file. Raises Refused where it cannot be written back as it was."""
    content = path.read_bytes()
    _, name = _encodings.decoded(content, str(path))
    mark = next((each for each in _MARKS if content.startswith(each)), b"")
    body = content[len(mark) :]
    codec = next((each for each in _CODECS[name] if _returns(body, each)), None)
    if codec is None:
        raise Refused(messages.tell("{file}: the file cannot be written back unchanged in {encoding}; save it as 'CSV "
                                    "UTF-8'",
                                    file=path, encoding=name))  # fmt: skip
    text = body.decode(codec)
    start, separator = _beginning(text)
    rows = list(_fields(str(path), text, start, separator))
    texts = {(row, column): _table.alive(_read(text[begin:end]))
             for row, fields in enumerate(rows) for column, (begin, end) in enumerate(fields)}  # fmt: skip
    cells = Cells({at: held for at, held in texts.items() if held.strip()})
    try:
        found = _layout.layout(cells)
    except ValueError as error:
        raise Refused(f"{path}: {error}") from error
    if found is None:
        raise _layout.no_numbers(str(path), cells)
    first = {row: text.count("\n", 0, fields[0][0]) + 1 for row, fields in enumerate(rows)}

    def place(row: int, column: int) -> str:
        return messages.tell("line {line}, column {column}", line=first[row], column=column + 1)

    def filled(entries: Entries) -> bytes:
        changes = sorted(_changes(rows, entries, separator))
        pieces, at = [], 0
        for begin, end, new in changes:
            pieces += [text[at:begin], new]
            at = end
        whole = "".join([*pieces, text[at:]])
        try:
            return mark + whole.encode(codec)
        except UnicodeEncodeError as error:
            raise Refused(messages.tell("{file}: {character!r} cannot be written in {encoding}; save it as 'CSV UTF-8'",
                                        file=path, character=whole[error.start], encoding=name)) from error

    people = _layout.lines(str(path), cells, found, place)
    return Template(str(path), cells.texts, people, found.headings, place, filled)


def _returns(body: bytes, codec: str) -> bool:
    try:
        return body.decode(codec).encode(codec) == body
    except UnicodeError:
        return False


def _beginning(text: str) -> tuple[int, str]:
    """Where the table begins (behind a line `sep=;`), and its separator."""
    from qbank.intake import csv_

    first = text.partition("\n")[0]
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return len(first) + 1, first.strip()[4]
    return 0, csv_.separator_of(text)


def _fields(file: str, text: str, at: int, separator: str) -> Iterator[list[tuple[int, int]]]:
    """Each row's fields as (begin, end) in the text, with their quotation marks. Raises Refused where these differ."""
    bare = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    quoted = re.compile(r'"(?:[^"]|"")*"')
    fields: list[tuple[int, int]] = []
    while at < len(text) or fields:
        found = quoted.match(text, at) if text.startswith('"', at) else bare.match(text, at)
        end = found.end() if found else at
        if found is None or (end < len(text) and text[end] not in f"{separator}\r\n"):
            line = text.count("\n", 0, at) + 1
            raise Refused(messages.tell("{file}, line {line}: the quotation marks do not match; save the table from a "
                                        "spreadsheet again", file=file, line=line))  # fmt: skip
        fields.append((at, end))
        if end < len(text) and text[end] == separator:
            at = end + 1
            continue
        yield fields
        fields = []
        at = end + (2 if text.startswith("\r\n", end) else 1)


def _read(field: str) -> str:
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def _changes(rows: list[list[tuple[int, int]]], entries: Entries, separator: str) -> Iterator[tuple[int, int, str]]:
    """What replaces which part of the text; a row that ends before its cell gets the separators that it lacks."""
    short: dict[int, dict[int, str]] = {}
    for (row, column), entry in entries.items():
        written = _table.inert(entry.text)
        if re.search(rf'["\r\n{re.escape(separator)}]', written):
            written = '"' + written.replace('"', '""') + '"'
        if column < len(rows[row]):
            yield *rows[row][column], written
        else:
            short.setdefault(row, {})[column] = written
    for row, cells in short.items():
        end, have = rows[row][-1][1], len(rows[row])
        more = "".join(separator + cells.get(column, "") for column in range(have, max(cells) + 1))
        yield end, end, more
