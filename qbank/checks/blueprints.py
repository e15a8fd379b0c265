"""Every blueprint can be composed from the bank: its items are there, its pools are large enough, its marks add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qbank import messages, papers
from qbank.bank import Bank
from qbank.checks._scene import SEED
from qbank.model import Problem, Refused

RATIONALE = "Without this check, a blueprint that cannot be composed is found on the evening before the exam."
PROPOSAL = "follow the message, then try: qbank paper BLUEPRINT -o somewhere/"
EXAMPLES = ()


def check_bank(source: Bank) -> Iterator[Problem]:
    """Every fault of every blueprint, on two forms and in each of its languages."""
    for name, plan in source.blueprints.items():
        try:
            papers.compose(plan, source, seed=SEED, forms=("A", "B"), langs=plan.languages)
        except Refused as refused:
            for problem in refused.problems:
                proposal = problem.proposal or messages.translated(PROPOSAL)
                yield replace(problem, path=problem.path or name, proposal=proposal)
