"""Options to pick from, pairs to join and orders to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase

from qbank import messages
from qbank.model import Content
from qbank.outputs import _webtext
from qbank.outputs._qti import parts, rules
from qbank.outputs._qti.parts import Asked, Told
from qbank.outputs._qti.tree import Element, Markup, element, written
from qbank.waist import Choice, Options, Orders, Pairing, Pairs

PLACED = 400
"""The most places of pieces of right orders that are written out."""


def options(asked: Asked, choice: Choice, scoring: Options) -> Told:
    """The options under their letters; they change places where the question lets them."""
    names = [*("yes", "no")] if choice.style == "truth" else list(ascii_uppercase)
    names = names[: len(choice.options)]
    right = [name for name, each in zip(names, scoring.right, strict=True) if each]
    fixed = set(choice.fixed) if choice.style != "truth" else set(range(len(names)))
    shuffled = len(names) - len(fixed) > 1
    shown = []
    for place, (name, option) in enumerate(zip(names, choice.options, strict=True)):
        still = {"fixed": "true"} if shuffled and place in fixed else {}
        shown.append(element("simple_choice", _inside(asked, option), identifier=name, **still))
    most = scoring.most if scoring.most is not None else 0
    prompt = _webtext.html(choice.prompt, asked.lang, asked.manner)
    interaction = element("choice_interaction", *shown, response_identifier=asked.response,
                          shuffle="true" if shuffled else "false",
                          max_choices=str(most) if choice.several else "1")  # fmt: skip
    block = prompt + written(interaction, asked.version)
    if not choice.several:
        return Told((_mapped(asked, names, scoring.credits, right[:1], "single"),),
                    (*_by_map(asked), *_said(asked)), block=block)  # fmt: skip
    if scoring.credits:
        bounds = {"upper_bound": rules.number(asked.worth)}
        if scoring.floor is not None:
            bounds["lower_bound"] = rules.number(scoring.floor * asked.worth)
        declared = _mapped(asked, names, scoring.credits, right, "multiple", **bounds)
        return Told((declared,), _allowed(asked, scoring, names, _by_map(asked)), block=block)
    declared = parts.response(asked.response, "identifier", "multiple", right)
    hits, misses = f"HITS_{asked.place}", f"MISSES_{asked.place}"
    counting = [rules.put(name, rules.whole(0)) for name in (hits, misses)]
    for name, each in zip(names, scoring.right, strict=True):
        counting += rules.chosen([(_ticked(asked, name), [rules.counted(hits if each else misses)])])
    found, count = len(right), len(names)
    cases = []
    for r in range(found + 1):
        for w in range(count - found + 1):
            earned = _rule(scoring.rule, r, w, found, count - found)
            earned = earned if scoring.floor is None else max(earned, scoring.floor)
            if r + w and earned:
                condition = rules.both(*(element("match", rules.variable(name), rules.whole(number))
                                         for name, number in ((hits, r), (misses, w))))  # fmt: skip
                cases.append((condition, asked.earned(earned)))
    processing = _allowed(asked, scoring, names, (*counting, *rules.chosen(cases)))
    return Told((declared,), processing, block=block, outcomes=(hits, misses))


def _rule(rule: str, r: int, w: int, right: int, wrong: int) -> float:
    """The credit of r right and w wrong ticks by a rule that is not a sum over the options (docs/en/grading.md)."""
    match rule:
        case "exact":
            return float(w == 0 and r == right)
        case "cancel":
            return 0.0 if w else r / right
        case "china":
            return 0.0 if w else 1.0 if r == right else 0.5 if r else 0.0
        case "excess":
            return (r - max(r + w - right, 0)) / right
        case "coverage":
            return r / right * r / (r + w) if r else 0.0
        case "each":
            return (r + wrong - w) / (right + wrong)
        case _:
            raise ValueError(f"the rule {rule!r} of several ticks is not known here")


def _allowed(asked: Asked, scoring: Options, names: Sequence[str], scored: Sequence[Element]) -> tuple[Element, ...]:
    """The rules of the score, where something is ticked, and not too few or too many, nor an option that is alone."""
    size = element("container_size", rules.variable(asked.response))
    asked_for = [rules.given(asked.response)]
    if scoring.least > 1:
        asked_for.append(element("gte", size, rules.whole(scoring.least)))
    if scoring.most is not None:
        asked_for.append(element("lte", size, rules.whole(scoring.most)))
    if scoring.lone is not None:
        asked_for.append(rules.either(element("not", _ticked(asked, names[scoring.lone])),
                                      element("lte", size, rules.whole(1))))  # fmt: skip
    return rules.chosen([(rules.both(*asked_for), scored)])


def _ticked(asked: Asked, name: str) -> Element:
    return element("member", rules.constant(name, "identifier"), rules.variable(asked.response))


def _mapped(
    asked: Asked, names: Sequence[str], credits: Sequence[float], right: Sequence[str], cardinality: str, **bounds: str
) -> Element:
    """A response of which every option is worth its own credit; all are listed, what is worth nothing as well."""
    entries = (element("map_entry", map_key=name, mapped_value=rules.number(credit * asked.worth))
               for name, credit in zip(names, credits, strict=True))  # fmt: skip
    base = "directedPair" if " " in names[0] else "identifier"
    mapping = element("mapping", *entries, default_value="0.0", **bounds)
    return parts.response(asked.response, base, cardinality, right, mapping)


def _by_map(asked: Asked) -> tuple[Element, ...]:
    found = rules.put(asked.score, element("map_response", identifier=asked.response))
    return rules.chosen([(rules.given(asked.response), [found])])


def _said(asked: Asked) -> tuple[Element, ...]:
    """The feedback on the option that is picked, where it is a foreseen mistake with a reason."""
    cases = [(rules.picked(asked.response, _name(each.printed)),
              [rules.put(asked.feedback, rules.constant(f"mistake_{number}", "identifier"))])
             for number, each in enumerate(asked.answer.mistakes, 1) if each.text]  # fmt: skip
    return rules.chosen([(rules.given(asked.response), rules.chosen(cases))]) if cases else ()


def _name(printed: str) -> str:
    return {"√": "yes", "×": "no"}.get(printed, printed)


def _inside(asked: Asked, option: Content) -> Markup:
    return Markup(_webtext.alone(option, asked.lang, asked.manner))


def pairs(asked: Asked, pairing: Pairing, scoring: Pairs) -> Told:
    """Every entry on the left is joined with one on the right, which may take several or none."""
    lefts = [str(number) for number in range(1, len(pairing.left) + 1)]
    left, right = [f"L{each}" for each in lefts], [f"R{each}" for each in ascii_lowercase[: len(pairing.right)]]
    sets = (
        element("simple_match_set", *(element("simple_associable_choice", _inside(asked, each), identifier=name,
                                              match_max=most) for name, each in zip(names, side, strict=True)))
        for names, side, most in ((left, pairing.left, "1"), (right, pairing.right, str(len(left))))
    )  # fmt: skip
    table = {"class_": "qti-match-tabular"} if asked.version.tabular else {}
    interaction = element("match_interaction", *sets, response_identifier=asked.response, shuffle="false",
                          max_associations=str(len(left)), **table)  # fmt: skip
    keys = [f"{name} {right[place]}" for name, place in zip(left, scoring.right, strict=True)]
    block = written(interaction, asked.version)
    if not scoring.each:
        declared = parts.response(asked.response, "directedPair", "multiple", keys)
        found = element("match", rules.variable(asked.response), element("correct", identifier=asked.response))
        right_one = rules.chosen([(found, asked.earned(1.0))])
        return Told((declared,), rules.chosen([(rules.given(asked.response), right_one)]), block=block)
    names = [f"{one} {other}" for one in left for other in right]
    declared = _mapped(asked, names, [(name in keys) / len(keys) for name in names], keys, "multiple",
                       upper_bound=rules.number(asked.worth))  # fmt: skip
    return Told((declared,), _by_map(asked), block=block)


def orders(asked: Asked, pairing: Pairing, scoring: Orders) -> Told:
    """The entries in an order of the candidate's: every place must hold one that may stand there."""
    names = list(ascii_lowercase[: len(scoring.steps)])
    choices = (element("simple_choice", _inside(asked, each), identifier=name)
               for name, each in zip(names, pairing.right, strict=True))  # fmt: skip
    interaction = element("order_interaction", *choices, response_identifier=asked.response, shuffle="false")
    groups = [[name for name, own in zip(names, scoring.steps, strict=True) if own == step]
              for step in sorted(set(scoring.steps))]  # fmt: skip
    standing = [group for group in groups for _ in group]
    right = rules.both(
        *(rules.either(*(_at(asked, place, name) for name in group)) for place, group in enumerate(standing, 1)),
        element("match", element("container_size", rules.variable(asked.response)), rules.whole(len(names))),
    )
    cases = [(right, asked.earned(1.0))]
    lost: list[str] = []
    if scoring.run:
        pieces = list(_pieces(groups))
        placed = [(piece, start) for piece in pieces for start in range(1, len(names) - len(piece) + 2)]
        if len(placed) <= PLACED:
            cases += _runs(asked, placed, len(names))
        else:
            lost.append(messages.tell("part marks for a sequence that is right"))
    declared = parts.response(asked.response, "identifier", "ordered", [name for group in groups for name in group])
    places = {_place(asked, number): number for number in range(1, len(names) + 1)}
    counting = [rules.put(name, rules.whole(number)) for name, number in places.items()]
    processing = rules.chosen([(rules.given(asked.response), [*counting, *rules.chosen(cases)])])
    return Told((declared,), processing, block=written(interaction, asked.version), outcomes=tuple(places),
                lost=tuple(lost))  # fmt: skip


