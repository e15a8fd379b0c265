"""A department's own page templates, read from a folder and looked at before the first page is printed."""

from __future__ import annotations

from pathlib import Path

from qbank import messages, registry, templating
from qbank.model import Problem, Refused

LARGEST = 1 << 20
"""The most bytes of a template."""


def read(folder: Path) -> templating.Own:
    """The templates of a folder, by the names that they have in `templates/`.

    Raises Refused with every file that replaces nothing, and for a folder without any.
    """
    found, problems = [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts):
            continue
        if name not in templating.REPLACEABLE:
            unknown = registry.unknown(name, templating.REPLACEABLE)
            message = messages.tell("{folder}: the template {unknown}", folder=folder, unknown=unknown)
            problems.append(Problem("paper.template", message))
            continue
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            message = messages.tell("{path} is not UTF-8; save it as UTF-8", path=path)
            problems.append(Problem("paper.template", message))
            continue
        if len(content) > LARGEST:
            problems.append(Problem("paper.template", messages.tell("{path} is larger than 1 MiB", path=path)))
        found.append((name, text))
    if not found and not problems:
        message = messages.tell("{folder} contains no template; the known ones are: {names}", folder=folder,
                                names=messages.listed(templating.REPLACEABLE))  # fmt: skip
        problems.append(Problem("paper.template", message))
    if problems:
        raise Refused(*problems)
    return tuple(found)
