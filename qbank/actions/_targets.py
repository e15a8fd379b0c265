"""The outputs that a user names by their tags, and what they cannot hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qbank import messages, registry
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    from qbank.outputs import Loss, Output


def of_papers(tags: Iterable[str]) -> dict[str, Output]:
    """The outputs of these tags, which take papers or items. Raises Refused for a tag that no such output has."""
    found = {tag: _output(tag) for tag in tags}
    for tag, output in found.items():
        if output.takes == ("totals",):
            raise Refused(of_marks(tag))
    return found


def of_marks(tag: str) -> str:
    """What to do with an output that takes the marks of an exam."""
    return messages.tell("{tag} takes the marks of an exam; grade it, then run: qbank export {tag} EXAM", tag=tag)


def exported(tag: str) -> Output:
    """The output of that tag, which takes items or marks. Raises Refused for any other."""
    from qbank import outputs

    output = _output(tag)
    if output.items is None and output.totals is None:
        able = sorted({*outputs.tags(taking="items"), *outputs.tags(taking="totals")})
        taken = messages.listed(map(_taken, output.takes))
        raise Refused(messages.tell("{tag} takes neither items nor marks, only: {taken}; use 'qbank paper --also "
                                    "{tag}', or export one of: {able}", tag=tag, taken=taken,
                                    able=messages.listed(able)))  # fmt: skip
    return output


def _taken(what: str) -> str:
    """What an output takes, as a person calls it."""
    match what:
        case "sheet":
            return messages.tell("sheets")
        case "book":
            return messages.tell("answer books")
        case "keys":
            return messages.tell("marking lists")
        case "lesson":
            return messages.tell("feedback")
    return what


def complete(losses: Iterable[Loss]) -> None:
    """Raise Refused with everything that an output could not hold, if there is anything."""
    problems = [Problem("export.loss", _lost(loss), item=loss.item) for loss in losses]
    if problems:
        raise Refused(*problems)


def _lost(loss: Loss) -> str:
    return messages.tell("{part}: {reason}", part=loss.part, reason=loss.what) if loss.part else loss.what


def _output(tag: str) -> Output:
    from qbank import outputs

    try:
        return outputs.of(tag)
    except registry.UnknownTag as unknown:
        raise Refused(messages.tell("the output {unknown}", unknown=unknown)) from unknown
