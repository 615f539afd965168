"""The project's own limits (permit, approval, concession, loan, contract) as binding rules."""

from __future__ import annotations

from fractions import Fraction

from greenbri.model.condition import ALWAYS
from greenbri.model.project import Commitment, Project
from greenbri.model.rule import (
    Binds,
    Citation,
    Fixed,
    Form,
    Instrument,
    LimitTest,
    Operator,
    Pack,
    Rule,
    Segment,
    Text,
    Validity,
)

PACK_ID = "project/commitments"
_KINDS = {
    "permit": Text("permit", "许可证"),
    "eia-approval": Text("EIA approval", "环评批复"),
    "concession": Text("concession agreement", "特许协议"),
    "loan": Text("loan agreement", "贷款协议"),
    "contract": Text("contract", "合同"),
    "guarantee": Text("contract guarantee", "合同保证值"),
}


def commitments_pack(project: Project) -> Pack | None:
    """A pack of the project's own limits; None where it states none."""
    if not project.commitments:
        return None
    rules = tuple(_rule(one) for one in project.commitments)
    title = Text("Commitments of the project", "项目自身承诺")
    return Pack(
        id=PACK_ID,
        version="1",
        sha256=project.digest,
        title=title,
        jurisdiction="PROJECT",
        framework="commitments",
        force="commitment",
        domain="technology",
        instrument=Instrument("project commitments", title, "", None, None),
        binds=Binds("instrument"),
        scope=ALWAYS,
        sectors=(),
        rules=rules,
        review_state="stable",
    )


def _rule(one: Commitment) -> Rule:
    valid = Validity(one.start, one.end)
    quantity = one.quantity
    low, high = quantity.value, quantity.value
    operator: Operator = "<="
    if one.operator in (">=", ">"):
        operator, high = (">=" if one.operator == ">=" else ">"), None
    elif quantity.value is None:
        operator, low, high = "range", quantity.low, quantity.high
    else:
        operator, low = ("<" if one.operator == "<" else "<="), None
    segment = Segment(
        valid,
        Fixed(Fraction(low)) if low is not None else None,
        Fixed(Fraction(high)) if high is not None else None,
    )
    kind = _KINDS.get(one.kind, Text(one.kind, one.kind))
    label = f"{one.parameter} <= {one.text}"
    test = LimitTest(
        parameter=one.parameter,
        medium=one.medium,
        operator=operator,
        segments=(segment,),
        unit=str(quantity.unit),
        kind="minimum" if operator in (">=", ">") else ("range" if operator == "range" else "limit"),
        reference=str(quantity.reference),
        period=one.period,
        form=Form() if one.form == "every" else _share(one.form),
    )
    return Rule(
        id=f"{PACK_ID}/{one.id}",
        pack=PACK_ID,
        test=test,
        citation=Citation(one.document or kind.en, one.clause, "", "verified", "", ""),
        valid=valid,
        domain="technology",
        critical=True,
        title=Text(f"{kind.en}: {label}", f"{kind.zh}：{label}"),
        pointer=one.pointer,
    )


def _share(form: str) -> Form:
    return Form(Fraction(form[1:]) / 100)
