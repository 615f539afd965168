"""What people and papers may say: parties, lenders, documents, commitments, waivers, actions."""

from __future__ import annotations

from greenbri.sources.project.figures_form import EVIDENCE
from greenbri.sources.project.kinds import DAY, FLAG, NAMES, QUANTITY, TEXT, Kind, many, mapping

PARTY = mapping(
    ["name"],
    name=NAMES,
    nationality=TEXT,
    country=TEXT,
    share=TEXT,
    amount=TEXT,
    standards=many(TEXT),
    evidence=EVIDENCE,
    note=TEXT,
    other=TEXT,
    doc="A person bound by its nationality. `evidence: inferred` where the nationality was only guessed.",
)
ROLES = {
    "sponsors": "sponsor",
    "contractors": "contractor",
    "suppliers": "supplier",
    "lenders": "lender",
    "insurers": "insurer",
}
# The same in one list, where each says its role.
PARTY_WITH_ROLE = Kind(
    "mapping", keys={**PARTY.keys, "role": Kind("term", values=ROLES.values())}, required=("name", "role")
)
PARTIES = Kind(
    "mapping",
    keys={key: many(PARTY) for key in ROLES},
    other=many(PARTY_WITH_ROLE),
    doc="Who takes part. An empty list of a role says that there is nobody in it.",
)
DOCUMENT = mapping(
    ["type"],
    type=TEXT,
    id=TEXT,
    title=NAMES,
    number=TEXT,
    authority=NAMES,
    date=DAY,
    valid_until=DAY,
    status=TEXT,
    covers_project=FLAG,
    independent_review=FLAG,
    url=TEXT,
    page=TEXT,
    scope=TEXT,
    evidence=EVIDENCE,
    note=TEXT,
    doc="A document, permit, plan or approval in evidence.",
)
COMMITMENT = mapping(
    ["kind", "parameter"],
    id=TEXT,
    kind=Kind("term", values=("permit", "eia-approval", "concession", "loan", "contract", "guarantee")),
    parameter=TEXT,
    value=QUANTITY,
    limit=QUANTITY,
    operator=Kind("term", values=("<=", "<", ">=", ">")),
    medium=TEXT,
    subject=TEXT,
    source=TEXT,
    period=TEXT,
    statistic=TEXT,
    form=TEXT,
    document=TEXT,
    clause=TEXT,
    from_=DAY,
    to=DAY,
    note=TEXT,
    doc="A limit of the project's own permit, EIA approval, concession, loan or contract.",
)
# Only the rule is required: a waiver that lacks more is kept and fails closed when it is applied.
WAIVER = mapping(
    ["rule"],
    rule=TEXT,
    granted_by=Kind("term", values=("authority", "supervisor", "lender", "counterparty", "issuer")),
    document=TEXT,
    scope=TEXT,
    cap=QUANTITY,
    date=DAY,
    expires=DAY,
    reason=TEXT,
    note=TEXT,
    doc="A written exception by the owner of a rule.",
)
ACTION = mapping(
    ["rule"],
    rule=TEXT,
    kind=Kind("term", values=("lender-action-plan", "design-change")),
    accepted=FLAG,
    funded=FLAG,
    contracted=FLAG,
    deadline=DAY,
    gap=NAMES,
    action=NAMES,
    owner=TEXT,
    standard=TEXT,
    indicator=NAMES,
    note=TEXT,
    doc="A step that closes a gap: an item of a lender's action plan, or a contracted change of the design.",
)
