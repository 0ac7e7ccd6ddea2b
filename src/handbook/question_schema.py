"""The JSON Schema of ``quizzes/*.yaml``, made from the question types, for editors that complete keys and explain them.

Which keys a type has comes from its own module. The schema is a help while writing; what counts is what the readers
say (``python -m handbook check``), and a test compares the two.

Values are lenient: an editor's YAML makes numbers, dates and booleans of texts that our reader keeps as they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handbook.diagnostics import display_path
from handbook.grader import SEVERITIES
from handbook.papers import ROLES
from handbook.question_bank import PROMPT_WORDS, SCENARIO_WORDS
from handbook.question_types import QUESTION_TYPES
from handbook.question_types.base import COMMON_KEYS, DIFFICULTIES
from handbook.question_types.branching import ENDINGS
from handbook.ui_text import SEVERITIES as SEVERITY_TEXTS

SCHEMA_PATH = Path("quizzes/quiz.schema.json")
Schema = dict[str, Any]

_SCALARS = ["string", "number", "boolean"]
_DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ID: Schema = {"type": _SCALARS, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_TEXT: Schema = {"type": _SCALARS, "pattern": r"\S"}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_YES: Schema = {"enum": ["yes", True]}


def _enum(values: tuple[str, ...], texts: tuple[str, ...]) -> Schema:
    return {"enum": list(values), "enumDescriptions": list(texts)}


_LEVELS = _enum(DIFFICULTIES, ("lätt", "medel", "svår"))
_SEVERITY = _enum(SEVERITIES, tuple(SEVERITY_TEXTS[name] for name in SEVERITIES))
_ENDING = _enum(ENDINGS, ("det gick som det ska", "någon fick dålig hjälp", "någon kom till skada"))
_ROLES: Schema = {"anyOf": [{"enum": list(ROLES)}, {"type": "array", "items": {"enum": list(ROLES)}, "minItems": 1}]}

_TYPES: dict[str, tuple[tuple[str, ...], str]] = {
    "choice": (("choices", "correct"), "Ett svar är rätt."),
    "multiple_response": (("choices", "correct"), "Ett eller flera svar är rätt, och minst ett är fel."),
    "order": (("items",), "Steg som läggs i rätt ordning. Skriv dem i den ordningen; sidan blandar dem."),
    "match": (("targets", "items"), "Det som hör ihop paras ihop."),
    "text_entry": (("accepted", "feedback"), "Ett ord eller en fras skrivs."),
    "numeric": (("feedback",), "Ett tal eller ett datum skrivs: ge antingen value eller date."),
    "hottext": (("document", "words"), "Ord i en handling markeras för maskering."),
    "branching": (("turns",), "Ett samtal som går vidare efter det man säger."),
    "dilemma": (("choices",), "Flera svar går att försvara. Räknas aldrig i ett prov."),
}
"""Each type's keys that must be there besides the common ones, and what the type is."""

_REQUIRED = ("id", "type", "module", "rules", "difficulty", "last_checked", "prompt")
"""The common keys that must be there."""

