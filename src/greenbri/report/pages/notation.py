"""How formulas, units and states of reference are set: SO<sub>2</sub>, mg/Nm³, 0 °C. Everything else is escaped."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3001-\u303f\uff00-\uffef]")
# Symbols whose digits or tails are set low. Others stay as they are: guessing would change `B2` or `Table 4a`.
_FORMULA = re.compile(
    r"(?<![A-Za-z0-9/.])(?:"
    r"(?P<gas>SO|NO|CO|N|H|O|CH|NH|HNO|PO|CS|SF|CF)(?P<low>[2346x])(?P<tail>O|S|SO4)?"
    r"|(?P<pm>PM)(?P<size>2\.5|10|4|1)"
    r"|(?P<demand>C?BOD)(?P<days>5|7|20)"
    r"|(?P<oxygen>COD)(?P<by>Cr|Mn)"
    r"|(?P<level>L)(?P<kind>Aeq|Amax|max|eq|dn|den|A10|A90)"
    r"|(?P<chrome>Cr)6"
    r")(?![A-Za-z0-9])"
)
_CUBE = re.compile(r"(?<![A-Za-z])((?:N|ds|ws|R|k|d|c|m)?m)([23])(?![A-Za-z0-9])")
_MICRO = re.compile(r"(?<![A-Za-z])u(?=g\b|m\b|S/)")
_DEGREE = re.compile(r"(?<=, )(-?\d+(?:\.\d+)?) C\b|(?<=@ )(-?\d+(?:\.\d+)?) C\b|^(-?\d+(?:\.\d+)?) C\b")
_STATED = re.compile(r" @ [^;；。（(]+")
_JOINT = re.compile(r"(?<=[/_.:#=?&;-])(?=[^/_.:#=?&;\s-])")
# In a list of conditions only: elsewhere a C after a number may be a column of a table.
_LISTED_DEGREE = re.compile(r"(?<=, )(-?\d+(?:\.\d+)?) C(?=, |[)）;；，。]|$)")
_STATES = (
    (re.compile(r"\bexcess air\b"), "过量空气系数"),
    (re.compile(r"\bdry\b"), "干基"),
    (re.compile(r"\bwet\b"), "湿基"),
    (re.compile(r"\bHHV\b"), "高位热值"),
    (re.compile(r"\bLHV\b"), "低位热值"),
    (re.compile(r"\bgross\b"), "毛输出"),
    (re.compile(r"\bnet\b"), "净输出"),
)


def is_chinese(text: str) -> bool:
    """Whether a run of text is Chinese, so that the Chinese face and its punctuation are right for it."""
    return _HAN.search(text) is not None


def marked(text: str) -> Markup:
    """Escaped text with its formulas, cubes and micro signs set."""
    text = _LISTED_DEGREE.sub(r"\1 °C", _MICRO.sub("µ", text))
    safe = str(escape(text))
    safe = _CUBE.sub(lambda found: found[1] + {"2": "²", "3": "³"}[found[2]], safe)
    return Markup(_FORMULA.sub(_set, safe))


def quantity(text: str, lang: str = "en") -> Markup:
    """A quantity or a state of reference: as `marked`, with degrees, and in Chinese alone with its state in words."""
    text = _DEGREE.sub(lambda found: f"{found[1] or found[2] or found[3]} °C", text)
    return marked(_state_in_chinese(text) if lang == "zh" else text)


def prose(text: str, lang: str) -> Markup:
    """A sentence: as `marked`, and in Chinese alone with the states of reference in it in words."""
    if lang == "zh":
        text = _STATED.sub(lambda found: _state_in_chinese(found[0]), text)
    return marked(text)


def _state_in_chinese(text: str) -> str:
    for pattern, word in _STATES:
        text = pattern.sub(word, text)
    return text


def split_state(text: str) -> tuple[str, str]:
    """A quantity as number with unit, and its state of reference."""
    number, _, state = text.partition(" @ ")
    return number.strip(), state.strip()


def broken(text: str) -> Markup:
    """Escaped text that may break after the joints of an identifier, a path or an address."""
    return Markup("<wbr>").join(escape(part) for part in _JOINT.split(text))


def _set(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["gas"]:
        tail = parts["tail"] or ""
        return f"{parts['gas']}<sub>{parts['low']}</sub>{tail.replace('SO4', 'SO<sub>4</sub>')}"
    for head, low in (("pm", "size"), ("demand", "days"), ("oxygen", "by"), ("level", "kind")):
        if parts[head]:
            return f"{parts[head]}<sub>{parts[low]}</sub>"
    return "Cr<sup>6+</sup>"
