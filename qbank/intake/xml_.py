"""Results of candidates in QTI (2.1 and 3): a file for each, in a folder or a .zip, or a single one.

Each result is a row; a variable of an item is a column `item-A-7-K3Q RESPONSE_1`, several values of it stand on lines.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from qbank import files, messages
from qbank.intake import _table
from qbank.model import Problem, Refused

LONGEST, LARGEST = 1 << 26, 1 << 30
"""The most bytes of one candidate's result, and of all in a .zip."""


@dataclass(slots=True)
class _Result:
    """What one file says: whose it is, and the values of each variable of each item."""

    candidate: str = ""
    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)


def read(path: Path) -> _table.Sheet:
    """The results in a file, a .zip or a folder. Raises Refused with every file that is not a result."""
    results: list[tuple[str, _Result]] = []
    problems: list[Problem] = []
    for name, content in _files(path):
        try:
            found = _result(content)
        except ValueError as error:
            problems.append(Problem("intake.xml", f"{name}: {error}"))
        else:
            results.append((name, found))
    if problems:
        raise Refused(*problems)
    if not results:
        raise Refused(messages.tell("{file}: there is no result (.xml) in it", file=path))
    again = [f"{name}: {messages.listed(sorted(each.again))}" for name, each in results if each.again]
    if again:
        message = messages.tell("{file}: some items were attempted more than once; the last attempt counts: {items}",
                                file=path, items=messages.clauses(again[:8]))  # fmt: skip
        problems.append(Problem("intake.attempts", message, severity="warning"))
    keys = list(dict.fromkeys(key for _, each in results for key in each.values))
    rows = [[each.candidate, *("\n".join(each.values.get(key, ())) for key in keys)] for _, each in results]
    header = ("id", *(" ".join(key) for key in keys))
    return _table.Sheet(str(path), header, rows, range(1, len(rows) + 1), problems=tuple(problems))


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every .xml file with its name, in the order of the names."""
    if path.is_dir():
        for each in sorted(path.rglob("*.xml")):
            files.need_regular(each)
            yield str(each), each.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            parts = sorted(package.infolist(), key=lambda each: each.filename)
            results = [each for each in parts if each.filename.lower().endswith(".xml")]
            if sum(each.file_size for each in results) > LARGEST or any(each.file_size > LONGEST for each in results):
                raise Refused(messages.tell("{file}: it unpacks to more than results can have", file=path))
            for one in results:
                name = f"{path}, {one.filename}"
                try:
                    yield name, package.read(one)
                except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
                    raise Refused(messages.tell("{file}: cannot be read: {reason}", file=name,
                                                reason=error)) from error
    else:
        yield str(path), path.read_bytes()


def _result(content: bytes) -> _Result:
    """One result. Raises ValueError for what is none, and for entities, which may be endless."""
    found, stack, text = _Result(), list[tuple[str, dict[str, str]]](), list[str]()

    def opened(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not stack and name != "assessmentResult":
            raise ValueError(messages.tell("the file is a <{element}>, not an <assessmentResult> of QTI", element=name))
        stack.append((name, attributes))
        text.clear()
        if name == "context":
            found.candidate = attributes.get("sourcedId", "")
        if name == "itemResult":
            own = attributes.get("identifier", "")
            earlier = [key for key in found.values if key[0] == own]
            if earlier:
                found.again.add(own)
            for key in earlier:
                del found.values[key]

    def closed(_: str) -> None:
        name = stack.pop()[0]
        if name == "value":
            around = {each: attributes.get("identifier", "") for each, attributes in stack}
            variable = around.get("responseVariable") if "candidateResponse" in around else around.get(
                "outcomeVariable")
            if "itemResult" in around and variable:
                found.values.setdefault((around["itemResult"], variable), []).append("".join(text))

    def refused(*_: object) -> None:
        raise ValueError(messages.tell("the file declares entities, which a result does not need"))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text.append
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(messages.tell("line {line}: {message}", line=error.lineno,
                                       message=expat.ErrorString(error.code))) from error
    return found
