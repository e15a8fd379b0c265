"""Drawing, reading and marking a choice."""

# ruff: noqa: ARG001 (the functions of every kind take the same arguments)

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.answers import Scope
from qbank.answers._fields import right_column
from qbank.answers._letters import positions
from qbank.answers._orders import at_positions, shuffled
from qbank.answers._readings import Readings, Stopped, begun, collect, letter, listed
from qbank.answers.choice import showing, ticks
from qbank.answers.choice.spec import Spec
from qbank.draws import Chance
from qbank.model import Array, Bilingual, Columns, Floats, Lang, Rules, Steps

TICKS = np.zeros((), dtype=np.uint32)
"""The ticks of an answer, one bit for each position from A."""


def arrange(
    spec: Spec, scope: Scope, chance: Chance, name: str, seats: NDArray[np.int64]
) -> dict[str, Array]:
    """`order` (n, k): the option (by its place in the file) that is at each position."""
    if spec.show:
        return {"order": showing.order(spec, _right(spec, scope), chance, name, seats)}
    return {"order": shuffled(chance, f"{name}.order", spec.lasting, seats, shuffle=spec.shuffle)}


def bind(spec: Spec, scope: Scope, arrangement: Columns) -> dict[str, Array]:
    """`right` (n, options): whether each option, by its place in the file, is shown and right."""
    right = _right(spec, scope)
    return {"right": right & showing.shown(spec, arrangement["order"]) if spec.show else right}


def _right(spec: Spec, scope: Scope) -> NDArray[np.bool_]:
    """(n, options): whether each option is right, shown or not."""
    return np.stack([right_column(option.right, scope) for option in spec.options.values()], axis=1)


def feasible(spec: Spec, key: Columns) -> NDArray[np.bool_]:
    """As many right options as the part wants (one, or at least one of several); the key weighs one."""
    right = key["right"].sum(axis=1)
    least, most = spec.rights
    fair = (right >= least) & (right <= most)
    if spec.weights:
        fair &= np.isclose(key["right"] @ spec.weighing, 1.0, rtol=0, atol=1e-9)
    return np.asarray(fair, dtype=np.bool_)


def impossible(spec: Spec, key: Columns) -> str:
    """How many options are right, and what does not fit that number or its weights."""
    right = key["right"].sum(axis=1)
    if spec.several and not right.any():
        return messages.tell("no option is right")
    options = _rights(spec, np.unique(right).tolist())
    if not spec.several:
        return messages.tell("{options}, and a single choice needs exactly one", options=options)
    if spec.max_ticks is not None and (right > spec.max_ticks).any():
        return messages.tell(
            "{options}, and max_ticks: {most} does not let a candidate tick them all",
            options=options, most=spec.max_ticks,
        )  # fmt: skip
    if spec.min_ticks is not None and (right < spec.min_ticks).any():
        return messages.tell(
            "{options}, and min_ticks: {least} asks for more ticks", options=options, least=spec.min_ticks
        )
    if ((right < spec.rights[0]) | (right > spec.rights[1])).any():
        return messages.tell(
            "{options}, and show_right: asks for {amount}", options=options, amount=showing.amount(*spec.rights)
        )
    weights = np.unique(key["right"] @ spec.weighing).tolist()
    return messages.tell(
        "the weights: of the right options add up to {sum}, not to 1",
        sum=messages.either(f"{weight:g}" for weight in weights),
    )


def _rights(spec: Spec, counts: list[int]) -> str:
    """How many options are right, as a clause."""
    number = messages.either(map(str, counts))
    if spec.show:
        return messages.tell_many(
            max(counts),
            "{number} option of the {shown} shown is right",
            "{number} options of the {shown} shown are right",
            number=number, shown=spec.count,
        )  # fmt: skip
    return messages.tell_many(max(counts), "{number} option is right", "{number} options are right", number=number)


def read(spec: Spec, texts: Sequence[str], rules: Rules) -> Readings:
    """`ticks` (n,): one bit for each position ticked; a tick given twice counts once."""
    return collect(texts, lambda text: {"ticks": _ticked(spec, text)}, {"ticks": TICKS}, _told)


