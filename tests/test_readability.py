"""How hard the pages are to read: what is measured, what is left out, and what is told."""

from __future__ import annotations

from support import MINIMAL, real_content

from handbook.__main__ import main
from handbook.content import load_content
from handbook.readability import page_texts, reading, report, texts_of

SOURCE = """# En rubrik

Den första meningen. Den andra ({law}`39 kap. 3 § OSL`)
går vidare, {law}`6 § FL`.

- En punkt med {rule}`länk <hemadress>`
- [Text](fil.md) och {{ a.b }}

| Ett | Två |
| --- | --- |
| tre | fyra |

```{quiz}
:rule: hemadress
```
"""


def test_only_what_is_read_is_measured() -> None:
    """Paragraphs, items, headings and cells are pieces of their own; blocks, addresses and citations are left out."""
    found = texts_of(SOURCE, {"a": {"b": "värdet"}})
    assert found == [
        "En rubrik", "Den första meningen. Den andra går vidare.", "En punkt med länk", "Text och värdet",
        "Ett", "Två", "tre", "fyra",
    ]  # fmt: skip


def test_a_reading_is_sentences_and_long_words() -> None:
    """Eight words in two sentences, two of them long, are LIX 29: four words a sentence, and 25 per cent."""
    found = reading("sida", ["Det här är svårigheter. Det är kommunens sak."])
    assert (found.lix, found.sentence, found.words) == (29, 4.0, 8)


def test_a_page_without_text_is_not_hard() -> None:
    """Nothing is divided by nothing."""
    assert reading("tom", []) == reading("tom", ["…"])
    assert reading("tom", []).lix == 0


def test_the_card_of_a_rule_is_read_too() -> None:
    """What the caller hears counts, and the pages for editors do not."""
    found = page_texts(load_content(MINIMAL))
    assert found["sla-upp/hemadress"][0] == "Nej. Hemadressen har stark sekretess."
    assert "Gör så här" in found["sla-upp/hemadress"]
    assert {"index", "kurs/telefon", "om/ordlista"} <= set(found)
    assert "om/for-redaktorer" not in page_texts(real_content())


def test_the_report_begins_with_the_hardest() -> None:
    """One line for the whole, and one for each of the hardest pages, in order."""
    pages = {"lätt": ["Det är bra."], "svår": ["Myndighetsutövningens konsekvensbeskrivningar."], "tom": []}
    assert report(pages, hardest=2).splitlines() == [
        "3 pages, 5 words: LIX 42, 2.5 words in a sentence.",
        " 102   2.0  svår",
        "   3   3.0  lätt",
    ]


def test_the_command_prints_ten_pages(capsys: object) -> None:
    """The command prints the figures of the real handbook and succeeds."""
    assert main(["readability", "--root", str(MINIMAL)]) == 0
    out = capsys.readouterr().out.splitlines()  # type: ignore[attr-defined]
    assert out[0].startswith("6 pages, ")


def test_the_handbook_is_plain() -> None:
    """The whole is easy to read, and no page that staff read is harder than a plain newspaper article."""
    pages = page_texts(real_content())
    whole = reading("", [text for texts in pages.values() for text in texts])
    assert whole.lix <= 33
    assert [item.page for item in (reading(*page) for page in pages.items()) if item.lix > 40] == []
