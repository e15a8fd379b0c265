"""The private half of an exam on disk, as (path, bytes) pairs, and the exam read back from it.

Grading needs nothing else: the items as they were, the values that were drawn, the keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import numpy as np

from qbank import __version__, bank, store
from qbank.bank import Source
from qbank.model import Array, Bilingual, Candidate, Column, Refused, Rules
from qbank.papers.exam import Exam, Placed, Section
from qbank.variants import Variants

FORMAT = 1
"""The number of this layout. Later versions read every earlier one."""
RECORD = "private/exam.json"


def files(exam: Exam) -> Iterator[tuple[str, bytes]]:
    """Every file of the private half but the answer books, which are an output."""
    yield RECORD, json.dumps(_record(exam), ensure_ascii=False, indent=1).encode()
    for name, source in exam.item_sources.items():
        yield f"private/items/{name}.yaml", source.text
    for name, source in exam.circuit_sources.items():
        yield f"private/circuits/{name}.yaml", source.text
    for name, drawn in exam.drawn.items():
        yield f"private/variants/{name}.parquet", store.columns_to_parquet(_flat(drawn))


def opened(read: Callable[[str], bytes], *, figures: bool = True) -> Exam:
    """The exam whose files `read` gives by path; without its figures, it can be marked but not printed.

    Raises Refused for a layout of a later version or a damaged item.
    """
    record = json.loads(read(RECORD))
    if record["format"] > FORMAT:
        raise Refused(f"this exam was made by qbank {record['version']}; this is {__version__}: please update qbank")
    circuit_sources = {
        name: Source(f"{name}.yaml", read(f"private/circuits/{name}.yaml"))
        for name in (record["circuits"] if figures else ())
    }
    circuits, problems = bank.read_circuits(circuit_sources)
    items, item_sources, drawn = {}, {}, {}
    for name, labels in record["items"].items():
        item_sources[name] = Source(f"private/items/{name}.yaml", read(f"private/items/{name}.yaml"))
        item, found = bank.read_item(item_sources[name], circuits if figures else None, sealed=True)
        problems += found
        if item is not None:
            items[name] = item
            columns = store.parquet_to_columns(read(f"private/variants/{name}.parquet"))
            drawn[name] = _deep(item, columns, labels)
    if problems:
        raise Refused(*problems)
    numbers = iter(range(1, 10_000))
    sections = tuple(
        Section(
            _texts(section["title"]),
            _texts(section["text"]) if section["text"] else None,
            Fraction(section["marks"]),
            tuple(
                Placed(next(numbers), items[each["item"]], tuple(map(Fraction, each["marks"])))
                for each in section["items"]
            ),
            _rules(section["rules"]),
        )
        for section in record["sections"]
    )
    return Exam(
        id=record["id"], title=_texts(record["title"]),
        **{name: _texts(record[name]) if record[name] else None for name in ("institution", "course", "notes")},
        minutes=record["minutes"], total=Fraction(record["total"]), langs=tuple(record["langs"]), sections=sections,
        candidates=tuple(Candidate(each["id"], each["name"], each["group"]) for each in record["candidates"]),
        forms=tuple(record["forms"]),
        form_of=np.array([each["form"] for each in record["candidates"]], dtype=np.int64),
        each=record["each"], spares=tuple(record.get("spares", ())), seed=record["seed"],
        rules=_rules(record["rules"]), drawn=drawn, circuits=circuits,
        item_sources=item_sources, circuit_sources=circuit_sources,
    )  # fmt: skip


def _record(exam: Exam) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": __version__,
        "id": exam.id,
        "title": asdict(exam.title),
        **{
            name: asdict(text) if text else None
            for name, text in (("institution", exam.institution), ("course", exam.course), ("notes", exam.notes))
        },
        "minutes": exam.minutes,
        "total": str(exam.total),
        "langs": list(exam.langs),
        "forms": list(exam.forms),
        "each": exam.each,
        "spares": list(exam.spares),
        "seed": exam.seed,
        "rules": _written(exam.rules),
        "sections": [
            {
                "title": asdict(section.title),
                "text": asdict(section.text) if section.text else None,
                "marks": str(section.marks),
                "rules": _written(section.rules),
                "items": [
                    {"item": placed.item.id, "marks": [str(marks) for marks in placed.marks]}
                    for placed in section.placed
                ],
            }
            for section in exam.sections
        ],
        "candidates": [
            {"id": each.id, "name": each.name, "group": each.group, "form": int(form)}
            for each, form in zip(exam.candidates, exam.form_of, strict=True)
        ],
        "circuits": list(exam.circuit_sources),
        "items": {
            name: {label: list(column.labels) for label, column in drawn.columns.items() if column.labels}
            for name, drawn in exam.drawn.items()
        },
    }


def _flat(drawn: Variants) -> dict[str, Array]:
    """Every column of an item's variants under one name: value.R1, arrangement.gain.order, key.gain.low."""
    flat: dict[str, Array] = {"seat": drawn.seats}
    flat |= {f"value.{name}": column.values for name, column in drawn.columns.items()}
    for kind, parts in (("arrangement", drawn.arrangements), ("key", drawn.keys)):
        flat |= {f"{kind}.{part}.{name}": array for part, columns in parts.items() for name, array in columns.items()}
    return flat


def _deep(item: Any, flat: Mapping[str, Array], labels: Mapping[str, list[str]]) -> Variants:
    columns: dict[str, Column] = {}
    parts: dict[str, dict[str, dict[str, Array]]] = {
        kind: {part.id: {} for part in item.parts} for kind in ("arrangement", "key")
    }
    for path, array in flat.items():
        kind, _, name = path.partition(".")
        if kind == "value":
            columns[name] = Column(array, tuple(labels.get(name, ())))
        elif kind in parts:
            part, _, column = name.partition(".")
            parts[kind][part][column] = array
    return Variants(item, flat["seat"], columns, parts["arrangement"], parts["key"])


def _written(rules: Rules) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in asdict(rules).items()}


def _rules(written: Mapping[str, Any]) -> Rules:
    return Rules(**{**written, "round_to": Fraction(written["round_to"])})


def _texts(written: Mapping[str, str]) -> Bilingual:
    return Bilingual(zh=written["zh"], en=written["en"])