def _told(columns: Columns, row: int, lang: Lang) -> str:
    """The letters that are ticked."""
    bits = int(columns["ticks"][row])
    letters = [letter(position) for position in range(bits.bit_length()) if bits >> position & 1]
    return ("、" if lang == "zh" else ", ").join(letters)


def _ticked(spec: Spec, text: str) -> int:
    bits = 0
    for position in positions(text, spec.count):
        bits |= 1 << position
    if not spec.several and bits.bit_count() > 1:
        raise Stopped(len(text) + 1, Bilingual(zh="只选一项", en="one option only"))
    if spec.lone is not None and bits.bit_count() > 1 and bits >> spec.lone & 1:
        raise Stopped(len(text) + 1, Bilingual(zh="“以上都不是”不与其他选项同选", en="only 'none of these'"))
    return bits


def mark(spec: Spec, reading: Readings, key: Columns, arrangement: Columns, rules: Rules) -> Steps:
    """`choice.right`, `choice.partial`, `choice.wrong`, or `choice.mistake.…` where the option names one."""
    order = arrangement["order"]
    right = at_positions(key["right"], order)
    ticked = (reading.columns["ticks"][:, None] >> np.arange(spec.count, dtype=np.uint32) & 1).astype(bool)
    chosen = np.zeros(key["right"].shape, dtype=np.bool_)
    np.put_along_axis(chosen, order.astype(np.intp), ticked, axis=1)
    alphabet = [letter(position) for position in range(spec.count)]
    details: dict[str, Array] = {
        "given": listed(ticked, alphabet),
        "asked": listed(right, alphabet),
        "options": listed(chosen, list(spec.options), ", "),
    }
    exact = (ticked == right).all(axis=1)
    read = reading.read
    steps = begun(reading)
    if spec.several:
        credit = _credit(spec, chosen, ticked, right, rules)
        return _several(spec, steps, read, chosen, key["right"], credit, details)
    steps = steps.where(read & exact, "choice.right", 1.0, **details)
    for place, (name, option) in enumerate(spec.options.items()):
        earns = spec.earning(name)
        wrong = f"choice.mistake.{option.mistake}" if option.mistake else "choice.wrong"
        picked = read & ~exact & chosen[:, place]
        steps = steps.where(picked, "choice.partial" if earns > 0 else wrong, earns, **details)
    return steps


def _several(
    spec: Spec,
    steps: Steps,
    read: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    right: NDArray[np.bool_],
    credit: Floats,
    details: dict[str, Array],
) -> Steps:
    """The steps of several ticks: `chosen` and `right` are by option."""
    exact = (chosen == right).all(axis=1)
    count = chosen.sum(axis=1)
    least, most = spec.min_ticks or 0, spec.max_ticks or spec.count
    allowed = (count >= least) & (count <= most)
    for place, option in enumerate(spec.options.values()):
        if option.mistake:
            fallen = read & chosen[:, place] & ~right[:, place]
            steps = steps.where(fallen, f"choice.mistake.{option.mistake}", 1.0, **details)
    steps = steps.where(read & ~allowed, "choice.ticks", 0.0, **details)
    steps = steps.where(read & allowed & exact, "choice.right", credit, **details)
    steps = steps.where(read & allowed & ~exact & (credit > 0), "choice.partial", credit, **details)
    return steps.where(read & allowed & ~exact & (credit <= 0), "choice.wrong", credit, **details)


def _credit(
    spec: Spec, chosen: NDArray[np.bool_], ticked: NDArray[np.bool_], right: NDArray[np.bool_], rules: Rules
) -> Floats:
    """(n,) what several ticks earn: by weights of the options chosen, else by the rule of the part or the paper.

    `ticked` and `right` are by position: a rule counts the options that are shown.
    """
    weighed = np.minimum(chosen @ spec.weighing, 1.0)
    credit = weighed if spec.weights else ticks.credit(spec.rule(rules), ticked, right)
    return credit if spec.least is None else np.maximum(credit, spec.least)
