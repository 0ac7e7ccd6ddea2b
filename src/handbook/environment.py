"""What the Sphinx side shares: the content of this build, what each page embeds, and warnings in one form."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from sphinx.util import logging

from handbook.content import (
    COURSE_QUESTIONS_FILE,
    GLOSSARY_FILE,
    LAW_FOLDER,
    PICTURE_FILE,
    POLICY_FOLDER,
    PROFILE_FOLDER,
    QUIZ_FOLDER,
    RULE_FOLDER,
    Content,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from handbook.diagnostics import Code

_logger = logging.getLogger(__name__)
_content: WeakKeyDictionary[Config, Content] = WeakKeyDictionary()
_said: set[tuple[str, str | None]] = set()


def content_of(config: Config) -> Content:
    """Return the content that was read when the build began."""
    return _content[config]


def remember_content(config: Config, content: Content) -> None:
    """Keep *content* for this build; it is not a configuration value, since Sphinx would store it with the pages."""
    _content[config] = content
    _said.clear()


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


def digest(root: Path) -> str:
    """Return a digest of every register, question and profile below *root*."""
    found = hashlib.sha256()
    for folder, pattern in (
        (LAW_FOLDER, "*.yaml"), (RULE_FOLDER, "*.md"), (QUIZ_FOLDER, "*.yaml"), (PROFILE_FOLDER, "*"),
        (COURSE_QUESTIONS_FILE.parent, COURSE_QUESTIONS_FILE.name), (POLICY_FOLDER, "*.yaml"),
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


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    theirs = embedded_questions(other)
    embedded_questions(env).update({name: theirs[name] for name in docnames if name in theirs})


def setup_environment(app: Sphinx) -> None:
    """Register what keeps incremental and parallel builds right."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
