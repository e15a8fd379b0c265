"""Build the fonts in templates/fonts: the Chinese text fonts and the maths font of the web pages.

    python scripts/build_fonts.py --maths stix-two-math-latin-400-normal.woff2
    python scripts/build_fonts.py --standard Unihan_OtherMappings.txt.bz2     # only to renew the list of characters

Noto Sans SC comes from the package justmytype-intl-cjk (`pip install qbank[fonts]`), STIX Two Math from the package
@fontsource/stix-two-math. The same sources and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import importlib.util
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
STANDARD = FONTS / "standard-characters.txt"
WEIGHTS = {"Regular": 400, "Bold": 700}
TEXT_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "halt", "palt", "chws"]


def gb2312() -> set[int]:
    """The code points of GB 2312-80: 6,763 Chinese characters and the signs before them."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for text in (cell.decode("gb2312", errors="ignore") for cell in cells) if text}


def standard_characters() -> set[int]:
    """What the 8,105 characters of 通用规范汉字表 (2013) add to GB 2312."""
    return set(map(ord, STANDARD.read_text(encoding="utf-8").replace("\n", "")))


def text_characters() -> set[int]:
    """What the Chinese text fonts cover, as far as Noto Sans SC has it."""
    blocks = (
        (0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x2010, 0x2040), (0x2070, 0x209D), (0x2100, 0x2200),
        (0x2200, 0x2300), (0x2460, 0x2500), (0x2500, 0x2670), (0x3000, 0x3040), (0xFF00, 0xFFF0),
    )
    return gb2312() | standard_characters() | {point for first, end in blocks for point in range(first, end)}


def maths_characters() -> set[int]:
    """What the maths font covers: ASCII, Greek, signs, arrows, delimiters, and the letters of every face."""
    blocks = (
        (0x20, 0x7F), (0xA0, 0x100), (0x300, 0x339), (0x391, 0x3CA), (0x2010, 0x2040), (0x2061, 0x2065),
        (0x2070, 0x208F), (0x20D0, 0x20DD), (0x2100, 0x2140), (0x2190, 0x2300), (0x2308, 0x230C), (0x239B, 0x23E2),
        (0x27E6, 0x27F0), (0x27F5, 0x27FB), (0x2A00, 0x2A02), (0x2A7D, 0x2A7F), (0x1D400, 0x1D4D0), (0x1D538, 0x1D56C),
        (0x1D6A4, 0x1D756), (0x1D7CE, 0x1D7E2),
    )
    single = {0x131, 0x237, 0x2C6, 0x2C7, 0x2D9, 0x2DC, 0x3D1, 0x3D5, 0x3F1, 0x3F5, 0x25B3, 0x2713, 0x27C2}
    return single | {point for first, end in blocks for point in range(first, end)}


def reduce(font: TTFont, characters: set[int], features: list[str]) -> None:
    """Leave only the glyphs of the characters, and let nothing in the file tell when it was built."""
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False


def build_text(weight: str) -> Path:
    """One weight of the Chinese text font, as a static TrueType file."""
    package = importlib.util.find_spec("justmytype_intl_cjk")
    if package is None or package.origin is None:
        raise SystemExit("Noto Sans SC is missing; install it with: pip install qbank[fonts]")
    source = Path(package.origin).parent / "fonts" / "ofl" / "notosanssc" / "NotoSansSC[wght].ttf"
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": WEIGHTS[weight]}, updateFontNames=True)
    reduce(font, text_characters(), TEXT_FEATURES)
    target = FONTS / f"NotoSansSC-{weight}.ttf"
    font.save(target)
    return target


def build_maths(source: Path) -> Path:
    """The maths font, with its MATH table (stretching, script positions), as WOFF2."""
    font = TTFont(source)
    reduce(font, maths_characters(), ["*"])
    font.flavor = "woff2"
    target = FONTS / "STIXTwoMath.woff2"
    font.save(target)
    return target


def renew_standard(source: Path) -> Path:
    """The list of standard characters outside GB 2312, from the property kTGH of the Unicode Han database."""
    with bz2.open(source, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines)
        standard = {int(point[0][2:], 16) for point in fields if len(point) > 1 and point[1] == "kTGH"}
    characters = "".join(map(chr, sorted(standard - gb2312())))
    lines_of_40 = (characters[start:start + 40] for start in range(0, len(characters), 40))
    STANDARD.write_text("\n".join(lines_of_40) + "\n", encoding="utf-8")
    return STANDARD


def main() -> None:
    """Build what the arguments give a source for; the text fonts always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maths", type=Path, help="STIX Two Math as WOFF2; without it the maths font stays as it is")
    parser.add_argument("--standard", type=Path, help="Unihan_OtherMappings.txt.bz2; without it the list stays")
    arguments = parser.parse_args()
    targets = [renew_standard(arguments.standard)] if arguments.standard else []
    targets += [build_text(weight) for weight in WEIGHTS]
    targets += [build_maths(arguments.maths)] if arguments.maths else []
    for target in targets:
        content = target.read_bytes()
        print(f"{hashlib.sha256(content).hexdigest()}  {target.name}  {len(content):,} bytes")


if __name__ == "__main__":
    main()
