"""Words, sentences and readability of Swedish text."""

from __future__ import annotations

import pytest

from handbook.swedish_text import (
    content_words,
    lix,
    outside_quotes,
    plain,
    question_sentence,
    sentences,
    shared_run,
    stem,
    words,
)


def test_words_are_small_and_whole() -> None:
    """Hyphens and colons inside a word belong to it, punctuation does not, and å, ä, ö are letters."""
    assert words("HR:s e-post – ÅÄÖ, (3 §) ”ja”!") == ["hr:s", "e-post", "åäö", "3", "ja"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ett. Två! Tre? Fyra", 4),
        ("Åter kl. 15 i dag.", 1),
        ("”Hej.” Hon gick.", 2),
        ("Enligt 39 kap. 3 § OSL.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, count: int) -> None:
    """An abbreviation before a number does not end a sentence, and a quotation that ends does."""
    assert len(sentences(text)) == count


def test_question_is_the_last_asking_sentence_outside_quotes() -> None:
    """What a caller asks is not the question, nor is an instruction after it; without a question the last counts."""
    assert question_sentence("”Bor hon här?” Vad svarar du? Skriv ett ord.") == "Vad svarar du?"
    assert question_sentence("Läs. Para ihop dem.") == "Para ihop dem."
    assert question_sentence("”Hej?”") == ""
    assert outside_quotes('Han sa "nej" och ”hej”.') == "Han sa och ."


def test_lix_is_counted_as_by_hand() -> None:
    """Seven words in two sentences, two of them long: 7 / 2 + 100 * 2 / 7 is 32; each text ends a sentence."""
    assert lix(["Den här katten sover. Sekretessen gäller fortfarande."]) == 32
    assert lix(["Den här katten sover", "Sekretessen gäller fortfarande"]) == 32
    assert lix([]) == lix(["…"]) == 0


def test_endings_and_small_words_do_not_count() -> None:
    """Inflections of a word are one word, short words stay whole, and a negation is never small."""
    assert {stem(word) for word in ("hemlig", "hemligt", "hemliga", "hemligas")} == {"hemlig"}
    assert stem("hus") == "hus"
    assert content_words("Jag lämnar inte ut den till er") == ["lämn", "inte"]


def test_shared_run_is_the_longest_of_those_long_enough() -> None:
    """A longer run wins over an earlier one, and a run that is too short is none."""
    page = words("ett två tre fyra och sedan fem sex sju åtta nio")
    assert shared_run(words("ett två tre x fem sex sju åtta y"), page, 3) == ["fem", "sex", "sju", "åtta"]
    assert shared_run(words("ett två x fem sex"), page, 3) == []
    assert shared_run(words("åtta nio"), page, 2) == ["åtta", "nio"]


def test_plain_text_is_what_a_reader_sees() -> None:
    """Roles become their text, local values are filled in, marks of emphasis go, and unknown values leave nothing."""
    values = {"contact": {"hr": {"name": "HR"}}}
    assert plain("**Lämna** till {{ contact.hr.name }}, se {rule}`sidan <hemadress>` och _inte_ id_x.", values) == (
        "Lämna till HR, se sidan och inte id_x."
    )
    assert plain("{{ a.b }}{law}`1 § FL`") == "1 § FL"
