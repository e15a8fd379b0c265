"""Items of the bank after any change to their lines: an item, or problems that say where; never both, never neither."""

from __future__ import annotations

import random
import re
import zlib

import _driver
import _words

with _driver.watched():
    from qbank import bank
    from qbank.bank import Source

REPORT = _driver.Report("items")
FILES = sorted(
    path.read_text(encoding="utf-8")
    for folder in ("tests/gallery/items", "questions/electronics", "questions/rnn")
    for path in (_driver.ROOT / folder).rglob("*.yaml")
)
LIBRARY = {
    name: circuit
    for folder in ("tests/gallery", "questions")
    for name, circuit in bank.load(_driver.ROOT / folder, only=()).circuits.items()
}
LINES = sorted({line for text in FILES for line in text.splitlines() if line.strip()})
VALUES = sorted({found.strip() for line in LINES for found in re.findall(r": (.+)$", line)})
WORDS = (*_driver.words(
    "[] {} ~ '' \"\" - : ? | > & * !!int {{ }} $ [[a]] -1 1e999 nan 9**9**9 0"
), *_words.HOSTILE)


def mutant(data: bytes) -> bytes:
    """One of the items after a few changes of whole lines, values, words or bytes."""
    chance = random.Random(zlib.crc32(data))
    lines = FILES[chance.randrange(len(FILES))].splitlines()
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        at = chance.randrange(len(lines)) if lines else 0
        line = lines[at] if lines else ""
        head, colon, _ = line.partition(": ")
        match chance.randrange(8):
            case 0:
                del lines[at : at + chance.randrange(1, 4)]
            case 1:
                lines[at:at] = [chance.choice(LINES)]
            case 2:
                lines[at : at + 1] = [head + colon + chance.choice(VALUES if chance.random() < 0.7 else WORDS)]
            case 3:
                lines[at : at + 1] = [" " * chance.randrange(8) + line.strip()]
            case 4:
                lines[at : at + 1] = [_driver.changed(line, WORDS, chance)]
            case 5:
                lines[at : at + 1] = [line, line]
            case 6:
                lines[at : at + 1] = [line + _driver.text_of(data)]
            case _:
                lines[at : at + 1] = [head + colon + _driver.text_of(data)]
    return "\n".join([*lines, ""]).encode("utf-8", "surrogatepass")


def one(content: bytes) -> None:
    item, problems = bank.read_item(Source("item.yaml", content), LIBRARY)
    assert (item is None) == bool(problems)
    for problem in problems:
        assert problem.message
        assert problem.place is None or 1 <= problem.place.line <= content.count(b"\n") + 2
    REPORT.read += item is not None


def batch(data: bytes) -> None:
    REPORT.texts += 1
    content = mutant(data)
    _driver.bounded(REPORT, lambda: one(content), content)


_driver.fuzz(REPORT, batch, ["a", "value: 1%", "{a: 1}", "[1, 2]", "|\n  text"], WORDS)
