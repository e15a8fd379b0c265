"""The signs of the subset: what each command and each typed character stands for. Tables only.

>>> COMMANDS["beta"], COMMANDS["odot"], TYPED["≤"]
(Letter(text='β'), Operator(sign='⊙'), Operator(sign='≤'))
"""

from __future__ import annotations

from typing import Literal

from qbank.maths.tree import Big, Face, Function, Letter, Node, Operator, Space, Symbol

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}
_LETTERS = _GREEK | {"ell": "ℓ", "imath": "ı", "jmath": "ȷ"}
_SYMBOLS = {
    "infty": "∞", "partial": "∂", "nabla": "∇", "hbar": "ℏ", "emptyset": "∅", "varnothing": "∅", "angle": "∠",
    "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "prime": "′", "forall": "∀",
    "exists": "∃", "top": "⊤", "bot": "⊥", "triangle": "△", "degree": "°", "%": "%", "#": "#", "&": "&", "_": "_",
    "$": "$", "lnot": "¬", "neg": "¬", "checkmark": "✓", "square": "□", "nexists": "∄", "aleph": "ℵ",
}
_RELATIONS = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼",
    "simeq": "≃", "propto": "∝", "ll": "≪", "gg": "≫", "lt": "<", "gt": ">", "parallel": "∥", "perp": "⟂",
    "mid": "∣", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "iff": "⇔", "implies": "⇒", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓",
    "therefore": "∴", "because": "∵", "rightleftharpoons": "⇌", "leftrightharpoons": "⇋", "longrightarrow": "→",
    "supset": "⊃", "supseteq": "⊇", "subsetneq": "⊊", "cong": "≅", "vdash": "⊢", "models": "⊨", "nmid": "∤",
    "ni": "∋", "asymp": "≍", "triangleq": "≜", "nearrow": "↗", "searrow": "↘", "hookrightarrow": "↪",
}
_BINARIES = {
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "oplus": "⊕", "otimes": "⊗",
    "circ": "∘", "ast": "∗", "star": "⋆", "cup": "∪", "cap": "∩", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨",
    "setminus": "∖",
}
_BIG = {
    "sum": "∑", "prod": "∏", "bigcup": "⋃", "bigcap": "⋂", "bigodot": "⨀", "bigoplus": "⨁",
    "int": "∫", "iint": "∬", "oint": "∮",
}
_FUNCTIONS = (
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth",
    "log", "ln", "lg", "exp", "det", "dim", "ker", "arg", "deg", "gcd",
)
_LIMITS = ("lim", "max", "min", "sup", "inf", "argmax", "argmin")
_SPACES = {",": 1 / 6, ":": 2 / 9, ";": 5 / 18, " ": 1 / 4, "quad": 1.0, "qquad": 2.0, "!": -1 / 6}

DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩",
    "\\{": "{", "\\}": "}", "\\lbrace": "{", "\\rbrace": "}", "\\|": "‖", "\\vert": "|", "\\Vert": "‖",
    "\\lvert": "|", "\\rvert": "|", "\\lVert": "‖", "\\rVert": "‖", "\\langle": "⟨", "\\rangle": "⟩",
    "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉",
}
"""What may follow `\\left` and `\\right`, and what it prints (nothing, for the dot)."""

OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
RELATIONS = frozenset(_RELATIONS.values()) | frozenset("=<>:")
BINARIES = frozenset(_BINARIES.values()) | frozenset("+−")
PUNCTUATION = frozenset(",;")

ACCENTS = {
    "hat": "\u0302", "check": "\u030c", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "ddot": "\u0308",
    "vec": "\u20d7",
}
"""Accents over one letter, as combining characters."""
ARROWS = {"rightarrow": "\u20d7", "leftarrow": "\u20d6"}
"""Arrows over a whole expression, likewise."""

LINES: dict[str, Literal["over", "under", "overbrace", "underbrace", "rightarrow", "leftarrow"]] = {
    "overline": "over", "underline": "under", "overbrace": "overbrace", "underbrace": "underbrace",
    "overrightarrow": "rightarrow", "overleftarrow": "leftarrow",
}
STRETCHED = {
    "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xrightleftharpoons": "⇌", "xlongequal": "=",
    "xRightarrow": "⇒",
}
"""The signs that are as long as what is over them, and under them."""

FACES: dict[str, Face] = {
    "mathrm": "upright", "mathbf": "bold", "boldsymbol": "bold-italic", "bm": "bold-italic", "mathit": "italic",
    "mathcal": "script", "mathbb": "double",
}
ENVIRONMENTS: dict[str, tuple[Literal["matrix", "cases", "aligned"], str, str]] = {
    "matrix": ("matrix", "", ""), "pmatrix": ("matrix", "(", ")"), "bmatrix": ("matrix", "[", "]"),
    "Bmatrix": ("matrix", "{", "}"), "vmatrix": ("matrix", "|", "|"), "Vmatrix": ("matrix", "‖", "‖"),
    "cases": ("cases", "{", ""), "aligned": ("aligned", "", ""),
}
"""The environments: how each is laid out, and the delimiters around it."""

COMMANDS: dict[str, Node] = {
    **{name: Letter(sign) for name, sign in _LETTERS.items()},
    **{name: Symbol(sign) for name, sign in _SYMBOLS.items()},
    **{name: Operator(sign) for name, sign in (_RELATIONS | _BINARIES).items()},
    **{name[1:]: Operator(sign) for name, sign in DELIMITERS.items() if name.startswith("\\")},
    **{name: Big(sign) for name, sign in _BIG.items()},
    **{name: Function(name) for name in _FUNCTIONS},
    **{name: Function(name, limits=True) for name in _LIMITS},
    **{name: Space(width) for name, width in _SPACES.items()},
    "colon": Operator(":"),
}
"""Every command that is one sign by itself, without its backslash."""

TYPED: dict[str, Node] = {
    **{sign: Letter(sign) for sign in _LETTERS.values()},
    **{sign: Symbol(sign) for sign in _SYMBOLS.values() if not sign.isascii()},
    **{sign: Operator(sign) for sign in (_RELATIONS | _BINARIES).values()},
    **{sign: Operator(sign) for sign in DELIMITERS.values() if sign and sign not in "{}"},
    **{sign: Big(sign) for sign in _BIG.values()},
    **{sign: Operator(sign) for sign in "+=!?,;:."},
    **dict.fromkeys("-−", Operator("−")),
    **dict.fromkeys("*∗", Operator("∗")),
    "·": Operator("⋅"), "°": Symbol("°"), "℃": Symbol("℃"), "′": Symbol("′"), "~": Space(1 / 4),
    "µ": Letter("μ"), "\u2126": Letter("Ω"), "⊥": Operator("⟂"),  # the micro and ohm signs are the Greek letters
}
"""Every character that may be typed as it is (besides ASCII letters and digits)."""
SIGNS = frozenset(
    sign for node in (*COMMANDS.values(), *TYPED.values()) if isinstance(node, Letter | Symbol | Operator | Big)
    for sign in (node.text if isinstance(node, Letter | Symbol) else node.sign)
)
"""Every sign that a command or a character stands for."""
