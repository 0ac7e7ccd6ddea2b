"""The table of contents of the Sphinx side: what is registered, and in which order a build uses it."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from handbook import __version__
from handbook.browser_runtime import GRADER_FILE, PAPERS_FILE, RUNTIME_FILE, RuntimeMissingError, write_runtime
from handbook.call_directive import setup_calls
from handbook.content import PROFILE_FOLDER, RULE_FOLDER, load_content
from handbook.coverage_directive import setup_coverage
from handbook.csp import blocked, write_policy
from handbook.diagnostics import Code
from handbook.environment import content_of, embedded_questions, remember_content, setup_environment, warn
from handbook.exam_directive import exam_node, setup_exams
from handbook.exercise_directive import setup_exercises
from handbook.exercise_site import LITE, setup_exercise_site
from handbook.glossary_directive import setup_glossary
from handbook.guide_directive import setup_guide
from handbook.index_directive import setup_indexes
from handbook.law_directive import setup_laws
from handbook.lookup_site import setup_lookup
from handbook.offline import MANIFEST_FILE, is_installable, write_offline
from handbook.picture_directive import setup_pictures
from handbook.print_directive import setup_print
from handbook.profile import DEFAULT_PROFILE
from handbook.question_html import setup_questions
from handbook.quiz_directive import setup_quiz_directive
from handbook.quiz_nodes import question_node
from handbook.reference_directive import setup_references
from handbook.rule_directive import setup_rules
from handbook.short_links import write_short_links
from handbook.theme import STATIC_DIR, setup_theme
from handbook.uncertainty_directive import setup_uncertainty

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything; return what Sphinx asks of an extension."""
    app.add_config_value("handbook_profile", None, "env", types=frozenset({str, type(None)}))
    app.connect("config-inited", _read_content)
    app.connect("builder-inited", _prepare_assets)
    app.connect("env-check-consistency", _check_embedding)
    app.connect("html-page-context", _add_quiz_script)
    app.connect("html-page-context", _add_offline_script)
    app.connect("build-finished", _finish)
    app.connect("build-finished", _make_installable, priority=970)  # late: every file then is what readers get
    setup_environment(app)
    setup_laws(app)
    setup_rules(app)
    setup_guide(app)
    setup_indexes(app)
    setup_print(app)
    setup_questions(app)
    setup_quiz_directive(app)
    setup_exams(app)
    setup_references(app)
    setup_lookup(app)
    setup_calls(app)
    setup_coverage(app)
    setup_glossary(app)
    setup_pictures(app)
    setup_uncertainty(app)
    setup_theme(app)
    setup_exercises(app)
    setup_exercise_site(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def _read_content(app: Sphinx, config: Config) -> None:
    """Read registers, bank and profile; every slip becomes a warning, an unlawful profile ends the build."""
    name = config.handbook_profile or os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE
    config.handbook_profile = name
    content = load_content(Path(app.confdir), name)
    if content.profile is None:
        profiles = content.root / PROFILE_FOLDER
        slips = [item.render(content.root) for item in content.diagnostics if item.path.is_relative_to(profiles)]
        _refuse(f"The profile '{name}' cannot be used, so nothing was built.", *slips)
    for item in content.diagnostics:
        warn(item.text, item.code, f"{item.path}:{item.line}")
    remember_content(config, content)
    config.myst_substitutions = {**config.myst_substitutions, **content.profile.substitutions()}
    config.suppress_warnings = [*config.suppress_warnings, "myst.substitution"]  # handbook.unknown_parameter says it
    config.html_title = f"{config.project} – {content.profile.municipality}"
    checked = max((rule.last_checked for rule in content.rules.rules.values()), default=None)
    config.html_context = {
        **config.html_context,
        "handbook_edition": content.profile.municipality,
        "handbook_checked": checked.isoformat() if checked else "",
    }


def _runtime_folder(app: Sphinx) -> Path:
    """Return where the built site keeps the interpreter and the grader."""
    return Path(app.outdir) / "_static" / "handbook"


def _refuse(*lines: str) -> NoReturn:
    """End the build with a message. Sphinx prints a traceback for every exception of its own, so this is not one."""
    raise SystemExit("\n".join(lines))


def _prepare_assets(app: Sphinx) -> None:
    """Put the interpreter and the grader into the site."""
    if app.builder.format != "html":
        return
    try:
        write_runtime(Path(app.confdir), _runtime_folder(app))
    except RuntimeMissingError as error:
        _refuse(str(error))


def _check_embedding(app: Sphinx, env: BuildEnvironment) -> None:
    """Report questions of a module without a page, and modules that practise none of a rule's questions."""
    embedded = embedded_questions(env)
    bank = content_of(app.config).bank
    practised = {(page, bank.questions[name].common.rules[0]) for page, names in embedded.items() for name in names}
    for question in bank.questions.values():
        page = f"kurs/{question.common.module}"
        if (page, question.common.rules[0]) not in practised and not question.common.is_example:
            warn(
                f"question '{question.id}' belongs to docs/{page}.md, which embeds no question on "
                f"'{question.common.rules[0]}'. Hint: Add ':rule: {question.common.rules[0]}' to a {{quiz}} there, "
                "or correct 'module'.",
                Code.UNUSED_QUESTION,
                f"{question.common.path}:{question.common.line}",
            )


def _add_quiz_script(
    app: Sphinx, _pagename: str, _template: str, _context: dict[str, object], doctree: nodes.document | None
) -> None:
    """Add the quiz script to pages that have a quiz, with the addresses of what it may fetch later."""
    if doctree is None or next(doctree.findall(lambda node: isinstance(node, question_node | exam_node)), None) is None:
        return
    runtime, grader, papers = (_address(app, name) for name in (RUNTIME_FILE, GRADER_FILE, PAPERS_FILE))
    values = content_of(app.config).profile
    attributes: dict[str, Any] = {
        "data-runtime": f"{runtime} {grader}",
        "data-papers": papers,
        "data-remember": " ".join(_marked(name) for name in ("storage.js", "remember.js")),
        "data-shared-pc": values.values.get("kurs.delad_dator", "nej") if values else "nej",
    }
    app.add_js_file("quiz-answers.js", loading_method="defer")
    app.add_js_file("quiz.js", loading_method="defer", **attributes)
    for name in _exam_scripts(doctree):
        app.add_js_file(name, loading_method="defer")


def _exam_scripts(doctree: nodes.document) -> list[str]:
    """Return the scripts of a page with a test, practice or repetition."""
    kinds = {node["kind"] for node in doctree.findall(exam_node)}
    found = ["storage.js", "remember.js", "paper-page.js"] if kinds else []
    found += ["exam.js"] if kinds & {"pre", "final"} else []
    return found + (["practice.js"] if kinds & {"practice", "repetition"} else [])


def _marked(name: str) -> str:
    """Return where quiz.js finds another of our scripts, with a mark of its content."""
    return f"{name}?v={zlib.crc32((STATIC_DIR / name).read_bytes()):08x}"


def _address(app: Sphinx, name: str) -> str:
    """Return where quiz.js finds a file of the interpreter, with a mark of its content so that no old one is kept."""
    return f"handbook/{name}?v={zlib.crc32((_runtime_folder(app) / name).read_bytes()):08x}"


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the content policy and report what it would block."""
    if exception is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    rules = content_of(app.config).rules.rules
    pages = {name: app.builder.get_target_uri(f"{RULE_FOLDER.name}/{name}") for name in rules}
    titles = {name: rule.question for name, rule in rules.items()}
    write_short_links(Path(app.outdir), str(app.config.html_title), titles, pages)
    write_policy(Path(app.outdir), installable=_is_installable(app))
    for path, line, what in blocked(Path(app.outdir), besides=LITE):
        hint = "Use a class and the style sheet, or a file in docs/_static."
        warn(f"csp.txt would block {what}. Hint: {hint}", Code.CONTENT_POLICY, f"{path}:{line}")


def _is_installable(app: Sphinx) -> bool:
    """Return whether this edition opts in to a copy in the reader's browser."""
    profile = content_of(app.config).profile
    return profile is not None and is_installable(profile.values)


def _add_offline_script(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    """Let the pages of an edition that can be installed name its manifest and register its service worker."""
    if app.builder.format == "html" and _is_installable(app):
        context["handbook_manifest"] = MANIFEST_FILE
        app.add_js_file("offline.js", loading_method="defer", priority=900)


def _make_installable(app: Sphinx, exception: Exception | None) -> None:
    """Write the service worker: the one that keeps a copy, or the one that removes it."""
    if exception is None and app.builder.name in {"html", "dirhtml"}:
        short_name = str(app.config.html_short_title or app.config.project)
        installable = _is_installable(app)
        write_offline(Path(app.outdir), str(app.config.html_title), short_name, installable=installable)
