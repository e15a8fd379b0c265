"""How the values of names print: with the figures, in the unit, in the base or as the words that their rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from qbank import domains, markup, messages, numerals
from qbank.bank import words
from qbank.bank.item import Item
from qbank.domains import DomainRecord
from qbank.model import Array, Column, Lang, Name, Printed
from qbank.numerals import rounding

if TYPE_CHECKING:
    from qbank.variants._values import Variants

FIGURES = 4
"""The figures of a derived value that does not say how it is shown, and is no whole number without a unit."""
NOISE = 1e-14
"""The share of itself by which a computed whole number may miss one."""
WHOLE = 2.0**53
"""Below this, a float is every whole number: those print all their digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Values(Mapping[str, Printed]):
    """What the names of an item print on one variant, in one language: `R1`, an entry `x[0]`, a list `x:list`."""

    item: Item
    columns: Mapping[str, Column]
    row: int
    lang: Lang
    kept: dict[str, Printed] = field(default_factory=dict, repr=False)
    """What was printed already: a page asks for a value in its text, its figure, its solution."""

    def __getitem__(self, key: str) -> Printed:
        if key not in self.kept:
            name = markup.of_key(key)
            if name.name not in self.columns:
                raise KeyError(name.name)
            self.kept[key] = show(self.item, name, self.columns, self.row, self.lang)
        return self.kept[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def printed(variants: Variants, row: int, lang: Lang) -> Values:
    """Every name's value on one variant as a page shows it, by name.

    A parameter, and a derived value that says `shown:`, prints as it is; another derived value to four figures, or with
    all its digits where it is a whole number without a unit.
    """
    return Values(variants.item, variants.columns, row, lang)


def show(item: Item, name: Name, columns: Mapping[str, Column], row: int, lang: Lang) -> Printed:
    """What a `{{ name }}` prints on one row of the columns. Raises ValueError for an entry that there is not."""
    column = columns[name.name]
    value = _entry(name, columns, row)
    if name.form and not np.ndim(value):
        raise ValueError(messages.tell(
            "{{{{ {key} }}}}: {entry} is one value; write {{{{ {entry} }}}}", key=name.key, entry=name.entry
        ))  # fmt: skip
    if column.labels:
        texts = words.of(item, name.name)
        said = [words.text(column.labels[code], texts, lang) for code in np.ravel(value).tolist()]
        spread = tuple(words.show([each]) for each in said) if np.ndim(value) else ()
        return replace(words.show(said), cells=spread)
    if base := _base(item, name.name):
        return _in_base(value, *base, name)
    value, unit = as_printed(item, name.name, value), unit_of(item, name.name)
    if np.iscomplexobj(value):
        return numerals.write_complex(value, unit)
    kept = _kept(item, name.name)
    if not np.ndim(value):
        return numerals.write(float(value), unit, **kept)
    if not name.form:
        return numerals.write_array(value, unit, **kept)
    return _laid_out(numerals.write_entries(value, unit, **kept), unit, name)


def _entry(name: Name, columns: Mapping[str, Column], row: int) -> Array:
    """The value of a name on one row, or one entry of it. Raises ValueError where there is none."""
    value = np.asarray(columns[name.name].values[row])
    places = tuple(_place(place, columns, row) for place in name.places)
    shape = value.shape
    fits = len(places) <= len(shape) and all(-n <= at < n for at, n in zip(places, shape, strict=False))
    if not fits and not shape:
        raise ValueError(messages.tell("{{{{ {key} }}}}: {name} is a scalar", key=name.key, name=name.name))
    if not fits:
        entry = f"{name.name}[{', '.join(map(str, places))}]"
        raise ValueError(messages.tell(
            "{{{{ {key} }}}}: {name} has the shape {shape} and no entry {entry}; the first is {name}[0]",
            key=name.key, name=name.name, shape=shape, entry=entry,
        ))  # fmt: skip
    return np.asarray(value[places])


def _place(place: str, columns: Mapping[str, Column], row: int) -> int:
    """An index as it is written, or as it is on this row. Raises ValueError for one that is not a whole number."""
    if place not in columns:
        return int(place)
    value = columns[place].values[row]
    if columns[place].labels or np.ndim(value) or value != np.rint(value):
        raise ValueError(messages.tell("the index {index} is not a whole number on every variant", index=place))
    return int(value)


def _base(item: Item, name: str) -> tuple[int, int] | None:
    """The base in which a name prints its digits, and how many there are at least; None for decimal numbers."""
    if name in item.parameters or item.derive[name].value.base == 10:
        return None
    return item.derive[name].value.base, item.derive[name].value.width


def _in_base(value: Array, base: int, width: int, name: Name) -> Printed:
    texts = [numerals.digits(float(each), base, width) for each in np.ravel(value).tolist()]
    texes = [("-" if text[0] == "−" else "") + rf"\mathrm{{{text.removeprefix('−')}}}" for text in texts]
    entries = [Printed(text, tex, text, tex) for text, tex in zip(texts, texes, strict=True)]
    if not np.ndim(value):
        return entries[0]
    return _laid_out(entries, "", name if name.form else Name(name.name, form="list"))


def _laid_out(entries: Sequence[Printed], unit: str, name: Name) -> Printed:
    """The entries of a vector one after another, with the unit behind the last; or for the cells of a table."""
    text, tex = ", ".join(each.bare_text for each in entries), r",\ ".join(each.bare_tex for each in entries)
    whole = numerals.with_unit(text, tex, unit)
    if name.form == "list":
        return whole
    bare = tuple(Printed(each.bare_text, each.bare_tex, each.bare_text, each.bare_tex) for each in entries)
    return Printed(whole.text, whole.tex, whole.bare_text, whole.bare_tex, cells=bare)


def as_printed(item: Item, name: str, values: Array) -> Array:
    """The values of a name, of one variant or of all, rounded as they print."""
    if exact(item, name):
        return values
    unit = unit_of(item, name)
    rounded = rounding.rounded_in(unit, values, figures=FIGURES)
    return rounded if unit else _whole(values, rounded)


def unit_of(item: Item, name: str) -> str:
    """The unit in which a name prints."""
    rule: Any = item.parameters.get(name) or item.derive[name]
    return str(rule.unit)


def exact(item: Item, name: str) -> bool:
    """Whether the value of a name prints as it is used: a parameter, one that says `shown:`, digits in a base."""
    return name in item.parameters or item.derive[name].shown is not None or item.derive[name].value.base != 10


def _kept(item: Item, name: str) -> dict[str, int | None]:
    """The figures or decimals that print with their zeros, where a name says `zeros: yes`."""
    if name in item.derive:
        rule = item.derive[name]
        shown = rule.shown if rule.zeros else None
        return {} if shown is None else {"figures": shown.figures, "decimals": shown.dp}
    spec = item.parameters[name]
    return {"decimals": _decimals(spec)} if spec.zeros else {}


@lru_cache(maxsize=256)
def _decimals(spec: DomainRecord) -> int:
    """The decimals of the values of a domain in the unit that they print in: those of the one that has most."""
    values = np.unique(domains.table(spec).values)
    shown = (numerals.in_unit(value, spec.unit).normalize() for value in values.tolist())
    return max(0, *(-int(each.as_tuple().exponent) for each in shown))


def _whole(values: Array, rounded: Array) -> Array:
    """The values that are whole numbers, but for the rounding of floats, with all their digits; the others rounded."""
    if np.iscomplexobj(values):
        return np.asarray(_whole(values.real, rounded.real) + 1j * _whole(values.imag, rounded.imag))
    given = np.asarray(values, dtype=np.float64)
    nearest = np.rint(given)
    with np.errstate(invalid="ignore"):
        whole = (np.abs(given) < WHOLE) & (nearest != 0) & (np.abs(given - nearest) <= NOISE * np.abs(given))
    return np.asarray(np.where(whole, nearest, rounded))
