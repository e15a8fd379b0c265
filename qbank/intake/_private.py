"""Chinese characters that older systems wrote as private ones, because Unicode did not have them yet.

GB 18030 of 2000, and code page 936 of Windows before it, gave private code points to what later became characters of
their own; registries of residents still write 䶮 or 𠂇 so. Source: GB 18030-2022, appendix D.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0xE815, 0xE864
_LATER = {
    0xE7C7: 0x1E3F, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
    0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7,
    0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
"""What Python's gb18030, which is that of 2000, still decodes to private characters."""


def _table() -> dict[int, int]:
    """The character of each private one: the row FE of the standard, from its cell 50 on."""
    cells = [cell for cell in range(0x50, 0xA1) if cell != 0x7F]
    now = (ord(bytes((0xFE, cell)).decode("gb18030")) for cell in cells)
    known = {point: later for point, later in zip(range(_FIRST, _LAST + 1), now, strict=True) if point != later}
    return known | _LATER


_PUBLIC = _table()
_ANY = re.compile(f"[{''.join(map(chr, _PUBLIC))}]")


def public(text: str) -> str:
    """The text with the character itself for each private one of GB 18030.

    >>> public("王\\ue863"), public("王\\ue816"), public("王\\ue000")
    ('王䶮', '王𠂇', '王\\ue000')
    """
    return _ANY.sub(lambda found: chr(_PUBLIC[ord(found[0])]), text)
