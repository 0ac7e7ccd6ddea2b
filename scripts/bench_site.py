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

from handbook import ui_text
from handbook.browser_runtime import PACKAGE
from handbook.content import load_content
from handbook.diagnostics import Code
from handbook.law_register import STRENGTHS
from handbook.question_types.choice import ChoiceQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handbook.content import Content
    from handbook.law_register import ProvisionEntry
    from handbook.question_types.base import Question

ROOT = Path(__file__).resolve().parents[1]
ASSETS = Path(__file__).with_name("bench")
PARTS = ("docs", "quizzes", "profiles", "exercises", PACKAGE)

_OURS = (
    "quiz|exam|rule|rule-index|law-register|diagnostics|parameters|calls|coverage|exercise|word-list|guide|guide-flow|"
    "content-changes|coming-law|new-numbers|picture|quick-guide|print-cards|bank|rule-facts|contacts|uncertain"
)
_BLOCK = re.compile(rf"^(`{{4,}})[^`].*?^\1$|^```\{{({_OURS})\}}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROLE = re.compile(r"\{(?:law|rule)\}`([^`<]*?)\s*(?:<[^`]*>)?`")
_FORM = re.compile(r'<form class="question".*?</form>', re.DOTALL)
QUESTIONS = 40
"""How many are answered in a row."""
_FORTY_KINDS = ('data-type="choice"', 'data-type="multiple_response"')
"""The types that the hand-written page grades."""
_QUIZ_SCRIPT = re.compile(r"<script[^>]*quiz\.js[^>]*></script>")
_PLAIN_SETTINGS = """
extensions = ["myst_parser", "sphinx_design"]
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
    for name in ("conf.py", "requirements.txt"):
        shutil.copy(ROOT / name, target)
    package = Path(ui_text.__file__).parent
    shutil.copytree(package, target / "src" / package.name, ignore=shutil.ignore_patterns("__pycache__"))


def leave_out_exercises(source: Path) -> None:
    """Leave JupyterLite out of the builds that are timed: it is no part of the extension that is measured."""
    path = source / "conf.py"
    path.write_text(path.read_text(encoding="utf-8").replace('"jupyterlite_sphinx", ', ""), encoding="utf-8")


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
        practice = f"## {ui_text.PRACTISE}\n\n```{{quiz}}\n:rule: {path.stem}\n```"
        text += f"\n\n{practice}\n\n## {ui_text.ABOUT_RULE}\n\n{_plain_facts(path.stem, content)}\n"

    def written_out(match: re.Match[str]) -> str:
        example, kind, body = match.groups()
        if example:
            return match.group()
        if kind == "quiz":
            return "\n\n".join(_plain_question(question, content) for question in _asked_for(body, content))
        if kind == "exam":
            chosen = [question for question in content.bank.questions.values() if not question.common.is_example]
            return "\n\n".join(_plain_question(question, content) for question in chosen)
        if kind == "rule":
            return _plain_card(path.stem, content)
        return _PLAIN_LISTS[kind](content) if kind in _PLAIN_LISTS else ""  # then ours writes more, and pays for it

    def text_of(match: re.Match[str]) -> str:
        shown = match.group(1)
        return content.rules.rules[shown].question if shown in content.rules.rules else shown

    return _ROLE.sub(text_of, _BLOCK.sub(written_out, text))


def _asked_for(options: str, content: Content) -> Iterator[Question]:
    """Yield the questions that a quiz block with these options shows."""
    found = {name: names.replace(" ", "").split(",") for name, names in re.findall(r"^:(\w+): (.*)$", options, re.M)}
    excluded, named = found.get("exclude", []), found.get("question", [])
    most = int(found["most"][0]) if "most" in found else None
    wanted = [content.bank.questions[question_id] for question_id in named]
    wanted += [item for item in content.bank.questions.values() if item.common.module in found.get("module", [])]
    for rule_id in found.get("rule", []):
        wanted += [question for question in content.bank.practising(rule_id) if question.id not in excluded][:most]
    yield from {question.id: question for question in wanted}.values()


def _plain_question(question: Question, content: Content) -> str:
    """Return the question with its key and sources; of a type that is not a choice, the texts of its definition."""
    shown, reasons = [text for text in _texts(question.definition()) if " " in text], []
    if isinstance(question, ChoiceQuestion):
        shown = [choice.text for choice in question.choices]
        for choice in question.choices:
            word = ui_text.CORRECT_CHOICE if choice.id in question.correct else ui_text.WRONG_CHOICE
            meaning = f"{word} – {ui_text.SEVERITIES[choice.severity]}" if choice.severity else word
            reasons.append(f"**{choice.id}: {meaning}.** {choice.feedback}")
    rules = [content.rules.rules[name] for name in question.common.rules]
    laws = ", ".join(content.laws.entries[rule.provisions[0]].citation for rule in rules)
    sources = f"{ui_text.RULE_SOURCE} {', '.join(rule.question for rule in rules)} {ui_text.LAW_SOURCE} {laws}"
    return "\n\n".join([
        f"**{ui_text.QUESTION}** {ui_text.HINTS['choice']}", question.common.prompt, _listed(shown),
        f"*{ui_text.KEY}*", _listed(reasons), question.common.explanation or "", sources,
    ])  # fmt: skip


def _texts(value: object) -> Iterator[str]:
    """Yield every text in nested JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _listed(items: Iterable[str]) -> str:
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


def _plain_card(rule_id: str, content: Content) -> str:
    rule = content.rules.rules[rule_id]
    who = ", ".join(content.profile.contacts[role].name for role in rule.who_decides) if content.profile else ""
    fields = {
        ui_text.SHORT_ANSWER: rule.short_answer, ui_text.SAY: rule.say, ui_text.DO_NOT_ASK: rule.do_not_ask,
        ui_text.WHO_DECIDES: f"{who}\n\n{rule.who_decides_note}", ui_text.UNCERTAIN: rule.uncertain,
    }  # fmt: skip
    return "\n\n".join([f"**{rule.verdict}**", *(f"{label}\n\n{text}" for label, text in fields.items() if text)])


def _plain_facts(rule_id: str, content: Content) -> str:
    rule = content.rules.rules[rule_id]
    entries = [content.laws.entries[name] for name in rule.provisions]
    facts = {
        ui_text.PROVISIONS: "; ".join(f"{entry.citation} – {entry.heading} ({entry.strength})" for entry in entries),
        ui_text.CHANGED: rule.changed, ui_text.IN_FORCE: rule.in_force, ui_text.LAST_CHECKED: rule.last_checked,
        ui_text.CONFIDENCE: rule.confidence, ui_text.OWNER: rule.owner,
        ui_text.COURSE_QUESTIONS: ", ".join(rule.answers), ui_text.SEARCH_WORDS: ", ".join(rule.search_words),
    }  # fmt: skip
    return _listed(f"{label}: {fact}" for label, fact in facts.items() if fact)


def _plain_rules(content: Content) -> str:
    rules = content.rules.rules.values()
    return _listed(f"**{rule.verdict}** {rule.question}\n\n{rule.short_answer}" for rule in rules)


def _plain_laws(content: Content) -> str:
    return "\n\n".join(
        f"## {law.name} ({law.sfs})\n\n"
        + "\n\n".join(_plain_law(entry, content) for entry in content.laws.entries.values() if entry.law is law)
        for law in content.laws.laws.values()
    )


def _plain_law(entry: ProvisionEntry, content: Content) -> str:
    cited = [f"{rule.question} ({len(content.bank.citing(rule.id))})" for rule in content.rules.citing(entry.id)]
    facts = {
        ui_text.STRENGTH: f"{entry.strength} ({STRENGTHS.get(entry.strength, '')})", ui_text.APPLIES: entry.applies,
        ui_text.SECRECY_TIME: entry.secrecy_time, ui_text.INFORMANTS: entry.informants,
        ui_text.AMENDED: ui_text.AMENDED_TEXT.format(series="SFS", number=entry.amended_by, date=entry.in_force),
        ui_text.FORMERLY: entry.formerly, ui_text.NOTE: entry.note, ui_text.CONFIDENCE: entry.confidence,
        ui_text.LAST_CHECKED: entry.last_checked, ui_text.SOURCES: "; ".join(entry.sources),
        ui_text.CITED_BY: "; ".join(cited),
    }  # fmt: skip
    listed = _listed(f"{label}: {fact}" for label, fact in facts.items() if fact)
    return f"### {entry.citation} – {entry.heading}\n\n{entry.gist}\n\n{listed}"


def _plain_diagnostics(_content: Content) -> str:
    return _listed(f"`handbook.{code.tag}` {code.value}" for code in Code)


def _plain_parameters(content: Content) -> str:
    values = content.profile.values if content.profile else {}
    return "\n\n".join(
        f"`{item.name}` – {item.description}\n\n"
        + _listed([
            f"{ui_text.THIS_EDITION}: {values.get(item.name, '')} {item.unit}",
            f"{ui_text.DEFAULT_VALUE}: {item.default} {item.unit}", f"{ui_text.REASON}: {item.reason}",
            f"{ui_text.BOUND}: {item.bound.because if item.bound else '–'}",
        ])
        for item in content.parameters.values()
    )  # fmt: skip


_PLAIN_LISTS: dict[str, Callable[[Content], str]] = {
    "rule-index": _plain_rules, "law-register": _plain_laws,
    "diagnostics": _plain_diagnostics, "parameters": _plain_parameters,
}  # fmt: skip


# --- Building ----------------------------------------------------------------------------------------


def build(source: Path, out: Path) -> BuildTime:
    """Build *source* into *out* from nothing, with nothing kept from an earlier build."""
    shutil.rmtree(out, ignore_errors=True)
    environment = {key: value for key, value in os.environ.items() if key != "HANDBOOK_PROFILE"}
    environment["PYTHONPATH"] = str(source / "src")
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
    """Add a bare page with the chapter's first form, one with all its forms, and the chapter with the same script.

    Beside them stand the chapter filled up to forty questions with those of other chapters, and a bare page with them.
    """
    text = (html / chapter).read_text(encoding="utf-8")
    forms = _FORM.findall(text)
    if not forms:
        raise BuildError(f"{chapter} has no question")
    bare = html / "bare"
    bare.mkdir()
    shutil.copy(ASSETS / "bare.js", bare)
    template = (ASSETS / "bare.html").read_text(encoding="utf-8")
    more = _questions_elsewhere(html / chapter, forms)
    for name, shown in (("one.html", forms[:1]), ("all.html", forms), ("forty.html", forms + more)):
        (bare / name).write_text(template.replace("{forms}", "\n".join(shown)), encoding="utf-8")
    same = _QUIZ_SCRIPT.sub('<script src="/bare/bare.js" defer></script>', text)
    (html / chapter).with_name("hand-written.html").write_text(same, encoding="utf-8")
    forty = text.replace(forms[-1], "\n".join([forms[-1], *more]))
    (html / chapter).with_name("forty.html").write_text(forty, encoding="utf-8")


def _questions_elsewhere(chapter: Path, forms: list[str]) -> list[str]:
    """Return as many questions with choices from the other chapters as make forty with the chapter's own."""
    pages = sorted(page for page in chapter.parent.glob("*.html") if page != chapter)
    found = [form for page in pages for form in _FORM.findall(page.read_text(encoding="utf-8"))]
    ours, others = ([form for form in each if any(kind in form for kind in _FORTY_KINDS)] for each in (forms, found))
    needed = QUESTIONS - len(ours)
    if len(others) < needed:
        raise BuildError(f"the chapters have no {QUESTIONS} questions with choices")
    return others[: max(needed, 0)]


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
