"""Why no choice of items meets every rule: what is missing, or the fewest rules that cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from qbank import messages
from qbank.bank.blueprint import Blueprint
from qbank.bank.table import Bound
from qbank.model import Floats, Problem
from qbank.papers import _selecting, _solver
from qbank.papers._offer import Offer
from qbank.papers._rules import Rule, amount


def unmet(offer: Offer, rules: Sequence[Rule]) -> tuple[Problem, ...]:
    """A problem for each rule for which the bank has too little by itself; else one for those that conflict."""
    short = [problem for rule in rules for problem in _short(offer, rule)]
    return tuple(short) or (_conflict(offer, rules),)


def _short(offer: Offer, rule: Rule) -> Iterator[Problem]:
    """What a rule lacks whatever else is asked, each item counted once."""
    best: dict[str, float] = {}
    for option, weight in zip(offer.options, rule.weights.tolist(), strict=True):
        best[option.item.id] = max(best.get(option.item.id, 0.0), weight)
    reach = sum(best.values())
    if reach < float(rule.bound.least) - _solver.SLACK:
        asked = amount(rule.bound, rule.unit)
        if rule.item:
            message = _required(offer, rule.item)
        elif rule.unit == "items":
            message = messages.tell("{rule}: {asked} required, but the bank has {found:g}", rule=rule.told, asked=asked,
                                    found=reach)  # fmt: skip
        else:
            message = messages.tell("{rule}: {asked} required, but all items together have {found:g}", rule=rule.told,
                                    asked=asked, found=reach)  # fmt: skip
        yield _problem(offer.plan, message)


def _required(offer: Offer, item: str) -> str:
    """Why an item that is required is not among those that may be drawn."""
    if used := offer.avoid.used(item):
        return messages.tell("require: {item} was used in {exams}, an exam to avoid", item=item,
                             exams=messages.listed(used))  # fmt: skip
    return messages.tell("require: {item} is not among the items that the entries can draw", item=item)


def _conflict(offer: Offer, rules: Sequence[Rule]) -> Problem:
    """The fewest rules that cannot hold together: each is left out where the others conflict without it."""
    kept = list(rules)
    for rule in rules:
        others = [each for each in kept if each is not rule]
        if _reached(offer, others, np.zeros(len(offer.options))) is None:
            kept = others
    *others, last = kept
    if not others:
        return _problem(offer.plan, messages.tell("this rule cannot be met: {rule}; the nearest is {nearest}",
                                                  rule=last, nearest=_nearest(offer, others, last)))  # fmt: skip
    told = messages.clauses(f"({number}) {rule}" for number, rule in enumerate(kept, start=1))
    return _problem(offer.plan, messages.tell(
        "these rules cannot hold together: {rules}; if the others are kept, the nearest for ({last}) is {nearest}",
        rules=told, last=len(kept), nearest=_nearest(offer, others, last),
    ))  # fmt: skip


def _nearest(offer: Offer, others: Sequence[Rule], goal: Rule) -> str:
    """How near the sum of a rule comes to its bound, from below and from above, where the others are met."""
    low, high = float(goal.bound.least), float(goal.bound.most or 0) if goal.bound.most is not None else np.inf
    below = _reached(offer, [*others, _turned(goal, Bound(Fraction(0), goal.bound.least))], -goal.weights)
    above = _reached(offer, [*others, _turned(goal, Bound(goal.bound.least))], goal.weights)
    found = [float(goal.weights @ each) for each in (below, above) if each is not None]
    told = [f"{each:g}" for each in dict.fromkeys(found) if not low <= each <= high]
    return amount(messages.either(told), goal.unit)


def _turned(rule: Rule, bound: Bound) -> Rule:
    return replace(rule, bound=bound)


def _reached(offer: Offer, rules: Sequence[Rule], costs: Floats) -> Floats | None:
    """The choice of the least cost that meets some rules, None where there is none."""
    count = len(offer.options)
    met = list(_selecting.conditions(offer, rules))
    return _solver.solved(costs, met, whole=np.ones(count, dtype=np.bool_), most=np.ones(count))


def _problem(plan: Blueprint, message: str) -> Problem:
    return Problem("blueprint.rule", messages.tell("blueprint {blueprint}: {message}", blueprint=plan.id,
                   message=message),
                   proposal=messages.tell("ask for fewer, widen a rule, or write more such items"))  # fmt: skip
