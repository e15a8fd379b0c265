"""From bytes to nodes, or to problems with their places; nothing else can come out, and in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

import yaml

from qbank import messages
from qbank.model import Place, Problem, Refused
from qbank.nodes import _syntax
from qbank.nodes._tree import Mapping, Node, Path, Scalar, Sequence, Source, Span, path_text

SIZE = 1 << 20
"""The largest file that is read, in bytes."""
DEPTH = 40
"""How many lists and mappings may be nested."""
MANY = 50
"""After so many problems in one file, the rest waits for the next reading."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CALL = re.compile(r"[^()]*\(")
"""How an expression with a bracket begins."""
_BREAK = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class NodeError(Refused):
    """A file that is not YAML as the bank reads it; `problems` say where and why."""


def read(text: bytes, file: str) -> Node:
    """The nodes of one YAML document. Raises NodeError with every problem found, and never anything else.

    >>> read(b"id: a\\nid: b\\n", "item.yaml")
    Traceback (most recent call last):
    qbank.nodes._reading.NodeError: item.yaml:2:1: $.id: the key 'id' appears twice; the first is on line 1
      id: b
      ~^
    """
    source, content = _decoded(text, file)
    problems: list[Problem] = []
    root: Node | None = None
    try:
        root = _document(yaml.parse(content, Loader=_LOADER), source, problems)
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax.problem(error, source))
    except yaml.YAMLError as error:
        message = messages.tell("this file cannot be read as YAML: {reason}", reason=error)
        problems.append(_problem("yaml.syntax", message, source, 0, 0))
    if root is None and not problems:
        problems.append(_problem("yaml.empty", messages.tell("the file is empty"), source, 0, 0))
    if root is None or problems:
        raise NodeError(*problems)
    return root


def _decoded(text: bytes, file: str) -> tuple[Source, str]:
    if len(text) > SIZE:
        message = messages.tell("the file has {size:.1f} MiB; at most 1 MiB is allowed", size=len(text) / SIZE)
        raise NodeError(Problem("yaml.size", message, Place(file, 1, 1, 2, "")))
    try:
        content = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NodeError(_encoding(text, error, file)) from None
    source = Source(file, tuple(_BREAK.split(content)))
    wrong = _FORBIDDEN.search(content)
    if wrong:
        before = _BREAK.split(content[: wrong.start()])
        code = f"U+{ord(wrong.group()):04X}"
        message = messages.tell("the invisible character {code} is not allowed here; delete it", code=code)
        raise NodeError(_problem("yaml.character", message, source, len(before) - 1, len(before[-1])))
    return source, content


def _encoding(text: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    bom = 3 if text.startswith(b"\xef\xbb\xbf") else 0  # the decoder counts from after it
    at = error.start + bom
    start = max(text.rfind(b"\n", 0, at), text.rfind(b"\r", 0, at)) + 1
    end = re.compile(rb"[\r\n]|$").search(text, at)
    lead = text[start:at].decode("utf-8-sig", "replace")
    shown = lead + text[at : end.start() if end else len(text)].decode("utf-8", "replace")
    looks = "UTF-16" if text.startswith((b"\xff\xfe", b"\xfe\xff")) else "GBK" if _is_gbk(text) else ""
    byte = f"0x{text[at]:02x}"
    if looks:
        message = messages.tell(
            "the file is not UTF-8: byte {number} is {byte}; it looks like {encoding}; save the file as UTF-8",
            number=at + 1, byte=byte, encoding=looks,
        )  # fmt: skip
    else:
        message = messages.tell(
            "the file is not UTF-8: byte {number} is {byte}; save the file as UTF-8", number=at + 1, byte=byte
        )
    line = len(re.findall(rb"\r\n|\r|\n", text[:start])) + 1
    return Problem("yaml.encoding", message, Place(file, line, len(lead) + 1, len(lead) + 2, _visible(shown)))


def _is_gbk(text: bytes) -> bool:
    try:
        text.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _visible(line: str) -> str:
    return _FORBIDDEN.sub("\ufffd", line)


def _problem(code: str, message: str, source: Source, line: int, column: int, end: int = 0, path: Path = ()) -> Problem:
    text = source.lines[line] if line < len(source.lines) else ""
    place = Place(source.file, line + 1, column + 1, max(end, column + 1) + 1, text)
    return Problem(code, message, place, path_text(path) if path else "")


def _document(events: Iterator[yaml.Event], source: Source, problems: list[Problem]) -> Node | None:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            message = messages.tell("a second document begins here; a file has only one")
            problems.append(_problem("yaml.documents", message, source, *_start(event)))
            break
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, source, problems, (), 1)
    if isinstance(root, Scalar) and root.text is None and not problems:
        return None
    return root


