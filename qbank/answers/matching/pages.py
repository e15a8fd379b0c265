"""What a matching says to pages, reports and checks."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Mapping

from qbank import markup, waist
from qbank.answers import Named
from qbank.answers._readings import letter, plainly, quoted
from qbank.answers.matching.marks import Spec
from qbank.model import Array, Columns, Lang, Printed, Rules


def show(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> Printed:
    """1-b, 2-a"""
    text = _written(key["letters"][row])
    return Printed(text, quoted(text), text, quoted(text))


def accepted(spec: Spec, key: Columns, arrangement: Columns, row: int, lang: Lang) -> str:
    """The pairs, by number and by text."""
    right = list(spec.right.values())
    between = "；" if lang == "zh" else "; "
    return between.join(
        f"{plainly(left.text, lang)} — {plainly(right[place].text, lang)}"
        for left, place in zip(spec.left.values(), spec.pairs.tolist(), strict=True)
    )


def interaction(spec: Spec, arrangement: Columns, row: int, lang: Lang) -> waist.Pairing:
    """The left in the order of the file, the right in the order of the variant."""
    right = list(spec.right.values())
    return waist.Pairing(
        tuple(markup.read(left.text[lang]) for left in spec.left.values()),
        tuple(markup.read(right[place].text[lang]) for place in arrangement["order"][row].tolist()),
    )


def named(spec: Spec, arrangement: Columns, row: int, names: Named) -> str:
    """Pairs such as 1-b, by the names of the entries that are joined."""
    order, left, right = arrangement["order"][row].tolist(), list(spec.left), list(spec.right)
    joined = names.items() if isinstance(names, Mapping) else ()
    pairs = ((left.index(one) + 1, order.index(right.index(other))) for one, other in joined)
    return ", ".join(f"{place}-{letter(position).lower()}" for place, position in pairs)


def scoring(spec: Spec, key: Columns, arrangement: Columns, row: int, rules: Rules) -> waist.Pairs:
    """The right entry of each left one, at its place in this variant."""
    return waist.Pairs(tuple(key["letters"][row].tolist()), each=spec.credit == "each")


def spellings(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[str]:
    """With and without links, in letters alone, from right to left, full width, in any order."""
    letters = [letter(position) for position in key["letters"][row].tolist()]
    pairs = list(enumerate((sign.lower() for sign in letters), start=1))
    return [
        _written(key["letters"][row]),
        "".join(sign.lower() for sign in letters),
        " ".join(f"{place}{sign}" for place, sign in pairs),
        "".join(f"{place}{sign}" for place, sign in pairs),
        "，".join(f"（{place}）—{sign.upper()}" for place, sign in pairs),
        "; ".join(f"{place} → {sign}" for place, sign in reversed(pairs)),
        ", ".join(f"{sign}-{place}" for place, sign in pairs),
        "、".join(f"{place}:{sign}" for place, sign in pairs),
        " ".join(letters),
    ]


def wrong(spec: Spec, key: Columns, arrangement: Columns, row: int) -> list[tuple[str, str]]:
    """All but the first pair, and everything joined one letter further."""
    letters = key["letters"][row].tolist()
    further = "".join(letter((position + 1) % len(spec.right)) for position in letters)
    some = ", ".join(f"{place}-{letter(position)}" for place, position in list(enumerate(letters, start=1))[1:])
    return [(further, "matching.wrong"), (some, "matching.partial" if spec.credit == "each" else "matching.wrong")]


def unreadable(spec: Spec) -> list[str]:
    """One letter too many, numbers alone, one entry joined twice, what is nowhere."""
    return ["a" * (len(spec.left) + 1), "1-2", "1-a, 1-b", "0-a", "99-a", "1-", "a→b", "?"]


def _written(letters: Array) -> str:
    return ", ".join(f"{place}-{letter(int(position)).lower()}" for place, position in enumerate(letters, start=1))
