"""An exam as one file for the archive: all of it encrypted under a passphrase, with a digest of every file."""

from __future__ import annotations

from qbank.archive._parcel import SHORTEST, Packed, looked_at, packed, unpacked

__all__ = ["SHORTEST", "Packed", "looked_at", "packed", "unpacked"]
