"""The JSON Schema of the question files: what editors complete and underline is what our reader takes and refuses."""

from __future__ import annotations

import copy
import datetime
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from handbook.__main__ import main
from handbook.diagnostics import Diagnostics
from handbook.question_bank import load_question_bank
from handbook.question_schema import SCHEMA_PATH, question_schema
from handbook.question_types import QUESTION_TYPES
from handbook.question_types.base import COMMON_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[1]
SCHEMA = question_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
FILES = sorted((PROJECT / "quizzes").glob("*.yaml"))


class _Yaml12(yaml.SafeLoader):
    """YAML as editors read it: true and false are booleans, yes and no are not, and a date is a text."""


_Yaml12.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$", re.IGNORECASE), list("tTfF"))
LOADERS: dict[str, Any] = {"strings": yaml.BaseLoader, "yaml-1.1": yaml.SafeLoader, "yaml-1.2": _Yaml12}


def _load(path: Path, loader: str) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADERS[loader])  # noqa: S506  (all three are safe)


EXAMPLES: dict[str, dict[str, Any]] = {
    question["type"]: question for question in _load(PROJECT / "quizzes" / "_every-type.yaml", "strings")["questions"]
}


def _as_json(value: Any) -> Any:
    """Return *value* with the dates of YAML 1.1 as texts, which JSON has instead."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _slips(questions: list[Any]) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors({"questions": questions})]


def _read(questions: list[Any], folder: Path) -> list[str]:
    """Return what our reader says about *questions*."""
    text = yaml.safe_dump({"questions": questions}, allow_unicode=True, sort_keys=False, default_style='"')
    (folder / "fragor.yaml").write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    load_question_bank(folder, diagnostics)
    return [found.message for found in diagnostics]


def _objects(value: Any, schema: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every entry with keys in *value*, with its schema; of a list only the first of each set of keys."""
    while "$ref" in schema:
        found: Any = SCHEMA
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    if isinstance(value, dict):
        yield value, schema
        for key, item in value.items():
            yield from _objects(item, schema["properties"][key])
    elif isinstance(value, list) and "items" in schema:
        seen = set()
        for item in value:
            if isinstance(item, dict) and frozenset(item) not in seen:
                seen.add(frozenset(item))
                yield from _objects(item, schema["items"])


