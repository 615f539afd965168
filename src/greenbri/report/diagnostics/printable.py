"""Text from outside, made safe to print."""

from __future__ import annotations

import re

# Control characters move the cursor or colour the screen; marks of writing direction make text look like another one;
# halves of surrogate pairs, from file names that are no UTF-8, cannot be encoded.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def one_line(text: object) -> str:
    """The text on one line, without characters that a terminal obeys."""
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub("", _BREAKS.sub(" ", str(text))))


def same_length(text: str) -> str:
    """The text with one visible character for each of its own, so that columns stay true."""
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub(lambda found: " " if found[0] == "\t" else "\ufffd", text))
