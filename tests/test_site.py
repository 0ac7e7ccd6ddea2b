"""The built handbook as a whole: links lead somewhere, nothing comes from outside, and every part is in its place."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from support import PROJECT, Tag, page_tree, real_content

from handbook import ui_text
from handbook.csp import POLICY, blocked
from handbook.exercise_site import LITE
from handbook.rule_register import SECTIONS

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = ("href", "src", "action", "data", "poster", "srcset", "data-runtime", "formaction", "xlink:href")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
OUTSIDE = re.compile(r"(?:https?|wss?|ftp):/|(?:^|(?<=[\"'`(=]))//\w", re.IGNORECASE)
ONLY_MENTIONED = (
    "http://www.w3.org/2000/svg",  # the name of SVG, which nothing fetches
    "https://emscripten.org/docs/getting_started/FAQ.html",  # in an error message of the interpreter
    "https://developer.mozilla.org/en-US/docs/Web/JavaScript/",  # in a comment of Sphinx's search
)
HASHED_NAMES = frozenset(
    {"002f0c76c3b4", "0e99fcdbc779", "4113c2de6694", "4fc7fc3efb87", "722050b2e05b", "9d4a81230960", "ecdc7364c46d"}
)
"""The surnames in the sources, as the first twelve digits of SHA-256 of the lowercase word: nobody is named here."""


def of_ours(site: Path, pattern: str) -> list[Path]:
    """Return the files of the site that are the handbook's own; JupyterLite has tests of its own."""
    return [path for path in sorted(site.rglob(pattern)) if path.is_file() and path.relative_to(site).parts[0] != LITE]


@pytest.fixture(scope="module")
def trees(site: Path) -> dict[str, Tag]:
    """Return the elements of every page of the site, by path."""
    return {
        path.relative_to(site).as_posix(): page_tree(path.read_text(encoding="utf-8"))
        for path in of_ours(site, "*.html")
    }


def addresses(tree: Tag) -> list[str]:
    """Return every address on a page, wherever it stands."""
    found: list[str] = []
    for tag in tree.all():
        for name in ADDRESSES:
            value = tag.attributes.get(name, "")
            found += value.split() if name in {"data-runtime", "srcset"} else [value] if value else []
    return found


# --- Links -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def anchors(trees: dict[str, Tag]) -> dict[str, set[str]]:
    """Return the ids on every page."""
    return {path: {tag["id"] for tag in tree.all() if "id" in tag.attributes} for path, tree in trees.items()}


def broken(page: str, tree: Tag, ids: dict[str, set[str]], site: Path) -> list[str]:
    """Return the addresses on a page that lead nowhere in the site, whose pages have these *ids*."""
    found = []
    for address in addresses(tree):
        parts = urlsplit(address)
        if parts.scheme in {"mailto", "tel", "data", "http", "https"}:
            continue
        start = site / "_static" if address.startswith("handbook/") else (site / page).parent
        target = (start / unquote(parts.path)).resolve() if parts.path else site / page
        name = target.relative_to(site.resolve()).as_posix() if target.is_relative_to(site.resolve()) else ""
        name = page if not parts.path else name
        anchor_is_missing = parts.fragment and name in ids and unquote(parts.fragment) not in ids[name]
        if not (site / name).is_file() or anchor_is_missing:
            found.append(f"{page}: {address}")
    return found


def test_every_link_and_anchor_inside_the_site_resolves(
    trees: dict[str, Tag], anchors: dict[str, set[str]], site: Path
) -> None:
    """Each address on each page is a file of the site, and each fragment an id on its page, also from file://."""
    assert [problem for page, tree in trees.items() for problem in broken(page, tree, anchors, site)] == []


@pytest.mark.parametrize(
    "address", ["saknas.html", "index.html#saknas", "#saknas", "/rot.html", "../ute.html", "kurs/"]
)
def test_a_link_that_leads_nowhere_is_caught(anchors: dict[str, set[str]], site: Path, address: str) -> None:
    """A missing page or anchor, an address from the root, or out of the site, or to a folder, is seen."""
    assert broken("index.html", page_tree(f'<a href="{address}">x</a>'), anchors, site) == [f"index.html: {address}"]


def test_style_sheets_name_files_that_exist(site: Path) -> None:
    """Every ``url()`` in a style sheet is a file beside it or data in itself."""
    for path in of_ours(site, "*.css"):
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8")):
            assert address.startswith("data:") or (path.parent / address.split("?")[0]).is_file(), f"{path}: {address}"


# --- Nothing from outside ----------------------------------------------------------------------------


def test_pages_load_nothing_from_outside(trees: dict[str, Tag]) -> None:
    """No script, style sheet, picture, frame, font or form has an address outside the site."""
    for page, tree in trees.items():
        for tag in tree.all():
            fetched = LOADED.get(tag.name, "href" if tag.name == "link" else "")
            assert not OUTSIDE.match(tag.attributes.get(fetched, "")), f"{page}: <{tag.name}>"
            assert not tag.attributes.keys() & {"srcdoc", "ping", "background", "manifest"}, f"{page}: <{tag.name}>"
            assert tag.name not in {"base", "object", "embed", "iframe"}, f"{page}: <{tag.name}>"


