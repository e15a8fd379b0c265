"""The page of a checked bank: each item with variants, a histogram of its answers, its mistakes on a line, its faults.

Drawings are inline SVG, made here of plain shapes; the page needs no script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qbank import templating
from qbank.model import Bilingual, Floats, Inline, Lang, Problem
from qbank.outputs import html
from qbank.outputs.html.page import Page
from qbank.sheets import Book

WIDTH, HEIGHT, MARGIN = 420.0, 110.0, 14.0
BARS = 32
RIGHT, WRONG = "#2a9d5c", "#c0392b"

WORDS = {
    "title": Bilingual(zh="题库自检", en="The bank, checked"),
    "items": Bilingual(zh="题", en="items"),
    "errors": Bilingual(zh="错误", en="errors"),
    "warnings": Bilingual(zh="提醒", en="warnings"),
    "variants": Bilingual(zh="变式", en="variants"),
    "answers": Bilingual(zh="各变式的答案", en="Answers over the variants"),
    "line": Bilingual(zh="答案、容差与典型错误", en="Key, tolerance and foreseen mistakes"),
    "witness": Bilingual(zh="答案与独立验算", en="Key and witness"),
    "silent": Bilingual(zh="没有发现问题。", en="Nothing was found."),
    "worst": Bilingual(zh="最大偏差", en="largest difference"),
    "key": Bilingual(zh="答案", en="key"),
    "seat": Bilingual(zh="变式", en="seat"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A foreseen mistake on the variant that is shown: its name, its value in the part's unit, its words, filled in."""

    name: str
    value: float
    text: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """The numbers of one part, in its unit: keys (n,), and on the variant shown key, band and mistakes.

    `witness` (m,) is what the witness says on the first m variants; None where there is none.
    """

    part: str
    unit: str
    keys: Floats
    low: float
    high: float
    mistakes: tuple[Wrong, ...]
    witness: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One item: what is known of it, its variants as books of one question a language, its numbers and problems."""

    item: str
    title: Bilingual
    topic: str
    facts: tuple[tuple[str, str], ...]
    variants: tuple[tuple[Book, ...], ...]
    numbers: tuple[Numbers, ...]
    problems: tuple[Problem, ...]


def page(entries: Sequence[Entry], others: Sequence[Problem], lang: Lang, seats: int) -> str:
    """The page of all entries, the worst first; `others` are the problems of no single item."""
    written = Page(lang, "gallery")
    words = {name: text[lang] for name, text in WORDS.items()}
    ordered = sorted(entries, key=lambda entry: (-_errors(entry.problems), -len(entry.problems)))
    every = [*others, *(problem for entry in entries for problem in entry.problems)]
    errors = _errors(every)
    facts = ((words["items"], len(entries)), (words["variants"], f"{seats:,}"), (words["errors"], errors),
             (words["warnings"], len(every) - errors))  # fmt: skip
    body = written.fill(
        "check",
        w=words,
        title=words["title"],
        facts=facts,
        others=[str(problem) for problem in others],
        entries=[_entry(written, entry, lang) for entry in ordered],
    )
    return written.finish(words["title"], body)


def _errors(problems: Sequence[Problem]) -> int:
    return sum(problem.severity == "error" for problem in problems)


def _entry(written: Page, entry: Entry, lang: Lang) -> dict[str, object]:
    return {
        "item": entry.item, "title": entry.title, "topic": entry.topic, "facts": entry.facts,
        "problems": [{"severity": each.severity, "code": each.code, "text": str(each)} for each in entry.problems],
        "variants": [_variant(written, books) for books in entry.variants],
        "numbers": [
            {"part": each.part, "histogram": templating.trusted(histogram(each.keys, each.unit)),
             "line": templating.trusted(line(each, lang)), "witness": _agreement(each),
             "mistakes": [{"place": place, "name": wrong.name, "run": html.run(wrong.text),
                           "value": _number(wrong.value, each.unit)} for place, wrong in enumerate(each.mistakes, 1)]}
            for each in entry.numbers
        ],
    }  # fmt: skip


def _variant(written: Page, books: Sequence[Book]) -> str:
    filled = []
    for book in books:
        filled += [html.worked(written, each, book.sheet.lang) for each in book.worked]
    return templating.trusted("".join(filled))


def _agreement(numbers: Numbers) -> dict[str, str] | None:
    """The key and the witness of the first variant, and the largest difference on all that were compared."""
    if numbers.witness is None or not len(numbers.witness):
        return None
    keys = numbers.keys[: len(numbers.witness)]
    scale = np.maximum(np.abs(keys), np.finfo(float).tiny)
    worst = float(np.max(np.abs(numbers.witness - keys) / scale))
    return {"key": _number(float(keys[0]), numbers.unit), "witness": _number(float(numbers.witness[0]), numbers.unit),
            "worst": f"{worst:.1e}", "count": f"{len(keys):,}"}  # fmt: skip


def histogram(keys: Floats, unit: str) -> str:
    """The keys as bars, in a logarithmic scale where they span more than two decades on one side of zero.

    >>> histogram(np.array([1.0, 2.0, 2.0]), "V").count("<rect")
    2
    """
    keys = keys[np.isfinite(keys)]
    if not len(keys):
        return ""
    low, high = float(keys.min()), float(keys.max())
    one_sided = low > 0 or high < 0
    decades = one_sided and max(abs(low), abs(high)) > 100 * min(abs(low), abs(high))
    shown = np.sign(keys) * np.log10(np.abs(keys)) if decades else keys
    counts, _ = np.histogram(shown, bins=1 if low == high else BARS)
    width = (WIDTH - 2 * MARGIN) / len(counts)
    top = HEIGHT - 30
    bars = "".join(
        f'<rect x="{MARGIN + place * width:.1f}" y="{HEIGHT - 20 - top * count / counts.max():.1f}" '
        f'width="{max(width - 1, 1):.1f}" height="{top * count / counts.max():.1f}"/>'
        for place, count in enumerate(counts.tolist()) if count
    )
    ends = (low, high) if not (decades and high < 0) else (high, low)
    texts = f'<text x="{MARGIN}" y="{HEIGHT - 5}">{_number(ends[0], unit)}</text>'
    if low != high:
        texts += f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 5}" text-anchor="end">{_number(ends[1], unit)}</text>'
    scale = " (lg)" if decades else ""
    return _svg(f"{len(keys)} keys{scale}", f'<g fill="currentColor" opacity=".6">{bars}</g>{texts}')


def line(numbers: Numbers, lang: Lang) -> str:
    """Key, tolerance band and mistakes of the first variant on a number line; far mistakes stand at its ends."""
    key = float(numbers.keys[0])
    points = [wrong.value for wrong in numbers.mistakes if np.isfinite(wrong.value)]
    far = max([abs(point - key) for point in points if abs(point - key) <= 20 * max(abs(key), 1e-30)] or [0.0])
    half = max(far, (numbers.high - numbers.low) * 2, abs(key) * 0.05, 1e-30) * 1.15

    def x(value: float) -> float:
        return min(max(WIDTH / 2 + (value - key) / half * (WIDTH / 2 - MARGIN), 4.0), WIDTH - 4.0)

    y = HEIGHT - 34
    left, right = x(numbers.low), x(numbers.high)
    wide = max(right - left, 1.5)
    band = f'<rect fill="{RIGHT}" opacity=".35" x="{left:.1f}" y="{y - 14:.1f}" width="{wide:.1f}" height="28"/>'
    axis = f'<line stroke="currentColor" opacity=".5" x1="4" y1="{y:.1f}" x2="{WIDTH - 4}" y2="{y:.1f}"/>'
    mark = f'<path stroke="{RIGHT}" stroke-width="2" d="M{x(key):.1f} {y - 18:.1f}v36"/>'
    text = (f'<text x="{x(key):.1f}" y="{HEIGHT - 4}" text-anchor="middle">'
            f"{WORDS['key'][lang]} {_number(key, numbers.unit)}</text>")  # fmt: skip
    dots = ""
    for place, wrong in enumerate(numbers.mistakes):
        if np.isfinite(wrong.value):
            at = x(wrong.value)
            rise = y - 12 - 13 * (place % 4)
            dots += (f'<circle fill="{WRONG}" cx="{at:.1f}" cy="{y:.1f}" r="3.5"/><text fill="{WRONG}" x="{at:.1f}" '
                     f'y="{rise:.1f}" text-anchor="middle">{place + 1}</text>')  # fmt: skip
    return _svg(f"{len(numbers.mistakes)} mistakes", band + axis + mark + text + dots)


def _svg(title: str, shapes: str) -> str:
    size = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}"'
    return f'<svg role="img" font-size="11" fill="currentColor" {size}><title>{title}</title>{shapes}</svg>'


def _number(value: float, unit: str) -> str:
    return f"{value:.4g} {unit}".strip().replace("-", "−").replace("&", "&amp;").replace("<", "&lt;")