def _place(asked: Asked, number: int) -> str:
    """The outcome that holds the number of a place: a client was seen in which an index by a number finds nothing."""
    return f"PLACE_{asked.place}_{number}"


def _at(asked: Asked, place: int, name: str) -> Element:
    here = element("index", rules.variable(asked.response), n=_place(asked, place))
    return element("match", here, rules.constant(name, "identifier"))


def _runs(
    asked: Asked, placed: Sequence[tuple[tuple[str, ...], int]], count: int
) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """For each length from the longest, whether a piece of a right order of that length stands anywhere."""
    for length in range(count - 1, 1, -1):
        found = [
            rules.both(*(_at(asked, start + step, name) for step, name in enumerate(piece)))
            for piece, start in placed if len(piece) == length
        ]  # fmt: skip
        if found:
            yield rules.either(*found), asked.earned(length / count)


def _pieces(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every piece of two or more entries that stands in some right order, each once, as far as PLACED needs them."""
    found: dict[tuple[str, ...], None] = {}
    starts: list[tuple[tuple[str, ...], int, bool]] = [
        ((name,), number, len(group) == 1) for number, group in enumerate(groups) for name in group]
    while starts and len(found) <= PLACED:
        piece, group, through = starts.pop()
        if len(piece) > 1:
            found.setdefault(piece)
        held = [name for name in groups[group] if name not in piece]
        starts += [((*piece, name), group, through or len(held) == 1) for name in held]
        if _leaves(piece, groups, group) and group + 1 < len(groups):
            starts += [((*piece, name), group + 1, False) for name in groups[group + 1]]
    yield from found


def _leaves(piece: tuple[str, ...], groups: Sequence[Sequence[str]], group: int) -> bool:
    """Whether a right order may go on to the next group: the piece began in this one, or holds all of it."""
    return all(name in groups[group] for name in piece) or set(groups[group]) <= set(piece)
