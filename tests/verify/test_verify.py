from __future__ import annotations

import base64
import io
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from greenbri.cli.app import run
from greenbri.errors import InputError
from greenbri.report.enclosing import split_html
from greenbri.report.json import dumps
from greenbri.verify import Verification, verify
from greenbri.verify.telling import lines

Written = Callable[..., bytes]
_ROUNDED = re.compile(r'^( *"(?:value|low|high|ratio|margin|result|line|column|width|settles)": )(-?[0-9.]+)', re.M)


@pytest.fixture
def verified(tmp_path: Path) -> Callable[..., Verification]:
    """The one project of a report that is given as its content."""

    def read(content: bytes | str, ending: str = "json", **more: Any) -> Verification:
        file = tmp_path / f"report.{ending}"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        (found,) = verify(file, **more)
        return found

    return read


def changed(report: str, change: Callable[[dict[str, Any]], object]) -> str:
    """The report after a change by hand."""
    document = exact(report)
    change(document)
    return dumps(document)


def exact(report: str | bytes) -> dict[str, Any]:
    """The document with every digit of its numbers."""
    document: dict[str, Any] = json.loads(report, parse_float=Decimal)
    return document


def failing(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["findings"] if one["status"] == "fail")
    return found


def test_an_untouched_report_is_identical(verified: Callable[..., Verification], report: str) -> None:
    found = verified(report)
    assert found.outcome == "identical" and found.sound
    assert found.differences == () and found.today is None


def test_layout_and_order_of_keys_do_not_matter(verified: Callable[..., Verification], report: str) -> None:
    assert verified(dumps(dict(reversed(exact(report).items()))).replace("\n", "")).sound


def test_a_status_that_was_changed_is_named_with_both_values(
    verified: Callable[..., Verification], report: str
) -> None:
    found = verified(changed(report, lambda document: failing(document).update(status="pass")))
    (told,) = found.differences
    assert found.outcome == "altered"
    assert (told.stated, told.recomputed) == ("pass", "fail")
    assert told.rule.startswith("et/industrial-pollution-standards/") and told.place.endswith("/status")


