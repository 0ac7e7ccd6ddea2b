"""The small handbook built by Sphinx: our nodes in every format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from support import Build, Tag, build, build_many, change, copy_minimal, page, page_tree

from handbook.content import load_content
from handbook.csp import POLICY

if TYPE_CHECKING:
    from pathlib import Path

BUILDERS = ("html", "dirhtml", "singlehtml", "text", "gettext", "latex", "linkcheck", "man")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Build]:
    """Build the small handbook once with every builder."""
    folder = tmp_path_factory.mktemp("roots")
    root = copy_minimal(folder)
    return dict(zip(BUILDERS, build_many([(root, name, folder / name) for name in BUILDERS]), strict=True))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the small handbook that a test may change."""
    return copy_minimal(tmp_path)


def squeezed(built: Build, path: str) -> str:
    """Return the text of a file with single spaces."""
    return " ".join((built.folder / path).read_text(encoding="utf-8").split())


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_is_without_warnings(builds: dict[str, Build], builder: str) -> None:
    """Each format builds with -n -W --keep-going and says nothing."""
    assert (builds[builder].code, builds[builder].warnings) == (0, [])


# --- Other formats than HTML -------------------------------------------------------------------------


def test_text_has_letters_key_and_reasons(builds: dict[str, Build]) -> None:
    """In plain text a question has lettered choices, and the key names the letters, the meaning and the reason."""
    written = squeezed(builds["text"], "kurs/telefon.txt")
    assert (
        "**Fråga 1 av 3** En florist vill ha en kollegas hemadress. Vad gör du? "
        "A. Ger adressen. B. Föreslår leverans till jobbet. C. Ber om legitimation. "
        "*Svar och förklaring* "
        "* **A: fel svar – röjer en uppgift som kan vara hemlig.** Adressen är hemlig. "
        "* **B: rätt svar.** Blommorna kommer fram ändå. "
        "* **C: fel svar – frågar efter något som lagen inte låter dig fråga om.** Det ändrar inte svaret. "
        "Ett vänligt syfte gör inte adressen mindre hemlig. "
        "Regel: Får jag lämna ut en kollegas hemadress? Lagrum: 39 kap. 3 § tredje stycket OSL"
    ) in written


def test_text_has_the_card_in_order(builds: dict[str, Build]) -> None:
    """In plain text a rule begins with the verdict and has the fields in the order in which they are needed."""
    written = squeezed(builds["text"], "sla-upp/vaxelsamtal.txt")
    labels = [
        "**Lämna inte ut**",
        "Kort svar",
        "Säg så här",
        "Fråga inte",
        "Vem avgör",
        "Osäkert",
        "Gör så här",
        "Varför",
    ]
    places = [written.index(f" {label} ") for label in labels]
    assert places == sorted(places)
    assert "**Närmaste chef** · **Kommunjuristen**" in written


def test_latex_has_the_choices_with_capital_letters(builds: dict[str, Build]) -> None:
    """The hand-out's choices are a list from A, and the key stands after them."""
    (path,) = builds["latex"].folder.glob("*.tex")
    written = squeezed(builds["latex"], path.name)
    (question,) = re.findall(r"florist vill.*?mindre hemlig\.", written)[:1]
    assert r"\sphinxsetlistlabels{\Alph}" in question
    assert re.findall(r"\\item \{\} \\sphinxAtStartPar (\w[^\\]+?) (?=\\)", question)[:3] == [
        "Ger adressen.",
        "Föreslår leverans till jobbet.",
        "Ber om legitimation.",
    ]
    assert r"\sphinxstylestrong{B: rätt svar.} \sphinxAtStartPar Blommorna kommer fram ändå." in question


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("En florist vill ha en kollegas hemadress. Vad gör du?", "quizzes/telefon.yaml:9"),
        ("Ger adressen.", "quizzes/telefon.yaml:12"),
        ("Adressen är hemlig.", "quizzes/telefon.yaml:14"),
        ("Ett vänligt syfte gör inte adressen mindre hemlig.", "quizzes/telefon.yaml:23"),
        ("Vilka uppgifter lämnar du inte ut?", "quizzes/telefon.yaml:31"),
        ("”Nej, ingen har ringt.”", "quizzes/telefon.yaml:54"),
        ("Nej. Hemadressen har stark sekretess.", "docs/sla-upp/hemadress.md:7"),
        ("Det lämnar jag inte ut, men jag tar gärna emot ett meddelande.", "docs/sla-upp/hemadress.md:9"),
        ("Chefen tar över ett hotfullt samtal.", "docs/sla-upp/vaxelsamtal.md:14"),
        ("Det är inte klarlagt vad som gäller i en gemensam växel. Juristen avgör.", "docs/sla-upp/vaxelsamtal.md:24"),
    ],
)
def test_translators_get_every_text_with_its_place(builds: dict[str, Build], text: str, where: str) -> None:
    """Prompt, choice, feedback, explanation and card text are in the catalogue, at the line where they are written."""
    catalogue = "".join(path.read_text(encoding="utf-8") for path in sorted(builds["gettext"].folder.glob("*.pot")))
    entries = [entry for entry in catalogue.split("\n\n") if f'msgid "{text}"' in entry]
    assert entries
    assert all(where in entry for entry in entries)


