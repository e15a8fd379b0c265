"""qbank: an exam-style question bank and auto-grader."""

__version__ = "0.1.0"