def test_any_digit_of_the_findings_that_was_changed_is_found(
    verified: Callable[..., Verification], report: str
) -> None:
    start, stop = report.index('  "findings": ['), report.index('  "governing": [')
    places = [match for match in _ROUNDED.finditer(report) if start < match.start() < stop]
    assert len(places) > 60
    for match in places[:: max(1, len(places) // 5)]:
        last = match.end() - 1
        other = str((int(report[last]) + 1) % 10)
        found = verified(report[:last] + other + report[last + 1 :])
        assert found.outcome == "altered" and len(found.differences) == 1, match[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["verdict"].update(light="green"),
        lambda document: document["verdict"]["score"].update(low=99),
        lambda document: document["verdict"]["deciding"].clear(),
        lambda document: document["findings"].pop(),
        lambda document: document["findings"].append(document["findings"][0]),
        lambda document: document["findings"][0]["citation"].update(status="verified", clause="Table 9"),
        lambda document: document["questions"].pop(),
        lambda document: document["project"].update(country="KH"),
        lambda document: document.update(note="audited"),
        lambda document: failing(document).update(line=7),
        lambda document: failing(document).update(audited=None),
        lambda document: failing(document).pop("waiver"),
    ],
)
def test_nothing_that_is_stated_can_be_changed_unseen(
    verified: Callable[..., Verification], report: str, change: Callable[[dict[str, Any]], object]
) -> None:
    assert verified(changed(report, change)).outcome == "altered"


def test_a_changed_project_changes_the_result_and_the_hash(verified: Callable[..., Verification], report: str) -> None:
    def cleaner(document: dict[str, Any]) -> None:
        document["embedded"]["project"]["outfalls"][0]["observations"][0]["value"] = "9.2 mg/L"

    found = verified(changed(report, cleaner))
    places = [one.place for one in found.differences]
    assert found.outcome == "altered"
    assert places[0] == "/embedded/receipt/project_sha256" and any(place.endswith("/status") for place in places)


def test_a_pack_whose_text_was_changed_does_not_match_its_hash(
    verified: Callable[..., Verification], report: str
) -> None:
    def looser(document: dict[str, Any]) -> None:
        for pack in document["embedded"]["packs"]:
            pack["text"] = pack["text"].replace("50, 150, 30", "50, 150, 300")

    found = verified(changed(report, looser))
    assert found.outcome == "altered"
    assert [pack.id for pack in found.packs if not pack.agrees] == ["et/industrial-pollution-standards"]
    assert any(one.stated == "fail" and one.recomputed == "pass" for one in found.differences)


def test_a_pack_that_no_longer_compiles_is_told_with_its_place(
    verified: Callable[..., Verification], report: str
) -> None:
    def broken(document: dict[str, Any]) -> None:
        document["embedded"]["packs"][0]["text"] = "schema: 1\npack: et/x\n"

    found = verified(changed(report, broken))
    assert found.outcome == "broken" and found.faults
    assert found.faults[0].position is not None and "report.json:et/" in found.faults[0].position.file


def test_a_report_of_older_packs_is_explained(
    verified: Callable[..., Verification], written: Written, older: str
) -> None:
    found = verified(written("json", packs=f"et,{older}"))
    assert found.outcome == "unknown_packs" and found.differences == ()
    (pack,) = (pack for pack in found.packs if pack.standing != "installed")
    assert (pack.standing, pack.version, pack.installed_version) == ("other", "0.9.0", "1.0.0")
    assert found.today is not None
    told = [one for one in found.changes if one.rule.endswith(".TSS")]
    assert told and all("150" in str(one.stated) and "fail" in str(one.today) for one in told)


def test_what_changes_comes_before_what_is_new(
    verified: Callable[..., Verification], written: Written, tmp_path: Path
) -> None:
    from greenbri.resources import rules_dir

    one = rules_dir() / "et" / "eia-299-2002.yaml"
    content = json.loads(written("json", packs=str(one)))
    content["embedded"]["receipt"]["selection"] = "default"
    found = verified(dumps(content))
    assert found.today is not None
    added = [change.stated is None for change in found.changes]
    assert any(added) and added == sorted(added)
    assert not [change for change in found.changes if change.stated is None and change.today == "not_applicable"]


def test_packs_of_a_lock_count_as_known(
    verified: Callable[..., Verification], written: Written, older: str, tmp_path: Path
) -> None:
    from greenbri.rulepack.load import read_pack
    from greenbri.rulepack.lock import lock_text

    lock = tmp_path / "greenbri.lock"
    lock.write_text(lock_text([read_pack(Path(older))]), encoding="utf-8")
    assert verified(written("json", packs=f"et,{older}"), locked=lock).sound


def test_what_was_assumed_is_recomputed_with_it(verified: Callable[..., Verification], written: Written) -> None:
    content = written("json", assume=("status=construction", "dates.operation=2027-01-01")).decode()
    found = verified(content)
    assert found.sound, found.differences
    kept = json.loads(content)["embedded"]["receipt"]["assumptions"]
    forged = verified(content.replace(json.dumps(kept[0]), '"status=operating"'))
    assert "/embedded/receipt/assumptions" in [one.place for one in forged.differences]


def test_another_version_may_differ_in_words_and_in_nothing_else(
    verified: Callable[..., Verification], report: str
) -> None:
    older = report.replace(json.loads(report)["embedded"]["receipt"]["tool"], "greenbri 0.0.9")

    def reworded(document: dict[str, Any]) -> None:
        failing(document)["message"]["en"] = "Too much."

    found = verified(changed(older, reworded))
    assert found.outcome == "identical" and not found.same_tool and len(found.wording) == 1
    assert any("greenbri 0.0.9" in line for line in lines([found]))
    assert verified(changed(report, reworded)).outcome == "altered"
    for change in (
        lambda document: failing(document).update(ratio=1),
        lambda document: failing(document).pop("status"),
        lambda document: document["findings"].pop(),
        lambda document: document.pop("verdict") and document.update(verdict=None),
        lambda document: document["embedded"]["receipt"].update(assumptions=["status=construction"]),
    ):
        assert verified(changed(older, change)).outcome == "altered"


def test_several_projects_in_one_file_are_verified_each(tmp_path: Path, report: str) -> None:
    file = tmp_path / "all.json"
    forged = changed(report, lambda document: document["verdict"].update(light="green"))
    file.write_text(f"[{report},{forged}]", encoding="utf-8")
    assert [one.outcome for one in verify(file)] == ["identical", "altered"]


def test_a_page_is_identical_and_any_change_to_its_text_is_found(
    verified: Callable[..., Verification], written: Written
) -> None:
    page = written("html", "both").decode()
    assert verified(page, "html").pages.state == "same" and verified(page, "html").sound
    assert verified(page.replace("\n", "\r\n"), "html").sound
    assert "98.2" in split_html(page)[0]
    altered = verified(page.replace("98.2", "18.2"), "html")
    assert altered.outcome == "altered" and altered.pages.state == "changed"


def test_a_page_whose_block_was_changed_is_altered(verified: Callable[..., Verification], written: Written) -> None:
    page = written("html").decode()
    data = json.loads(split_html(page)[1][0])["data"]
    inside = exact(zlib.decompress(base64.b64decode(data)))
    inside["verdict"]["light"] = "green"
    forged = base64.b64encode(zlib.compress(dumps(inside).encode())).decode()
    found = verified(page.replace(data, forged), "html")
    assert [one.place for one in found.differences] == ["/verdict/light"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a report", "GRB501"),
        ("{}", "GRB501"),
        ("[1]", "GRB501"),
        ('{"verdict": {}, "findings": []}', "GRB503"),
        ('{"verdict": 1, "verdict": 2}', "GRB502"),
        ('{"verdict": NaN}', "GRB502"),
        ("[" * 100_000, "GRB502"),
        ("<!doctype html><p>", "GRB503"),
        ("%PDF-1.7\n%%EOF", "GRB502"),
    ],
)
def test_what_is_no_report_is_refused(verified: Callable[..., Verification], content: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        verified(content)
    assert error.value.diagnostics[0].code == code


def test_the_exit_code_is_0_only_for_an_identical_report(
    tmp_path: Path, written: Written, report: str, older: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = {
        "same": (report, 0, "identical"),
        "changed": (changed(report, lambda document: failing(document).update(ratio=Decimal("0.5"))), 1, "altered"),
        "older": (written("json", packs=f"et,{older}").decode(), 1, "packs unknown"),
        "empty": ("{}", 2, ""),
    }
    for name, (content, code, told) in cases.items():
        file = tmp_path / f"{name}.json"
        file.write_text(content, encoding="utf-8")
        assert run(["verify", str(file)]) == code
        assert told in capsys.readouterr().out


def test_the_result_is_said_in_chinese_and_as_json(
    tmp_path: Path, report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    file.write_text(changed(report, lambda document: failing(document).update(ratio=Decimal("0.5"))), encoding="utf-8")
    run(["verify", str(file), "--lang", "zh"])
    assert "已被改动" in capsys.readouterr().out
    run(["verify", str(file), "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "altered" and found["differences"][0]["stated"] == "0.5"


@pytest.fixture(scope="module")
def paper(written: Written) -> bytes:
    pytest.importorskip("weasyprint", exc_type=OSError)
    return written("pdf", packs="et/industrial-pollution-standards")


def rewritten(paper: bytes, change: Callable[[Any], None]) -> bytes:
    """The PDF after a change with a tool for PDF."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_is_verified_by_its_attachments_and_its_pages(
    verified: Callable[..., Verification], paper: bytes
) -> None:
    found = verified(paper, "pdf")
    assert found.sound and found.pages.state == "same"


def test_a_pdf_that_another_program_saved_again_is_told_apart_from_one_with_other_pages(
    verified: Callable[..., Verification], paper: bytes
) -> None:
    found = verified(rewritten(paper, lambda _: None), "pdf")
    assert found.outcome == "altered" and found.pages.changed == ("file",)


def test_a_single_bit_anywhere_in_a_pdf_is_found(verified: Callable[..., Verification], paper: bytes) -> None:
    for place in range(len(paper) // 7, len(paper) - 1500, len(paper) // 3):
        flipped = paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]
        try:
            assert verified(flipped, "pdf").outcome == "altered"
        except InputError as error:
            assert error.diagnostics[0].code == "GRB502"


def test_a_change_to_a_page_of_a_pdf_is_found_and_the_page_named(
    verified: Callable[..., Verification], paper: bytes
) -> None:
    def change(writer: Any) -> None:
        content = writer.pages[1]["/Contents"].get_object()
        content.set_data(content.get_data() + b"\n")

    found = verified(rewritten(paper, change), "pdf")
    assert found.outcome == "altered"
    assert found.pages == replace(found.pages, state="changed", changed=("2", "file"))


def test_a_note_that_was_put_over_a_page_is_found(verified: Callable[..., Verification], paper: bytes) -> None:
    def change(writer: Any) -> None:
        from pypdf.annotations import FreeText

        writer.add_annotation(0, FreeText(text="GREEN", rect=(50, 550, 200, 650)))

    assert verified(rewritten(paper, change), "pdf").pages.changed[0] == "1"


def test_a_changed_digit_in_an_attachment_is_found(verified: Callable[..., Verification], paper: bytes) -> None:
    def change(writer: Any) -> None:
        for attachment in writer.attachment_list:
            if attachment.name == "assessment.json":
                content = attachment.content
                attachment.content = content.replace(b'"value": 98.2', b'"value": 18.2', 1)

    found = verified(rewritten(paper, change), "pdf")
    assert found.outcome == "altered" and found.pages.changed == ("file",)
    assert any(one.stated == "18.2" for one in found.differences)
