"""JUnit XML, which every build server shows: a suite for each project, a case for each finding.

A binding failure fails its case; a critical binding rule that is open is an error, because the question was not
answered; everything else that is not met, not known or not applicable is skipped with its reason, never passed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from greenbri.model.assessment import Assessment, Snapshot
from greenbri.model.finding import Finding
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.wording import pick, say, status_key

# What XML 1.0 cannot hold in any form.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(assessments: Sequence[Assessment], lang: str = "en") -> str:
    """All projects in one document."""
    suites = [(one, _cases(one.deciding_snapshot)) for one in assessments]
    outcomes = [outcome for _, cases in suites for _, outcome in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="greenbri" {_counts(outcomes)}>']
    for assessment, cases in suites:
        day = assessment.deciding_snapshot.as_of.isoformat()
        head = f'name={_attribute(assessment.project.id)} {_counts([outcome for _, outcome in cases])} time="0"'
        lines.append(f"  <testsuite {head}>")
        light = assessment.verdict.light
        lines.append("    <properties>")
        lines.append(f'      <property name="light" value="{light}"/>')
        lines.append(f'      <property name="as_of" value="{assessment.as_of.isoformat()}"/>')
        lines.append(f'      <property name="findings_as_of" value="{day}"/>')
        lines.append("    </properties>")
        for finding, outcome in cases:
            lines.extend(_case(finding, outcome, lang))
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _cases(snapshot: Snapshot) -> list[tuple[Finding, str]]:
    """A pass at face value passes only where design values are what can be had."""
    design = snapshot.verdict.basis == "design"
    return [(one, _outcome(one, design)) for one in snapshot.findings]


def _outcome(one: Finding, design: bool) -> str:
    if one.status == "pass":
        return "passed" if design or not one.indicative else "skipped"
    if one.binding and one.status == "fail":
        return "failure"
    if one.binding and one.critical and one.status == "unknown" and one.cause != "not_due":
        return "error"
    return "skipped"


def _counts(outcomes: Sequence[str]) -> str:
    failures, errors, skipped = (outcomes.count(one) for one in ("failure", "error", "skipped"))
    return f'tests="{len(outcomes)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _case(one: Finding, outcome: str, lang: str) -> list[str]:
    name = f"{one.rule} [{one.subject}]"
    head = f'    <testcase classname={_attribute(one.pack or one.jurisdiction)} name={_attribute(name)} time="0"'
    if outcome == "passed" and not one.indicative:
        return [f"{head}/>"]
    status = say(f"status.{status_key(one)}", lang)
    if one.cause is not None:
        status += f" ({say(f'cause.{one.cause}', lang)})"
    message = f"{status}: {pick(one.message, lang)}"
    if outcome == "passed":
        return [f"{head}>", f"      <system-out>{_text(message)}</system-out>", "    </testcase>"]
    if outcome == "skipped":
        return [f"{head}>", f"      <skipped message={_attribute(message)}/>", "    </testcase>"]
    cite = one.citation
    source = ", ".join(part for part in (cite.instrument, cite.clause, cite.url) if part)
    body = _text(f"{message}\n{one_line(source)}")
    kind = one.cause or one.kind
    told = f"<{outcome} type={_attribute(kind)} message={_attribute(message)}>{body}</{outcome}>"
    return [f"{head}>", f"      {told}", "    </testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("", one_line(text)))


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))
