"""A small pack with its cases and readings, as they lie beside each other in a library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PACK = """\
schema: 1
pack: xx/stack-2020
version: 1.0.0
title: {en: Emission limits of boilers, zh: 锅炉排放限值}
jurisdiction: VN
force: law
domain: technology
instrument:
  citation: XX 1-2020
  issuer: {en: Ministry of Environment, zh: 环境部}
  url: https://law.example/xx-1-2020
  in_force: 2020-01-01
binds: {by: territory, of: VN}
scope: {sector: power.coal}
facts:
  xx.zone: {type: term, values: [a, b], question: {en: Which zone?, zh: 属于哪一区？}}
review: {state: draft}
changes: [{version: 1.0.0, date: 2026-11-01, en: First edition., zh: 首版。}]
coefficients:
- id: K
  source: {clause: Table 9, url: "https://law.example/9", checked: 2026-11-01, status: secondary}
  columns: [id, size.flow, value]
  rows:
  - [small, "< 500 m3/d", 1.2]
  - [large, any, 1]
limits:
- id: t1
  title: {en: Boilers, zh: 锅炉}
  medium: stack
  period: 24h
  reference: "6 % O2, dry, 0 C, 101.325 kPa"
  source: {clause: Table 1, url: "https://law.example/1", checked: 2026-11-01, status: verified}
  columns: [id, size.thermal, SO2, dust, Hg]
  limits:
    SO2: {unit: mg/m3}
    dust: {unit: mg/m3}
    Hg: {unit: mg/m3}
  rows:
  - [small, "[50, 300) MWth", {dated: {2020-01-01: 400, 2025-01-01: 200}}, 50, "-"]
  - [large, ">= 300 MWth", 100, "< 20", none]
- id: t2
  title: {en: Waste water, zh: 废水}
  medium: effluent
  period: 24h
  form: p95
  applies: {xx.zone: a}
  source: {clause: Table 2, url: "https://law.example/2", checked: 2026-11-01, status: secondary}
  alternatives: [{id: COD, any: [COD, COD.removal]}]
  columns: [id, pH, COD, COD.removal, TSS]
  limits:
    pH: {unit: "1", kind: range}
    COD: {unit: mg/L}
    COD.removal: {unit: "%", parameter: removal.COD, kind: removal}
    TSS: {unit: mg/L}
  rows:
  - [all, "6-9", 100, 75, {base: 50, times: [K]}]
requirements:
- id: approval
  kind: document
  title: {en: Approval of the assessment, zh: 环评批复}
  needs: {document: eia-approval}
  due: {before: construction}
  source: {clause: Article 5, url: "https://law.example/5", checked: 2026-11-01, status: verified}
classifications:
- id: size
  scheme: xx-size
  title: {en: Class of size, zh: 规模分级}
  values: [big, little]
  rules: [{value: big, when: {size.thermal: ">= 300 MWth"}, clause: Annex 1}]
  otherwise: little
  source: {clause: Annex, url: "https://law.example/a", checked: 2026-11-01, status: verified}
"""

CASE = """\
- id: {id}
  as_of: {on}
  project: {{country: VN, sector: power.coal, size: {{thermal: 100 MW}},
            sources: [{{id: s, kind: stack, observations: [{{parameter: SO2, value: "{value}", period: 24h,
                       statistic: max, covers: {{from: 2025-01-01, to: 2025-12-31}}}}]}}]}}
  expect:
  - {expect}
"""
HEAD = "schema: 1\npack: xx/stack-2020\n"
READ = HEAD + 'read: 2026-11-01\nsources: [{id: a, title: XX 1-2020, url: "https://law.example"}]\nvalues:\n'

Library = Callable[..., Path]


@pytest.fixture
def pack_text() -> str:
    """The text of the pack, for tests that change it."""
    return PACK


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Writes the pack, and beside it what is given; returns the folder of the jurisdiction."""

    def write(*, pack: str = PACK, cases: str | None = None, reading: str | None = None) -> Path:
        folder = tmp_path / "xx"
        (folder / "cases").mkdir(parents=True, exist_ok=True)
        (folder / "stack-2020.yaml").write_text(pack, "utf-8")
        if cases is not None:
            (folder / "cases" / "stack-2020.yaml").write_text(HEAD + "cases:\n" + cases, "utf-8")
        if reading is not None:
            (folder / "stack-2020.reading.yaml").write_text(READ + reading, "utf-8")
        return folder

    return write


@pytest.fixture
def case() -> Callable[..., str]:
    """A case of SO2 from a boiler of 100 MW on a day of 2026, with what is expected."""

    def written(
        expect: str, *, value: str = "190 mg/Nm3 @ 6 % O2, dry, 0 C", name: str = "one", on: str = "2026-11-01"
    ) -> str:
        return CASE.format(id=name, on=on, value=value, expect=expect)

    return written
