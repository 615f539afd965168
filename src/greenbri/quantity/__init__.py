"""Quantities of the field: magnitude, unit, species and basis, and the state of reference they are stated at.

    parse("85 mg/Nm3 @ 6 % O2, dry")            text to quantity
    parse_form("lb/MMBtu")                      the same without a number
    format_quantity(q)                          quantity to text that parses back
    conversion(source, target, context)         an affine plan with steps and assumptions, or what is missing
    convert(q, target, context)                 the quantity in that form, and the plan

Pure: no I/O, no clock; molar masses, F-factors and every other ingredient come in a `Context`. What converts is loaded
on first use, so that reading quantities alone stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenbri.quantity.errors import INGREDIENTS, Incomparable, QuantityError
from greenbri.quantity.quantity import Bound, Form, Quantity, as_power, expect, format_form, format_quantity
from greenbri.quantity.reference import Reference, format_reference
from greenbri.quantity.registry import Unit
from greenbri.quantity.text import parse, parse_form
from greenbri.quantity.unit_text import parse_unit

if TYPE_CHECKING:
    from greenbri.quantity.context import BasisRelation, Context, FFactor, molar_relation
    from greenbri.quantity.numbers import to_decimal
    from greenbri.quantity.routes import conversion, convert, exact
    from greenbri.quantity.steps import Assumption, Conversion, Operation, Step

__all__ = [
    "INGREDIENTS",
    "Assumption",
    "BasisRelation",
    "Bound",
    "Context",
    "Conversion",
    "FFactor",
    "Form",
    "Incomparable",
    "Operation",
    "Quantity",
    "QuantityError",
    "Reference",
    "Step",
    "Unit",
    "as_power",
    "conversion",
    "convert",
    "exact",
    "expect",
    "format_form",
    "format_quantity",
    "format_reference",
    "molar_relation",
    "parse",
    "parse_form",
    "parse_unit",
    "to_decimal",
]

_HOME = {
    "Assumption": "steps",
    "BasisRelation": "context",
    "Context": "context",
    "Conversion": "steps",
    "FFactor": "context",
    "Operation": "steps",
    "Step": "steps",
    "conversion": "routes",
    "convert": "routes",
    "exact": "routes",
    "molar_relation": "context",
    "to_decimal": "numbers",
}


def __getattr__(name: str) -> object:
    """Import the module behind a public name on its first use, and keep the name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