def test_links_are_checked_without_a_network(builds: dict[str, Build]) -> None:
    """The link checker finds nothing broken, and needs nothing from outside for that."""
    lines = (builds["linkcheck"].folder / "output.json").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["status"] for line in lines} <= {"unchecked", "working"}


# --- HTML --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("builder", "path"), [("html", "kurs/telefon.html"), ("dirhtml", "kurs/telefon/index.html")])
def test_a_question_is_a_native_form(builds: dict[str, Build], builder: str, path: str) -> None:
    """A question is a form with one fieldset, a legend first, an input with its own label for each choice, a button."""
    forms = page(builds[builder], path).all("form", class_="question")
    assert [form["data-question-id"] for form in forms] == ["hemadress-blommor", "hemadress-vilka", "vaxelsamtal-fru"]
    for form, kind, total in zip(forms, ("radio", "checkbox", "radio"), (3, 3, 2), strict=True):
        assert form["id"] == form["data-question-id"]
        fieldset = form.one("fieldset")
        assert [child.name for child in fieldset.children if isinstance(child, Tag)] == ["legend"] + ["div"] * total
        inputs = form.all("input")
        assert [field["type"] for field in inputs] == [kind] * total
        assert [field["value"] for field in inputs] == list("abc")[:total]
        assert {field["name"] for field in inputs} == {form["id"]}
        assert [label["for"] for label in form.all("label")] == [field["id"] for field in inputs]
        assert [letter.text for letter in form.all(class_="choice-letter")] == list("ABC")[:total]
        assert form.one("button")["type"] == "submit"
        assert form.one(role="status")["class"] == "question-feedback"


def test_a_legend_has_number_prompt_and_hint(builds: dict[str, Build]) -> None:
    """What a screen reader says on entering the group: which question, what is asked and how many to choose."""
    legends = [legend.text for legend in page(builds["html"], "kurs/telefon.html").all("legend")]
    assert legends == [
        "Fråga 1 av 3 En florist vill ha en kollegas hemadress. Vad gör du? Välj ett svar.",
        "Fråga 2 av 3 Vilka uppgifter lämnar du inte ut? Välj ett eller flera svar.",
        "Fråga 3 av 3 En man frågar om hans fru har ringt. Vad svarar du? Välj ett svar.",
    ]


def test_a_legend_holds_phrases_only(builds: dict[str, Build]) -> None:
    """HTML allows no paragraph in a legend or a label."""
    for path in ("kurs/telefon.html", "sla-upp/hemadress.html"):
        forms = page(builds["html"], path).all("form", class_="question")
        assert forms
        for holder in [found for form in forms for found in [*form.all("legend"), *form.all("label")]]:
            assert {tag.name for tag in holder.all()} <= {"span", "a", "em", "strong", "code"}


def test_the_key_is_readable_without_scripts(builds: dict[str, Build]) -> None:
    """Without JavaScript the button is hidden, and the key opens natively with a reason for every choice."""
    form = page(builds["html"], "kurs/telefon.html").all("form", class_="question")[0]
    assert "hidden" in form.one("button").attributes
    details = form.one("details")
    assert "open" not in details.attributes
    assert details.one("summary").text == "Svar och förklaring"
    assert [item.text for item in details.all("li")] == [
        "A: fel svar – röjer en uppgift som kan vara hemlig. Adressen är hemlig.",
        "B: rätt svar. Blommorna kommer fram ändå.",
        "C: fel svar – frågar efter något som lagen inte låter dig fråga om. Det ändrar inte svaret.",
    ]
    assert [item["data-choice-id"] for item in details.all("li")] == ["a", "b", "c"]
    assert [link["href"] for link in details.one(class_="key-sources").all("a")] == [
        "../sla-upp/hemadress.html",
        "../om/lagregister/index.html#osl-39-3-st3",
    ]


def test_the_definition_is_data_without_texts(builds: dict[str, Build], root: Path) -> None:
    """What the grader gets is the bank's definition without feedback, as JSON that no text can break out of."""
    questions = load_content(root).bank.questions
    for form in page(builds["html"], "kurs/telefon.html").all("form", class_="question"):
        script = form.one("script")
        assert script["type"] == "application/json"
        assert "<" not in script.raw_text
        assert script.raw_text.isascii()
        definition = json.loads(script.raw_text)
        whole = json.loads(json.dumps(questions[form["id"]].definition()))
        for choice in whole["choices"]:
            del choice["feedback"]
        assert definition == whole


