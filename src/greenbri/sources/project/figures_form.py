"""What a figure and the thing that it was taken at may say: observations, sources, outfalls, receptors, waters."""

from __future__ import annotations

from greenbri.sources.project.kinds import (
    ANY,
    DAY,
    FLAG,
    MONEY,
    NAMES,
    PERCENT,
    QUANTITY,
    TEXT,
    WORD,
    Kind,
    many,
    mapping,
    named,
    number,
    table,
    term,
)

EVIDENCE = mapping(
    kind=TEXT,
    document=TEXT,
    title=TEXT,
    page=TEXT,
    clause=TEXT,
    date=DAY,
    url=TEXT,
    note=TEXT,
    other=TEXT,
    doc="What a statement rests on: kind, document, page, date, address.",
)
COVERS = mapping(
    from_=DAY,
    to=DAY,
    count=TEXT,
    state=TEXT,
    other=TEXT,
    doc="The time and the operating state that a figure speaks for.",
)
FREE_FACTS = table(ANY)
# The whole form of an observation but for the facts that the vocabulary adds.
OBSERVATION_KEYS = {
    "id": TEXT,
    "parameter": TEXT,
    "value": QUANTITY,
    "unit": TEXT,
    "period": TEXT,
    "statistic": TEXT,
    "of": TEXT,
    "kind": TEXT,
    "covers": COVERS,
    "evidence": EVIDENCE,
    "fraction": Kind("term", values=("total", "dissolved")),
    "oxygen": PERCENT,
    "moisture": PERCENT,
    "superseded_by": TEXT,
    "receptor": TEXT,
    "water": mapping(temperature=number("C")),
    "facts": FREE_FACTS,
    "note": TEXT,
}
OBSERVATION_REQUIRED = ("parameter", "value")

FUEL = many(
    mapping(
        ["fuel"],
        fuel=named("fuels"),
        share=PERCENT,
        note=TEXT,
        other=named("fuels"),
        doc="A fuel and its share of the heat input.",
    )
)
# What every place with figures may say, before its facts.
_PLACE = {"id": TEXT, "name": NAMES, "note": TEXT, "evidence": EVIDENCE, "facts": FREE_FACTS}
SOURCE_KINDS = {
    "stack": ("chimney", "flue", "烟囱"),
    "boundary": ("fenceline", "fence-line", "fugitive", "area", "厂界", "无组织"),
    "effluent": ("outfall", "discharge", "wastewater", "排放口"),
    "ambient": (),
    "noise": (),
    "water-body": ("water_body", "river", "lake"),
    "groundwater": (),
    "soil": (),
    "sludge": ("污泥",),
    "waste": ("ash", "slag", "residue"),
    "process": ("unit",),
    "project": ("plant",),
}
_PROCESS_FACTS = {
    "abatement": many(WORD),
    "technology": many(WORD),
    "firing": WORD,
    "fuel": FUEL,
    "fuels": FUEL,
    "stack_height": number("m"),
    "specific_volume": QUANTITY,
    "heat_rate": QUANTITY,
    "zone": TEXT,
}
SOURCE_KEYS = {
    **_PLACE,
    **_PROCESS_FACTS,
    "kind": TEXT,
    "units": TEXT,
    "class": TEXT,
    "fraction": TEXT,
}
OUTFALL_KEYS = {
    **_PLACE,
    "kind": TEXT,
    "technology": many(WORD),
    "specific_volume": QUANTITY,
    "influent": table(ANY),
}
RECEPTOR_KEYS = {
    **_PLACE,
    "kind": term(
        "residential", "school", "hospital", "commercial", "mixed", "industrial", "traffic", "rural", "boundary",
        "protected", "quiet",
    ),
    "area": term("urban", "suburban", "rural", "industrial"),
    "distance": number("m"),
    "population": number("1"),
    "zone": TEXT,
}  # fmt: skip
STATION_KEYS = {**_PLACE, **RECEPTOR_KEYS}
WATER_KEYS = {
    **_PLACE,
    "kind": term("river", "lake", "reservoir", "sea", "estuary", "canal", "groundwater", "sewer", "land"),
    "class": term(),
    "sensitive": FLAG,
    "drinking_source": FLAG,
    "flow": number("m3/s"),
}
# A receptor described where it is used, or the id of one that is described under `receptors`.
SPOT = mapping(kind=RECEPTOR_KEYS["kind"], area=RECEPTOR_KEYS["area"], other=TEXT)
ITEM = mapping(
    name=NAMES,
    kind=TEXT,
    sector=TEXT,
    owner=TEXT,
    description=NAMES,
    status=TEXT,
    cost=MONEY,
    date=DAY,
    evidence=EVIDENCE,
    note=TEXT,
    other=TEXT,
)
