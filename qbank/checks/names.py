"""The question shows everything that its key needs, and no drawn or derived value is unused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qbank import domains, messages
from qbank.bank.item import Item, Part
from qbank.checks import _needs, _shown
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene, first, share
from qbank.model import Array, Problem, flat

RATIONALE = "A question that hides what its key needs cannot be answered; an unused value was meant for something."
PROPOSAL = "show it in stem:, ask: or the figure, or remove it from the key"
_ONE = """
stem:
  zh: 反相放大电路中 %s$R_f = {{ Rf }}$。
  en: In an inverting amplifier, %s$R_f = {{ Rf }}$.
"""
_PARAMETERS = """
parameters:
  R1: {series: E24, from: 1k, to: 10k, unit: Ω, symbol: R_1%s}
  Rf: {series: E24, from: 20k, to: 200k, unit: Ω, symbol: R_f}
%s"""
_DERIVED = """
derive:
  A: {value: -Rf/R1, symbol: A_u}
  B: 1k/%s
solution: {zh: '[[derive A]] 此外 $B = {{ B }}$。', en: '[[derive A]] Besides, $B = {{ B }}$.'}
"""
EXAMPLES = (
    Sample(
        "names.unshown", _ONE % ("", ""), _ONE % ("$R_1 = {{ R1 }}$，", "$R_1 = {{ R1 }}$ and "), "R_1 appears nowhere"
    ),
    Sample(
        "names.hidden",
        _ONE % ("", "") + _PARAMETERS % (", hidden: yes", ""),
        _ONE % ("$R_1 = {{ R1 }}$，", "$R_1 = {{ R1 }}$ and ") + _PARAMETERS % ("", ""),
        "it is hidden, but the key needs it",
    ),
    Sample(
        "names.infinite", _DERIVED % "(Rf - 30k)", _DERIVED % "R1", "the divisor is zero on one variant in 25",
    ),
    Sample(
        "names.unused", _PARAMETERS % ("", "  RL: {series: E6, from: 1k, to: 10k, unit: Ω}"), _PARAMETERS % ("", "")
    ),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The names that a key needs unseen, and those that nothing uses."""
    item = scene.item
    seen, used = _shown.visible(item), _shown.used(item)
    looks = tuple(_needs.looks(item, scene.drawn))
    for number, part in enumerate(item.parts):
        path = ("parts", number, "answer")
        for name, look in _unseen(item, part, looks).items():
            rule = item.parameters[name]
            if not rule.hidden:
                seat = None if look.whole else int(look.rows[0])
                yield scene.problem(
                    "names.unshown", _hidden(part.id, name, everywhere=look.whole),
                    path, seat=seat, proposal=_cure(scene, part, name, seen),
                )  # fmt: skip
            elif not domains.table(rule).labels and not _decided(scene, part, name, seen):
                message = messages.tell("the key of part {part!r} depends on {name}, which is hidden",
                                        part=part.id, name=name)  # fmt: skip
                yield scene.problem("names.hidden", message, path, proposal=PROPOSAL)
    yield from _printable(scene, seen | _shown.worked(item))
    for kind, names in (("parameters", item.parameters), ("derive", item.derive)):
        for name in names:
            if name not in used:
                yield scene.problem(
                    "names.unused", messages.tell("nothing uses {name}", name=name), (kind, name), severity="warning",
                    proposal=messages.tell("use it in a text, a key or a mistake, or delete it"),
                )  # fmt: skip


def _hidden(part: str, name: str, *, everywhere: bool) -> str:
    """The sentence for a name that a key needs and the question does not show."""
    if everywhere:
        return messages.tell("the key of part {part!r} depends on {name}, which the question does not show",
                             part=part, name=name)  # fmt: skip
    return messages.tell("the key of part {part!r} depends on {name}, which some variants do not show",
                         part=part, name=name)  # fmt: skip


def _printable(scene: Scene, printed: frozenset[str]) -> Iterator[Problem]:
    """The derived names that a text prints and that are not finite: infinity needs a part that may have that value."""
    infinite = any(part.facts.infinite for part in scene.item.parts)
    for name in sorted(printed & set(scene.item.derive)):
        values = flat(scene.drawn.columns[name].values)
        bad: Array = np.any(np.isnan(values) if infinite else ~np.isfinite(values), axis=1)
        if bad.any():
            yield scene.problem(
                "names.infinite",
                messages.tell("{name} is printed in a text, but is not a finite number on {variants}",
                              name=name, variants=share(bad)),
                ("derive", name), seat=first(bad),
                proposal=messages.tell("use require: so that it is finite; to ask for an infinite value, write "
                                       "infinite: yes in the answer"),
            )  # fmt: skip


def _unseen(item: Item, part: Part, looks: Sequence[_needs.Look]) -> dict[str, _needs.Look]:
    """The parameters that a key needs and a candidate does not see, each with the first variants where it is so."""
    found: dict[str, _needs.Look] = {}
    for look in looks:
        for name in sorted(_needs.needed(item, part, look)):
            if len(domains.table(item.parameters[name])) > 1:
                found.setdefault(name, look)
    return found


def _cure(scene: Scene, part: Part, name: str, seen: frozenset[str]) -> str:
    """What to do about a name that is not shown: where the question is built from it, `hidden: yes` says so."""
    built = sorted(other for other in seen & set(scene.item.derive) if name in _shown.behind(scene.item, [other]))
    if built and _decided(scene, part, name, seen):
        return messages.tell("if {name} is to be found from {shown}, write hidden: yes under parameters: {name}; "
                             "otherwise show it", name=name, shown=messages.listed(built))  # fmt: skip
    return PROPOSAL


def _decided(scene: Scene, part: Part, name: str, seen: frozenset[str]) -> bool:
    """Whether variants that look the same have the same key, as far as the variants drawn can tell.

    Where no two of them look the same, the name counts as told if something that is shown is made of it.
    """
    answer = scene.drawn.keys[part.id].get(part.facts.column)
    columns = [flat(scene.drawn.columns[each].values) for each in sorted(seen) if each in scene.drawn.columns]
    if answer is None or not columns:
        return answer is None
    looks, which = np.unique(np.concatenate(columns, axis=1), axis=0, return_inverse=True)
    pairs = np.unique(np.concatenate([which.reshape(-1, 1), flat(np.asarray(answer))], axis=1), axis=0)
    repeated = len(looks) < len(scene.drawn)
    return len(pairs) == len(looks) and (repeated or name in _shown.behind(scene.item, seen))

