"""What people, results and other programs have put into an exam folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from qbank import messages
from qbank.store._adding import public
from qbank.store._checking import FORMAT_1
from qbank.store._paths import EXAM, is_exam
from qbank.store._publish import PUBLISH, RESULTS
from qbank.store._reading import content_of
from qbank.store._records import About, Seal, parsed
from qbank.store._seal import ADDITIONS, FORM, PRIVATE, SEAL, SHEETS, fingerprint

JOURNALS = ("reviews.jsonl", "regrades.jsonl", "roll.jsonl", "complaints.jsonl")
"""The files of the records that people add to an exam."""
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


def owner(path: Path) -> Path | None:
    """The exam to whose own files a path belongs, whether it is there or not; None for any other path."""
    real = path.resolve()
    folder = next((each for each in real.parents if is_exam(each)), None)
    if folder is None:
        return None
    first = real.relative_to(folder).parts[0]
    own = {EXAM, FORM, PRIVATE.rstrip("/"), SHEETS.rstrip("/"), RESULTS.rstrip("/"), *JOURNALS}
    return folder if first in own or first.startswith(".") else None


def copies(folder: Path) -> tuple[str, ...]:
    """Files beside the journals that look like copies of them, as a program makes that keeps folders in step.

    What such a copy holds was recorded on another machine, and is not read.
    """
    stems = tuple(name.removesuffix(".jsonl") for name in JOURNALS)
    return tuple(sorted(
        path.name for path in folder.glob("*.jsonl")
        if path.name not in JOURNALS and path.name.startswith(stems)
    ))  # fmt: skip


def untouched(folder: Path, about: About) -> bool:
    """Whether responses.csv is still the empty form that was written with the exam."""
    form = about.form if about.form is not None else about.sheets.get(FORM)
    content = content_of(folder / FORM)
    return content is None or (form is not None and fingerprint(content) == form)


def typed(folder: Path) -> list[str]:
    """What an exam holds that was not written with it, in a few words each; nothing for an exam as it was made."""
    found = []
    about = parsed(About, content_of(folder / EXAM) or b"")
    if isinstance(about, str):
        return [messages.tell("a damaged {file}", file=EXAM)]
    if not untouched(folder, about):
        found.append(messages.tell("answers in {file}", file=FORM))
    found += [_records(file) for file in JOURNALS if content_of(folder / file)]
    if (folder / ADDITIONS).is_dir():
        found.append(messages.tell("later additions"))
    if os.path.lexists(folder / RESULTS):
        found.append(messages.tell("results"))
    strangers = sorted(_strangers(folder, about))
    if strangers:
        found.append(messages.tell_many(len(strangers), "a file of another program ({path})",
                                        "{count} files of other programs ({path}, …)", path=strangers[0]))  # fmt: skip
    return found


def _records(journal: str) -> str:
    """What the records of a journal are called."""
    match journal:
        case "reviews.jsonl":
            return messages.tell("reviews")
        case "regrades.jsonl":
            return messages.tell("regrades")
        case "roll.jsonl":
            return messages.tell("records of candidates")
    return messages.tell("complaints")


def _strangers(folder: Path, about: About) -> Iterator[str]:
    seal = parsed(Seal, content_of(folder / PRIVATE / SEAL) or b"")
    own = {EXAM, FORM, PRIVATE + SEAL, *JOURNALS, *about.sheets, *public(folder)}
    own |= seal.files.keys() if isinstance(seal, Seal) else set()
    for root, folders, files in os.walk(folder):
        here = Path(root).relative_to(folder)
        if here == Path():
            folders[:] = [name for name in folders if name not in (RESULTS, PUBLISH)]
        for name in files:
            path = (here / name).as_posix()
            known = path in own or path.startswith(f"{ADDITIONS}/") or name.startswith((".", "~$"))
            early = about.format == 1 and FORMAT_1.fullmatch(path)
            if not known and not early and name.casefold() not in _SYSTEM:
                yield path
