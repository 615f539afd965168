"""A first project file for a sector and a country: what law normally asks of it, ready to be filled in.

Lines that begin with `## ` explain; lines that begin with `# ` are the form, to be uncommented. Nothing is filled in
that the user has not said: an example left standing would become a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from greenbri.sources.project.dimensions import example

if TYPE_CHECKING:
    from greenbri.vocabulary import Sector

Value = TypeVar("Value")
MODELINE = "# yaml-language-server: $schema=project.schema.json"
# The size that rules for a sector ask for first, as an example in its unit; a prefix covers its children.
_SIZES = (
    ("power.hydro", ("electrical: 100 MW", "area: 500 ha")),
    ("power.coal", ("electrical: 600 MW", "thermal: 1500 MWth")),
    ("power", ("electrical: 100 MW", "thermal: 250 MWth")),
    ("wastewater", ("flow: 20000 m3/d", "pe: 100000 p.e.")),
    ("water", ("flow: 20000 m3/d", "pe: 100000 p.e.")),
    ("waste", ("throughput: 400 t/d",)),
    ("transport", ("length: 50 km",)),
    ("", ("product: 1000000 t/yr", "area: 50 ha")),
)
_FUELS = (("power.coal", "coal.bituminous"), ("power.gas", "gas.natural"), ("power.oil", "oil.heavy"))
_STATES = {"power.coal": "6 % O2, dry, 0 C", "power.gas": "15 % O2, dry, 0 C", "waste": "11 % O2, dry, 0 C"}
_EXAMPLES = {"stack": "100", "boundary": "1", "effluent": "20", "ambient": "40", "noise": "50"}
_KINDS = frozenset({"concentration", "sum", "level", "ph", "count"})
_MOST = 6


def starter(sector: str, country: str, lang: str = "en") -> str:
    """The text of the file, with comments in `en`, `zh` or `both`. Raises `UnknownName` for what no vocabulary has."""
    from greenbri.vocabulary import country as find_country
    from greenbri.vocabulary import sector as find_sector

    kind, land = find_sector(sector), find_country(country)
    page = _Page(lang)
    page.lines.append(MODELINE)
    page.say("head", sector=kind.name, country=land.code)
    page.lines += [
        "schema: 1",
        f"id: {land.code.lower()}-{kind.name.replace('.', '-')}",
        f'name: {{en: "{kind.en}, {land.en}", zh: "{land.zh}{kind.zh}"}}',
        f"country: {land.code}",
        f"sector: {kind.name}",
    ]
    page.offer("subdivision", f"subdivision: {land.code}-01")
    page.offer("status", "status: proposed")
    if (fuel := _first(_FUELS, kind.name)) is not None:
        page.offer("fuel", f"fuel: {fuel}")
    page.offer("size", "size:", *(f"  {size}" for size in _first(_SIZES, kind.name) or ()))
    page.offer("dates", "dates:", *(f"  {event}: {day}" for event, day in _DATES))
    page.offer("parties", *_PARTIES)
    page.offer("financing", *_FINANCING)
    _figures(page, kind)
    page.offer("site", *_SITE)
    page.offer("social", "social: {resettlement: false, indigenous_peoples: false, cultural_heritage: false}")
    requirements = kind.expects.get("requirements", ())
    shown = [f"- {{type: {name}, authority: Ministry, date: 2026-01-31}}" for name in requirements or ("eia-approval",)]
    page.offer("documents", "documents:", *shown)
    page.offer("commitments", *_commitment(kind))
    page.offer("exports", "exports: []")
    return "\n".join(page.lines) + "\n"


class _Page:
    """Lines with explanations in the language that is asked for."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lines: list[str] = []

    def say(self, key: str, **args: str) -> None:
        from greenbri import messages

        for lang in messages.LANGUAGES if self.lang == "both" else (self.lang,):
            text = messages.text(f"project.init.{key}", lang, **args)
            self.lines += [f"## {line}" for line in text.split("\n")]

    def offer(self, key: str, *form: str) -> None:
        """A part of the form, out of action until it is uncommented."""
        self.lines.append("")
        self.say(key)
        self.lines += [f"# {line}" for line in form]


