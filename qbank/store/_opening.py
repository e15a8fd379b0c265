"""Opening an exam: exam.yaml and private/ are read once, checked against the seal, and given out as checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qbank import messages
from qbank.model import Refused
from qbank.store._checking import Checked, checked, differing, sheet_differences
from qbank.store._difference import Difference
from qbank.store._paths import need_exam
from qbank.store._reading import read
from qbank.store._records import About
from qbank.store._recovery import recover
from qbank.store._seal import ADDITIONS, FORMAT, PRIVATE, SHEETS, fingerprint


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """An exam whose seal was looked at; `sheets` are the digests of every sealed sheet.

    `chain` holds the digest of every seal, the oldest first. `differences` are what is not as it was sealed; there are
    none unless the exam was opened in spite of them.
    """

    folder: Path
    about: About | None
    chain: tuple[str, ...]
    differences: tuple[Difference, ...]
    private: Mapping[str, bytes]
    sheets: Mapping[str, str]

    @property
    def additions(self) -> tuple[str, ...]:
        """The paths of what was sealed later, in order."""
        return tuple(f"{ADDITIONS}/{number}" for number in range(1, len(self.chain)))

    def read(self, path: str) -> bytes:
        """A file of the exam as it was checked. Raises Refused when it is missing, or a sheet is not as sealed."""
        if path in self.private:
            return self.private[path]
        if path.startswith(PRIVATE) and not self.differences:
            raise Refused(messages.tell("{folder}: this exam has no {path!r}; it is damaged or was made by another "
                                        "version", folder=self.folder, path=path))  # fmt: skip
        content = read(self.folder, path)
        sealed = self.sheets.get(path)
        if path.startswith(SHEETS) and sealed != fingerprint(content) and not self.differences:
            raise Refused(differing(self.folder, [Difference(path)]))
        return content


def opened(folder: Path, *, unsealed: bool = False) -> Opened:
    """The exam in a folder, after everything that a killed run had begun is finished.

    Raises Refused when the folder is not an exam, a later version made it, or it is not as it was sealed; with
    `unsealed`, the exam opens all the same and tells what differs.
    """
    found = look(folder)
    if found.differences and not unsealed:
        raise Refused(differing(folder, found.differences))
    return Opened(folder, found.about, found.chain, found.differences, found.private, found.sheets)


def look(folder: Path) -> Checked:
    """What an exam holds and what differs from its seal, refusing only what is not an exam or is of a later version."""
    recover(folder)
    need_exam(folder)
    found = checked(folder)
    if found.about is not None and found.about.format > FORMAT:
        raise Refused(messages.tell("{folder}: this exam was made by a later version ({version}); update qbank",
                                    folder=folder, version=found.about.made_by or "?"))  # fmt: skip
    return found


def verified(folder: Path) -> tuple[Difference, ...]:
    """Everything in an exam that is not as it was sealed, sheets as well; nothing for an exam that is whole."""
    found = look(folder)
    return (*found.differences, *sheet_differences(folder, found.sheets))
