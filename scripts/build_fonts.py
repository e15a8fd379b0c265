"""Build the fonts in templates/fonts. Each argument names a source; without it, its fonts stay as they are.

    python scripts/build_fonts.py --sans --stix-text FOLDER --stix-math FILE --noto FOLDER
    python scripts/build_fonts.py --standard Unihan_OtherMappings.txt.bz2     # only to renew the list of characters

Noto Sans SC comes from the package justmytype-intl-cjk (`pip install qbank[fonts]`), STIX Two from the packages
@fontsource/stix-two-text and @fontsource/stix-two-math, the other Noto fonts from Debian's packages fonts-noto-cjk,
fonts-noto-core and fonts-noto-extra. The same sources and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fonts import characters
from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
SANS_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "halt", "palt", "chws"]
PLAIN_FEATURES = ["kern", "mark", "mkmk", "ccmp"]
LATIN = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext")
SIMPLIFIED = 2
"""The place of the simplified Chinese font in Noto's collection."""
SCRIPTS = (
    "NotoNaskhArabic", "NotoSerifHebrew", "NotoSerifThai", "NotoSerifDevanagari", "NotoSerifBengali",
    "NotoSerifTamil", "NotoSerifTelugu", "NotoSerifGujarati", "NotoSerifGurmukhi", "NotoSerifKannada",
    "NotoSerifMalayalam", "NotoSerifSinhala", "NotoSerifKhmer", "NotoSerifLao", "NotoSerifMyanmar",
    "NotoSerifTibetan", "NotoSansMongolian", "NotoSansYi", "NotoSerifEthiopic", "NotoSerifGeorgian",
    "NotoSerifArmenian",
)  # fmt: skip


def reduced(font: TTFont, points: set[int], features: list[str]) -> TTFont:
    """The font with the glyphs of the characters alone, and nothing in it that says when it was built."""
    options = subset.Options(layout_features=features, name_IDs=["*"], notdef_outline=True, hinting=False)
    options.drop_tables += ["DSIG", "STAT", "BASE", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    return font


def saved(font: TTFont, name: str) -> Path:
    """The font under a file name in templates/fonts."""
    font.save(FONTS / name)
    return FONTS / name


def sans() -> Iterator[Path]:
    """Noto Sans SC in two weights, as static TrueType files."""
    package = importlib.util.find_spec("justmytype_intl_cjk")
    if package is None or package.origin is None:
        raise SystemExit("Noto Sans SC is missing; install it with: pip install qbank[fonts]")
    source = Path(package.origin).parent / "fonts" / "ofl" / "notosanssc" / "NotoSansSC[wght].ttf"
    for style, weight in WEIGHTS.items():
        font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight}, updateFontNames=True)
        yield saved(reduced(font, characters.text(), SANS_FEATURES), f"NotoSansSC-{style}.ttf")


def stix_text(folder: Path) -> Iterator[Path]:
    """STIX Two Text in two weights: its files, one for each block of characters, put together."""
    for style, weight in WEIGHTS.items():
        seen: set[int] = set()
        with tempfile.TemporaryDirectory() as place:
            pieces = []
            for block in LATIN:
                font = TTFont(folder / f"stix-two-text-{block}-{weight}-normal.woff2")
                own = set(font.getBestCmap()) - seen
                seen |= own
                font.flavor = None
                pieces.append(str(Path(place) / f"{block}.ttf"))
                reduced(font, own, PLAIN_FEATURES).save(pieces[-1])
            joined = merge.Merger().merge(pieces)
        joined["head"].created = joined["head"].modified = TTFont(
            folder / f"stix-two-text-latin-{weight}-normal.woff2"
        )["head"].created
        joined.recalcTimestamp = False
        yield saved(joined, f"STIXTwoText-{style}.ttf")


def stix_maths(source: Path) -> Iterator[Path]:
    """STIX Two Math with its MATH table (stretching, script positions): for papers, and as WOFF2 for web pages."""
    font = reduced(TTFont(source), characters.maths(), ["*"])
    font.flavor = None
    yield saved(font, "STIXTwoMath.ttf")
    font.flavor = "woff2"
    yield saved(font, "STIXTwoMath.woff2")


def noto(folder: Path) -> Iterator[Path]:
    """The Chinese serif font, its supplement for names, and a font for each further script."""
    files = {path.name: path for path in folder.rglob("Noto*-Regular.tt[cf]")}
    for style, points in (("", characters.text()), (" Names", characters.names())):
        font = TTFont(files["NotoSerifCJK-Regular.ttc"], fontNumber=SIMPLIFIED, lazy=True)
        yield saved(_named(reduced(font, points, PLAIN_FEATURES), style), f"NotoSerifSC{style.strip()}-Regular.otf")
    latin = reduced(TTFont(files["NotoSerif-Regular.ttf"]), characters.other_latin(), ["*"])
    yield saved(latin, "NotoSerif-Regular.ttf")
    ticks = reduced(TTFont(files["NotoSansSymbols2-Regular.ttf"]), characters.ticks(), [])
    yield saved(ticks, "NotoSansSymbols2-Regular.ttf")
    for script in SCRIPTS:
        font = TTFont(files[f"{script}-Regular.ttf"])
        yield saved(reduced(font, set(font.getBestCmap()), ["*"]), f"{script}-Regular.ttf")


def _named(font: TTFont, style: str) -> TTFont:
    """The font under the family name of its style: two fonts of one name are one to a typesetter."""
    family = f"Noto Serif SC{style}"
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = family.replace(" ", "") + "-Regular" if record.nameID == 6 else family
    font["name"].names = [record for record in font["name"].names if record.langID in (0, 0x409)]
    return font


def main() -> None:
    """Build what the arguments give a source for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sans", action="store_true", help="Noto Sans SC, from the installed package")
    parser.add_argument("--stix-text", type=Path, help="the folder with the WOFF2 files of STIX Two Text")
    parser.add_argument("--stix-math", type=Path, help="STIX Two Math as WOFF2")
    parser.add_argument("--noto", type=Path, help="the folder into which Debian's packages of Noto were unpacked")
    parser.add_argument("--standard", type=Path, help="Unihan_OtherMappings.txt.bz2")
    arguments = parser.parse_args()
    if arguments.standard:
        characters.renew_standard(arguments.standard)
    targets: list[Path] = []
    targets += sans() if arguments.sans else ()
    targets += stix_text(arguments.stix_text) if arguments.stix_text else ()
    targets += stix_maths(arguments.stix_math) if arguments.stix_math else ()
    targets += noto(arguments.noto) if arguments.noto else ()
    for target in targets:
        content = target.read_bytes()
        print(f"{hashlib.sha256(content).hexdigest()}  {target.name}  {len(content):,} bytes")


if __name__ == "__main__":
    main()
