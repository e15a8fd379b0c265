"""What the pages of docs/ take from the program and the bank, a module for each matter.

Each module has INSERTS: words that may stand in docs/_parts/*.md, and the functions that write Markdown in their place.
"""
