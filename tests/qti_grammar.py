"""The elements of QTI that our packages use: where each may stand, what it needs, and what may be inside it.

Written from the information model of version 3 (and 2.1, which has the same elements under other names). An order of
children is a pattern over their names; `flow` and `inline` are the two sorts of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

INLINE = frozenset(["a", "br", "code", "em", "small", "span", "strong", "sub", "sup", "img", "math"])
INLINE_QTI = frozenset(("qti-text-entry-interaction", "qti-inline-choice-interaction"))
BLOCK = frozenset(["p", "div", "pre", "table", "ul", "ol", "dl", "blockquote"])
BLOCK_QTI = frozenset((
    "qti-choice-interaction", "qti-match-interaction", "qti-order-interaction", "qti-extended-text-interaction",
))  # fmt: skip
EXPRESSIONS = frozenset((
    "qti-base-value", "qti-variable", "qti-correct", "qti-is-null", "qti-not", "qti-and", "qti-or", "qti-match",
    "qti-member", "qti-gte", "qti-lte", "qti-lt", "qti-sum", "qti-container-size", "qti-index", "qti-string-match",
    "qti-map-response",
))  # fmt: skip
RULES = "qti-(?:response-condition|set-outcome-value)"
EXPRESSION = f"(?:{'|'.join(sorted(EXPRESSIONS))})"


@dataclass(frozen=True)
class Model:
    """What an element needs, may have besides, and holds: a pattern of children's names, `text` where characters are.

    `flow` takes blocks and inlines, `inline` inlines alone, `block` blocks alone.
    """

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    holds: str = ""
    text: bool = False


def _model(needs: str = "", may: str = "", holds: str = "", *, text: bool = False) -> Model:
    return Model(tuple(needs.split()), tuple(may.split()), holds, text)


_ONE, _TWO, _MANY = f"{EXPRESSION} ", f"(?:{EXPRESSION} ){{2}}", f"(?:{EXPRESSION} )+"
_CHOICES = "(?:qti-prompt )?(?:qti-simple-choice )+"
MODELS = {
    "qti-assessment-item": _model(
        "identifier title adaptive time-dependent", "xml:lang tool-name tool-version label",
        "(?:qti-response-declaration )*(?:qti-outcome-declaration )*qti-item-body qti-response-processing "
        "(?:qti-modal-feedback )*"),
    "qti-response-declaration": _model("identifier cardinality base-type", "",
                                       "(?:qti-correct-response )?(?:qti-mapping )?"),
    "qti-correct-response": _model(holds="(?:qti-value )+"),
    "qti-default-value": _model(holds="(?:qti-value )+"),
    "qti-value": _model(text=True),
    "qti-mapping": _model("default-value", "lower-bound upper-bound", "(?:qti-map-entry )+"),
    "qti-map-entry": _model("map-key mapped-value", "case-sensitive"),
    "qti-outcome-declaration": _model("identifier cardinality base-type", "normal-maximum external-scored",
                                      "(?:qti-default-value )?"),
    "qti-item-body": _model(holds="block"),
    "qti-response-processing": _model(holds=f"(?:{RULES} )*"),
    "qti-response-condition": _model(holds="qti-response-if (?:qti-response-else-if )*(?:qti-response-else )?"),
    "qti-response-if": _model(holds=f"{_ONE}(?:{RULES} )*"),
    "qti-response-else-if": _model(holds=f"{_ONE}(?:{RULES} )*"),
    "qti-response-else": _model(holds=f"(?:{RULES} )*"),
    "qti-set-outcome-value": _model("identifier", holds=_ONE),
    "qti-base-value": _model("base-type", text=True),
    "qti-variable": _model("identifier"), "qti-correct": _model("identifier"), "qti-map-response": _model("identifier"),
    "qti-is-null": _model(holds=_ONE), "qti-not": _model(holds=_ONE), "qti-container-size": _model(holds=_ONE),
    "qti-and": _model(holds=_MANY), "qti-or": _model(holds=_MANY), "qti-sum": _model(holds=_MANY),
    "qti-match": _model(holds=_TWO), "qti-member": _model(holds=_TWO), "qti-gte": _model(holds=_TWO),
    "qti-lte": _model(holds=_TWO), "qti-lt": _model(holds=_TWO), "qti-index": _model("n", holds=_ONE),
    "qti-string-match": _model("case-sensitive", holds=_TWO),
    "qti-modal-feedback": _model("outcome-identifier identifier show-hide", "title", "qti-content-body "),
    "qti-content-body": _model(holds="flow"),
    "qti-text-entry-interaction": _model("response-identifier", "expected-length"),
    "qti-inline-choice-interaction": _model("response-identifier shuffle", "", "(?:qti-inline-choice )+"),
    "qti-inline-choice": _model("identifier", "fixed", text=True),
    "qti-extended-text-interaction": _model("response-identifier", "expected-lines"),
    "qti-choice-interaction": _model("response-identifier shuffle max-choices", "", _CHOICES),
    "qti-order-interaction": _model("response-identifier shuffle", "", _CHOICES),
    "qti-simple-choice": _model("identifier", "fixed", "flow"),
    "qti-match-interaction": _model("response-identifier shuffle max-associations", "class",
                                    "(?:qti-simple-match-set ){2}"),
    "qti-simple-match-set": _model(holds="(?:qti-simple-associable-choice )+"),
    "qti-simple-associable-choice": _model("identifier match-max", "", "flow"),
    "qti-assessment-test": _model("identifier title", "tool-name", "(?:qti-test-part )+"),
    "qti-test-part": _model("identifier navigation-mode submission-mode", "", "(?:qti-assessment-section )+"),
    "qti-assessment-section": _model("identifier title visible", "",
                                     "(?:qti-selection )?(?:qti-assessment-section |qti-assessment-item-ref )+"),
    "qti-selection": _model("select"),
    "qti-assessment-item-ref": _model("identifier href"),
    "p": _model(holds="inline"), "div": _model(holds="flow"), "pre": _model(holds="inline"),
    "strong": _model(holds="inline"), "em": _model(holds="inline"), "small": _model(holds="inline"),
    "code": _model(holds="inline"), "span": _model(holds="inline"), "sub": _model(holds="inline"),
    "sup": _model(holds="inline"), "a": _model("href", "type", "inline"), "br": _model(),
    "img": _model("src alt", "width height"),
    "table": _model(holds="(?:tbody )+"), "tbody": _model(holds="(?:tr )+"), "tr": _model(holds="(?:th |td )+"),
    "th": _model(holds="flow"), "td": _model(holds="flow"),
}  # fmt: skip


def fault(name: str, attributes: tuple[str, ...], children: tuple[str, ...], has_text: bool) -> str:
    """What is wrong with an element, empty where nothing is."""
    model = MODELS.get(name)
    if model is None:
        return f"<{name}> is not an element that is known here"
    missing = [each for each in model.needs if each not in attributes]
    strange = [each for each in attributes if each not in (*model.needs, *model.may)]
    if missing or strange:
        return f"<{name}> lacks {missing} and has {strange}"
    sorts = {"block": BLOCK | BLOCK_QTI, "inline": INLINE | INLINE_QTI, "flow": BLOCK | BLOCK_QTI | INLINE | INLINE_QTI}
    if model.holds in sorts:
        wrong = [each for each in children if each not in sorts[model.holds]]
        if wrong or (has_text and model.holds == "block"):
            return f"<{name}> may not hold {wrong or 'text'}"
        return ""
    if not re.fullmatch(model.holds, "".join(f"{each} " for each in children)):
        return f"<{name}> may not hold {children}"
    return f"<{name}> may not hold text" if has_text and not model.text else ""
