"""What marks look like to those who read them: tables, the class report, each candidate's feedback, the reasons."""

from __future__ import annotations

from qbank.reports._reasons import Variant, called, joined, reasons, sentence, spoken, variant_of

__all__ = ["Variant", "called", "joined", "reasons", "sentence", "spoken", "variant_of"]
