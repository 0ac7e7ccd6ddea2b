"""The folders that the benchmark builds and serves: the handbook, and the same pages without our extension."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.browser_runtime import PACKAGE
from handbook.content import Content, load_content
from handbook.question_types.choice import ChoiceQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.question_types.base import Question

ROOT = Path(__file__).resolve().parents[1]
ASSETS = Path(__file__).with_name("bench")
PARTS = ("docs", "quizzes", "profiles", str(PACKAGE))

_BLOCK = re.compile(r"^```\{(quiz|rule|rule-index|law-register)\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROLE = re.compile(r"\{(?:law|rule)\}`([^`<]*?)\s*(?:<[^`]*>)?`")
_FORM = re.compile(r'<form class="question".*?</form>', re.DOTALL)
_QUIZ_SCRIPT = re.compile(r"<script[^>]*quiz\.js[^>]*></script>")
_PLAIN_SETTINGS = """
extensions = ["myst_parser", "sphinx_design"]
templates_path = []
myst_substitutions = {substitutions!r}
"""


class BuildError(RuntimeError):
    """Sphinx did not finish; the text is what it said."""


@dataclass(frozen=True)
class BuildTime:
    """How long one build took, in seconds by the clock and in seconds of processor time (0 where unknown)."""

    wall: float
    processor: float


# --- Two copies of the source ------------------------------------------------------------------------


def copy_handbook(target: Path) -> None:
    """Copy what a build reads, so that nobody's edits change what is measured."""
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "conf.py", target)


def copy_without_extension(source: Path, target: Path) -> None:
    """Copy the pages of *source*, with our directives and roles written out as ordinary Markdown of the same text."""
    content = load_content(source)
    shutil.copytree(source / "docs", target / "docs")
    for path in sorted((target / "docs").rglob("*.md")):
        path.write_text(plain_page(path, content), encoding="utf-8")
    substitutions = content.profile.substitutions() if content.profile else {}
    settings = (source / "conf.py").read_text(encoding="utf-8") + _PLAIN_SETTINGS.format(substitutions=substitutions)
    (target / "conf.py").write_text(settings, encoding="utf-8")