def _node(
    event: yaml.NodeEvent, events: Iterator[yaml.Event], source: Source, problems: list[Problem], path: Path, depth: int
) -> Node:
    if len(problems) >= MANY:
        raise NodeError(*problems)
    problems.extend(_refusals(event, source, path))
    if isinstance(event, yaml.ScalarEvent):
        style = "" if event.style in (None, "") else str(event.style)
        text = None if event.value == "" and style == "" else str(event.value)
        return Scalar(text, style, _span(source, event, event))
    if isinstance(event, yaml.AliasEvent):
        return Scalar(None, "", _span(source, event, event))
    if depth > DEPTH:
        message = messages.tell("lists and mappings are nested more than {most} deep", most=DEPTH)
        raise NodeError(*problems, _problem("yaml.depth", message, source, *_start(event)))
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(event, events, source, problems, path, depth)
    assert isinstance(event, yaml.MappingStartEvent)
    return _mapping(event, events, source, problems, path, depth)


def _sequence(
    event: yaml.SequenceStartEvent, events: Iterator[yaml.Event], source: Source, problems: list[Problem], path: Path,
    depth: int,
) -> Sequence:
    items: list[Node] = []
    for inner in events:
        if not isinstance(inner, yaml.NodeEvent):
            if event.flow_style:
                problems.extend(_torn(items, source, path))
            return Sequence(tuple(items), _span(source, event, inner))
        items.append(_node(inner, events, source, problems, (*path, len(items)), depth + 1))
    raise AssertionError("the parser closes every list")


def _mapping(
    event: yaml.MappingStartEvent, events: Iterator[yaml.Event], source: Source, problems: list[Problem], path: Path,
    depth: int,
) -> Mapping:
    keys: dict[str, Scalar] = {}
    values: dict[str, Node] = {}
    for inner in events:
        if not isinstance(inner, yaml.NodeEvent):
            if event.flow_style:
                names = list(values)
                for at, own in enumerate(names):
                    rest = takewhile(lambda each: _is_empty(values[each]), names[at + 1 :])
                    problems.extend(_torn([values[own], *(keys[each] for each in rest)], source, (*path, own)))
            return Mapping(keys, values, _span(source, event, inner))
        key = _node(inner, events, source, problems, path, depth + 1)
        name = key.text if isinstance(key, Scalar) and key.text is not None else None
        below = (*path, name) if name is not None else path
        value = _node(_next(events), events, source, problems, below, depth + 1)
        if name is None or not isinstance(key, Scalar):
            if not isinstance(inner, yaml.AliasEvent):  # that has its own problem
                problems.append(_not_a_key(key, source, path))
        elif name in keys:
            message = _syntax.twice(name, keys[name].span.line + 1, torn=bool(event.flow_style) and _is_empty(value))
            span = key.span
            problems.append(
                _problem("yaml.duplicate-key", message, source, span.line, span.column, span.last_column, below)
            )
        else:
            keys[name], values[name] = key, value
    raise AssertionError("the parser closes every mapping")


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text is None


def _torn(pieces: Iterable[Node], source: Source, path: Path) -> Iterator[Problem]:
    """The expression that a comma within { } or [ ] has torn in pieces: max(R1 and Rf) instead of max(R1, Rf)."""
    torn: list[Scalar] = []
    for piece in pieces:
        if not isinstance(piece, Scalar) or piece.style or piece.text is None:
            torn = []
            continue
        torn.append(piece)
        text = ", ".join(each.text or "" for each in torn)
        if len(torn) > 1 and _CALL.match(text) and text.count("(") == text.count(")"):
            span = torn[0].span
            message = messages.tell(
                'the comma splits {text!r} into {count} entries; put it in quotes: "{text}"', text=text, count=len(torn)
            )
            yield _problem("yaml.comma", message, source, span.line, span.column, torn[-1].span.last_column, path)
            return
        if text.count("(") <= text.count(")"):
            torn = []


def _next(events: Iterator[yaml.Event]) -> yaml.NodeEvent:
    event = next(events)
    assert isinstance(event, yaml.NodeEvent)
    return event


def _not_a_key(key: Node, source: Source, path: Path) -> Problem:
    if isinstance(key, Scalar):
        message = messages.tell("a key is missing before ':'")
    else:
        message = messages.tell(
            "a key must be a word, not a list or mapping; put quotes around text that begins with {{ or ["
        )
    return _problem("yaml.key", message, source, key.span.line, key.span.column, path=path)


def _refusals(event: yaml.NodeEvent, source: Source, path: Path) -> Iterator[Problem]:
    line, column = _start(event)
    if isinstance(event, yaml.AliasEvent):
        message = messages.tell(
            "'*{name}' (an alias) is not allowed; write the value out, or quote it if it is text", name=event.anchor
        )
        yield _problem("yaml.anchor", message, source, line, column, column + 1 + len(str(event.anchor)), path)
    elif event.anchor is not None:
        message = messages.tell(
            "'&{name}' (an anchor) is not allowed; delete it, or quote text that begins with &", name=event.anchor
        )
        yield _problem("yaml.anchor", message, source, line, column, column + 1 + len(str(event.anchor)), path)
    tag = getattr(event, "tag", None)
    if tag is not None:
        message = _syntax.tag()
        yield _problem("yaml.tag", message, source, line, column, path=path)


def _start(event: yaml.Event) -> tuple[int, int]:
    return _point(event.start_mark)


def _point(mark: Any) -> tuple[int, int]:
    return int(mark.line), int(mark.column)


def _span(source: Source, first: yaml.Event, last: yaml.Event) -> Span:
    return Span(source, *_start(first), *_point(last.end_mark))