_DATES = (
    ("filing", "2026-01-15"),
    ("permit", "2026-06-30"),
    ("construction", "2026-09-01"),
    ("operation", "2029-03-01"),
)
_PARTIES = (
    "parties:",
    "  sponsors: [{name: Project company, nationality: SG}]",
    "  contractors: [{name: Contractor, nationality: SG, evidence: stated}]",
    "  suppliers: []",
)
_FINANCING = (
    "financing:",
    "  product: project-finance",
    "  total_cost: 350 million USD",
    "  close: 2026-08-31",
    "  lenders: [{name: Bank, country: SG, amount: 200 million USD, standards: [EP]}]",
    "  insurers: []",
)
_SITE = (
    "site:",
    "  protected_area: false",
    "  critical_habitat: {value: false, evidence: {kind: eia, document: ESIA, page: 112}}",
    "  airshed: not-degraded",
    "  water_stress: low",
)


def _figures(page: _Page, kind: Sector) -> None:
    """The figures that law normally limits, each in a unit and with the fields that make it comparable."""
    media = [medium for medium in ("stack", "effluent", "ambient", "noise") if _named(kind, medium)]
    for medium in media:
        if medium == "stack":
            head = ["sources:", "- id: stack-1", "  kind: stack", "  observations:"]
        elif medium == "effluent":
            place = ["- id: outfall-1", "  discharge: direct", "  receiving_water: {kind: river}"]
            head = ["outfalls:", *place, "  observations:"]
        else:
            head = [f"{medium}:"]
        indent = "  " if medium in ("stack", "effluent") else ""
        lines: list[str] = []
        for name in _named(kind, medium):
            lines += [indent + line for line in _observation(kind, medium, name)]
        page.offer(medium, *head, *lines)


def _observation(kind: Sector, medium: str, name: str) -> list[str]:
    operating = "period: 24h, statistic: max" if medium in ("stack", "effluent") else "period: 1h, statistic: max"
    extra = ", of: baseline" if medium == "ambient" else ", time_of_day: night" if medium == "noise" else ""
    return [
        f'- {{parameter: {_quoted(name)}, value: "{_value(kind, medium, name)}", {operating}{extra},',
        "   covers: {from: 2025-01-01, to: 2025-12-31}, evidence: {kind: measured, document: Report, page: 1}}",
    ]


def _named(kind: Sector, medium: str) -> tuple[str, ...]:
    """The parameters to ask for: those that decide first, then the others, of the kinds that have a plain unit."""
    from greenbri.vocabulary import parameter

    names = dict.fromkeys((*kind.key.get(medium, ()), *kind.expects.get(medium, ())))
    return tuple(name for name in names if parameter(name).kind in _KINDS)[:_MOST]


def _value(kind: Sector, medium: str, name: str) -> str:
    from greenbri.vocabulary import parameter

    found = parameter(name)
    number = "7.5" if found.kind == "ph" else _EXAMPLES[medium]
    text = f"{number} {example(found, medium)}"
    if medium == "stack":
        text += f" @ {_first(_STATES.items(), kind.name) or 'dry, 0 C'}"
    return text


def _commitment(kind: Sector) -> list[str]:
    medium = next((one for one in ("stack", "effluent", "ambient", "noise") if _named(kind, one)), None)
    if medium is None:
        return ["commitments: []"]
    name = _named(kind, medium)[0]
    value = _value(kind, medium, name)
    return [
        "commitments:",
        f'- {{id: permit-1, kind: permit, parameter: {_quoted(name)}, medium: {medium}, value: "{value}", period: 24h,',
        '   document: Environmental permit, clause: "3.1"}',
    ]


def _quoted(name: str) -> str:
    """A name as YAML takes it between braces: some chemical names have commas and brackets."""
    return f'"{name}"' if set(name) & set(",[]{}:#&*!|>%@`") else name


def _first(table: Iterable[tuple[str, Value]], name: str) -> Value | None:
    """The value of the first prefix that covers the name."""
    from greenbri.vocabulary import covers

    return next((value for prefix, value in table if not prefix or covers(prefix, name)), None)
