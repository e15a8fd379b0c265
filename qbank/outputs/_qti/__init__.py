"""Assessment items of QTI: one tree of an item, written in the words of version 3 or of version 2.1."""
