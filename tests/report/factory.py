"""Assessments made by hand, rich enough to fill every section of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenbri.model.assessment import (
    Assessment,
    Classified,
    DataFinding,
    Deciding,
    FrameworkResult,
    Governing,
    Light,
    Milestone,
    PackUse,
    Question,
    Score,
    Snapshot,
    Verdict,
)
from greenbri.model.finding import STATUSES, Finding, Measure, Missing, Remark
from greenbri.model.project import ActionItem, Document, Evidence, Fact, Party, Project, Subject, Waiver
from greenbri.model.rule import FRAMEWORKS, Citation, Framework, Gap, Text
from greenbri.quantity import Step

DAY = date(2026, 6, 1)
OPERATION = date(2029, 1, 1)

_STATE_CN = "6 % O2, dry, 0 C, 101.325 kPa"
_INSTRUMENTS: dict[str, tuple[str, str, Framework, str]] = {
    # pack: instrument, jurisdiction, framework, force when it does not bind by itself
    "la/nes-81-2017": ("Decree No. 81/PM on the National Environmental Standards (2017)", "LA", "host", "law"),
    "la/eia-389-2022": ("Decree No. 389/Gov on Environmental Impact Assessment (2022)", "LA", "host", "law"),
    "cn/gb-13223-2011": ("GB 13223-2011", "CN", "CN", "benchmark"),
    "cn/outbound": ("商务部等 对外投资合作环境保护 408号", "CN", "CN", "supervisory"),
    "eu/ied-annex-v": ("Directive 2010/75/EU, Annex V", "EU", "EU", "benchmark"),
    "us/40-cfr-60-da": ("40 CFR Part 60 Subpart Da", "US", "US", "benchmark"),
    "wbg/thermal-power-2008": ("IFC EHS Guidelines: Thermal Power Plants (2008)", "WBG", "lenders", "lender"),
    "bri/gdg-2020": ("BRI Green Development Guidance", "BRI", "BRI", "guidance"),
    "project/commitments": ("ESIA approval No. 123/MONRE", "PROJECT", "commitments", "commitment"),
}


def citation(pack: str, clause: str, status: str = "verified", **more: str) -> Citation:
    return Citation(
        _INSTRUMENTS[pack][0],
        clause,
        more.get("url", f"https://law.example/{pack}"),
        status,
        "2026-05-01",  # type: ignore[arg-type]
    )


def step(operation: str, formula: str, inputs: dict[str, Any], result: str, unit: str, source: str) -> Step:
    given = {name: Decimal(one) if one[:1].isdigit() else one for name, one in inputs.items()}
    return Step(operation, formula, given, Decimal(result), unit, source)


STEPS = (
    step(
        "temperature",
        "c = c * T_stated / T_reference",
        {"c": "300", "T_stated": "298.15", "T_reference": "273.15"},
        "327.45744096650192202",
        "mg/Nm3",
        "ideal gas law",
    ),
    step(
        "oxygen",
        "c = c * (O_air - O_reference) / (O_air - O_measured)",
        {"c": "327.45744096650192202", "O_air": "21", "O_reference": "6", "O_measured": "7"},
        "350.8472581783949164500",
        "mg/Nm3",
        "GB 13223-2011, 5.2",
    ),
)


def measure(value: str | None, unit: str, reference: str = "", text: str = "", **ends: str) -> Measure:
    state = f" @ {reference}" if reference else ""
    return Measure(
        unit,
        reference,
        Fraction(value) if value is not None else None,
        Fraction(ends["low"]) if "low" in ends else None,
        Fraction(ends["high"]) if "high" in ends else None,
        text or f"{value} {unit}{state}",
        ends.get("operator", ""),
    )


def finding(pack: str, clause: str, status: str, **more: Any) -> Finding:
    """A finding with sensible defaults for its pack; `more` overrides any field."""
    _, jurisdiction, framework, force = _INSTRUMENTS[pack]
    parameter, subject = more.get("parameter", ""), more.get("subject", "project")
    rule = more.pop("rule", f"{pack}/{clause.lower().replace(' ', '-')}" + (f"/{parameter}" if parameter else ""))
    cause = more.get("cause")
    words = Text(
        f"{parameter or 'The duty'} at {subject}: {cause or status}.",
        f"{subject} 的 {parameter or '该项义务'}：{cause or status}。",
    )
    fields: dict[str, Any] = {
        "rule": rule,
        "pack": pack,
        "jurisdiction": jurisdiction,
        "frameworks": (framework,),
        "force": force,
        "binding": force not in ("benchmark", "guidance"),
        "binds_by": {"LA": "territory", "CN": "person", "WBG": "instrument", "PROJECT": "instrument"}.get(
            jurisdiction, ""
        ),
        "critical": False,
        "kind": "limit" if parameter else "requirement",
        "domain": "technology" if parameter else "management",
        "parameter": "",
        "medium": "",
        "subject": "project",
        "status": status,
        "citation": citation(pack, clause, more.pop("source", "verified")),
        "message": words,
    }
    return Finding(**{**fields, **more})


def limit_finding(
    pack: str, clause: str, status: str, parameter: str, figures: tuple[str, str, str], **more: Any
) -> Finding:
    """A limit in `unit` with the figure as stated and as normalised: (limit, normalised or "", unit)."""
    limit, normalised, unit = figures
    state = more.pop("state", _STATE_CN if unit == "mg/Nm3" else "")
    stated = more.pop("stated", f"{normalised} {unit}" if normalised else "")
    seen = measure(normalised, unit, state, stated) if normalised else None
    fields: dict[str, Any] = {
        "medium": "stack",
        "subject": "stack-1",
        "period": "24h",
        "form": "every",
        "limit": measure(limit, unit, state, f"≤ {limit} {unit}" + (f" @ {state}" if state else ""), operator="<="),
        "observed": seen,
        "normalised": replace(seen, text="") if seen is not None else None,
        "ratio": Fraction(normalised) / Fraction(limit) if normalised else None,
        "margin": Fraction(limit) - Fraction(normalised) if normalised else None,
        "evidence": "eia, ESIA of the plant (2024), p. 112, 2024-05-02" if normalised else "",
        "pointer": "/sources/0/observations/0",
    }
    return finding(pack, clause, status, parameter=parameter, **{**fields, **more})


def _limits() -> tuple[Finding, ...]:
    stated = "300 mg/Nm3 @ 7 % O2, dry, 25 C"
    common: dict[str, Any] = {"stated": stated, "steps": STEPS, "critical": True}
    oxygen = Missing(
        "/sources/0/oxygen", Text("What is the oxygen content of the flue gas at stack-1?", "1号烟囱烟气含氧量是多少？")
    )
    noise = {"medium": "noise", "subject": "village-1", "evidence": "measured, Noise survey (2025)", "ratio": None}
    members = tuple(
        limit_finding(
            "us/40-cfr-60-da", f"60.43Da({part})", status, "SO2", figures, period="30d", state="", stated=stated
        )
        for part, status, figures in (("a", "fail", ("1.4", "2.1", "lb/MWh")), ("b", "unknown", ("97", "", "%")))
    )
    water = {"medium": "effluent", "subject": "outfall-1", "period": "24h"}
    return (
        limit_finding("la/nes-81-2017", "Table 9", "fail", "SO2", ("320", "350.84725817839491645", "mg/Nm3"), **common),
        limit_finding(
            "cn/gb-13223-2011", "Table 1", "fail", "SO2", ("100", "350.84725817839491645", "mg/Nm3"), **common
        ),
        limit_finding(
            "eu/ied-annex-v", "Part 2, 2", "fail", "SO2", ("150", "350.84725817839491645", "mg/Nm3"), **common
        ),
        limit_finding(
            "wbg/thermal-power-2008",
            "Table 6 (C)",
            "unknown",
            "SO2",
            ("850", "350.84725817839491645", "mg/Nm3"),
            cause="judgement",
            remarks=(Remark("findings.inside_band"),),
            **common,
        ),
        finding(
            "us/40-cfr-60-da",
            "60.43Da",
            "unknown",
            parameter="SO2",
            medium="stack",
            subject="stack-1",
            period="30d",
            cause="incomparable",
            missing=(oxygen,),
            members=members,
            limit=members[0].limit,
            form="every",
        ),
        limit_finding(
            "project/commitments", "Condition 14", "pass", "SO2", ("400", "350.84725817839491645", "mg/Nm3"), **common
        ),
        limit_finding(
            "la/nes-81-2017",
            "Table 9",
            "pass",
            "NOx",
            ("350", "310", "mg/Nm3"),
            indicative=True,
            critical=True,
            stated="310 mg/Nm3 @ 6 % O2, dry",
            assumptions=(Remark("quantity.assumption.normal_temperature", (("side", "the figure"), ("celsius", "0"))),),
        ),
        limit_finding("cn/gb-13223-2011", "Table 1", "fail", "NOx", ("100", "310", "mg/Nm3")),
        limit_finding("eu/ied-annex-v", "Part 2, 6", "fail", "NOx", ("150", "310", "mg/Nm3")),
        limit_finding(
            "wbg/thermal-power-2008", "Table 6 (C)", "pass", "NOx", ("510", "310", "mg/Nm3"), indicative=True
        ),
        limit_finding("la/nes-81-2017", "Table 9", "pass", "dust", ("120", "48", "mg/Nm3"), critical=True),
        limit_finding("cn/gb-13223-2011", "Table 1", "fail", "dust", ("30", "48", "mg/Nm3")),
        limit_finding("wbg/thermal-power-2008", "Table 6 (C)", "pass", "dust", ("50", "48", "mg/Nm3")),
        limit_finding(
            "cn/gb-13223-2011",
            "Table 1",
            "unknown",
            "Hg",
            ("0.03", "", "mg/Nm3"),
            cause="no_data",
            source="recalled",
            missing=(
                Missing(
                    "/sources/0:Hg", Text("What is the mercury concentration at stack-1?", "1号烟囱汞排放浓度是多少？")
                ),
            ),
        ),
        limit_finding(
            "la/nes-81-2017",
            "Table 9",
            "unknown",
            "CO",
            ("100", "", "mg/Nm3"),
            cause="averaging",
            observed=measure("80", "mg/Nm3", "", "80 mg/Nm3 @ 6 % O2, dry"),
            missing=(
                Missing(
                    "/sources/0/observations/4/period",
                    Text("Over which period is the CO figure a mean?", "CO 数值的平均时间是多少？"),
                ),
            ),
        ),
        limit_finding(
            "la/nes-81-2017", "Table 12", "fail", "COD", ("120", "150.2", "mg/L"), stated="150.2 mg/L", **water
        ),
        limit_finding("la/nes-81-2017", "Table 12", "pass", "BOD5", ("30", "22", "mg/L"), stated="22 mg/L", **water),
        limit_finding(
            "la/nes-81-2017",
            "Table 12",
            "pass",
            "pH",
            ("9", "7.4", "pH"),
            stated="7.4",
            **{**water, "ratio": None},
            limit=measure(None, "pH", "", "6-9 pH", low="6", high="9", operator="range"),
            kind="range",
            margin=Fraction("1.4"),
        ),
        limit_finding("la/nes-81-2017", "Table 12", "not_applicable", "TN", ("10", "", "mg/L"), **water),
        limit_finding(
            "la/nes-81-2017",
            "Table 12",
            "waived",
            "TSS",
            ("50", "64", "mg/L"),
            stated="64 mg/L",
            **water,
            waiver="Letter 77/MONRE of 2026-01-10",
        ),
        limit_finding(
            "la/nes-81-2017",
            "Table 4",
            "unknown",
            "LAeq",
            ("50", "", "dB(A)"),
            cause="uncertainty",
            **noise,
            observed=measure("49", "dB(A)", "", "49 ± 3 dB(A)", low="46", high="52"),
            normalised=measure(None, "dB(A)", "", "", low="46", high="52"),
            margin=Fraction(-2),
        ),
        finding(
            "la/nes-81-2017",
            "no rule",
            "unknown",
            rule="no-rule/la/stack.Hg",
            parameter="Hg",
            medium="stack",
            cause="no_rule",
            citation=Citation("", "", "", "verified", ""),
            message=Text(
                "The packs of the host hold no limit for Hg in stack gas.", "东道国规则包中没有烟气中 Hg 的限值。"
            ),
        ),
    )


def _duties() -> tuple[Finding, ...]:
    title = {
        "eia": Text("Environmental impact assessment approved by MONRE", "环境影响评价经自然资源与环境部批准"),
        "permit": Text("Environmental compliance certificate", "环境合规证书"),
        "grievance": Text("Grievance mechanism in operation", "申诉机制已运行"),
        "water": Text("Water use licence", "取水许可"),
        "ban": Text("No new coal-fired power plant abroad", "不再新建境外煤电项目"),
        "disclose": Text("Environmental information is disclosed each year", "每年披露环境信息"),
    }
    return (
        finding(
            "la/eia-389-2022",
            "Art. 15",
            "pass",
            title=title["eia"],
            critical=True,
            due="before construction (2026-12-01)",
            evidence="ESIA approval, 123/MONRE, 2025-03-01",
            pointer="/documents/0",
        ),
        finding(
            "la/eia-389-2022",
            "Art. 48",
            "unknown",
            title=title["permit"],
            cause="not_due",
            critical=True,
            due="before operation (2029-01-01)",
            action=Text("Apply for the certificate.", "申请合规证书。"),
        ),
        finding(
            "wbg/thermal-power-2008",
            "PS1, 35",
            "fail",
            title=title["grievance"],
            due="before construction (2026-03-01)",
            action=Text("Set up a grievance mechanism with a named officer.", "设立申诉机制并指定专人。"),
        ),
        finding("la/eia-389-2022", "Art. 60", "unknown", title=title["water"], cause="judgement", critical=True),
        finding(
            "cn/outbound",
            "第8条",
            "unknown",
            title=title["ban"],
            cause="judgement",
            kind="prohibition",
            critical=True,
            subject="project",
            force="supervisory",
        ),
        finding("bri/gdg-2020", "Ch. 4", "fail", title=title["disclose"], binding=False),
    )


def _governing() -> tuple[Governing, ...]:
    host = next(one for one in _limits() if one.status == "fail")
    chinese = _limits()[1]
    assert host.limit is not None and chinese.limit is not None
    return (
        Governing(
            "SO2",
            "stack",
            "stack-1",
            "must_meet",
            host.rule,
            host.limit,
            host.citation,
            "24h",
            "every",
            ("project/commitments/condition-14/SO2",),
            Text("The lower of two limits of one period.", "同一平均时间取较严者。"),
        ),
        Governing(
            "SO2",
            "stack",
            "stack-1",
            "good_practice",
            chinese.rule,
            chinese.limit,
            chinese.citation,
            "1h",
            "every",
            (host.rule,),
        ),
    )


def _questions() -> tuple[Question, ...]:
    asked = (
        (
            "/sources/0/oxygen",
            "What is the oxygen content of the flue gas at stack-1?",
            "1号烟囱烟气含氧量是多少？",
            6,
            "12.5",
        ),
        ("/sources/0:Hg", "What is the mercury concentration at stack-1?", "1号烟囱汞排放浓度是多少？", 3, "4.2"),
        (
            "/sources/0/observations/4/period",
            "Over which period is the CO figure a mean?",
            "CO 数值的平均时间是多少？",
            1,
            "2",
        ),
        ("financing.lenders", "Who finances the project?", "项目由谁融资？", 0, "0"),
    )
    return tuple(Question(path, Text(en, zh), count, Fraction(width)) for path, en, zh, count, width in asked)


def _milestones() -> tuple[Milestone, ...]:
    authority = Text("Ministry of Natural Resources and Environment", "自然资源与环境部")
    cite = citation("la/eia-389-2022", "Art. 48")
    rows = (
        (
            "la/eia-389-2022/approval",
            Text("EIA approval", "环评批复"),
            "before construction",
            date(2026, 12, 1),
            95,
            "pass",
        ),
        (
            "la/eia-389-2022/certificate",
            Text("Compliance certificate", "合规证书"),
            "before operation",
            OPERATION,
            60,
            "not_due",
        ),
        (
            "la/eia-389-2022/monitoring",
            Text("First monitoring report", "首份监测报告"),
            "30 calendar days after operation",
            date(2029, 1, 31),
            None,
            "not_due",
        ),
        ("la/eia-389-2022/closure", Text("Closure plan", "闭坑计划"), "before end", None, None, "no_data"),
    )
    return tuple(
        Milestone(rule, title, authority, due, on, days, "working", status, cite)
        for rule, title, due, on, days, status in rows
    )


def _classifications() -> tuple[Classified, ...]:
    cite = Citation("Equator Principles 4", "Principle 1", "https://ep.example", "verified", "2026-05-01")
    return (
        Classified(
            "ep",
            Text("Equator Principles category", "赤道原则类别"),
            "A",
            ("A",),
            "ep/4/category",
            ("size.electrical = 600", "site.resettlement = yes"),
            cite,
            recorded="B",
        ),
        Classified(
            "bri",
            Text("BRI colour", "“一带一路”绿色分级"),
            None,
            ("red", "yellow"),
            "bri/gdg-2020/colour",
            (),
            cite,
        ),
    )


def verdict(findings: Iterable[Finding], light: Light, *, prohibited: bool = False, basis: str = "design") -> Verdict:
    """A verdict that is consistent enough with its findings to be printed."""
    found = tuple(findings)
    wanted = {"red": "fail", "undetermined": "unknown", "yellow": "fail", "green": ""}[light]
    decides = [
        one
        for one in found
        if one.status == wanted and (one.binding or light == "yellow") and (one.kind == "prohibition") >= prohibited
    ]
    frameworks: dict[Framework, FrameworkResult] = {}
    for framework in FRAMEWORKS:
        own = [one for one in found if framework in one.frameworks]
        counts: dict[str, int] = {status: sum(one.status == status for one in own) for status in STATUSES}
        shown: Light = "undetermined" if not own else "red" if counts["fail"] else light if light != "red" else "green"
        frameworks[framework] = FrameworkResult(shown, counts, sum(one.binding for one in own))
    return Verdict(
        light=light,
        prohibited=prohibited,
        basis=basis,  # type: ignore[arg-type]
        deciding=tuple(
            Deciding(
                one.rule, one.subject, one.citation.clause, one.citation.instrument, one.status, one.cause, one.message
            )
            for one in decides
        ),
        score=Score(Fraction(0), Fraction(0)) if prohibited else Score(Fraction(100, 7), Fraction(304, 7)),
        frameworks=frameworks,
    )


def snapshot(findings: Iterable[Finding], light: Light, day: date = DAY, **more: Any) -> Snapshot:
    found = tuple(findings)
    return Snapshot(
        as_of=day,
        verdict=verdict(found, light, **more),
        findings=found,
        governing=_governing() if found else (),
        questions=_questions(),
        classifications=_classifications() if found else (),
        milestones=_milestones() if found else (),
    )


def project(**more: Any) -> Project:
    facts: dict[str, Fact] = {
        "fuel": Fact("coal.lignite", "/fuel"),
        "size.electrical": Fact(Fraction(600), "/size/electrical", Evidence("eia", "ESIA of the plant", "3")),
        "dates.permit": Fact(date(2025, 3, 1), "/dates/permit"),
        "site.protected_area": Fact(False, "/site/protected_area"),
    }
    fields: dict[str, Any] = {
        "id": "lao-coal-demo",
        "name": Text("Demonstration lignite plant (illustrative)", "褐煤电厂示例（虚构）"),
        "country": "LA",
        "sector": "power.coal",
        "status": "permitted",
        "facts": facts,
        "subjects": (
            Subject("stack-1", "stack", "/sources/0", name="Common stack of units 1 and 2"),
            Subject("outfall-1", "effluent", "/outfalls/0", name="Cooling-pond outfall"),
            Subject("village-1", "noise", "/receptors/0", name="Ban Na village"),
        ),
        "parties": (
            Party("Demonstration Power Co., Ltd.", "sponsor", "TH", "/parties/sponsors/0"),
            Party("示例工程有限公司", "contractor", "CN", "/parties/contractors/0"),
            Party(
                "Example Development Bank",
                "lender",
                "CN",
                "/financing/lenders/0",
                standards=("EHS",),
                amount="120 MUSD",
            ),
        ),
        "documents": (
            Document(
                "eia", "/documents/0", title="ESIA approval", authority="MONRE", number="123", date=date(2025, 3, 1)
            ),
        ),
        "waivers": (
            Waiver(
                "la/nes-81-2017/table-12/TSS", "authority", "Letter 77/MONRE", "/waivers/0", expires=date(2028, 1, 1)
            ),
        ),
        "actions": (
            ActionItem(
                "wbg/thermal-power-2008/ps1,-35",
                "/actions/0",
                "lender-action-plan",
                accepted=True,
                funded=True,
                deadline=date(2026, 12, 31),
            ),
        ),
        "operation": OPERATION,
    }
    return Project(**{**fields, **more})


def packs() -> tuple[PackUse, ...]:
    made = []
    for number, (pack, (instrument, jurisdiction, _, force)) in enumerate(_INSTRUMENTS.items()):
        if pack == "project/commitments":
            continue
        gaps = (Gap("Annex 3", Text("Odour is not written down.", "未收录恶臭。")),) if number == 0 else ()
        made.append(
            PackUse(
                pack,
                "1.0.0",
                f"{number:x}" * 64,
                Text(instrument, instrument),
                jurisdiction,
                instrument,
                force,
                force not in ("benchmark", "guidance"),
                "territory" if jurisdiction == "LA" else "",
                "draft",
                gaps,
                12,
            )
        )
    return tuple(made)


def red(**more: Any) -> Assessment:
    """A plant under preparation that fails host law today and is undetermined at its planned start."""
    findings = (*_limits(), *_duties())
    later = tuple(
        replace(one, status="unknown", cause="no_data") if one.status == "fail" and one.parameter == "COD" else one
        for one in findings
    )
    fields: dict[str, Any] = {
        "project": project(),
        "as_of": DAY,
        "now": snapshot(findings, "red"),
        "at_operation": snapshot(later, "red", OPERATION),
        "packs": packs(),
        "data_findings": (
            DataFinding(
                "findings.data.conflict",
                (("subject", "stack-1"), ("parameter", "SO2"), ("first", "300 mg/Nm3"), ("second", "280 mg/Nm3")),
                ("/sources/0/observations/0", "/sources/0/observations/1"),
            ),
        ),
        "assumptions": (Remark("quantity.assumption.normal_temperature", (("side", "the figure"), ("celsius", "0"))),),
        "positions": {"": (1, 1), "/sources/0/observations/0": (42, 9), "/documents/0": (88, 5), "/sources/0": (30, 3)},
        "file": "lao-coal-demo.yaml",
    }
    return Assessment(**{**fields, **more})


def prohibited() -> Assessment:
    """A new coal plant with a Chinese contractor."""
    ban = replace(
        _duties()[4],
        status="fail",
        cause=None,
        message=Text(
            "The plant is a new coal-fired power project abroad with a Chinese contractor.",
            "该项目属境外新建煤电，且有中国承包商参与。",
        ),
    )
    found = (*_limits(), *_duties()[:4], ban)
    return red(now=snapshot(found, "red", prohibited=True), at_operation=None)


def undetermined() -> Assessment:
    """A project with nothing but country, sector and size."""
    found = [one for one in _limits() if one.cause in ("no_data", "no_rule")]
    bare = project(subjects=(), parties=(), documents=(), waivers=(), actions=(), operation=None, status=None)
    now = Snapshot(DAY, verdict(found, "undetermined", basis="none"), tuple(found), (), _questions(), (), ())
    return red(project=bare, now=now, at_operation=None, data_findings=(), assumptions=())


def yellow() -> Assessment:
    """Only guidance is not met, today and later."""
    found = [one for one in (*_limits(), *_duties()) if one.status == "pass" or one.force == "guidance"]
    return red(now=snapshot(found, "yellow"), at_operation=None)


def green() -> Assessment:
    """Every binding rule is met, on measured values, by a plant that runs."""
    found = [replace(one, indicative=False) for one in (*_limits(), *_duties()) if one.status == "pass"]
    return red(
        project=project(id="lao-coal-green", status="operating", operation=date(2020, 1, 1)),
        now=snapshot(found, "green", basis="measured"),
        at_operation=None,
    )


def worse_later() -> Assessment:
    """Green today, red at the planned start: the later day decides."""
    passing = [one for one in (*_limits(), *_duties()) if one.status == "pass"]
    return red(now=snapshot(passing, "green"), at_operation=snapshot((*_limits(), *_duties()), "red", OPERATION))


def long(rows: int = 400) -> Assessment:
    """Hundreds of findings, and names that nothing can break."""
    name = "Nordwestelbische-Braunkohlekraftwerksbetriebsgesellschaft" * 2
    base = limit_finding("cn/gb-13223-2011", "Table 1", "fail", "NOx", ("100", "310", "mg/Nm3"))
    many = tuple(
        replace(base, rule=f"cn/gb-13223-2011/{name}/{number}", subject=f"stack-{number % 20}")
        for number in range(rows)
    )
    subjects = tuple(
        Subject(f"stack-{number}", "stack", f"/sources/{number}", name=f"{name}-{number}") for number in range(20)
    )
    return red(
        project=project(name=Text(name, "محطة كهرباء — " + "很" * 120), subjects=subjects),
        now=snapshot((*_limits(), *many), "red"),
        at_operation=None,
    )
