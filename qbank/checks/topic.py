"""The topic and the knowledge points of every item are listed by the bank."""

from __future__ import annotations

from collections.abc import Iterator

from qbank import messages, registry
from qbank.bank import POINTS, TOPICS
from qbank.bank.item import Item
from qbank.checks._sample import Sample
from qbank.checks._scene import Scene
from qbank.model import Problem

RATIONALE = "Blueprints draw by topic: an item with a misspelt topic is never drawn, which is easily overlooked."
PROPOSAL = f"correct the topic, or add it to {TOPICS} (a knowledge point to {POINTS})"
EXAMPLES = (
    Sample("topic", "topic: electronics/opamp/invertign\n", "topic: electronics/opamp/inverting\n"),
    Sample("topic.point", "covers: [E999]\n", "covers: [E009]\n"),
)


def check(scene: Scene) -> Iterator[Problem]:
    """The topic and the points that are not listed."""
    topics, points = scene.bank.topics, scene.bank.points
    if topics and scene.item.topic not in topics:
        message = messages.tell("the topic {unknown}", unknown=registry.unknown(scene.item.topic, topics))
        yield scene.problem("topic", message, ("topic",), proposal=PROPOSAL)
    for path, named in _named(scene.item):
        for place, point in enumerate(named):
            if points and point not in points:
                message = messages.tell("the knowledge point {unknown}", unknown=registry.unknown(point, points))
                yield scene.problem("topic.point", message, (*path, place), proposal=PROPOSAL)


def _named(item: Item) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    """Every list of knowledge points in an item, with its path."""
    yield ("covers",), item.covers
    for number, part in enumerate(item.parts):
        yield ("parts", number, "covers"), part.covers
