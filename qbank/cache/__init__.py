"""What can be computed again, kept in the user's own cache folder, where no other user can write, until it changes.

Nothing here is ever needed: a cache that is off, read-only, full, damaged or of another version is one that is empty.
"""

from __future__ import annotations

from qbank.cache._entries import Entries, remembered
from qbank.cache._folder import folder
from qbank.cache._program import program
from qbank.cache._shelf import Kept, Shelf, digest

__all__ = ["Entries", "Kept", "Shelf", "digest", "folder", "program", "remembered"]
