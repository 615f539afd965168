"""Goal 7: how long a PDF takes, against a bare WeasyPrint render of the same HTML.

    .venv/bin/python benchmarks/report.py [--pairs 5] [PROJECT...]

Each render happens in a process of its own, which measures its processor time after the imports and after the
assessment, so that neighbours on the machine count little. The bare one has no tags, no attachments, no PDF/A and the
fonts of the system.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from measure import GREENBRI, ROOT, Result, compare, machine, process, reported, table

_DAY = date(2026, 11, 22)
_EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in ("lao-coal-hongsa", "khm-water-illustrative")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--part", choices=("ours", "bare"), help=argparse.SUPPRESS)
    parser.add_argument("projects", nargs="*", type=Path, default=_EXAMPLES)
    arguments = parser.parse_args()
    if arguments.part:
        print((ours if arguments.part == "ours" else bare)(arguments.projects[0]))
        return
    results: list[Result] = []
    told: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        cache = {"XDG_CACHE_HOME": folder}
        for path in arguments.projects:
            command = [(sys.executable, __file__, "--part", part, str(path)) for part in ("ours", "bare")]
            results.append(
                compare(
                    f"PDF of {path.stem}",
                    reported(*command[0], environment=cache),
                    "bare WeasyPrint",
                    reported(*command[1], environment=cache),
                    goal=1.25,
                    pairs=arguments.pairs,
                )
            )
            told.append(f"{path.stem}: {facts(path, folder)}")
    print(f"{machine()}\n\n{table(results)}\n\n" + "\n".join(told))


def ours(path: Path) -> float:
    """The report as the command line writes it: page, layout, tags, attachments."""
    import weasyprint  # noqa: F401

    from greenbri.assessing import assess_file
    from greenbri.report import render

    done = assess_file(path, _DAY)
    embedded = {done.assessment.project.id: done.embedded}
    start = time.process_time()
    render("pdf", [done.assessment], "en", embedded=embedded)
    return time.process_time() - start


def bare(path: Path) -> float:
    """The same page through WeasyPrint and nothing else."""
    import weasyprint

    from greenbri.assessing import assess_file
    from greenbri.report import html
    from greenbri.report.pdf import libraries
    from greenbri.resources import templates_dir

    done = assess_file(path, _DAY)
    source = html.render(done.assessment, "en", embedded=done.embedded, receipt=libraries(), paged=True)
    base = (templates_dir() / "report").as_uri() + "/"
    start = time.process_time()
    weasyprint.HTML(string=source, base_url=base).write_pdf()
    return time.process_time() - start


def facts(path: Path, folder: str) -> str:
    """Pages, size, and what the whole command takes in time and memory."""
    from pypdf import PdfReader

    target = Path(folder) / "report.pdf"
    command = (GREENBRI, "assess", str(path), "--as-of", _DAY.isoformat(), "-o", str(target), "--format", "csv")
    seconds = process(*command, environment={"XDG_CACHE_HOME": folder})()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pages = len(PdfReader(target).pages)
    size = target.stat().st_size / 1e6
    return f"{pages} pages, {size:.2f} MB, {seconds:.1f} s and {peak:.0f} MB at most for the whole command"


if __name__ == "__main__":
    main()