def plain_page(path: Path, content: Content) -> str:
    """Return the page in *path* with the text that our extension would write, as ordinary Markdown."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "sla-upp" and path.stem in content.rules.rules:
        text += f"\n\n## Öva\n\n```{{quiz}}\n:rule: {path.stem}\n```\n\n## Om regeln\n\n{_plain_facts(path.stem, content)}"

    def written_out(match: re.Match[str]) -> str:
        kind, body = match.groups()
        if kind == "quiz":
            return "\n\n".join(_plain_question(question) for question in _asked_for(body, content))
        if kind == "rule":
            return _plain_card(path.stem, content)
        return _plain_rules(content) if kind == "rule-index" else _plain_laws(content)

    return _ROLE.sub(r"\1", _BLOCK.sub(written_out, text))


def _asked_for(options: str, content: Content) -> Iterator[Question]:
    found = {name: names.replace(" ", "").split(",") for name, names in re.findall(r"^:(\w+): (.*)$", options, re.M)}
    for question_id in found.get("question", []):
        yield content.bank.questions[question_id]
    for rule_id in found.get("rule", []):
        yield from (item for item in content.bank.practising(rule_id) if item.id not in found.get("exclude", []))


def _plain_question(question: Question) -> str:
    if not isinstance(question, ChoiceQuestion):
        raise TypeError(f"the benchmark cannot write out the type '{question.common.type}'")
    choices = [f"- {_indented(choice.text)}" for choice in question.choices]
    reasons = [f"- **{choice.id}: svar.** {_indented(choice.feedback)}" for choice in question.choices]
    blocks = ["**Fråga**", question.common.prompt, "\n".join(choices), "*Svar och förklaring*", "\n".join(reasons)]
    return "\n\n".join([*blocks, question.common.explanation or "", "Regel: " + ", ".join(question.common.rules)])


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _plain_card(rule_id: str, content: Content) -> str:
    rule = content.rules.rules[rule_id]
    who = ", ".join(rule.who_decides)
    fields = {"Kort svar": rule.short_answer, "Säg så här": rule.say, "Fråga inte": rule.do_not_ask, "Vem avgör": who}
    blocks = [f"**{rule.verdict}**", *(f"{label}\n\n{text}" for label, text in fields.items()), rule.who_decides_note]
    return "\n\n".join([*blocks, rule.uncertain or ""])


def _plain_facts(rule_id: str, content: Content) -> str:
    rule = content.rules.rules[rule_id]
    entries = [content.laws.entries[name] for name in rule.provisions]
    facts = [f"{entry.citation} – {entry.heading} ({entry.strength})" for entry in entries]
    facts += [str(rule.in_force), str(rule.last_checked), rule.confidence, rule.owner, ", ".join(rule.search_words)]
    return "\n".join(f"- {_indented(fact)}" for fact in [*facts, rule.changed or "–"])


def _plain_rules(content: Content) -> str:
    return "\n".join(f"- {rule.question}\n\n  {_indented(rule.short_answer)}" for rule in content.rules.rules.values())


def _plain_laws(content: Content) -> str:
    sections = []
    for law in content.laws.laws.values():
        sections.append(f"## {law.name} ({law.sfs})")
        for entry in content.laws.entries.values():
            if entry.law.code == law.code:
                facts = (entry.strength, entry.applies, entry.secrecy_time, entry.informants, entry.formerly, entry.note)
                cited = [rule.question for rule in content.rules.citing(entry.id)]
                listed = [fact for fact in (*facts, "; ".join(entry.sources), "; ".join(cited)) if fact]
                sections.append(f"### {entry.citation} – {entry.heading}\n\n{entry.gist}")
                sections.append("\n".join(f"- {_indented(fact)}" for fact in listed))
    return "\n\n".join(sections)


# --- Building ----------------------------------------------------------------------------------------


def build(source: Path, out: Path) -> BuildTime:
    """Build *source* into *out* from nothing, with nothing kept from an earlier build."""
    shutil.rmtree(out, ignore_errors=True)
    environment = {key: value for key, value in os.environ.items() if key != "HANDBOOK_PROFILE"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-a", "-d", f"{out}-doctrees", "-b", "html"]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        [*command, "-c", str(source), str(source / "docs"), str(out)],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    wall, after = time.perf_counter() - start, os.times()
    shutil.rmtree(f"{out}-doctrees", ignore_errors=True)
    if done.returncode:
        raise BuildError(done.stderr.decode("utf-8", "replace"))
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return BuildTime(wall, used)


def add_compared_pages(html: Path, chapter: str) -> None:
    """Add the bare page with the chapter's first form, and the whole chapter with the bare page's script."""
    text = (html / chapter).read_text(encoding="utf-8")
    form = _FORM.search(text)
    if form is None:
        raise BuildError(f"{chapter} has no question")
    bare = html / "bare"
    bare.mkdir()
    template = (ASSETS / "bare.html").read_text(encoding="utf-8")
    (bare / "index.html").write_text(template.replace("{form}", form.group()), encoding="utf-8")
    shutil.copy(ASSETS / "bare.js", bare)
    same = _QUIZ_SCRIPT.sub('<script src="/bare/bare.js" defer></script>', text)
    (html / chapter).with_name("hand-written.html").write_text(same, encoding="utf-8")


# --- Serving -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fetch:
    """One answer of the server: the path asked for, the status and the size of the body on the wire."""

    path: str
    status: int
    size: int


@dataclass
class Site:
    """A folder served on 127.0.0.1, gzipped like a common web server's, with a log of what was fetched."""

    folder: Path
    log: list[Fetch] = field(default_factory=list)

    def __enter__(self) -> Site:
        """Start serving on a free port."""
        site = self

        class Handler(_Handler):
            served = site

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    @functools.cache  # noqa: B019  (one site in the life of the program)
    def packed(self, path: str) -> bytes:
        """Return the gzipped file, packed once so that packing is not what is measured."""
        return gzip.compress((self.folder / path.lstrip("/")).read_bytes(), 6, mtime=0)

    def __hash__(self) -> int:
        """Let the cache tell sites apart."""
        return id(self)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET with gzipped files that a browser may keep for an hour, as in a usual set-up of a web server."""

    served: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        """Send one file, and note it."""
        path = self.path.partition("?")[0]
        try:
            body, status = self.served.packed(path + "index.html" if path.endswith("/") else path), 200
        except OSError:
            body, status = b"", 404
        self.served.log.append(Fetch(path, status, len(body)))
        self.send_response(status)
        kind = mimetypes.guess_type(path)[0] or "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        self.send_header("Cache-Control", "max-age=3600" if "/_static/" in path else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing; the log is kept in the site."""
