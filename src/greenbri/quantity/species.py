"""What a mass is expressed as: NO as NO2, NH3 against NH3-N, PO4 as P.

Two forms agree where they are expressed as the same substance. A relation between two substances (a ratio of molar
masses, or one that an instrument cites) has to be given; none is guessed.
"""

from __future__ import annotations

from fractions import Fraction

from greenbri.quantity.context import Context
from greenbri.quantity.numbers import pattern
from greenbri.quantity.quantity import Form
from greenbri.quantity.steps import Draft

_ELEMENT_SUFFIX = r"(?P<substance>.+)-(?P<element>N|P|S|C)"
_FORMULA = (
    r"(?:(?:H|Li|Be|B|C|N|O|F|Na|Mg|Al|Si|P|S|Cl|K|Ca|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|As|Se|Br|Mo|Ag|Cd|Sn|Sb|I|Ba|Hg|Tl|Pb)"
    r"\d*)+"
)


def relate_species(draft: Draft, source: Form, target: Form, context: Context, *, molar: bool) -> str | None:
    """Append the operation from the source's basis to the target's, or name the missing relation.

    `molar` is a conversion between ppm and mass: the molar mass is that of the basis, so only different substances need
    a relation. Returns the basis of the result.
    """
    if (source.species is None and source.basis is None) or (target.species is None and target.basis is None):
        return target.basis or source.basis
    here, here_as = expressed(source)
    there, there_as = expressed(target)
    different = here is not None and there is not None and here != there
    if molar:
        if different:
            draft.lack("species_relation")
        return target.basis or source.basis
    start, end = here_as or here, there_as or there
    assert start is not None and end is not None
    if not different and start == end:
        return target.basis
    if _relate(draft, start, end, context):
        return target.basis
    if there_as is None and not different and pattern(_FORMULA).fullmatch(end) is None:
        # `NOx` or `TN` sets no basis; a formula such as NH3 is one by itself.
        draft.assume("uncorrected", component=f"as {start}")
        return source.basis
    draft.lack("species_relation")
    return target.basis


def expressed(form: Form) -> tuple[str | None, str | None]:
    """(substance, what it is expressed as): `NH3-N` is NH3 as N; the second is None where nothing says it."""
    if form.basis is None and form.species is not None:
        found = pattern(_ELEMENT_SUFFIX).fullmatch(form.species)
        if found is not None:
            return found["substance"], found["element"]
    return form.species, form.basis


def _relate(draft: Draft, start: str, end: str, context: Context) -> bool:
    """Whether the context relates the two; the operation is appended if it changes the number."""
    for relation in context.basis_relations:
        if (relation.source, relation.target) == (start, end):
            ratio = relation.ratio
        elif (relation.source, relation.target) == (end, start):
            ratio = 1 / relation.ratio
        else:
            continue
        if ratio != Fraction(1):
            inputs: dict[str, Fraction | str] = {"ratio": ratio, "from": start, "to": end}
            draft.operate("basis", "m = m * ratio", ratio, inputs, relation.citation, symbol="m")
        return True
    return False