_HELP = {
    "id": "Frågans namn, bara ett i hela handboken: a–z, siffror och bindestreck. Börja med regelns namn.",
    "type": "Vilket slags fråga det är. Typen avgör vilka andra nycklar som finns.",
    "module": "Modulen som frågan hör till: namnet på en sida i docs/kurs/, utan .md.",
    "roles": "Vilka roller som frågan är till för. Utelämna nyckeln när den är till för alla.",
    "rules": "Regeln som frågan övar, med samma namn som i docs/sla-upp/. Står flera är den första huvudregeln.",
    "difficulty": "Hur svår frågan är.",
    "last_checked": "Dagen då frågan jämfördes med lagen, skriven ÅÅÅÅ-MM-DD.",
    "prompt": f"Situationen och frågan, högst {PROMPT_WORDS} ord. Skriv efter >- på egna, indragna rader.",
    "scenario": "Situationen som frågan delar med andra i filen: id för en av dem i scenarios. Får utelämnas.",
    "explanation": "Det enda som är värt att minnas. Får utelämnas.",
    "choices": "Svaren. Tre räcker; högst fem är bra.",
    "correct": "De rätta svarens id, inom hakparentes.",
    "items": "Det som ordnas eller paras ihop, vart och ett med sitt skäl.",
    "targets": "Det som något paras ihop med.",
    "accepted": "Texter som är rätt. Stora och små bokstäver och mellanslag räknas inte.",
    "near_miss": "Texter som är fel, men så nära att läsaren får veta det.",
    "value": "Det rätta talet, till exempel 21 eller 2,5.",
    "tolerance": "Hur långt från talet ett svar får ligga och ändå vara rätt. Utelämnad: inget.",
    "date": "Den rätta dagen, skriven ÅÅÅÅ-MM-DD.",
    "unit": "Enheten som står efter rutan, till exempel dagar.",
    "document": "Handlingens text. Ett ord som kan maskeras skrivs [[id|ordet]].",
    "words": "Orden som kan maskeras, med samma id som i document.",
    "turns": "Samtalets delar. Den första inleder, och varje väg ska leda till ett slut.",
    "feedback": "Varför svaret är rätt eller fel. Alla skäl visas. Skriv ingen paragraf; den hämtas från regeln.",
    "severity": "Vad som händer om någon handlar efter ett fel svar. Rätta svar har ingen.",
    "feedback_not_chosen": "Sägs i stället för feedback till den som inte valde svaret. Får utelämnas.",
    "severity_missed": "Vad det leder till att ett rätt svar inte väljs. Får utelämnas.",
}
"""What the keys of a question mean, for the help that an editor shows."""

_PART_HELP = {
    "id": "Ett kort namn, bara ett i frågan: a, b, c eller ett ord med små bokstäver.",
    "text": "Det som läsaren väljer, ordnar eller parar ihop.",
    "target": "Vad det hör ihop med: id för ett av målen i targets.",
    "mask": "yes när ordet ska maskeras, no när det ska stå kvar.",
    "says": "Vad den som ringer säger.",
    "ending": "Hur samtalet slutade. En del med ending har inga svar.",
    "next": "Vart samtalet går: id för en annan del.",
    "said_well": "yes när det var bra sagt. Annars anges severity.",
}
"""What the keys of a choice, an item, a word or a turn mean, where they are not those of a question."""


def _described(schema: Schema, text: str) -> Schema:
    return {"description": text, **schema}


