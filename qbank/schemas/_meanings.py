"""What the fields of every record mean, in one sentence each: for editors and for the pages of the manual."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Meanings: TypeAlias = Mapping[str, Mapping[str, str]]
"""The sentences by record and field, as `templates/fields.yaml` holds them."""
_MODULE = re.compile(r"^((?:answers|domains|figures|witnesses)\.\w+?)_?(\.\w+)?$")


def meaning(meanings: Meanings, record: type, field: str) -> str:
    """What a field means, in English: by its record's own entry, or that of a record which it shares the field with."""
    for base in record.__mro__:
        found = meanings.get(key(base), {}).get(field)
        if found:
            return found
    return meanings.get("all", {}).get(field, "")


def key(record: type) -> str:
    """The name of a record in fields.yaml: its module below qbank and its own, such as answers.number:Spec.

    >>> from qbank import answers
    >>> key(answers.model("number"))
    'answers.number:Spec'
    """
    module = _MODULE.sub(r"\1", record.__module__.removeprefix("qbank."))
    return f"{module}:{record.__name__}"
