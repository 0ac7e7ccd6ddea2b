"""What the Sphinx side shares: the content of this build, what each page embeds, and warnings in one form."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from sphinx.util import logging

from handbook.catalogue import content_version
from handbook.content import (
    CHANGE_LOG,
    COMING_FILE,
    COURSE_QUESTIONS_FILE,
    GLOSSARY_FILE,
    GUIDE_FILE,
    LAW_FOLDER,
    PICTURE_FILE,
    POLICY_FOLDER,
    POLICY_PAGES,
    PROFILE_FOLDER,
    QUIZ_FOLDER,
    RULE_FOLDER,
    SUBJECT_FILE,
    Content,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from handbook.diagnostics import Code

_logger = logging.getLogger(__name__)
_content: WeakKeyDictionary[Config, Content] = WeakKeyDictionary()
_version: WeakKeyDictionary[Config, str] = WeakKeyDictionary()
_mark: WeakKeyDictionary[Config, str] = WeakKeyDictionary()
_said: set[tuple[str, str | None]] = set()


def content_of(config: Config) -> Content:
    """Return the content that was read when the build began."""
    return _content[config]


def remember_content(config: Config, content: Content) -> None:
    """Keep *content* for this build; it is not a configuration value, since Sphinx would store it with the pages."""
    _content[config] = content
    _version.pop(config, None)
    _mark.pop(config, None)
    _said.clear()


def version_of(config: Config) -> str:
    """Return the version of the content of this build, which takes a while to find and is asked for often."""
    if config not in _version:
        _version[config] = content_version(content_of(config))
    return _version[config]


def warn(text: str, code: Code, location: str | None) -> None:
    """Log a warning at *location* (``file:line``) that can be suppressed as ``handbook.<code>``.

    It is said once, although a question or a short answer with a slip in it may stand on several pages.
    """
    if (text, location) in _said:
        return
    _said.add((text, location))
    _logger.warning(text, location=location, type="handbook", subtype=code.tag)


def embedded_questions(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the ids of the questions that each page embeds, by page."""
    return cast("dict[str, list[str]]", vars(env).setdefault("handbook_embedded", {}))


def bank_pages(env: BuildEnvironment) -> dict[str, str]:
    """Return the page that carries the questions of the whole bank, by folder."""
    return cast("dict[str, str]", vars(env).setdefault("handbook_bank_pages", {}))


def bank_mark(config: Config) -> str:
    """Return a mark of what the questions look like: the content, and the program that writes them."""
    if config not in _mark:
        found = hashlib.sha256((digest(content_of(config).root) + (config.handbook_profile or "")).encode())
        for path in sorted(Path(__file__).parent.rglob("*.py")):
            found.update(path.read_bytes())
        _mark[config] = found.hexdigest()[:8]
    return _mark[config]


def digest(root: Path) -> str:
    """Return a digest of every register, question, profile and list below *root*."""
    found = hashlib.sha256()
    single = [(file.parent, file.name) for file in (GUIDE_FILE, SUBJECT_FILE, COMING_FILE, CHANGE_LOG)]
    for folder, pattern in (
        (LAW_FOLDER, "*.yaml"), (RULE_FOLDER, "*.md"), (QUIZ_FOLDER, "*.yaml"), (PROFILE_FOLDER, "*"),
        (COURSE_QUESTIONS_FILE.parent, COURSE_QUESTIONS_FILE.name), (POLICY_FOLDER, "*.yaml"),
        (POLICY_PAGES, "*.md"), *single,
        (GLOSSARY_FILE.parent, GLOSSARY_FILE.name), (PICTURE_FILE.parent, PICTURE_FILE.name),
    ):  # fmt: skip
        for path in sorted((root / folder).glob(pattern)):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _outdated(app: Sphinx, env: BuildEnvironment, *_sets: set[str]) -> list[str]:
    """Return all pages when a register, question or profile has changed, since any page may show it."""
    current = digest(app.confdir) + (app.config.handbook_profile or "")
    changed = vars(env).get("handbook_digest") != current
    vars(env)["handbook_digest"] = current
    return sorted(env.found_docs) if changed else []


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    embedded_questions(env).pop(docname, None)
    for folder in [folder for folder, page in bank_pages(env).items() if page == docname]:
        del bank_pages(env)[folder]


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    theirs = embedded_questions(other)
    embedded_questions(env).update({name: theirs[name] for name in docnames if name in theirs})
    for folder, page in bank_pages(other).items():
        bank_pages(env).setdefault(folder, page)


def setup_environment(app: Sphinx) -> None:
    """Register what keeps incremental and parallel builds right."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
