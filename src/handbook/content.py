"""Everything the handbook is made of, read and checked together, without Sphinx."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from handbook.change_log import Change, load_changes
from handbook.coming_law import ComingLaw, check_coming, load_coming
from handbook.course_questions import CourseQuestions, check_answers, load_course_questions
from handbook.diagnostics import Code, Diagnostics, did_you_mean
from handbook.glossary import Glossary, check_glossary, load_glossary
from handbook.guide import Guide, check_guide, load_guide
from handbook.law_register import LawRegister, load_law_register
from handbook.picture_data import Pictures, check_pictures, load_pictures
from handbook.policy_register import PolicyRegister, check_policy_rules, load_policy_register
from handbook.profile import DEFAULT_PROFILE, ROLES, Catalogue, Profile, load_parameters, load_profile
from handbook.question_bank import QuestionBank, check_quarantine, check_questions, load_question_bank
from handbook.rule_register import RuleRegister, check_rules, load_rule_register
from handbook.subjects import Subject, check_subjects, load_subjects

LAW_FOLDER = Path("docs/om/lagregister")
RULE_FOLDER = Path("docs/sla-upp")
QUIZ_FOLDER = Path("quizzes")
PROFILE_FOLDER = Path("profiles")
POLICY_FOLDER = Path("docs/policy/regler")
COURSE_QUESTIONS_FILE = Path("docs/om/kursfragor.yaml")
POLICY_PAGES = Path("docs/policy")
GUIDE_FILE = RULE_FOLDER / "guide.yaml"
SUBJECT_FILE = RULE_FOLDER / "amnen.yaml"
COMING_FILE = Path("docs/om/kommande.yaml")
CHANGE_LOG = Path("CHANGELOG.md")
GLOSSARY_FILE = Path("docs/om/ordlista.yaml")
PICTURE_FILE = Path("docs/om/bilder.yaml")
_SUBSTITUTION = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")


@dataclass(frozen=True)
class Content:
    """The registers, the bank, the profile and the catalogue, and every slip found while reading them."""

    root: Path
    laws: LawRegister
    rules: RuleRegister
    bank: QuestionBank
    course_questions: CourseQuestions
    policy_rules: PolicyRegister
    glossary: Glossary
    pictures: Pictures
    parameters: Catalogue
    profile: Profile | None
    guide: Guide | None
    subjects: tuple[Subject, ...]
    coming: tuple[ComingLaw, ...]
    changes: tuple[Change, ...]
    diagnostics: Diagnostics


def load_content(root: Path, profile_name: str = DEFAULT_PROFILE) -> Content:
    """Return the content below *root* in the edition *profile_name*; never raises on what authors write."""
    diagnostics = Diagnostics()
    laws = load_law_register(root / LAW_FOLDER, diagnostics)
    rules = load_rule_register(root / RULE_FOLDER, diagnostics)
    bank = load_question_bank(root / QUIZ_FOLDER, diagnostics)
    parameters = load_parameters(root / PROFILE_FOLDER / "parameters.yaml", diagnostics)
    profile = load_profile(profile_name, root / PROFILE_FOLDER, parameters, diagnostics)
    course_questions = load_course_questions(root / COURSE_QUESTIONS_FILE, diagnostics)
    policy_rules = load_policy_register(root / POLICY_FOLDER, diagnostics)
    glossary = load_glossary(root / GLOSSARY_FILE, diagnostics)
    pictures = load_pictures(root / PICTURE_FILE, diagnostics)
    check_rules(rules, laws, ROLES, diagnostics)
    guide = load_guide(root / GUIDE_FILE, diagnostics)
    if guide is not None:
        check_guide(guide, rules, laws, ROLES, diagnostics)
    subjects = load_subjects(root / SUBJECT_FILE, diagnostics)
    check_subjects(root / SUBJECT_FILE, subjects, rules, diagnostics)
    coming = load_coming(root / COMING_FILE, diagnostics)
    check_coming(root / COMING_FILE, coming, laws, rules, diagnostics)
    changes = load_changes(root / CHANGE_LOG, root / "docs", diagnostics)
    check_answers(rules, course_questions, diagnostics)
    check_policy_rules(policy_rules, root / "docs", rules, parameters, diagnostics)
    check_glossary(glossary, laws, rules, diagnostics)
    check_pictures(pictures, laws, diagnostics)
    check_questions(bank, rules, diagnostics)
    check_quarantine(bank, rules, laws, diagnostics)
    _check_bounds(root / PROFILE_FOLDER / "parameters.yaml", parameters, laws, diagnostics)
    if profile is not None:
        _check_substitutions(root, profile, parameters, diagnostics)
    diagnostics.sort(key=lambda found: (found.path.as_posix(), found.line))
    return Content(
        root, laws, rules, bank, course_questions, policy_rules, glossary, pictures, parameters, profile, guide,
        subjects.listed, coming, changes, diagnostics,
    )  # fmt: skip


def _check_bounds(path: Path, parameters: Catalogue, laws: LawRegister, diagnostics: Diagnostics) -> None:
    for parameter in parameters.values():
        provision_id = parameter.bound.provision if parameter.bound else None
        if provision_id is not None and laws.lacks(provision_id):
            diagnostics.report(
                (path, getattr(provision_id, "line", 1)),
                Code.UNKNOWN_PROVISION,
                f"parameter '{parameter.name}': '{provision_id}' is not in the law register.",
                laws.suggestion(provision_id),
            )


def _check_substitutions(root: Path, profile: Profile, parameters: Catalogue, diagnostics: Diagnostics) -> None:
    """Report every ``{{ name }}`` in pages and questions that the profile does not hold."""
    known = flat_names(profile.substitutions())
    docs = [path for kind in ("*.md", "*.yaml") for path in sorted((root / "docs").rglob(kind))]
    paths = [*docs, *sorted((root / QUIZ_FOLDER).glob("*.yaml"))]
    for path in paths:
        text = path.read_bytes().decode("utf-8", errors="replace")
        for match in _SUBSTITUTION.finditer(text):
            if match.group(1) not in known and parameters.lacks(match.group(1)):
                diagnostics.report(
                    (path, text[: match.start()].count("\n") + 1),
                    Code.UNKNOWN_PARAMETER,
                    f"The profile has no value '{match.group(1)}'.",
                    did_you_mean(match.group(1), known),
                )


def flat_names(values: dict[str, object]) -> list[str]:
    """Return the dotted names of nested *values*, such as ``contact.hr.name``."""
    return list(flat_values(values))


def flat_values(values: dict[str, object], prefix: str = "") -> dict[str, str]:
    """Return nested *values* by their dotted names, such as ``contact.hr.name``."""
    flat: dict[str, str] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        flat |= flat_values(value, f"{name}.") if isinstance(value, dict) else {name: str(value)}
    return flat