def test_assets_name_nothing_outside(site: Path) -> None:
    """Scripts and style sheets hold no outside address but the few that are names or words, and import none."""
    for path in [*of_ours(site, "*.js"), *of_ours(site, "*.css")]:
        text = path.read_text(encoding="utf-8")
        for known in ONLY_MENTIONED:
            text = text.replace(known, "")
        text = re.sub(r'(?<=const packed = ")[^"]*', "", text)
        assert OUTSIDE.findall(text) == [], path.name
        assert "@import" not in text, path.name
        assert "sourceMappingURL" not in text, path.name


FETCHES = {"exercise.js": ["fetch("] * 2}
"""The way into a notebook fetches the site's own files, and only where there is a server and a reader who asked."""


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "src/handbook/static").glob("*.js")))
def test_our_scripts_fetch_nothing(name: str) -> None:
    """Our scripts work from file://: classic, without fetch and its kin, and they send nothing anywhere."""
    text = (PROJECT / "src/handbook/static" / name).read_text(encoding="utf-8")
    ways_out = (
        r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|^import |^export |\beval\(|Function\("
    )
    assert re.findall(ways_out, text, re.MULTILINE) == FETCHES.get(name, [])
    assert "innerHTML" not in text


# --- The content policy ------------------------------------------------------------------------------


def test_the_policy_is_one_line(site: Path) -> None:
    """What IT pastes into the web server is the policy that the project promises, and nothing else."""
    assert (site / "csp.txt").read_text(encoding="utf-8") == f"{POLICY}\n"
    assert "unsafe-inline" not in POLICY
    assert "'unsafe-eval'" not in POLICY


def test_the_policy_blocks_nothing(site: Path) -> None:
    """No page holds what the policy would stop."""
    assert list(blocked(site, besides=LITE)) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>alert(1)</script>", "an inline script"),
        ('<script type="module">alert(1)</script>', "an inline script"),
        ("<style>p {}</style>", "an inline style on <style>"),
        ('<p style="color: red">x</p>', "an inline style on <p>"),
        ('<p onclick="f()">x</p>', "the event attribute onclick on <p>"),
        ('<script src="https://example.com/a.js"></script>', "<script> loads https://example.com/a.js"),
        ('<link rel="stylesheet" href="//example.com/a.css">', "<link> loads //example.com/a.css"),
        ('<img src="http://example.com/a.png" alt="">', "<img> loads http://example.com/a.png"),
    ],
)
def test_what_the_policy_would_block_is_found(tmp_path: Path, html: str, what: str) -> None:
    """A page with something inline or from outside is reported with its line."""
    (tmp_path / "ok.html").write_text('<script type="application/json">{}</script><a href="https://x.se">x</a>')
    (tmp_path / "page.html").write_text(f"<p>x</p>\n{html}\n")
    assert list(blocked(tmp_path)) == [(tmp_path / "page.html", 2, what)]


# --- Every part in its place -------------------------------------------------------------------------


def test_every_page_says_what_and_where_it_is(trees: dict[str, Tag]) -> None:
    """Each page is in Swedish, has one first heading and a title that no other page has."""
    titles = [tree.one("title").text for tree in trees.values()]
    assert len(titles) == len(set(titles))
    for page, tree in trees.items():
        assert tree.one("html")["lang"] == "sv", page
        assert len(tree.all("h1")) == 1, page


def prose(tag: Tag) -> str:
    """Return the Swedish text of an element, without code."""
    if tag.name in {"code", "pre", "script"} or tag.attributes.get("lang") == "en":
        return ""
    return "".join(child if isinstance(child, str) else prose(child) for child in tag.children)


def test_nothing_is_left_unwritten(trees: dict[str, Tag]) -> None:
    """No page shows a local value's name, a Python value or a note to ourselves."""
    for page, tree in trees.items():
        text = prose(tree.one(id="main-content"))
        assert re.findall(r"\{\{|\}\}|\bNone\b|TODO|FIXME|XXX|\{law\}|\{rule\}|Lorem", text) == [], page


@pytest.mark.parametrize("rule_id", sorted(real_content().rules.rules))
def test_a_rule_page_is_complete(trees: dict[str, Tag], rule_id: str) -> None:
    """Each rule page has its card, its sections in order, at least two questions of its own and its facts."""
    rule = real_content().rules.rules[rule_id]
    tree = trees[f"sla-upp/{rule_id}.html"]
    assert tree.one("h1").text == rule.question
    card = tree.one(class_="rule-card")
    assert card["data-verdict"] == rule.verdict_slug
    labels = [label.text for label in card.all(class_="rule-label")]
    wanted = [ui_text.SHORT_ANSWER, ui_text.SAY, ui_text.DO_NOT_ASK, ui_text.WHO_DECIDES]
    assert labels == wanted + ([ui_text.UNCERTAIN] if rule.uncertain else [])
    headings = [heading.text for heading in tree.one(id="main-content").all("h2")]
    assert [heading for heading in headings if heading in (*SECTIONS, ui_text.PRACTISE, ui_text.ABOUT_RULE)] == [
        *SECTIONS, ui_text.PRACTISE, ui_text.ABOUT_RULE,
    ]  # fmt: skip
    forms = [form["data-question-id"] for form in tree.all("form", class_="question")]
    assert forms == [question.id for question in real_content().bank.practising(rule_id)]
    assert len(forms) >= 2
    terms = [term.text for term in tree.one(class_="facts").all("dt")]
    assert {ui_text.PROVISIONS, ui_text.IN_FORCE, ui_text.LAST_CHECKED, ui_text.CONFIDENCE, ui_text.OWNER} <= set(terms)


