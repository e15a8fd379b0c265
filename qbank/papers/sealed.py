"""The private half of an exam on disk, as (path, bytes) pairs, and the exam read back from it.

Grading needs nothing else: the items as they were, the values that were drawn, the keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import count
from pathlib import PurePosixPath

import numpy as np

from qbank import __version__, bank, messages, store, variants
from qbank.bank import Source
from qbank.bank.item import Item
from qbank.model import Array, Column, Refused
from qbank.papers import _addition, _record
from qbank.papers._addition import ADDED
from qbank.papers._record import FORMAT, LOGO, RECORD, Record
from qbank.papers.exam import Exam, Placed, Section
from qbank.variants import Variants


def files(exam: Exam) -> Iterator[tuple[str, bytes]]:
    """Every file of the private half but the answer books, which are an output."""
    yield RECORD, json.dumps(_record.written(exam), ensure_ascii=False, indent=1).encode()
    if exam.imprint.logo:
        yield LOGO, exam.imprint.logo
    for name, source in exam.item_sources.items():
        yield f"private/items/{name}.yaml", source.text
    for name, drawn in exam.drawn.items():
        for picture, content in bank.pictures(drawn.item).items():
            yield _picture(name, picture), content
    for name, source in exam.circuit_sources.items():
        yield f"private/circuits/{name}.yaml", source.text
    for name, drawn in exam.drawn.items():
        yield f"private/variants/{name}.parquet", store.columns_to_parquet(_flat(drawn))


def opened(
    read: Callable[[str], bytes], *, additions: Sequence[str] = (), figures: bool = True, trusted: bool = True
) -> Exam:
    """The exam whose files `read` gives by path; without its figures, it can be marked but not printed.

    `additions` are the folders of candidates who came later, in order: they follow the others. Files that are not
    `trusted`, for their seal is broken, are looked at more closely. Raises Refused for a layout of a later version,
    and for a damaged file of any sort.
    """
    record = _record.parsed(read(RECORD))
    if record.format > FORMAT:
        raise Refused(messages.tell("this exam was made by qbank {version}; this is qbank {own}: please update qbank",
                                    version=record.version, own=__version__))  # fmt: skip
    later = {base: _addition.parsed(read(f"{base}/{ADDED}"), f"{base}/{ADDED}") for base in additions}
    try:
        record = _addition.enlarged(record, tuple(later.values()))
    except ValueError as error:
        file = f"{additions[-1]}/{ADDED}"
        raise Refused(messages.tell("{file} is damaged: {fault}", file=file, fault=error)) from error
    circuit_sources = {
        name: Source(f"{name}.yaml", read(f"private/circuits/{name}.yaml"))
        for name in (record.circuits if figures else ())
    }
    items, drawn = {}, {}
    item_sources = {
        name: Source(f"private/items/{name}.yaml", read(f"private/items/{name}.yaml"),
                     partial(_beside, read, name) if figures else None)
        for name in record.items
    }  # fmt: skip
    read_items, circuits, problems = bank.read_sealed(item_sources, circuit_sources if figures else None)
    for name, labels in record.items.items():
        item = read_items.get(name)
        if item is not None and item.id != name:
            raise Refused(messages.tell("{file} is damaged: it holds the item {item!r}", file=item_sources[name].file,
                                        item=item.id))  # fmt: skip
        if item is not None:
            path = f"private/variants/{name}.parquet"
            more = [f"{base}/variants/{name}.parquet" for base, each in later.items() if each.forms]
            try:
                columns = _addition.joined([_columns(read(own), own) for own in (path, *more)])
            except ValueError as error:
                raise Refused(
                    messages.tell("{file} is damaged: {fault}", file=messages.listed(more), fault=error)
                ) from error
            items[name] = item
            drawn[name] = _deep(item, columns, labels)
            _need(item, drawn[name], record, path, closely=not trusted)
    if problems:
        raise Refused(*problems)
    title, institution, course, notes = (
        text.bilingual() if text is not None else None
        for text in (record.title, record.institution, record.course, record.notes)
    )
    assert title is not None
    return Exam(
        id=record.id, title=title, institution=institution, course=course, notes=notes, minutes=record.minutes,
        total=record.total, langs=record.langs, sections=_sections(record, items),
        candidates=tuple(each.candidate() for each in record.candidates),
        forms=record.forms, form_of=np.array([each.form for each in record.candidates], dtype=np.int64),
        each=record.each, spares=record.spares, seed=record.seed, rules=record.rules, drawn=drawn, circuits=circuits,
        item_sources=item_sources, circuit_sources=circuit_sources,
        imprint=record.imprint.imprint(read(LOGO) if figures and record.imprint.logo else b""),
        names={name: text.bilingual() for name, text in record.names.items()},
    )  # fmt: skip


def added(exam: Exam, larger: Exam, *, at: str, by: str, why: str) -> Iterator[tuple[str, bytes]]:
    """What is sealed of the candidates and seats that a larger exam has besides, as paths within the addition.

    The columns are those that the exam has: an earlier version sealed fewer.
    """
    record = _addition.written(exam, larger, at=at, by=by, why=why)
    yield ADDED, json.dumps(record, ensure_ascii=False, indent=1).encode()
    if len(larger.forms) > len(exam.forms):
        for name, drawn in larger.drawn.items():
            own = {column: array[len(exam.forms) :] for column, array in _flat(drawn).items()}
            yield f"variants/{name}.parquet", store.columns_to_parquet(own)


def _picture(item: str, name: str) -> str:
    """Where the picture of that name is sealed: names of any script, told apart by a digest."""
    return f"private/pictures/{item}/{blake2b(name.encode(), digest_size=8).hexdigest()}{PurePosixPath(name).suffix}"


def _beside(read: Callable[[str], bytes], item: str, name: str) -> bytes:
    return read(_picture(item, name))


def _sections(record: Record, items: Mapping[str, Item]) -> tuple[Section, ...]:
    numbers = count(1)
    return tuple(
        Section(
            section.title.bilingual(),
            section.text.bilingual() if section.text is not None else None,
            section.marks,
            tuple(Placed(next(numbers), items[each.item], each.marks) for each in section.items),
            section.rules,
            section.working,
            section.answer_grid,
        )
        for section in record.sections
    )


def _columns(content: bytes, path: str) -> dict[str, Array]:
    try:
        return store.parquet_to_columns(content)
    except Refused as error:
        raise Refused(f"{path}: {error}") from error


def _need(item: Item, drawn: Variants, record: Record, path: str, *, closely: bool) -> None:
    """Raise Refused unless the variants are those of the item, for every form; `closely` compares every column."""
    (marks,) = (each.marks for section in record.sections for each in section.items if each.item == item.id)
    if len(marks) != len(item.parts):
        raise Refused(messages.tell("{file} is damaged: {item} has {parts} parts, but marks for {marks}", file=RECORD,
                                    item=item.id, parts=len(item.parts), marks=len(marks)))  # fmt: skip
    if len(drawn) != len(record.forms):
        raise Refused(messages.tell("{file} is damaged: {variants} variants for {forms} forms", file=path,
                                    variants=len(drawn), forms=len(record.forms)))  # fmt: skip
    if closely:
        expected, there = (_shapes(_flat(each)) for each in (variants.make(item, record.seed, [0]), drawn))
        for wrong, _ in sorted(expected.items() ^ there.items()):
            raise Refused(messages.tell("{file} is damaged: the column {column!r} differs from that of {item}",
                                        file=path, column=wrong, item=item.id))  # fmt: skip
        for name, column in drawn.columns.items():
            if column.labels and not np.all(column.values < len(column.labels)):
                raise Refused(messages.tell("{file} is damaged: {name!r} has values without a label", file=path,
                                            name=name))  # fmt: skip


def _shapes(columns: Mapping[str, Array]) -> dict[str, tuple[str, tuple[int, ...]]]:
    return {name: (array.dtype.kind, array.shape[1:]) for name, array in columns.items()}


def _flat(drawn: Variants) -> dict[str, Array]:
    """Every column of an item's variants under one name: value.R1, parts.Z, arrangement.gain.order, key.gain.low."""
    flat: dict[str, Array] = {"seat": drawn.seats}
    for name, column in drawn.columns.items():
        if np.iscomplexobj(column.values):  # Parquet has no complex numbers
            flat[f"parts.{name}"] = np.stack([column.values.real, column.values.imag], axis=1)
        else:
            flat[f"value.{name}"] = column.values
    for kind, parts in (("arrangement", drawn.arrangements), ("key", drawn.keys)):
        flat |= {f"{kind}.{part}.{name}": array for part, columns in parts.items() for name, array in columns.items()}
    return flat


def _deep(item: Item, flat: Mapping[str, Array], labels: Mapping[str, tuple[str, ...]]) -> Variants:
    columns: dict[str, Column] = {}
    parts: dict[str, dict[str, dict[str, Array]]] = {
        kind: {part.id: {} for part in item.parts} for kind in ("arrangement", "key")
    }
    for path, array in flat.items():
        kind, _, name = path.partition(".")
        if kind == "value":
            columns[name] = Column(array, labels.get(name, ()))
        elif kind == "parts":
            columns[name] = Column(array[:, 0] + 1j * array[:, 1])
        elif kind in parts:
            part, _, column = name.partition(".")
            parts[kind].setdefault(part, {})[column] = array
    return Variants(item, flat.get("seat", np.zeros(0, np.int64)), columns, parts["arrangement"], parts["key"])
