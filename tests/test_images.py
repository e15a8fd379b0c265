"""Pictures beside an item: what is dangerous is refused, what says who made them is dropped, all is sealed."""

from __future__ import annotations

import base64
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank import bank, figures, papers, regrading, variants
from qbank.bank.blueprint import Blueprint
from qbank.figures import Given, _raster, _vector, image
from qbank.model import Candidate, Refused
from qbank.outputs import pdf, text
from qbank.outputs.html import OUTPUT as html

ITEM = """\
id: board
title: {zh: 面包板, en: A breadboard}
topic: electronics/opamp
level: 2
figures:
  main:
    image: %s
    width: 4cm
    alt: {zh: 一块面包板, en: a breadboard}
stem: {zh: "图中有几个孔？", en: "How many holes are there?"}
parts:
  - id: a
    answer: {kind: number, key: 3, tolerance: exact}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">%s</svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 4, height: int = 2, *more: bytes, rows: int | None = None) -> bytes:
    """A grey PNG image, with more chunks before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = zlib.compress(b"\x00" * ((width + 1) * (height if rows is None else rows)))
    return _raster.PNG + header + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQ"
    "Ew8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)
"""One grey pixel."""


def segment(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body


def turned(orientation: int) -> bytes:
    """The pixel with an EXIF orientation, the maker of a camera, and a place."""
    tiff = b"II*\x00\x08\x00\x00\x00\x01\x00" + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + b"\x00" * 4
    return JPEG[:2] + segment(0xE1, b"Exif\x00\x00" + tiff + b"Camera at 31.2 N") + JPEG[2:]


def held(folder: Path, name: str, content: bytes) -> bank.Bank:
    """A bank of one item with a picture."""
    (folder / "items").mkdir(exist_ok=True)
    (folder / "items" / "board.yaml").write_text(ITEM % name, encoding="utf-8")
    if content:
        (folder / "items" / name).parent.mkdir(exist_ok=True)
        (folder / "items" / name).write_bytes(content)
    return bank.load(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [("board.svg", (SVG % '<path d="M0 0h9v9z"/>').encode()), ("board.png", png()), ("photos/板.jpg", JPEG)],
)
def test_a_picture_is_printed_in_every_output_and_sealed_with_the_exam(
    tmp_path: Path, name: str, content: bytes
) -> None:
    source = held(tmp_path, name, content)
    assert source.problems == ()
    plan = Blueprint.model_validate({
        "id": "quiz", "title": {"zh": "测验", "en": "Quiz"}, "minutes": "10", "total": "1",
        "sections": [{"title": {"zh": "一", "en": "A"}, "marks": "1", "items": [{"item": "board"}]}],
    })  # fmt: skip
    exam = papers.compose(plan, source, seed="s", candidates=(Candidate("1", "A", ""),), each=True)
    stored = dict(papers.files(exam))
    again = papers.opened(stored.__getitem__)
    sheet = papers.sheet(exam, 0, "en")

    assert sum(path.startswith("private/pictures/board/") for path in stored) == 1
    assert papers.sheet(again, 0, "en") == sheet
    assert bank.pictures(again.drawn["board"].item) == bank.pictures(exam.drawn["board"].item)
    assert pdf.sheet(sheet).startswith(b"%PDF")
    assert html.sheet is not None and b"data:image/svg+xml;base64," in html.sheet(sheet)
    assert "[figure: a breadboard]" in text.sheet(sheet)
    assert papers.opened(stored.__getitem__, figures=False).drawn["board"].item.id == "board", "marked without them"


def test_a_corrected_item_keeps_the_picture_that_its_own_papers_have(tmp_path: Path) -> None:
    """Two items in two folders call their pictures alike."""
    sides = {"other": 5, "board": 9}
    drawings = {name: (SVG % f'<path d="M0 0h{side}v{side}z"/>').encode() for name, side in sides.items()}
    for name, drawing in drawings.items():
        (tmp_path / "items" / name).mkdir(parents=True)
        (tmp_path / "items" / name / "main.svg").write_bytes(drawing)
        text = (ITEM % "main.svg").replace("id: board", f"id: {name}")
        (tmp_path / "items" / name / "item.yaml").write_text(text, encoding="utf-8")
    plan = Blueprint.model_validate({
        "id": "quiz", "title": {"zh": "测验", "en": "Quiz"}, "minutes": "10", "total": "2",
        "sections": [{"title": {"zh": "一", "en": "A"}, "marks": "2", "items": [{"item": name} for name in drawings]}],
    })  # fmt: skip
    exam = papers.compose(plan, bank.load(tmp_path), seed="s", candidates=(Candidate("1", "A", ""),), each=True)
    fixed = (ITEM % "main.svg").replace("key: 3", "key: 4")
    again, _ = regrading.corrected(exam, fixed, name="board")

    assert bank.pictures(again.drawn["board"].item) == bank.pictures(exam.drawn["board"].item)
    with pytest.raises(Refused, match=r"other\.svg: the papers have no picture of that name"):
        regrading.corrected(exam, fixed.replace("main.svg", "other.svg"), name="board")


def test_what_says_who_made_a_picture_is_dropped_and_the_pixels_stay() -> None:
    words = chunk(b"tEXt", b"Author\x00Somebody"), chunk(b"eXIf", b"place")
    clean, width, height = _raster.png(png(4, 2, *words) + b"hidden behind the end")

    assert (clean, width, height) == (png(), 4, 2)
    assert _raster.jpeg(turned(1) + b"hidden") == (JPEG, 1, 1)
    drawing = SVG % "<metadata>me</metadata><!-- me --><title>me</title><g data-me='me' id='a'/>"
    assert _vector.svg(drawing.encode())[0] == '<g id="a"></g>'


def test_a_clean_picture_stays_as_it_is() -> None:
    drawing = SVG % '<g transform="scale(2)"><path d="M0 0" style="fill:url(#a)"/><text x="1">电阻 &lt; 5</text></g>'
    for name, content in (("a.svg", drawing.encode()), ("a.png", png()), ("a.jpeg", JPEG)):
        once = image.read(name, content)
        assert image.read(name, once.data) == once


DANGEROUS = [
    ("<script>alert(1)</script>", "line 1: a script cannot be printed; remove it"),
    ('<path d="M0 0" onclick="x()"/>', "line 1: the event handler onclick cannot be printed; remove it"),
    ('<g\n ONLOAD="x()"/>', "line 1: the event handler ONLOAD cannot be printed; remove it"),
    ("\n\n<foreignObject/>", "line 3: an embedded page (foreignObject) cannot be printed; remove it"),
    ('<a href="https://example.org"/>', "line 1: a link cannot be printed; remove it"),
    ('<image href="data:image/png;base64,AA"/>', "line 1: an embedded picture cannot be printed; remove it"),
    ('<use href="other.svg#a"/>', "line 1: the address 'other.svg#a' leads out of the drawing; remove it"),
    ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="http://a/b"/>', "the address"),
    ('<path style="fill: url(http://a/b)"/>', "the address url(http://a/b) leads out of the drawing; remove it"),
    ('<path fill="url(data:image/png,a)"/>', "the address url(data:image/png,a) leads out of the drawing; remove it"),
    ("<style>@import 'a.css';</style>", "an @ rule or a backslash in a style cannot be printed; remove it"),
    ("<style>path { fill: u\\72l(a) }</style>", "an @ rule or a backslash in a style cannot be printed; remove it"),
    ('<filter id="a"/>', "line 1: a filter cannot be printed; remove it"),
    ("<animate/>", "line 1: an animation cannot be printed; remove it"),
    ("<marquee/>", "line 1: <marquee> cannot be printed; draw it with paths, shapes and text"),
    ("<g>", "line 1: the file is not an SVG drawing: mismatched tag"),
    ("<g/>" * 50_001, "line 1: the drawing has more than 50,000 elements"),
    ("<g>" * 70 + "</g>" * 70, "more than 64 nested ones"),
    ('<g id="a"><use href="#a"/></g>', "the drawing uses 'a' within itself"),
    ('<g id="a"/>' + "".join(f'<g id="{b}">' + f'<use href="#{a}"/>' * 20 + "</g>" for a, b in pairwise("abcde")),
     "with what `use` repeats, the drawing has more than 50,000 elements"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), DANGEROUS, ids=[row[1][:40] for row in DANGEROUS])
def test_what_is_dangerous_in_a_drawing_is_a_problem_with_its_place(
    tmp_path: Path, content: str, message: str
) -> None:
    problems = held(tmp_path, "board.svg", (SVG % content).encode()).problems

    assert len(problems) == 1 and message in problems[0].message
    assert problems[0].message.startswith("board.svg: ")
    assert problems[0].place is not None and problems[0].place.line in (6, 7)


UNFIT = [
    ("board.svg", b"<html/>", "board.svg: line 1: <html> cannot be printed; draw it with paths, shapes and text"),
    ("board.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), "the DOCTYPE defines entities; remove it"),
    ("board.svg", b"<svg xmlns='a'/>", "the drawing has no size: its <svg> needs width and height, or a viewBox"),
    ("board.svg", b"<?xml-stylesheet href='a.css'?>" + SVG.encode(), "a style sheet in another file cannot be printed"),
    ("board.png", JPEG, "the file is JPEG, although its name ends like that of a PNG image; export it as PNG"),
    ("board.jpg", png(), "the file is PNG, although its name ends like that of a JPEG image; export it as JPEG"),
    ("board.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "the file is HEIC, although its name ends like that of a JPEG image"),
    ("board.png", b"II*\0" + bytes(9), "the file is TIFF, although its name ends like that of a PNG image"),
    ("board.png", b"ink", "board.png: the file is not a PNG image, although its name ends like one"),
    ("phone.HEIC", b"", "a picture is an SVG, PNG or JPEG file; export the HEIC file as one"),
    ("a b.tiff", b"", "'a b.tiff' is not the name of a picture beside the item"),
    ("board.png", png()[:-20], "board.png: the PNG image is incomplete"),
    ("board.png", png().replace(b"IDAT", b"IDAU"), "the PNG image is damaged: the checksum of its chunk IDAU is wrong"),
    ("board.png", png(rows=1), "the PNG image is damaged: its pixels do not match its header"),
    ("board.png", png(9000, 9000, rows=1), "the image has 9,000 × 9,000 pixels; at most 25,000,000 can be printed"),
    ("board.png", png(0, 2), "the image has no size"),
    ("board.jpg", JPEG[:-30], "the JPEG image is incomplete or damaged"),
    ("board.jpg", turned(6), "the JPEG image is stored rotated (EXIF orientation); save it upright in an image editor"),
    ("board.png", png() + bytes(5 * 1024 * 1024), "board.png: has 5.0 MiB; at most 5 MiB is allowed"),
    ("board.gif", b"GIF89a", "a picture is an SVG, PNG or JPEG file; export the GIF file as one"),
    ("../board.png", png(), "'../board.png' is not the name of a picture beside the item"),
    ("/etc/board.png", b"", "'/etc/board.png' is not the name of a picture beside the item"),
    ("board.png", b"", "board.png: cannot be read: No such file or directory"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), UNFIT, ids=[row[2][-40:] for row in UNFIT])
def test_a_file_that_is_no_picture_is_a_problem(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (problem,) = held(tmp_path, name, content).problems

    assert message in problem.message


def test_a_link_out_of_the_bank_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.png"
    outside.write_bytes(png())
    folder = tmp_path / "bank"
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "board.png").symlink_to(outside)
    (problem,) = held(folder, "board.png", b"").problems

    assert "is a link that leads out of the bank's folder, and was not read" in problem.message


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_say_why_not(noise: bytes) -> None:
    for name, head in (("a.svg", b""), ("a.svg", b"<svg "), ("a.png", _raster.PNG), ("a.jpg", JPEG[:40])):
        try:
            image.read(name, head + noise)
        except ValueError as error:
            assert str(error)


def test_an_item_that_was_read_without_its_files_says_so() -> None:
    spec = figures.read({"image": "a.png", "alt": {"zh": "图", "en": "a figure"}})

    with pytest.raises(ValueError, match=r"a\.png was not read: the item was read without the files beside it"):
        figures.draw(spec, Given())


def test_a_width_is_kept_and_the_height_follows(tmp_path: Path) -> None:
    item = held(tmp_path, "board.png", png(40, 10)).items["board"]
    shown = papers.question(variants.make(item, "s", [0]), 0, "en", {}, 1, (item.marks,)).stem[-1]
    drawing = figures.draw(replace_width(item.figures["main"]), Given())

    assert (getattr(shown, "width", 0), getattr(shown, "height", 0)) == (113.39, 28.35)
    assert (drawing.width, drawing.height) == (30.0, 7.5), "the picture's own size, at 96 pixels an inch"


def replace_width(spec: figures.Spec) -> figures.Spec:
    assert isinstance(spec, image.Spec)
    return spec.model_copy(update={"width": None})

