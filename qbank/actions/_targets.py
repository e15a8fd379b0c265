"""The outputs that a user names by their tags, and what they cannot hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qbank import registry
from qbank.model import Problem, Refused

if TYPE_CHECKING:
    from qbank.outputs import Loss, Output


def of_papers(tags: Iterable[str]) -> dict[str, Output]:
    """The outputs of these tags, which take papers or items. Raises Refused for a tag that no such output has."""
    found = {tag: _output(tag) for tag in tags}
    for tag, output in found.items():
        if output.takes == ("graded",):
            raise Refused(f"{tag} takes the marks of an exam: qbank export {tag} EXAM, once it is graded")
    return found


def exported(tag: str) -> Output:
    """The output of that tag, which takes items or marks. Raises Refused for any other."""
    from qbank import outputs

    output = _output(tag)
    if output.items is None and output.graded is None:
        *first, last = [name if name == "keys" else f"{name}s" for name in output.takes]
        taken = f"{', '.join(first)} and {last}" if first else last
        able = ", ".join(sorted({*outputs.tags(taking="items"), *outputs.tags(taking="graded")}))
        told = f"{tag} takes {taken}, neither items nor marks"
        raise Refused(f"{told}; write them with qbank paper --also {tag}, or export {able}")
    return output


def complete(losses: Iterable[Loss]) -> None:
    """Raise Refused with everything that an output could not hold, if there is anything."""
    problems = [
        Problem("export.loss", f"{loss.part}: {loss.what}" if loss.part else loss.what, item=loss.item)
        for loss in losses
    ]
    if problems:
        raise Refused(*problems)


def _output(tag: str) -> Output:
    from qbank import outputs

    try:
        return outputs.of(tag)
    except registry.UnknownTag as unknown:
        raise Refused(f"the output {unknown}") from unknown
