"""YAML with its lines: what is read, what is refused, and where each complaint points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pydantic
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from qbank import nodes

READ = [
    ("a: no\nb: 1e3\nc: 4:30\nd: 0x1F\n", {"a": "no", "b": "1e3", "c": "4:30", "d": "0x1F"}, "no type is resolved"),
    ("a: ~\nb: null\nc:\nd: ''\n", {"a": "~", "b": "null", "c": None, "d": ""}, "only nothing at all is None"),
    ("\ufeffa: b\n", {"a": "b"}, "a byte order mark is no key"),
    ("zh: |\n  求 $A$：\n    缩进\n\nen: >\n  one\n  two\n", {"zh": "求 $A$：\n  缩进\n", "en": "one two\n"}, "blocks"),
    ("{series: E24, from: 1k, list: [a, b]}", {"series": "E24", "from": "1k", "list": ["a", "b"]}, "flow"),
    ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}, "Windows line ends"),
    ("- a\n-\n- [b]\n", ["a", None, ["b"]], "a list at the top"),
    ("a: '{{ R1 }}'\n", {"a": "{{ R1 }}"}, "a quoted name"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), READ, ids=[row[2] for row in READ])
def test_a_document_becomes_the_text_that_was_written(text: str, expected: Any, remark: str) -> None:
    assert nodes.plain(nodes.read(text.encode(), "q.yaml")) == expected, remark


REFUSED = [
    (b"", "q.yaml:1:1: the file is empty\n  \n  ^"),
    (b"# nothing\n", "q.yaml:1:1: the file is empty\n  # nothing\n  ^"),
    (b"a: 1\nb:\n\tc: 2\n", "q.yaml:3:1: the indentation has a tab; use spaces\n  \tc: 2\n  ^"),
    (
        b"a: x: y\n",
        (
            "q.yaml:1:5: a second ': ' in one line, or a line indented too far; quote the text, "
            "or write it under '|' on its own line\n  a: x: y\n      ^"
        ),
    ),
    (
        b"a: {x: 1\nb: 2\n",
        (
            "q.yaml:1:4: the '{' that opens here is not closed, or a comma is missing; "
            "quote each text in it that has braces or brackets\n  a: {x: 1\n     ^"
        ),
    ),
    (
        b"a: [1\nb: 2\n",
        (
            "q.yaml:1:4: the '[' that opens here is not closed, or a comma is missing; "
            "quote each text in it that has braces or brackets\n  a: [1\n     ^"
        ),
    ),
    (
        b"a: {zh: $x_{1}$, en: b}\n",  # TeX, in one line
        (
            "q.yaml:1:4: the '{' that opens here is not closed, or a comma is missing; "
            "quote each text in it that has braces or brackets\n  a: {zh: $x_{1}$, en: b}\n     ^"
        ),
    ),
    (b"a: 'x\n", "q.yaml:1:4: the quotation that opens here is not closed\n  a: 'x\n     ^"),
    (
        b'a: "$\\odot$"\n',
        (
            "q.yaml:1:6: a backslash in double quotes begins an escape sequence; "
            "write maths in 'single quotes' or under '|'\n"
            '  a: "$\\odot$"\n       ^'
        ),
    ),
    (b"a: %b\n", "q.yaml:1:4: text cannot begin with '%'; put quotes around it\n  a: %b\n     ^"),
    (
        b"a:\n  - 1\n - 2\n",
        (
            "q.yaml:3:2: this line does not fit the lines above it; check its indentation, and the quotes before it\n"
            "   - 2\n   ^"
        ),
    ),
    (
        b"a: | text\n",
        (
            "q.yaml:1:6: nothing may follow '|' or '>' on its line; the text begins on the next line\n"
            "  a: | text\n       ^"
        ),
    ),
    (
        b"a: |\n  x\nword\nb: 2\n",
        "q.yaml:3:1: this line has no 'key:', or a text above it needs '|' or quotes\n  word\n  ^",
    ),
    (
        b"key: {{ R1 }}\n",
        (
            "q.yaml:1:7: $.key: a key must be a word, not a list or mapping; put quotes around text that begins with "
            "{ or [\n  key: {{ R1 }}\n        ^"
        ),
    ),
    (
        b"a: {b: 1, b: 2}\nc: 1\na: 3\n",
        (
            "q.yaml:1:11: $.a.b: the key 'b' appears twice; the first is on line 1\n  a: {b: 1, b: 2}\n            ^\n"
            "q.yaml:3:1: $.a: the key 'a' appears twice; the first is on line 1\n  a: 3\n  ^"
        ),
    ),
    (
        b"a: &x 1\nb: *x\n",
        (
            "q.yaml:1:4: $.a: '&x' (an anchor) is not allowed; delete it, or quote text that begins with &\n"
            "  a: &x 1\n     ~^\n"
            "q.yaml:2:4: $.b: '*x' (an alias) is not allowed; write the value out, or quote it if it is text\n"
            "  b: *x\n     ~^"
        ),
    ),
    (
        b"a: !!python/object:os.system x\n",
        (
            "q.yaml:1:4: $.a: a tag ('!\u2026') is not allowed; delete it, or quote text that begins with !\n"
            "  a: !!python/object:os.system x\n     ^"
        ),
    ),
    (b"a: 1\n---\nb: 2\n", "q.yaml:2:1: a second document begins here; a file has only one\n  ---\n  ^"),
    (
        "a: 1\n题: x\n".encode("gbk"),
        (
            "q.yaml:2:1: the file is not UTF-8: byte 6 is 0xcc; it looks like GBK; save the file as UTF-8\n"
            "  \ufffd\ufffd: x\n  ~^"
        ),
    ),
    (
        b"a: 1\nb: \x07\n",
        "q.yaml:2:4: the invisible character U+0007 is not allowed here; delete it\n  b: \x07\n     ^",
    ),
    (
        "a: x\u2028y\n".encode(),
        "q.yaml:1:5: the invisible character U+2028 is not allowed here; delete it\n  a: x\u2028y\n      ^",
    ),
    (
        b"[" * 50,
        f"q.yaml:1:41: lists and mappings are nested more than 40 deep\n  {'[' * 50}\n{' ' * 42}^",
    ),
    (b"a" * (1 << 21), "q.yaml:1:1: the file has 2.0 MiB; at most 1 MiB is allowed\n  \n  ^"),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=[row[0][:12].decode("latin1") for row in REFUSED])
def test_a_fault_is_told_with_its_place(text: bytes, expected: str) -> None:
    with pytest.raises(nodes.NodeError) as caught:
        nodes.read(text, "q.yaml")

    assert str(caught.value) == expected


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"ab ':\"|>{}[],&*!%@#-?\\\n\t",
            "\n  ",
            "\n    ",
            ": ",
            "- ",
            "|\n  ",
            ">\n  ",
            ">+\n\n ",
            "k: ",
            "电",
            "\r\n",
        ]
    ),
    max_size=30,
).map("".join)


@given(st.binary(max_size=60) | YAMLISH.map(str.encode))
@example(b"a: |2\n   \n")
@example(b"\xff\xfea")
@example(b"---\n...\n---\n")
def test_any_bytes_give_a_node_or_problems_with_places(text: bytes) -> None:
    try:
        nodes.plain(nodes.read(text, "q.yaml"))
    except nodes.NodeError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.place is not None
            assert str(problem)


def scalars(node: nodes.Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], nodes.Scalar]]:
    match node:
        case nodes.Scalar():
            yield path, node
        case nodes.Mapping():
            for key, value in node.values.items():
                yield from scalars(value, (*path, key))
        case nodes.Sequence():
            for index, item in enumerate(node.items):
                yield from scalars(item, (*path, index))


@given(st.sampled_from(["k: |\n  a", "k: >\n  a", "k: 'a", "k: a", "- "]), YAMLISH, st.sampled_from(["", "'", "\n"]))
def test_every_visible_character_of_a_text_is_found_where_it_was_written(start: str, middle: str, end: str) -> None:
    try:
        root = nodes.read((start + middle + end).encode(), "q.yaml")
    except nodes.NodeError:
        return
    for path, scalar in scalars(root):
        if scalar.style == '"':
            continue
        for offset, character in enumerate(scalar.text or ""):
            found = nodes.scalar_place(root, path, offset)
            if not character.isspace():
                assert found.source[found.column - 1] == character


PLACES = """\
id: gain
title: {zh: 反相, en: Inverting}
parts:
  - id: one
    answer:
      key: "a\\t + b"
    empty:
