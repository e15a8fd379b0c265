"""The pictures of an item's author."""

from __future__ import annotations

from qbank.bank.item import Item
from qbank.figures.image import Spec as Image


def pictures(item: Item) -> dict[str, bytes]:
    """The files of an item's pictures, each by the name that the item gives it."""
    shown = [spec for spec in item.figures.values() if isinstance(spec, Image)]
    return {spec.image: spec.picture.data for spec in shown if spec.picture is not None}
