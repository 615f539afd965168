"""Averaging times and forms of limits, in words: the model writes both in the short English of the packs."""

from __future__ import annotations

import re

from greenbri import messages
from greenbri.model.rule import Text

_PERIOD = re.compile(r"(?P<count>\d*)(?P<unit>min|h|d|week|month|season|year|instant|run)")
_FORMS = {
    "every": re.compile(r"every"),
    "percentile": re.compile(r"p(?P<percent>\d+(?:\.\d+)?)"),
    "yearly": re.compile(r"(?P<count>\d+) exceedances/year"),
    "sampled": re.compile(r"(?P<count>\d+) exceedances in (?P<samples>\d+) samples"),
    "mean": re.compile(r"mean of (?P<years>\d+) years"),
}


def period_name(period: str) -> Text:
    """An averaging time, as in `24h`, `3month` or `year`; what is none of the model's stays as it is."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        return Text(period, period)
    key = f"report.{'periods' if found['count'] else 'period'}.{found['unit']}"
    args = {"count": found["count"]} if found["count"] else {}
    return Text(messages.text(key, "en", **args), messages.text(key, "zh", **args))


def form_name(form: str) -> Text:
    """How a limit is judged, as in `p95` or `35 exceedances/year, mean of 3 years`."""
    parts = [_form(part) for part in form.split(", ")]
    return Text(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


def _form(part: str) -> Text:
    for key, pattern in _FORMS.items():
        found = pattern.fullmatch(part)
        if found is not None:
            args = found.groupdict()
            return Text(*(messages.text(f"report.form.{key}", one, **args) for one in ("en", "zh")))
    return Text(part, part)