def test_ids_are_unique_on_every_page(builds: dict[str, Build]) -> None:
    """No two elements of a page have one id."""
    for path in sorted(builds["html"].folder.rglob("*.html")):
        ids = [tag["id"] for tag in page_tree(path.read_text(encoding="utf-8")).all() if "id" in tag.attributes]
        assert len(ids) == len(set(ids)), path.name


def test_a_card_has_its_fields_in_order(builds: dict[str, Build]) -> None:
    """The card has the verdict first, then the fields in the order in which a caller's question needs them."""
    card = page(builds["html"], "sla-upp/vaxelsamtal.html").one(class_="rule-card")
    assert card["data-verdict"] == "lamna-inte-ut"
    assert card.one(class_="verdict").text == "Lämna inte ut"
    assert card.one("svg")["aria-hidden"] == "true"
    kinds = [field["class"].split()[1] for field in card.all(class_="rule-field")]
    assert kinds == ["rule-short-answer", "rule-say", "rule-do-not-ask", "rule-who", "rule-uncertain"]


def test_contacts_have_number_and_address(root: Path, tmp_path: Path) -> None:
    """The profile's numbers and addresses become links; a contact without them is a name."""
    change(root / "docs/sla-upp/hemadress.md", "-who_decides: [hr]\n+who_decides: [vaxel, hr]\n")
    built = build(root, "html", tmp_path / "html")
    contacts = page(built, "sla-upp/hemadress.html").one(class_="rule-contacts")
    assert contacts.text == "Växeln, 08-465 004 00, vaxel@exempelkommun.example · HR-avdelningen"
    addresses = [unquote(link["href"]) for link in contacts.all("a")]
    assert addresses == ["tel:0846500400", "mailto:vaxel@exempelkommun.example"]


def test_the_register_lists_who_cites_a_provision(builds: dict[str, Build]) -> None:
    """Each provision has its anchor, its facts and the rules that rest on it, with their questions counted."""
    register = page(builds["html"], "om/lagregister/index.html")
    entry = register.one(id="osl-39-3-st3")
    assert entry.one("h3").text == "39 kap. 3 § tredje stycket OSL – Hemadress och privat telefon"
    assert "stark (omvänt skaderekvisit – presumtion för sekretess)" in entry.text
    assert "Får jag lämna ut en kollegas hemadress? (2 övningsfrågor)" in entry.text
    assert "Får jag berätta vem som har ringt? (1 övningsfråga)" in register.one(id="osl-40-4").text
    assert "Ingen regel ännu" in register.one(id="fl-6").text


def test_the_quiz_script_is_loaded_where_there_is_a_quiz(builds: dict[str, Build]) -> None:
    """Only pages with questions load the quiz, and only that script knows where the interpreter is."""
    for path, has_quiz in (("kurs/telefon.html", True), ("sla-upp/hemadress.html", True), ("index.html", False)):
        scripts = [script["src"] for script in page(builds["html"], path).all("script") if "src" in script.attributes]
        assert any("quiz.js" in source for source in scripts) is has_quiz
        assert not any("runtime.js" in source for source in scripts)
    script = next(
        script
        for script in page(builds["html"], "kurs/telefon.html").all("script")
        if "quiz.js" in script.attributes.get("src", "")
    )
    names = [part.split("?")[0] for part in script["data-runtime"].split()]
    for name in names:
        assert (builds["html"].folder / "_static" / name).is_file()


def test_the_policy_is_written_beside_the_pages(builds: dict[str, Build]) -> None:
    """Whoever runs the web server finds the policy in one line; formats without pages have none."""
    assert (builds["html"].folder / "csp.txt").read_text(encoding="utf-8") == f"{POLICY}\n"
    assert not (builds["text"].folder / "csp.txt").exists()


def test_questions_are_shown_in_the_order_asked_for(root: Path, tmp_path: Path) -> None:
    """A page shows the questions that it names, in its own order, and leaves out those it excludes, once each."""
    (root / "docs/kurs/urval.md").write_text(
        "# Urval\n\n```{quiz}\n:question: vaxelsamtal-fru, hemadress-blommor, vaxelsamtal-fru\n```\n\n"
        "```{quiz}\n:rule: hemadress\n:exclude: hemadress-blommor\n```\n",
        encoding="utf-8",
    )
    built = build(root, "html", tmp_path / "html")
    forms = page(built, "kurs/urval.html").all("form", class_="question")
    assert [form["id"] for form in forms] == ["vaxelsamtal-fru", "hemadress-blommor", "hemadress-vilka"]
    assert [form.one(class_="question-number").text for form in forms] == [
        "Fråga 1 av 3",
        "Fråga 2 av 3",
        "Fråga 3 av 3",
    ]