note: 'it''s'
stem: |
  first
    second
folded: >
  one
  two
"""

AT = [
    (["id"], False, "1:5-9", "a value"),
    (["id"], True, "1:1-3", "its key"),
    (["title", "zh"], False, "2:13-15", "columns count characters"),
    (["title"], False, "2:8-31", "a flow mapping"),
    (["parts"], False, "3:1-6", "a block list is shown by its key"),
    (["parts", 0], False, "4:5-12", "an item has no key"),
    (["parts", 0, "answer"], False, "5:5-11", "a block mapping is shown by its key"),
    (["parts", 0, "empty"], False, "7:5-10", "nothing is shown by its key"),
    (["parts", 0, "answer", "tolerance"], False, "5:5-11", "past what exists: the nearest"),
    (["parts", 7, "id"], False, "3:1-6", "an index past the end"),
    ([], False, "1:1-9", "the whole file"),
]


def span(place: Any) -> str:
    return f"{place.line}:{place.column}-{place.end}"


@pytest.mark.parametrize(("path", "key", "expected", "remark"), AT, ids=[row[3] for row in AT])
def test_a_path_has_a_place(path: list[str | int], key: bool, expected: str, remark: str) -> None:
    assert span(nodes.place(nodes.read(PLACES.encode(), "q.yaml"), path, key=key)) == expected, remark


INSIDE = [
    (["id"], 2, 2, "1:7-9", "plain"),
    (["parts", 0, "answer", "key"], 5, 1, "6:19-20", "an escape is one character"),
    (["note"], 3, 1, "8:12-13", "a doubled quote is one character"),
    (["stem"], 6, 8, "11:3-11", "the second line under |"),
    (["stem"], 14, 1, "11:11-12", "a line's end"),
    (["folded"], 4, 3, "14:3-6", "the second line under >"),
    (["id"], 4, 1, "1:9-10", "just after the end"),
    (["parts"], 4, 1, "3:1-6", "not a text"),
    (["id"], 0, 99, "1:5-9", "longer than the text"),
]


@pytest.mark.parametrize(("path", "offset", "length", "expected", "remark"), INSIDE, ids=[row[4] for row in INSIDE])
def test_a_character_has_a_place(path: list[str | int], offset: int, length: int, expected: str, remark: str) -> None:
    found = nodes.scalar_place(nodes.read(PLACES.encode(), "q.yaml"), path, offset, length)

    assert span(found) == expected, remark


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Number(Strict):
    kind: Literal["number"]
    key: str
    tolerance: str

    @field_validator("key")
    @classmethod
    def _readable(cls, key: str) -> str:
        if "$" in key:
            raise nodes.Wrong("'$' is not part of a name", offset=key.index("$"), proposal="delete it")
        return key


class Choice(Strict):
    kind: Literal["choice"]
    options: dict[str, str]
    rule: Literal["net", "cancel", "exact"] = "net"


class Series(Strict):
    series: str


class Grid(Strict):
    low: str = Field(alias="from")


class Part(Strict):
    marks: float = Field(default=1, gt=0)
    answer: Annotated[Number | Choice, Field(discriminator="kind")] | None = None
    domain: Series | Grid | str | None = None


class Item(Strict):
    id: str
    parts: list[Part] = Field(default=[], min_length=1)
    inner: Any = None

    @model_validator(mode="after")
    def _whole(self) -> Item:
        if self.inner == {"id": "x"}:
            Part.model_validate({"mark": "1"})
        if self.inner == "wrong":
            raise nodes.Wrong("the first part is not worth enough", path=("parts", 0, "marks"))
        return self


COMPLAINTS = [
    ("parts:\n- marks: 2\n", "q.yaml:1:1: $: 'id:' is missing\n  parts:\n  ~~~~~^", "a key of the whole file"),
    ("id:\n", "q.yaml:1:1: $.id: needs a value\n  id:\n  ~^", "an empty value"),
    ("id: x\nparts: []\n", "q.yaml:2:1: $.parts: must not be empty\n  parts: []\n  ~~~~^", "an empty list"),
    (
        "id: [x]\n",
        "q.yaml:1:5: $.id: must be text, not a list; quote text that begins with { or [\n  id: [x]\n      ~~^",
        "a list for a text",
    ),
    (
        "id: x\nparts:\n  - answer: {kind: number, key: a, tolerence: 1%}\n",
        (
            "q.yaml:3:36: $.parts[0].answer.tolerence: unknown key 'tolerence'; did you mean 'tolerance'?\n"
            "    - answer: {kind: number, key: a, tolerence: 1%}\n"
            f"{' ' * 37}~~~~~~~~^\n  → write 'tolerance'"
        ),
        "a misspelt key is told once, not as missing too",
    ),
    (
        "id: x\nfoo: 1\n",
        "q.yaml:2:1: $.foo: unknown key 'foo'; the known ones are: id, inner, parts\n  foo: 1\n  ~~^",
        "a key like no other",
    ),
    (
        "id: x\nparts:\n  - answer:\n      key: a\n",
        "q.yaml:3:5: $.parts[0].answer: 'kind:' is missing\n    - answer:\n      ~~~~~^",
        "no tag",
    ),
    (
        "id: x\nparts:\n  - answer: {kind: nubmer}\n",
        (
            "q.yaml:3:20: $.parts[0].answer.kind: 'nubmer' is not known; did you mean 'number'?\n"
            "    - answer: {kind: nubmer}\n                     ~~~~~^"
        ),
        "a wrong tag",
    ),
    (
        "id: x\nparts:\n  - answer: {kind: choice, options: {a: b}, rule: cancle}\n",
        (
            "q.yaml:3:51: $.parts[0].answer.rule: 'cancle' is not known; did you mean 'cancel'?\n"
            f"    - answer: {{kind: choice, options: {{a: b}}, rule: cancle}}\n{' ' * 52}~~~~~^"
        ),
        "a wrong name; the union's tag does not leak",
    ),
    (
        "id: x\nparts:\n  - answer:\n      kind: number\n      tolerance: 1%\n      key: |\n        a +\n        $b\n",
        "q.yaml:8:9: $.parts[0].answer.key: '$' is not part of a name\n          $b\n          ^\n  → delete it",
        "our own complaint, at its character",
    ),
    (
        "id: x\nparts:\n  - domain: {seris: E24}\n",
        (
            "q.yaml:3:14: $.parts[0].domain.seris: unknown key 'seris'; did you mean 'series'?\n"
            "    - domain: {seris: E24}\n               ~~~~^\n  → write 'series'"
        ),
        "a union without tag: one branch speaks",
    ),
    (
        "id: x\nparts:\n  - marks: three\n  - marks: -2\n",
        (
            "q.yaml:3:12: $.parts[0].marks: must be a number, not 'three'\n    - marks: three\n             ~~~~^\n"
            "q.yaml:4:12: $.parts[1].marks: '-2' must be greater than 0\n    - marks: -2\n             ~^"
        ),
        "all are told, in the order of the file",
    ),
    (
        "id: x\ninner: wrong\nparts:\n- marks: 1\n",
        "q.yaml:4:10: $.parts[0].marks: the first part is not worth enough\n  - marks: 1\n           ^",
        "a complaint about the whole that names a part",
    ),
    (
        "inner: {id: x}\nid: x\n",
        "q.yaml:1:1: $: unknown key 'mark'\n  inner: {id: x}\n  ~~~~~~~~~~~~~^",
        "a complaint within a complaint",
    ),
]


@pytest.mark.parametrize(("text", "expected", "remark"), COMPLAINTS, ids=[row[2] for row in COMPLAINTS])
def test_a_models_complaint_is_told_in_the_writers_words(text: str, expected: str, remark: str) -> None:
    node = nodes.read(text.encode(), "q.yaml")
    with pytest.raises(pydantic.ValidationError) as caught:
        Item.model_validate(nodes.plain(node))

    told = nodes.problems(caught.value, node, model=Item)

    assert "\n".join(map(str, told)) == expected, remark


def test_a_value_within_a_file_keeps_its_whole_path() -> None:
    node = nodes.read(b"parts:\n- answer:\n    kind: number\n    key: a\n", "q.yaml")
    at = ("parts", 0, "answer")
    with pytest.raises(pydantic.ValidationError) as caught:
        Number.model_validate({"kind": "number", "key": "a"})

    told = nodes.problems(caught.value, node, item="gain", at=at, model=Number)

    assert [str(problem) for problem in told] == [
        "q.yaml:2:3: $.parts[0].answer: 'tolerance:' is missing\n  - answer:\n    ~~~~~^"
    ]
    assert told[0].item == "gain"


def test_an_entry_that_is_wrong_does_not_make_its_list_too_short() -> None:
    class Entry(pydantic.BaseModel):
        size: int

    class Whole(pydantic.BaseModel):
        entries: tuple[Entry, ...] = pydantic.Field(min_length=1)

    node = nodes.read(b"entries:\n  - size: big\n", "bank.yaml")
    with pytest.raises(pydantic.ValidationError) as caught:
        Whole.model_validate(nodes.plain(node))

    (found,) = nodes.problems(caught.value, node)

    assert str(found) == (
        "bank.yaml:2:11: $.entries[0].size: must be a whole number, not 'big'\n    - size: big\n            ~~^"
    )


OPEN = (
    "the '{' that opens here is not closed, or a comma is missing; quote each text in it that has braces or brackets"
)
UNFIT = "this line does not fit the lines above it; check its indentation, and the quotes before it"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("title:\n  zh：稀释\n  en: D\n", 2, 5, "'：' is a full-width sign; write ':'"),
        ("id: a\nlevel：1\ntopic: x\n", 2, 6, "'：' is a full-width sign; write ':'"),
        ("x: ｛grid: [1, 2]｝\n", 1, 4, "'｛' is a full-width sign; write '{'"),
        ("x: ［1, 2］: 3\n", 1, 4, "'［' is a full-width sign; write '['"),
        ("x: {zh: 一，en: one}\n", 1, 10, "'，' is a full-width sign; write ','"),
        ("x: {zh: 一，二, en: one\n", 1, 4, OPEN),
        ("title:\n  zh: 电阻：1 k\n en: D\n", 3, 2, UNFIT),
    ],
)  # fmt: skip
def test_a_sign_of_a_chinese_keyboard_is_named_where_it_is(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(nodes.NodeError) as refused:
        nodes.read(text.encode(), "item.yaml")

    (problem,) = refused.value.problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column, problem.message) == (line, column, message)


@pytest.mark.parametrize(
    ("text", "column", "sign"),
    [
        ("en: [1, 2] is a list\nzh: b\n", 12, "["),
        ("en: [[p]] is a blank\n", 11, "["),
        ("en: {a} is a set\n", 9, "{"),
        ("- {a} is a set\n- b\n", 7, "{"),
        ('en: "Yes" he said\n', 11, '"'),
        ("en: 'Yes' he said\n", 11, "'"),
    ],
)
def test_text_after_a_value_that_has_ended_is_named(text: str, column: int, sign: str) -> None:
    with pytest.raises(nodes.NodeError) as refused:
        nodes.read(text.encode(), "item.yaml")

    (problem,) = refused.value.problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (1, column)
    assert problem.message == (
        f"text follows a value that begins with {sign}; put quotes around the whole text, or write it under '|'"
    )


def test_a_comma_that_tears_a_text_in_braces_is_named_where_a_word_comes_twice() -> None:
    with pytest.raises(nodes.NodeError) as refused:
        nodes.read(b"a: {en: Deviation of c, c, c}\n", "item.yaml")

    assert str(refused.value.problems[0]).splitlines()[0] == (
        "item.yaml:1:28: $.a.c: the comma before 'c' ends the text; put the text in quotes, or on its own line"
    )


def test_a_comment_that_hides_the_end_of_a_bracket_is_named() -> None:
    with pytest.raises(nodes.NodeError) as refused:
        nodes.read(b"a: [x, item #3]\nb: c\n", "item.yaml")

    assert str(refused.value.problems[0]) == (
        "item.yaml:1:13: ' #' begins a comment, which hides the end of the line; put the text in quotes\n"
        "  a: [x, item #3]\n              ^"
    )


@pytest.mark.parametrize(
    ("text", "column", "escape"),
    [
        (r'en: "$\frac{1}{2}$"', 7, r"\f"),
        (r'en: "half \beta"', 11, r"\b"),
        (r'en: "$\nu$"', 7, r"\n"),
        (r'en: "a $x$ and $\theta$"', 17, r"\t"),
        (r'en: "$\\nu \rho$"', 12, r"\r"),
    ],
)
def test_tex_that_becomes_a_control_character_in_double_quotes_is_told(text: str, column: int, escape: str) -> None:
    (problem,) = nodes.mangled(nodes.read(text.encode(), "item.yaml"))

    assert problem.place is not None
    assert (problem.place.column, problem.path) == (column, "$.en")
    assert problem.message == (
        f"'{escape}' in double quotes is a control character; write maths in 'single quotes' or under '|'"
    )


@pytest.mark.parametrize(
    "text",
    [
        r'en: "one\ntwo"',  # outside a formula, it is a new line
        r'en: "$a$\n\n$b$"',
        r'en: "$\\nu$"',
        r"en: '$\nu$'",
        'en: "$a\n  b$"',  # a line of the file
        r'en: "a\tb \u00b5 \x41"',
    ],
)
def test_other_escapes_are_not(text: str) -> None:
    assert list(nodes.mangled(nodes.read(text.encode(), "item.yaml"))) == []


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: resistor #3\n", ["#3"]),
        ("a: 2 # easy\n", ["# easy"]),
        ("a: long\n  text # end\n", ["# end"]),
        ("a: [b, c] # end\nd: # none\n", []),
        ("a: 'b' # c\nd: |  # e\n  f #3\n", []),
        ("a: b#3\n", []),
    ],
)
def test_a_comment_after_a_text_without_quotes_is_found(text: str, comments: list[str]) -> None:
    assert [found.comment for found in nodes.commented(nodes.read(text.encode(), "item.yaml"))] == comments
