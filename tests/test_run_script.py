"""`./run`: what it installs, when it is quiet, and how it fails, with every tool it calls replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
# From the machine; all the rest that the script may call is a fake, or absent.
REAL_TOOLS = ("sh", "cat", "cut", "dirname", "env", "grep", "mkdir", "mv", "readlink", "rm", "sha256sum")

# Stands for a system Python and for the one of the environment: they differ by their place.
PYTHON = """#!/bin/sh
echo "${0##*/} $*" >>"$FAKE/log"
case "$*" in
    *sys.version_info*) [ ! -e "$FAKE/unsuitable-${0##*/}" ] ;;
    *ensurepip*) [ ! -e "$FAKE/no-venv" ] ;;
    --version) echo "Python 3.9.2" ;;
    "-m venv "*)
        mkdir -p "$3/bin"
        cp "$0" "$3/bin/python"
        printf '#!/bin/sh\\necho "greenbri in $PWD:"\\nprintf "[%%s]" "$@"\\nexit 3\\n' >"$3/bin/greenbri"
        chmod +x "$3/bin/greenbri" ;;
    "-m pip "*) [ ! -e "$FAKE/pip-fails" ] ;;
    "-m pytest "*) echo "pytest in $PWD: $*" ;;
esac
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$FAKE/log"
[ ! -e "$FAKE/apt-fails" ] || { echo "E: broken" >&2; exit 100; }
case "$*" in *install*) rm -f "$FAKE/no-venv"; touch "$FAKE/has-pango" ;; esac
"""
LDCONFIG = '#!/bin/sh\n[ ! -e "$FAKE/has-pango" ] || printf "%s\\n" ' + " ".join(LIBRARIES) + "\n"
SUDO = '#!/bin/sh\necho "became root" >>"$FAKE/log"\nexec "$@"\n'
ALL_MISSING = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclass
class Machine:
    """A folder with the script in it, and a PATH of fakes."""

    folder: Path

    def __post_init__(self) -> None:
        for folder in (self.root, self.bin):
            folder.mkdir()
        for name in ("run", "requirements.lock", "requirements-dev.lock", "pyproject.toml", "hatch_build.py"):
            shutil.copy(ROOT / name, self.root / name)
        for name in (*REAL_TOOLS, "cp", "chmod", "touch", "mktemp"):
            target = shutil.which(name)
            assert target is not None, name
            (self.bin / name).symlink_to(target)
        self.tool("python3", PYTHON)
        self.tool("ldconfig", LDCONFIG)
        self.tool("apt-get", APT_GET)
        self.user(0)

    @property
    def root(self) -> Path:
        return self.folder / "a checkout"

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def tool(self, name: str, script: str) -> None:
        (self.bin / name).write_text(script, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def user(self, number: int) -> None:
        self.tool("id", f"#!/bin/sh\necho {number}\n")

    def state(self, name: str) -> None:
        (self.folder / name).touch()

    def run(self, *arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.root / "run"), *arguments],
            cwd=cwd or self.root,
            env={"PATH": str(self.bin), "FAKE": str(self.folder), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self, word: str) -> list[str]:
        """The logged calls with this word, since the last time anything was asked."""
        log = self.folder / "log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [line for line in lines if word in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """A machine that lacks nothing, with the environment made."""
    machine.state("has-pango")
    assert machine.run().returncode == 3
    machine.calls("")
    return machine


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_script_is_valid_for_posix_shells(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    subprocess.run([shell, "-n", str(ROOT / "run")], check=True)


def test_the_scripts_can_be_executed() -> None:
    for name in ("run", ".ci/run", "scripts/lock.sh"):
        assert os.access(ROOT / name, os.X_OK), name


def test_arguments_exit_code_and_working_folder_pass_through(ready: Machine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    done = ready.run("assess", "a b.yaml", "--x=*", cwd=elsewhere)
    assert done.stdout == f"greenbri in {elsewhere}:\n[assess][a b.yaml][--x=*]"
    assert done.returncode == 3


def test_a_machine_that_is_set_up_is_left_alone_and_nothing_is_said(ready: Machine) -> None:
    done = ready.run("check")
    assert done.stderr == ""
    assert ready.calls("") == []


def test_root_installs_only_what_is_missing(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 3
    apt = machine.calls("apt-get")
    assert apt == ["apt-get update", f"apt-get install -y --no-install-recommends {ALL_MISSING}"]
    assert "installing libpango" in done.stderr


def test_a_python_without_venv_gets_the_package_for_it(machine: Machine) -> None:
    machine.state("no-venv")
    machine.state("has-pango")
    assert machine.run().returncode == 3
    assert machine.calls("install -y") == ["apt-get install -y --no-install-recommends python3-venv"]


def test_nothing_missing_means_no_apt(machine: Machine) -> None:
    machine.state("has-pango")
    assert machine.run().returncode == 3
    assert machine.calls("apt-get") == []


def test_a_user_with_sudo_installs_through_it(machine: Machine) -> None:
    machine.user(1000)
    machine.tool("sudo", SUDO)
    assert machine.run().returncode == 3
    assert machine.calls("became root") == ["became root"]


def test_a_user_without_sudo_gets_the_exact_line_and_2(machine: Machine) -> None:
    machine.user(1000)
    done = machine.run("assess", "x.yaml")
    assert done.returncode == 2
    assert done.stdout == ""
    line = f"apt-get update && apt-get install -y --no-install-recommends {ALL_MISSING}"
    assert done.stderr.endswith(f": {line}\n")
    assert not machine.venv.exists()


def test_an_apt_that_fails_shows_its_words_and_the_line(machine: Machine) -> None:
    machine.state("apt-fails")
    done = machine.run()
    assert done.returncode == 2
    assert "E: broken" in done.stderr
    assert "apt-get update && apt-get install" in done.stderr


def test_a_system_without_apt_is_told_what_is_missing(machine: Machine) -> None:
    (machine.bin / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 2
    assert "no apt-get" in done.stderr
    assert ALL_MISSING in done.stderr


def test_no_apt_goes_on_without_pango_and_the_next_run_without_it_asks_again(machine: Machine) -> None:
    assert machine.run(GREENBRI_NO_APT="1").returncode == 3
    assert machine.calls("apt-get") == []
    assert machine.run().returncode == 3
    assert machine.calls("apt-get") != []


def test_a_python_out_of_range_is_refused_by_name(machine: Machine) -> None:
    machine.state("unsuitable-python3")
    done = machine.run()
    assert done.returncode == 2
    assert "Python 3.9.2 is not one of Python 3.10 to 3.13" in done.stderr


def test_another_python_on_the_path_is_taken_when_the_first_is_out_of_range(machine: Machine) -> None:
    machine.state("unsuitable-python3")
    machine.state("has-pango")
    machine.tool("python3.11", PYTHON)
    assert machine.run().returncode == 3
    assert [line for line in machine.calls("-m venv") if line.startswith("python3.11 ")]


def test_packages_are_installed_by_hash_and_the_project_without_network(machine: Machine) -> None:
    machine.state("has-pango")
    machine.run()
    locked, project = (line.split("--no-input ")[1] for line in machine.calls("-m pip --quiet"))
    assert locked == f"install --require-hashes -r {machine.root}/requirements.lock"
    assert project == f"install --no-index --no-deps --no-build-isolation --editable {machine.root}"


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed(ready: Machine, name: str) -> None:
    with (ready.root / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    ready.run()
    calls = ready.calls("")
    assert any("--require-hashes" in call for call in calls)
    assert not any("-m venv" in call for call in calls)


def test_a_failed_install_ends_with_2_and_is_made_anew_by_the_next_run(machine: Machine) -> None:
    machine.state("has-pango")
    machine.state("pip-fails")
    done = machine.run()
    assert done.returncode == 2
    assert "could not install" in done.stderr
    machine.calls("")
    (machine.folder / "pip-fails").unlink()
    assert machine.run().returncode == 3
    assert len(machine.calls("-m venv")) == 1


def test_an_environment_without_its_python_is_made_anew(ready: Machine) -> None:
    (ready.venv / "bin" / "python").unlink()
    assert ready.run().returncode == 3
    assert len(ready.calls("-m venv")) == 1


def test_the_suite_runs_at_the_root_without_heavy_tests(ready: Machine, tmp_path: Path) -> None:
    (tmp_path / "test_one.py").touch()
    done = ready.run("test", "test_one.py::test_a", "-k", "word", cwd=tmp_path)
    argument = f"{tmp_path}/test_one.py::test_a"
    assert done.stdout == f"pytest in {ready.root}: -m pytest -n 2 -q -m not heavy {argument} -k word\n"


def test_all_installs_what_heavy_tests_need_and_runs_them(ready: Machine) -> None:
    ready.tool("pdffonts", "#!/bin/sh\n")
    done = ready.run("test", "--all", "-x")
    assert done.stdout == f"pytest in {ready.root}: -m pytest -n 2 -q -x\n"
    assert [line for line in ready.calls("requirements-dev.lock") if "--require-hashes" in line]
    ready.run("test", "--all")
    ready.run("check")
    assert ready.calls("-m pip") == []


def test_all_installs_poppler_when_it_is_missing(ready: Machine) -> None:
    ready.tool("apt-get", APT_GET + 'printf \'#!/bin/sh\\n\' >"${0%/*}/pdffonts"; chmod +x "${0%/*}/pdffonts"\n')
    assert ready.run("test", "--all").returncode == 0
    assert ready.calls("install -y") == ["apt-get install -y --no-install-recommends poppler-utils"]


def test_no_registry_is_named_in_a_lock() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
