"""The project's own wheel for the exercises: the package as it is, and the edition's rules, questions and values.

The browser imports it from the site itself and asks no registry, so what the exercises grade with is the very
:mod:`handbook.grader` of the pages. Same content, same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import __version__
from handbook.content import LAW_FOLDER, PROFILE_FOLDER, QUIZ_FOLDER, RULE_FOLDER, Content, flat_values

if TYPE_CHECKING:
    from collections.abc import Mapping

DISTRIBUTION = "handbok_offentlighet_sekretess"
WHEEL_FILE = f"{DISTRIBUTION}-{__version__}-py3-none-any.whl"
EDITION = "handbook/edition"
EXERCISE_QUESTIONS = "_exercises.yaml"
_PACKAGE = Path(__file__).parent
_OUTSIDE = frozenset({"__main__.py"})


def wheel(content: Content) -> bytes:
    """Return the wheel of the package and the edition in *content* (the format of PEP 427)."""
    files = {**_sources(), **_edition(content)}
    info = f"{DISTRIBUTION}-{__version__}.dist-info"
    name = DISTRIBUTION.replace("_", "-")
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {__version__}\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: handbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in sorted(files.items()))
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    return _packed(files)


def lock_entry(data: bytes) -> dict[str, object]:
    """Return the wheel's entry in Pyodide's list of packages."""
    return {
        "name": DISTRIBUTION.replace("_", "-"),
        "version": __version__,
        "file_name": WHEEL_FILE,
        "install_dir": "site",
        "sha256": hashlib.sha256(data).hexdigest(),
        "package_type": "package",
        "imports": ["handbook"],
        "depends": ["pyyaml"],
        "unvendored_tests": False,
    }


def _sources() -> dict[str, bytes]:
    paths = [path for path in sorted(_PACKAGE.rglob("*.py")) if path.name not in _OUTSIDE]
    return {f"handbook/{path.relative_to(_PACKAGE).as_posix()}": path.read_bytes() for path in paths}


def _edition(content: Content) -> dict[str, bytes]:
    """Return what the exercises read: their questions with local values, and all content for trainers."""
    values = flat_values(content.profile.substitutions()) if content.profile else {}
    sources = {}
    for rule in content.rules.rules.values():
        bearing = next((content.laws.entries[name] for name in rule.provisions if name in content.laws.entries), None)
        sources[str(rule.id)] = {"question": rule.question, "law": bearing.citation if bearing else ""}
    slug = content.profile.slug if content.profile else ""
    facts = {"sources": sources, "profile": slug, "values": values}
    files = {f"{EDITION}/edition.json": json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1).encode()}
    questions = content.root / QUIZ_FOLDER / EXERCISE_QUESTIONS
    if questions.is_file():
        text = questions.read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"{{{{ {name} }}}}", value)
        files[f"{EDITION}/questions/{EXERCISE_QUESTIONS}"] = text.encode()
    for folder in (RULE_FOLDER, LAW_FOLDER, QUIZ_FOLDER, PROFILE_FOLDER):
        for path in sorted((content.root / folder).glob("*.[mty]*")):
            files[f"{EDITION}/content/{folder.as_posix()}/{path.name}"] = path.read_bytes()
    return files


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode("ascii")


def _packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
