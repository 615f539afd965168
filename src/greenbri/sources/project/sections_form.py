"""What the sections on the surroundings and the people may say beyond the facts of the vocabulary.

Every key is a fact of its section: `labour: {accommodation: true}` is `labour.accommodation`.
"""

from __future__ import annotations

from greenbri.sources.project.figures_form import ITEM
from greenbri.sources.project.kinds import ANY, DAY, FLAG, MONEY, NAMES, TEXT, WORD, Kind, many, number, term

_HAZARD = term("low", "significant", "high", "very-high", "extreme")

SECTIONS: dict[str, dict[str, Kind]] = {
    "site": {
        "name": NAMES, "description": NAMES, "coordinates": ANY, "elevation": number("m"), "land_use": WORD,
        "key_biodiversity_area": FLAG, "floodplain": FLAG, "seismic": FLAG, "zone": WORD,
        "distance_to_protected_area": number("km"), "distance_to_housing": number("m"),
    },
    "land": {
        "area": number("ha"), "forest_area": number("ha"), "agricultural_area": number("ha"), "tenure": WORD,
        "acquired": FLAG, "description": NAMES,
    },
    "biodiversity": {
        "threatened_species": FLAG, "migratory_species": FLAG, "invasive_species": FLAG, "no_net_loss": FLAG,
        "net_gain": FLAG, "offset": FLAG, "baseline_study": FLAG, "species": many(TEXT), "description": NAMES,
    },
    "water": {
        "source": WORD, "withdrawal": number("m3/d"), "consumption": number("m3/d"), "reuse": number("%"),
        "cooling": term("once-through", "recirculating", "dry", "hybrid", "none"), "environmental_flow": FLAG,
        "groundwater": FLAG, "description": NAMES,
    },
    "waste": {
        "ash": number("t/yr"), "gypsum": number("t/yr"), "sludge": number("t/yr"), "hazardous": number("t/yr"),
        "general": number("t/yr"), "ash_utilisation": number("%"), "landfill": FLAG, "export": FLAG,
        "streams": many(ITEM), "description": NAMES,
    },
    "social": {
        "resettlement_persons": number("1"), "economic_displacement": FLAG, "vulnerable_groups": FLAG,
        "fpic": FLAG, "grievance_mechanism": FLAG, "livelihood_restoration": FLAG, "community_health": FLAG,
        "security_forces": FLAG, "gender": FLAG, "influx": FLAG, "description": NAMES,
    },
    "labour": {
        "workers": number("1"), "workers_peak": number("1"), "child_labour": FLAG, "forced_labour": FLAG,
        "migrant_workers": FLAG, "accommodation": FLAG, "grievance_mechanism": FLAG, "association": FLAG,
        "contracts": FLAG, "health_safety": FLAG, "fatalities": number("1"), "description": NAMES,
    },
    "dam": {
        "type": WORD, "hazard": _HAZARD, "volume": number("m3"), "safety_panel": FLAG, "emergency_plan": FLAG,
        "instrumentation": FLAG, "description": NAMES,
    },
    "tailings": {
        "facility": FLAG, "type": WORD, "height": number("m"), "volume": number("m3"), "hazard": _HAZARD,
        "independent_review": FLAG, "emergency_plan": FLAG, "closure_funded": FLAG, "description": NAMES,
    },
    "legacy": {
        "contamination": FLAG, "survey": FLAG, "remediation": FLAG, "asbestos": FLAG, "pcb": FLAG,
        "liability_settled": FLAG, "description": NAMES,
    },
    "cumulative": {"assessed": FLAG, "significant": FLAG, "projects": many(TEXT), "description": NAMES},
    "alternatives": {
        "assessed": FLAG, "no_project": FLAG, "sites": FLAG, "technologies": FLAG, "fuels": FLAG, "low_carbon": FLAG,
        "description": NAMES,
    },
    "consultation": {
        "held": FLAG, "hearings": number("1"), "participants": number("1"), "disclosed": FLAG, "local_language": FLAG,
        "women": FLAG, "date": DAY, "objections": FLAG, "description": NAMES,
    },
    "complaints": {
        "mechanism": FLAG, "received": number("1"), "open": number("1"), "litigation": FLAG, "penalties": FLAG,
        "items": many(ITEM), "description": NAMES,
    },
    "decommissioning": {
        "plan": FLAG, "funded": FLAG, "date": DAY, "cost": MONEY, "restoration": FLAG, "description": NAMES,
    },
    "ghg": {
        "scope2": number("t/yr"), "scope3": number("t/yr"), "lifetime": number("t"), "ccs": FLAG, "net_zero": FLAG,
        "target": FLAG, "disclosed": FLAG, "description": NAMES,
    },
    "hydro": {
        "run_of_river": FLAG, "environmental_flow": number("m3/s"), "fish_passage": FLAG,
        "power_density": number("W/m2"), "description": NAMES,
    },
    "reservoir": {"description": NAMES},
    "stack": {},
}  # fmt: skip
# Facts that may also stand where a user would look for them: place -> fact.
ALIASES = {
    "site.airshed": "airshed",
    "site.water_state": "water_state",
    "site.transboundary": "transboundary",
    "water.stress": "site.water_stress",
    "water.state": "water_state",
    "land.forest": "site.forest",
    "biodiversity.protected_area": "site.protected_area",
    "biodiversity.critical_habitat": "site.critical_habitat",
    "biodiversity.natural_habitat": "site.natural_habitat",
    "hydro.power_density": "power_density",
    "social.transboundary": "transboundary",
    "financing.first_disbursement": "dates.disbursement",
    "financing.disbursement": "dates.disbursement",
    "financing.close": "dates.close",
    "stack_height": "stack.height",
    "fuels": "fuel",
}
