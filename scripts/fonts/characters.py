"""Which characters each font covers, as far as its source has them."""

from __future__ import annotations

import bz2
from pathlib import Path

STANDARD = Path(__file__).resolve().parents[2] / "templates" / "fonts" / "standard-characters.txt"


def _points(*blocks: tuple[int, int]) -> set[int]:
    return {point for first, end in blocks for point in range(first, end)}


def gb2312() -> set[int]:
    """The code points of GB 2312-80: 6,763 Chinese characters and the signs before them."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for text in (cell.decode("gb2312", errors="ignore") for cell in cells) if text}


def standard() -> set[int]:
    """What the 8,105 characters of 通用规范汉字表 (2013) add to GB 2312."""
    return set(map(ord, STANDARD.read_text(encoding="utf-8").replace("\n", "")))


def text() -> set[int]:
    """What the Chinese text fonts cover."""
    return gb2312() | standard() | _points(
        (0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x2010, 0x2040), (0x2070, 0x209D), (0x2100, 0x2200),
        (0x2200, 0x2300), (0x2460, 0x2500), (0x2500, 0x2670), (0x3000, 0x3040), (0xFF00, 0xFFF0),
    )  # fmt: skip


def names() -> set[int]:
    """What the names font adds to the text: every Chinese character that Noto has, kana, and all hangul syllables."""
    return _points(
        (0x2E80, 0x2FE0), (0x3000, 0xA000), (0xAC00, 0xD7A4), (0xF900, 0xFB00), (0xFE10, 0xFE20), (0xFE30, 0xFE70),
        (0x20000, 0x40000),
    ) - text()  # fmt: skip


def ticks() -> set[int]:
    """Ticks, crosses, boxes and stars, which candidates write into answers."""
    blocks = (0x2300, 0x2400), (0x25A0, 0x27C0), (0x2B00, 0x2C00), (0x1F500, 0x1F650), (0x1F780, 0x1F7E0)
    return {0x20} | _points(*blocks)


def other_latin() -> set[int]:
    """Latin, Greek and Cyrillic beyond the basic ones."""
    return {0x20} | _points((0x180, 0x370), (0x370, 0x590), (0x1AB0, 0x1B00), (0x1C80, 0x1C90), (0x1D00, 0x2000),
                            (0x2C60, 0x2C80), (0x2DE0, 0x2E60), (0xA640, 0xA6A0), (0xA700, 0xA800), (0xAB30, 0xAB70))


def maths() -> set[int]:
    """What the maths font covers: ASCII, Greek, signs, arrows, delimiters, ticks, and the letters of every face."""
    single = {
        0x131, 0x237, 0x2C6, 0x2C7, 0x2D9, 0x2DC, 0x3D1, 0x3D5, 0x3F1, 0x3F5, 0x25A1, 0x25B3, 0x25CB, 0x25CF, 0x2610,
        0x2611, 0x2612, 0x2713, 0x2714, 0x2717, 0x2718, 0x27C2,
    }  # fmt: skip
    return single | _points(
        (0x20, 0x7F), (0xA0, 0x100), (0x2B0, 0x300), (0x300, 0x339), (0x391, 0x3CA), (0x1D2C, 0x1D6B), (0x2010, 0x2040),
        (0x2061, 0x2065), (0x2070, 0x209D), (0x20D0, 0x20F1), (0x2100, 0x2190), (0x2190, 0x2300), (0x2308, 0x230C),
        (0x239B, 0x23E2), (0x27E6, 0x27F0), (0x27F5, 0x27FB), (0x2A00, 0x2A02), (0x2A2F, 0x2A30), (0x2A7D, 0x2A7F),
        (0x1D400, 0x1D4D0), (0x1D538, 0x1D56C), (0x1D6A4, 0x1D756), (0x1D7CE, 0x1D7E2),
    )  # fmt: skip


def renew_standard(source: Path) -> Path:
    """The list of standard characters outside GB 2312, from the property kTGH of the Unicode Han database."""
    with bz2.open(source, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines)
        known = {int(point[0][2:], 16) for point in fields if len(point) > 1 and point[1] == "kTGH"}
    characters = "".join(map(chr, sorted(known - gb2312())))
    lines_of_40 = (characters[start : start + 40] for start in range(0, len(characters), 40))
    STANDARD.write_text("\n".join(lines_of_40) + "\n", encoding="utf-8")
    return STANDARD