def test_every_provision_has_its_anchor_and_is_cited_both_ways(trees: dict[str, Tag]) -> None:
    """The register shows each provision, and under it every rule that rests on it."""
    content = real_content()
    register = trees["om/lagregister/index.html"]
    for entry in content.laws.entries.values():
        section = register.one(id=entry.anchor)
        assert entry.gist.split()[0] in section.text
        shown = {link["href"] for link in section.all("a") if link["href"].startswith("../../sla-upp/")}
        assert shown == {f"../../sla-upp/{rule.id}.html" for rule in content.rules.citing(entry.id)}, entry.id


def test_every_provision_that_a_rule_cites_is_linked_from_its_page(trees: dict[str, Tag]) -> None:
    """From a rule's facts each provision is one click away."""
    content = real_content()
    for rule in content.rules.rules.values():
        facts = trees[f"sla-upp/{rule.id}.html"].one(class_="facts")
        shown = {link["href"].partition("#")[2] for link in facts.all("a")}
        assert {content.laws.entries[name].anchor for name in rule.provisions} <= shown, rule.id


def test_every_rule_is_in_the_look_up(trees: dict[str, Tag]) -> None:
    """The look-up lists each rule once, below its subject, with verdict, question and short answer."""
    rules = real_content().rules.rules
    listed: dict[str, str] = {}
    for section in trees["sla-upp/index.html"].one(id="main-content").all("section"):
        for group in (child for child in section.children if isinstance(child, Tag) and child.name == "ul"):
            if "rule-index" in group.attributes.get("class", ""):
                listed |= {item.one("a")["href"]: f"{section['id']} {item.text}" for item in group.all("li")}
    assert len(trees["sla-upp/index.html"].one(id="main-content").all(class_="verdict")) == len(rules)
    assert listed.keys() == {f"{rule_id}.html" for rule_id in rules}
    for subject in real_content().subjects:
        for rule in subject.pages(real_content().rules):
            shown = listed[f"{rule.id}.html"]
            assert shown.startswith(f"amne-{subject.id} {rule.verdict.capitalize()} {rule.question}")


def test_a_module_practises_every_rule_of_its_questions(trees: dict[str, Tag]) -> None:
    """Each module page embeds at least one question on every rule that its questions are about, and none twice."""
    bank = real_content().bank
    for question in (question for question in bank.questions.values() if not question.common.is_example):
        forms = trees[f"kurs/{question.common.module}.html"].all("form", class_="question")
        shown = [form["data-question-id"] for form in forms]
        assert len(shown) == len(set(shown))
        assert {other.id for other in bank.practising(question.common.rules[0])} & set(shown), question.id


# --- No names ----------------------------------------------------------------------------------------


def hashed(word: str) -> str:
    """Return a word as HASHED_NAMES holds it."""
    return hashlib.sha256(word.encode()).hexdigest()[:12]


def named(text: str) -> set[str]:
    """Return the words of *text* that are names in the sources, in the basic form or the genitive."""
    words = {word.lower() for word in re.findall(r"[^\W\d_]{5,}", text)}
    return {word for word in words if {hashed(word), hashed(word.removesuffix("s"))} & HASHED_NAMES}


def own_files() -> list[Path]:
    """Return every file of the project, without what tools have made or fetched."""
    made = {"node_modules", "_build", "dist", "__pycache__"}
    top = [path for path in PROJECT.iterdir() if path.name not in made and path.name not in {".git", ".venv"}]
    found = [path for path in top if path.is_file()]
    for folder in top:
        found += [path for path in folder.rglob("*") if path.is_file() and not made & set(path.parts)]
    return [path for path in found if not path.relative_to(PROJECT).parts[0].endswith("_cache")]


def test_nobody_in_the_sources_is_named(site: Path) -> None:
    """No file of the project and no page of the site holds a surname of a real person in the sources."""
    paths = own_files() + of_ours(site, "*") + sorted((site / LITE / "files").glob("*"))
    assert len(paths) > 100
    found = {path.name: named(path.read_bytes().decode("utf-8", "replace")) for path in paths}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_name_in_any_form_is_seen() -> None:
    """The basic form, the genitive and capitals are caught; other words are not. The names stand here backwards."""
    for name in ("nosslraK", "snossnaH", "HTOMME", "nosscasi"):
        assert named(f"Enligt {name[::-1]}, 2010.") == {name[::-1].lower()}
    assert named("Personalen, personen och sonen; Karlstad och Andersberg.") == set()
