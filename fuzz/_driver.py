"""What every harness shares: seeds, words, neighbours of an input, the clock, and the report.

libFuzzer proposes an input for what it newly covers, and a harness tries that input together with many neighbours of
it, so that readers of columns are asked for columns. With `--plain SECONDS` before all else nothing is instrumented
and inputs are changed seeds: several times as many in the same time, at the program's own speed. An input costs too
much when reading it takes longer than `WORST` seconds of processor time on three tries.
"""

from __future__ import annotations

import atexit
import json
import random
import sys
import tempfile
import time
import warnings
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 1000
WORST = 0.25
"""Seconds of processor time, measured in the instrumented program, which is several times slower than the real one."""
EVERY = 4
"""Seconds from report to report: libFuzzer ends a run without a last word to Python."""
CHARACTERS = (
    "0123456789.,;:+-−–*×·/÷^()[]{}|_=≈<>%!?'\"`\\$#@&~ \t\n\r\x00\x1b\x7f\u3000\u2009\u200b\u202e\u2066\ufeff\ud800"
    "\udfff\U0001f642²³⁻⁽⁾½①Ⅷ㎏㏀℃ﷺ٣𝟙ΩµμπβθλωéÅİßﬁ电对错选是否√∠∞∥ijeEkKmMunpfRVAaBbcdxXyYTF"
)
PLAIN = float(sys.argv[2]) if sys.argv[1:2] == ["--plain"] else 0.0
if PLAIN:
    del sys.argv[1:3]
Result = TypeVar("Result")


def watched() -> AbstractContextManager[object]:
    """In this context the program is imported so that libFuzzer sees what each input covers."""
    if PLAIN:
        return nullcontext()
    import atheris

    context: AbstractContextManager[object] = atheris.instrument_imports(include=["qbank"])
    return context


@dataclass
class Report:
    """How much was tried in one run, and what was slowest."""

    reader: str
    inputs: int = 0
    texts: int = 0
    read: int = 0
    slowest: list[tuple[float, str]] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)

    def slow(self, seconds: float, text: object) -> None:
        """Keep the ten slowest."""
        if len(self.slowest) < 10 or seconds > self.slowest[-1][0]:
            self.slowest = sorted([*self.slowest, (seconds, repr(text)[:1500])], reverse=True)[:10]

    def write(self) -> None:
        """One line of JSON on standard output."""
        self.told = time.monotonic()
        took = round(time.monotonic() - self.begun, 1)
        slowest = [(round(seconds * 1000, 2), text[:120]) for seconds, text in self.slowest[:3]]
        line = {"reader": self.reader, "inputs": self.inputs, "texts": self.texts, "read": self.read, "seconds": took}
        print(json.dumps({**line, "slowest_ms": slowest}, ensure_ascii=True), flush=True)


def words(written: str) -> tuple[str, ...]:
    """Words that stand apart by spaces."""
    return tuple(written.split())


def timed(call: Callable[[], Result]) -> tuple[Result, float]:
    """What a call gives, and the seconds of processor time it took."""
    begun = time.thread_time()
    result = call()
    return result, time.thread_time() - begun


def bounded(report: Report, call: Callable[[], object], what: object) -> None:
    """Keep how long a call takes, the least of three where it is slow. Raises where it takes too long."""
    seconds = timed(call)[1]
    if seconds > 0.004:
        seconds = min(seconds, timed(call)[1], timed(call)[1])
    report.slow(seconds, what)
    if seconds > WORST:
        raise TimeoutError(f"{seconds * 1000:.0f} ms for {what!r}")


def text_of(data: bytes) -> str:
    """Any text, lone surrogates among them."""
    return data.decode("utf-8", "surrogateescape")[: LONGEST + 2]


def neighbours(data: bytes, words: Sequence[str], count: int) -> list[str]:
    """The text of an input and up to `count` different texts near it, always the same ones for the same input."""
    chance = random.Random(zlib.crc32(data))
    found = {text_of(data): None}
    for _ in range(count):
        found[changed(text_of(data), words, chance)] = None
    return list(found)


def changed(text: str, words: Sequence[str], chance: random.Random) -> str:
    """A text after one to four small changes."""
    for _ in range(chance.randrange(1, 5)):
        at = int(chance.random() * (len(text) + 1))
        end = min(len(text), at + int(chance.random() * 6))
        match chance.randrange(7):
            case 0 | 1:
                text = text[:at] + words[int(chance.random() * len(words))] + text[at:]
            case 2:
                text = text[:at] + CHARACTERS[int(chance.random() * len(CHARACTERS))] + text[at:]
            case 3:
                text = text[:at] + CHARACTERS[int(chance.random() * len(CHARACTERS))] + text[end:]
            case 4:
                text = text[:at] + text[end:]
            case 5:
                text = text[:at] + words[int(chance.random() * len(words))] + text[end:]
            case _:
                piece = text[at:end]
                often = LONGEST // (len(piece) + 1) if chance.random() < 0.05 else chance.randrange(1, 4)
                text = text[:at] + piece * often + text[end:]
        text = text[: LONGEST + 2]
    return text


def fuzz(report: Report, one: Callable[[bytes], None], seeds: Iterable[str | bytes], terms: Iterable[str] = ()) -> None:
    """Hand a harness to libFuzzer, with its seeds and its dictionary; does not return."""
    warnings.simplefilter("error")
    given = [seed.encode("utf-8", "surrogatepass") if isinstance(seed, str) else seed for seed in seeds]

    def tried(data: bytes) -> None:
        report.inputs += 1
        one(data)
        if time.monotonic() > report.told + EVERY:
            report.write()

    atexit.register(report.write)  # after a fault, and at the end of a plain run
    if PLAIN:
        plainly(tried, given, list(terms))
        return
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(given):
            corpus.joinpath(str(number)).write_bytes(seed)
        dictionary = Path(folder, "words")
        quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")) for word in terms)
        dictionary.write_text("".join(f'"{word}"\n' for word in quoted if word), encoding="ascii")
        found = f"-artifact_prefix={tempfile.gettempdir()}/qbank-fuzz-"
        atheris.Setup([sys.argv[0], f"-dict={dictionary}", found, *sys.argv[1:], str(corpus)], tried)
        atheris.Fuzz()


def plainly(tried: Callable[[bytes], None], seeds: Sequence[bytes], words: Sequence[str]) -> None:
    """Changed seeds until the time is over; every fault ends the run with the input that showed it."""
    chance = random.Random()
    until = time.monotonic() + PLAIN
    while time.monotonic() < until:
        seed = chance.choice(seeds)
        head = seed[:1]  # some harnesses choose by the first byte
        text = changed(seed[1:].decode("utf-8", "surrogateescape"), words or ["a"], chance) if len(seed) < 2000 else ""
        data = head + text.encode("utf-8", "surrogatepass") if text else seed
        try:
            tried(data)
        except BaseException:
            print(repr(data), file=sys.stderr)
            raise
