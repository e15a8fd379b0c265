"""Pack an exam into one encrypted file for the archive, check such a file, and unpack it as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qbank import archive, files, messages, store
from qbank.actions.deliver import deliver, need_free
from qbank.archive import Packed
from qbank.model import Refused


def pack(folder: Path, target: Path, passphrase: str, *, unsealed: bool = False) -> int:
    """Write every file of an exam into one archive, and return how many there are.

    Raises Refused, and writes nothing, when the target is there, the exam is not as it was sealed (unless `unsealed`),
    holds a link, or the passphrase is short.
    """
    need_free(target)
    if target.absolute().is_relative_to(folder.absolute()):
        raise Refused(messages.tell("{path} is inside the exam; write the archive somewhere else", path=target))
    with store.writing(folder):
        differences = store.verified(folder)
        if differences and not unsealed:
            raise Refused(store.differing(folder, differences))
        about = store.look(folder).about
        held = dict(_files(folder))
    title = next(iter(about.title.values()), about.exam) if about is not None else ""
    content = archive.packed(held, title, passphrase)
    with _named(target):
        if archive.unpacked(content, passphrase) != held:  # an exam must not be deleted for an archive that fails
            raise Refused(messages.tell("what was packed does not unpack as it was"))
    deliver(target, content)
    return len(held)


def check(path: Path, passphrase: str) -> int:
    """Check every file of an archive, writing nothing, and return how many there are. Raises Refused."""
    with _named(path):
        return len(archive.unpacked(_content(path), passphrase))


def unpack(path: Path, folder: Path, passphrase: str) -> int:
    """Write an archived exam into a new folder, every file with its time, and return how many there are.

    Everything is checked before anything is written. Raises Refused for a damaged or made-up archive, another
    passphrase, and a folder that holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(messages.tell("{folder} is not empty; choose another folder", folder=folder))
    with _named(path):
        held = archive.unpacked(_content(path), passphrase)
        if store.EXAM not in held:
            raise Refused(messages.tell("the archive contains no exam"))
    store.seal(folder, ((name, each.content) for name, each in held.items()))
    for name, each in held.items():
        os.utime(folder / name, (each.time, each.time))
    return len(held)


def _files(folder: Path) -> Iterator[tuple[str, Packed]]:
    """Every file of an exam by its path; what begins with a dot is the system's or a run's."""
    for root, names, own in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(own):
            path = Path(root) / name
            if name.startswith("."):
                continue
            if path.is_symlink() or not path.is_file():
                raise Refused(messages.tell("{path} is a link or not a file; put the file itself there", path=path))
            yield path.relative_to(folder).as_posix(), Packed(path.read_bytes(), path.stat().st_mtime)
        for name in names:
            if (Path(root) / name).is_symlink():
                raise Refused(messages.tell("{path} is a link; put the folder itself there", path=Path(root) / name))


def _content(path: Path) -> bytes:
    files.need_regular(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(messages.tell("it cannot be read: {reason}", reason=messages.reason(error))) from error


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Puts the name of the archive before what is wrong with it."""
    try:
        yield
    except Refused as refused:
        raise Refused(*(messages.tell("{file}: {problem}", file=path, problem=problem)
                        for problem in refused.problems)) from refused  # fmt: skip
