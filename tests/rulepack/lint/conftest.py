"""A pack in which nothing is wrong, with one of every shape that the checks look at."""

from __future__ import annotations

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
  repealed: null
  replaces: [XX 1-2010]
constants: {oxygen_in_air: 21}
binds: {by: territory, of: VN}
scope: {sector: power.coal}
as_benchmark: {xx.zone: b}
facts:
  xx.zone:
    type: term
    values: [a, b]
    question: {en: Which zone?, zh: 属于哪一区？}
review: {state: draft, entries: [{role: author, date: 2026-11-01, result: read}]}
gaps:
- {clause: "7", en: "Start-up of 12 hours is not encoded.", zh: 12小时启动时段未编码。}
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
  columns: [id, size.thermal, dates.permit, SO2, dust]
  limits:
    SO2: {unit: mg/m3}
    dust: {unit: mg/m3}
  rows:
  - [small-old, "[50, 300) MWth", "< 2015-01-01", 400, 50]
  - [small-new, "[50, 300) MWth", ">= 2015-01-01", 200, 30]
  - [large-old, ">= 300 MWth", "< 2015-01-01", 300, 40]
  - [large-new, ">= 300 MWth", ">= 2015-01-01", 100, 20]

- id: t2
  title: {en: Ambient air at the boundary of the works, zh: 厂区周边环境空气}
  medium: ambient
  applies: {xx.zone: a}
  source: {clause: Table 2, url: "https://law.example/2", checked: 2026-11-01, status: verified}
  columns: [id, period, from, to, NO2, PM10]
  limits:
    NO2: {unit: ug/m3}
    PM10: {unit: ug/m3}
  rows:
  - [hour, 1h, null, null, 200, "-"]
  - [day, 24h, null, null, 80, 120]
  - [year, year, null, null, {dated: {2020-01-01: 50, 2030-01-01: 40}}, "-"]
  - [year-dust-1, year, 2020-01-01, 2024-12-31, "-", 70]
  - [year-dust-2, year, 2025-01-01, null, "-", 50]

- id: t3
  title: {en: Waste water, zh: 废水}
  medium: effluent
  period: 24h
  applies: {class.xx-water: strict}
  source: {clause: Table 3, url: "https://law.example/3", checked: 2026-11-01, status: secondary}
  alternatives: [{id: COD, any: [COD, COD.removal]}]
  columns: [id, pH, COD, COD.removal, Hg]
  limits:
    pH: {unit: "1", kind: range}
    COD: {unit: mg/L}
    COD.removal: {unit: "%", parameter: removal.COD, kind: removal}
    Hg: {unit: mg/L}
  rows:
  - [all, "6-9", {base: 100, times: [K]}, 75, 0.01]

requirements:
- id: approval
  kind: document
  title: {en: Approval of the assessment, zh: 环评批复}
  needs: {document: eia-approval}
  due: {before: construction}
  source: {clause: Article 5, url: "https://law.example/5", checked: 2026-11-01, status: verified}
- id: no-old-boilers
  kind: prohibition
  title: {en: No boilers under 10 MW, zh: 禁止10兆瓦以下锅炉}
  prohibited_when: {size.thermal: "< 10 MWth"}
  unless: {size.thermal: "< 10 MWth", xx.zone: b}
  source: {clause: Article 6, url: "https://law.example/6", checked: 2026-11-01, status: verified}

classifications:
- id: water
  scheme: xx-water
  title: {en: Class of water, zh: 水体分级}
  values: [strict, plain]
  rules:
  - {value: strict, when: {receiving_water.drinking_source: true}, clause: Annex 1}
  - {value: strict, when: {receiving_water.sensitive: true}, clause: Annex 2}
  otherwise: plain
  source: {clause: Annex, url: "https://law.example/a", checked: 2026-11-01, status: verified}
"""


@pytest.fixture
def good() -> str:
    """The text of a pack in which nothing is wrong."""
    return PACK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where packs of a test are written."""
    place = tmp_path / "xx"
    place.mkdir()
    return place