def _entries(question: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return list(_objects(question, SCHEMA["definitions"][question["type"]]))


def _places(name: str) -> range:
    return range(len(_entries(EXAMPLES[name])))


PLACES = [pytest.param(name, place, id=f"{name}-{place}") for name in EXAMPLES for place in _places(name)]
ALL_KEYS = {key for question in EXAMPLES.values() for entry, _ in _entries(question) for key in entry}


def test_schema_itself_is_valid() -> None:
    """The schema follows its own standard, and there is one example for every type."""
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert set(EXAMPLES) == set(QUESTION_TYPES) == set(SCHEMA["definitions"]) - {"question"}


def test_committed_schema_is_current() -> None:
    """The file that editors use is what the types say; if this fails, run 'python -m handbook schema'."""
    assert main(["schema", "--check", "--root", str(PROJECT)]) == 0


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_files_are_accepted(path: Path, loader: str) -> None:
    """No line of a real file is underlined, whichever YAML the editor reads."""
    data = _as_json(_load(path, loader))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize("value", [2026, 0, 2.5, True, False, "21:1", "0701234567"])
def test_plain_scalars_are_accepted_where_texts_stand(value: Any) -> None:
    """What an editor takes for a number or a boolean is a text to our reader, so that it may stand as one."""
    choices = [{"id": "a", "text": value, "feedback": value}, {**EXAMPLES["choice"]["choices"][1], "text": value}]
    assert _slips([{**EXAMPLES["choice"], "prompt": value, "choices": choices}]) == []
    assert _slips([{**EXAMPLES["text_entry"], "accepted": value}]) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_misspelt_key_is_refused(name: str) -> None:
    """A key with a letter too many is underlined, wherever in a question it stands."""
    for place in _places(name):
        question = copy.deepcopy(EXAMPLES[name])
        found = _entries(question)[place][0]
        key = sorted(set(found) - {"type"})[-1]
        found[f"{key}x"] = found.pop(key)
        assert any(f"'{key}x'" in message for message in _messages_within(question)), (place, key)


def _messages_within(question: dict[str, Any]) -> list[str]:
    """Return every message about *question*, also those below a choice between schemas."""
    waiting = list(VALIDATOR.iter_errors({"questions": [question]}))
    found = []
    while waiting:
        error = waiting.pop()
        found.append(error.message)
        waiting += error.context or []
    return found


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_schema_and_reader_allow_the_same_keys(name: str, place: int, tmp_path: Path) -> None:
    """Of all keys that stand anywhere in a question file, the reader refuses in each place those the schema refuses."""
    question = copy.deepcopy(EXAMPLES[name])
    found, schema = _entries(question)[place]
    added = {*ALL_KEYS, *COMMON_KEYS, "nonsense"} - set(found)
    found.update(dict.fromkeys(added, "x"))
    unknown = set(re.findall(r"unknown key '(\w+)'", " ".join(_read([question], tmp_path))))
    assert unknown == added - set(schema["properties"])


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_schema_and_reader_require_the_same_keys(name: str, place: int, tmp_path: Path) -> None:
    """What the schema requires the reader misses, and what it does not require can be left out."""
    for key in list(_entries(EXAMPLES[name])[place][0]):
        question = copy.deepcopy(EXAMPLES[name])
        found, schema = _entries(question)[place]
        del found[key]
        missing = any(f"'{key}' is missing" in line for line in _read([question], tmp_path))
        assert missing == (key in schema["required"]), key


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_every_key_is_explained(name: str, place: int) -> None:
    """An editor has something to show for every key of every type."""
    _, schema = _entries(EXAMPLES[name])[place]
    common = SCHEMA["definitions"]["question"]["properties"]
    shown = {key: common[key] if "$ref" in shape else shape for key, shape in schema["properties"].items()}
    assert [key for key, shape in shown.items() if not shape.get("description", "").endswith(".")] == []


def test_explanations_tell_no_reader_apart() -> None:
    """Each type and each value of an enumeration that editors choose among has its own words."""
    types = SCHEMA["definitions"]["question"]["properties"]["type"]
    assert types["enum"] == list(EXAMPLES)
    assert len(set(types["enumDescriptions"])) == len(types["enum"])


WRONG = [
    ("choice", {"type": "choise"}, "'choise' is not one of"),
    ("choice", {"difficulty": "svår"}, "'svår' is not one of"),
    ("choice", {"last_checked": "22 november"}, "does not match"),
    ("choice", {"id": "Å"}, "does not match"),
    ("choice", {"prompt": None}, "is not of type"),
    ("choice", {"turns": []}, "'turns' was unexpected"),
    ("numeric", {"date": "2026-11-22"}, "is valid under each of"),
    ("branching", {"choices": []}, "'choices' was unexpected"),
]


@pytest.mark.parametrize(("name", "change", "message"), WRONG)
def test_a_wrong_value_is_refused(name: str, change: dict[str, Any], message: str) -> None:
    """A type, a level, a date, an id or a key that the reader refuses is underlined too."""
    assert any(message in line for line in _messages_within({**EXAMPLES[name], **change}))


def test_check_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing or stale schema fails with its file and the command that mends it; writing it mends it."""
    (tmp_path / "quizzes").mkdir()
    hint = "Hint: Run 'python -m handbook schema' and commit the file.\n"
    assert main(["schema", "--check", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"quizzes/quiz.schema.json:1: WARNING: The schema is not there. {hint}"
    shutil.copy(PROJECT / SCHEMA_PATH, tmp_path / SCHEMA_PATH)
    stale = json.loads((tmp_path / SCHEMA_PATH).read_text(encoding="utf-8"))
    del stale["definitions"]["choice"]["properties"]["correct"]
    (tmp_path / SCHEMA_PATH).write_text(json.dumps(stale), encoding="utf-8")
    assert main(["schema", "--check", "--root", str(tmp_path)]) == 1
    expected = f"quizzes/quiz.schema.json:1: WARNING: The schema differs from the question types. {hint}"
    assert capsys.readouterr().err == expected
    assert main(["schema", "--root", str(tmp_path)]) == 0
    assert (tmp_path / SCHEMA_PATH).read_bytes() == (PROJECT / SCHEMA_PATH).read_bytes()


def test_editor_is_wired() -> None:
    """VS Code is told of the schema, offers the extension that uses it, and fetches none from outside."""
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    offered = json.loads((PROJECT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"./{SCHEMA_PATH.as_posix()}": "quizzes/*.yaml"}
    assert settings["yaml.schemaStore.enable"] is False
    assert offered["recommendations"] == ["redhat.vscode-yaml"]
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"!.vscode/settings.json", "!.vscode/extensions.json"} <= set(ignored)