def _part(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Return the schema of an entry inside a question."""
    helps = {**_HELP, **_PART_HELP}
    properties = {key: {"description": helps[key], **shape} for key, shape in {**required, **(optional or {})}.items()}
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _list(part: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": part}


_OPTION = {"id": _ID, "text": _TEXT, "feedback": _TEXT}
_CHOICES = _list(_part(_OPTION, {"severity": _SEVERITY}))
_SAYINGS = _list(
    _part(
        {**_OPTION, "next": _ID},
        {"correct": _described(_YES, _PART_HELP["said_well"]), "severity": _SEVERITY},
    )
)
_TURNS = _list(
    {
        **_part({"id": _ID, "says": _TEXT}, {"choices": _SAYINGS, "ending": _ENDING}),
        "oneOf": [{"required": ["choices"]}, {"required": ["ending"]}],
    }
)
_WORDS = _list(
    _part({"id": _ID, "mask": {"enum": ["yes", "no", True, False]}, "feedback": _TEXT}, {"severity": _SEVERITY})
)
_SHAPES: dict[str, Schema] = {
    "id": _ID, "module": _ID, "roles": _ROLES, "rules": _TEXTS, "difficulty": _LEVELS, "last_checked": _DATE,
    "scenario": _ID, "prompt": _TEXT, "explanation": _TEXT, "choices": _CHOICES, "correct": _TEXTS,
    "severity": _SEVERITY,
    "targets": _list(_part({"id": _ID, "text": _TEXT})), "accepted": _TEXTS, "near_miss": _TEXTS, "feedback": _TEXT,
    "value": _TEXT, "tolerance": _TEXT, "date": _DATE, "unit": _TEXT, "document": _TEXT, "words": _WORDS,
    "turns": _TURNS,
}  # fmt: skip
"""The shape of each key's value; a type may have its own, in _OWN_SHAPES."""
_OWN_SHAPES: dict[tuple[str, str], Schema] = {
    ("dilemma", "choices"): _list(_part(_OPTION)),
    ("multiple_response", "choices"): _list(
        _part(_OPTION, {"severity": _SEVERITY, "feedback_not_chosen": _TEXT, "severity_missed": _SEVERITY})
    ),
    ("order", "items"): _list(_part(_OPTION)),
    ("match", "items"): _list(_part({**_OPTION, "target": _ID}, {"severity": _SEVERITY})),
}


def question_schema() -> Schema:
    """Return the schema of a question file. A key that nobody has described yet is allowed with any value."""
    definitions = {name: _question(name) for name in _TYPES}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Written by 'python -m handbook schema'; do not edit.",
        "title": "Frågor i handboken",
        "type": "object",
        "additionalProperties": False,
        "required": ["questions"],
        "properties": {
            "scenarios": {
                "description": f"Situationer som flera frågor i filen delar, högst {SCENARIO_WORDS} ord var.",
                **_list(_part({"id": _ID, "text": _described(_TEXT, "Vad som har hänt.")})),
            },
            "questions": {
                "description": "Frågorna i filen, en efter en.",
                "type": "array",
                "items": {"$ref": "#/definitions/question"},
            },
        },
        "definitions": {"question": _any_question(), **definitions},
    }


def _any_question() -> Schema:
    """Return the schema that picks the type's own; its keys are those to suggest before the type is written."""
    rules = [
        {
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": {"$ref": f"#/definitions/{name}"},
        }
        for name in _TYPES
    ]
    return {
        "type": "object",
        "required": ["type"],
        "properties": {key: _property("", key) for key in COMMON_KEYS},
        "allOf": rules,
    }


def _question(name: str) -> Schema:
    keys = (*COMMON_KEYS, *QUESTION_TYPES[name].keys)
    required, text = _TYPES[name]
    schema: Schema = {
        "description": text,
        "type": "object",
        "additionalProperties": False,
        "required": [*_REQUIRED, *required],
        "properties": {key: _property(name, key) for key in keys},
    }
    if name == "numeric":
        schema["oneOf"] = [{"required": ["value"]}, {"required": ["date"]}]
    return schema


def _property(name: str, key: str) -> Schema:
    shape = _OWN_SHAPES.get((name, key), _SHAPES.get(key, {}))
    if name and key in COMMON_KEYS and key != "type":
        return {"$ref": f"#/definitions/question/properties/{key}"}
    if key == "type":
        shape = {"const": name} if name else _enum(tuple(_TYPES), tuple(text for _, text in _TYPES.values()))
    return {"description": _HELP[key], **shape} if key in _HELP else shape


def schema_text() -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(question_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(root: Path) -> None:
    """Write the schema below *root*."""
    (root / SCHEMA_PATH).write_text(schema_text(), encoding="utf-8", newline="\n")


def stale_schema(root: Path) -> str:
    """Return what is wrong when the file below *root* is not what the question types say, else an empty text."""
    path = root / SCHEMA_PATH
    try:
        written = path.read_text(encoding="utf-8")
    except OSError:
        written = ""
    except UnicodeDecodeError:
        written = "?"
    if written == schema_text():
        return ""
    slip = "differs from the question types" if written else "is not there"
    where = display_path(path, root)
    return f"{where}:1: WARNING: The schema {slip}. Hint: Run 'python -m handbook schema' and commit the file."
