"""Imports point one way: grader ← question types ← registers ← content ← directives ← extension."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from support import PROJECT

SOURCE = PROJECT / "src" / "handbook"
LAYERS: tuple[frozenset[str], ...] = (
    frozenset(
        {"grader", "papers", "diagnostics", "citation", "ui_text", "csp", "browser_runtime", "swedish_calendar"}
        | {"flow_graph", "offline", "pdf", "short_links", "drawing"}
    ),
    frozenset({"yaml_source", "swedish_text", "result_file"}),
    frozenset({"entry", "toml_source"}),
    frozenset({"question_types.base"}),
    frozenset({"question_types.parts"}),
    frozenset(
        {"question_types.choice", "question_types.order", "question_types.match", "question_types.text_entry"}
        | {"question_types.numeric", "question_types.hottext", "question_types.branching", "question_types.dilemma"}
    ),
    frozenset({"question_types"}),
    frozenset({"law_register"}),
    frozenset({"rule_register", "profile", "lookup_renumbering", "lookup_synonyms", "picture_data"}),
    frozenset(
        {"question_bank", "item_options", "course_questions", "policy_register", "glossary"}
        | {"change_log", "coming_law", "guide", "subjects"}
    ),
    frozenset({"question_schema", "lint_view", "exercise_answers", "courseday_model"}),
    frozenset({"exercise_texts"}),
    frozenset({"content", "lint_checks", "picture_drawing"}),
    frozenset({"lookup_index"}),
    frozenset({"question_linter", "catalogue", "exercise", "exercise_wheel"}),
    frozenset({"coverage", "regrading", "answer_coverage", "review", "book", "courseday_text", "readability"}),
    frozenset({"courseday_checks"}),
    frozenset({"courseday", "courseday_handouts", "courseday_invitation", "courseday_papers", "courseday_slides"}),
    frozenset({"courseday_files"}),
    frozenset({"item_analysis", "verify", "call_graph"}),
    frozenset({"results"}),
    frozenset({"report_csv", "report_html", "exercise_tools"}),
    frozenset({"course_commands", "courseday_command", "review_command"}),
    frozenset({"__main__", "environment", "markup", "quiz_nodes", "theme"}),
    frozenset({"question_forms", "question_plain"}),
    frozenset({"question_html"}),
    frozenset({"call_directive", "coverage_directive", "law_directive", "quiz_directive"})
    | frozenset({"reference_directive", "rule_directive"}),
    frozenset({"exam_html", "glossary_directive", "picture_directive", "uncertainty_directive"}),
    frozenset({"exam_directive", "exercise_site", "guide_directive", "index_directive"}),
    frozenset({"exercise_directive", "print_directive"}),
    frozenset({"lookup_site"}),
    frozenset({"extension"}),
    frozenset({"__init__"}),
)
"""A module may import from the layers above its own line, and from nowhere else. A new module takes its place here."""

NOTHING_OF_OURS = LAYERS[0]
SPHINX_SIDE = frozenset(
    {"environment", "markup", "quiz_nodes", "theme", "extension", "call_directive"}
    | {"law_directive", "quiz_directive", "reference_directive", "rule_directive", "coverage_directive"}
    | {"question_forms", "question_plain", "question_html", "exam_directive", "exam_html"}
    | {"exercise_site", "exercise_directive", "guide_directive", "index_directive", "print_directive"}
    | {"lookup_site", "glossary_directive", "picture_directive", "uncertainty_directive"}
)
SPHINX = ("sphinx", "docutils", "myst_parser", "markdown_it", "jinja2", "furo", "sphinx_design", "jupyterlite_sphinx")
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}


def imports(source: str) -> set[str]:
    """Return the modules that *source* imports anywhere, ours as ``handbook.name``, those for types only included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found.update(f"handbook.{name.name}" for name in node.names if module == "handbook")
            found.add(module)
    return found


def ours(source: str) -> set[str]:
    """Return the names of our modules that *source* imports."""
    found = {name.removeprefix("handbook.") for name in imports(source) if name.startswith("handbook.")}
    return found - {"__version__"}


def misplaced(module: str, source: str) -> set[str]:
    """Return what *module* imports and may not."""
    (rank,) = [number for number, layer in enumerate(LAYERS) if module in layer]
    allowed = frozenset().union(*LAYERS[:rank])
    found = ours(source) - allowed
    if module not in SPHINX_SIDE | {"__init__"}:
        found |= {name for name in imports(source) if name.partition(".")[0] in SPHINX}
    return found | {name for name in imports(source) if name.startswith(".")}


def test_every_module_has_its_place() -> None:
    """A module that nobody placed in a layer would be checked by nobody."""
    assert set(MODULES) == set().union(*LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    """A module imports only from the layers before its own, and Sphinx only on the Sphinx side."""
    assert misplaced(module, MODULES[module].read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        ("law_register", "from handbook.content import load_content", {"content"}),
        ("content", "from handbook import environment", {"environment"}),
        ("question_bank", "def f():\n    import docutils.nodes", {"docutils.nodes"}),
        ("profile", "from handbook.rule_register import Rule", {"rule_register"}),
        ("grader", "from handbook.diagnostics import Code", {"diagnostics"}),
        ("markup", "from .rule_directive import badge", {".rule_directive"}),
    ],
)
def test_an_import_the_wrong_way_is_caught(module: str, line: str, found: set[str]) -> None:
    """The check sees imports inside functions, of whole modules, between equals and relative ones."""
    assert misplaced(module, line) == found


def test_the_grader_imports_json_and_nothing_else() -> None:
    """MicroPython in the page has no more than that, and the grader is one file."""
    assert imports(MODULES["grader"].read_text(encoding="utf-8")) == {"json"}


def test_the_first_layer_stands_alone() -> None:
    """What everything else rests on imports nothing of ours."""
    for module in NOTHING_OF_OURS:
        assert ours(MODULES[module].read_text(encoding="utf-8")) == set(), module


def test_the_content_is_read_without_sphinx() -> None:
    """Registers, bank and profile work where Sphinx, docutils and MyST cannot be imported at all."""
    code = (
        "import sys\n"
        f"for name in {SPHINX!r}: sys.modules[name] = None\n"
        "from pathlib import Path\n"
        "import handbook, handbook.browser_runtime, handbook.csp, handbook.__main__, handbook.content\n"
        f"content = handbook.content.load_content(Path({str(PROJECT)!r}))\n"
        "print(len(content.rules.rules), len(content.diagnostics))\n"
        f"print(*sorted(n for n in sys.modules if n.partition('.')[0] in {SPHINX!r} and sys.modules[n]))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.stderr == ""
    rules, _ = result.stdout.splitlines()[0].split()
    assert int(rules) >= 12
    assert result.stdout.splitlines()[1:] == [""]
