"""Read the catalogue of what people say and check that it can be learnt from.

Files are read with the lines of their phrases, so that a problem is told where the designer finds it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

import yaml

from intents.declaration import FAQ, Declaration, read_declaration
from intents.templates import BadTemplateError, Part, Vocabulary, parse, sample
from intents.text import tokens
from intents.understanding import LANGUAGES, Language

CATALOGUE = Path(__file__).parent / "catalogue"
SECTIONS = ("examples", "templates")
_BOTH = "one message cannot mean two things: also in"


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong in the catalogue, and where (`line` counts from 1; 0 is the whole file)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Say it the way editors understand."""
        return f"{self.file}:{self.line}: {self.message}"


class CatalogueError(ValueError):
    """Hold all that is wrong with a catalogue that cannot be learnt from."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one example, or one template, with its place in the catalogue."""

    text: str
    label: str
    language: Language
    file: str
    line: int
    template: bool

    @property
    def source(self) -> str:
        """Name the place of the phrase."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Phrasebook:
    """Hold the whole catalogue."""

    declaration: Declaration
    phrases: tuple[Phrase, ...]
    vocabularies: Mapping[Language, Vocabulary]
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def examples(self) -> tuple[Phrase, ...]:
        """Give the whole messages, without the templates."""
        return tuple(phrase for phrase in self.phrases if not phrase.template)

    def checked(self) -> Phrasebook:
        """Give the phrasebook back if it can be learnt from.

        Raises `CatalogueError` with every problem found.
        """
        if self.problems:
            raise CatalogueError(self.problems)
        return self

    def samples(self, phrase: Phrase, *, count: int) -> list[str]:
        """Give sentences of a template, the same ones each time; an example is its own only one."""
        if not phrase.template:
            return [phrase.text]
        return sample(phrase.text, self.vocabularies[phrase.language], count=count)


def fingerprint(folder: Path = CATALOGUE) -> str:
    """Give a digest of the catalogue's content, cheap enough for each start."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def read_phrasebook(folder: Path = CATALOGUE) -> Phrasebook:
    """Read the catalogue with the problems it has; `checked` refuses one that has any."""
    declaration = read_declaration((folder / "intents.yaml").read_text(encoding="utf-8"))
    problems: list[Problem] = []
    phrases: list[Phrase] = []
    vocabularies: dict[Language, Vocabulary] = {}
    for language in LANGUAGES:
        vocabularies[language] = _read_lists(folder, language, problems)
        said = list(_read_language(folder, language, declaration, problems))
        problems.extend(_bad_templates(said, vocabularies[language]))
        phrases.extend(said)
    problems.extend(_said_twice(phrases))
    return Phrasebook(declaration, tuple(phrases), vocabularies, tuple(problems))


def _read_language(
    folder: Path, language: Language, declaration: Declaration, problems: list[Problem]
) -> Iterator[Phrase]:
    """Read the files of one language; each intent must have its own."""
    expected = {_file_name(label): label for label in declaration.labels}
    there = {path.name: path for path in (folder / language).glob("[!_]*.yaml")}
    problems.extend(
        Problem(f"{language}/{name}", 0, "no intent or topic of intents.yaml has this name")
        for name in sorted(there.keys() - expected.keys())
    )
    for name, label in expected.items():
        if name not in there:
            problems.append(Problem(f"{language}/{name}", 0, "this file is missing"))
            continue
        for section, line, text in _read_file(there[name], f"{language}/{name}", problems):
            yield Phrase(text, label, language, f"{language}/{name}", line, section == "templates")


def _file_name(label: str) -> str:
    """Give the name of the file that holds the phrases of a label."""
    return f"{label.replace(f'{FAQ}:', f'{FAQ}.')}.yaml"


def _read_file(path: Path, name: str, problems: list[Problem]) -> Iterator[tuple[str, int, str]]:
    """Give section, line and text of each phrase of a file."""
    for section, node in _mapping(path, name, problems):
        line = _line(node)
        if section not in SECTIONS:
            problems.append(Problem(name, line, f"{section!r} is not one of {', '.join(SECTIONS)}"))
        elif not isinstance(node, yaml.SequenceNode):
            problems.append(Problem(name, line, f"{section} must be a list of phrases"))
        else:
            for item in node.value:
                if isinstance(item, yaml.ScalarNode) and item.value.strip():
                    yield section, _line(item), item.value.strip()
                else:
                    problems.append(Problem(name, _line(item), "not a phrase: put it between quotes"))


def _mapping(path: Path, name: str, problems: list[Problem]) -> Iterator[tuple[str, yaml.Node]]:
    """Give the keys and nodes at the top of a file."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problems.append(Problem(name, line, f"not readable as YAML: {error.problem}"))
        return
    if isinstance(root, yaml.MappingNode):
        yield from ((key.value, node) for key, node in root.value)
    elif root is not None:
        problems.append(Problem(name, 1, "must begin with a key such as `examples:`"))


def _line(node: yaml.Node) -> int:
    """Give the line of a node, counted from 1."""
    return cast("int", node.start_mark.line) + 1


def _read_lists(folder: Path, language: Language, problems: list[Problem]) -> Vocabulary:
    """Read `_lists.yaml` of a language."""
    name = f"{language}/_lists.yaml"
    path = folder / name
    lists: dict[str, tuple[str, ...]] = {}
    rules: dict[str, tuple[Part, ...]] = {}
    if not path.exists():
        problems.append(Problem(name, 0, "this file is missing"))
        return Vocabulary(lists, rules)
    for section, node in _mapping(path, name, problems):
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if section == "lists" and isinstance(value, yaml.SequenceNode) and value.value:
                lists[key.value] = tuple(str(item.value) for item in value.value)
            elif section == "rules" and isinstance(value, yaml.ScalarNode):
                rules[key.value] = _rule(value, name, problems)
            else:
                problems.append(Problem(name, _line(key), f"{section} › {key.value} is not understood"))
    vocabulary = Vocabulary(lists, rules)
    for rule, parts in rules.items():
        problems.extend(
            Problem(name, 0, f"<{rule}> names {missing}, which is not there")
            for missing in vocabulary.missing(parts)
        )
    return vocabulary


def _rule(node: yaml.ScalarNode, name: str, problems: list[Problem]) -> tuple[Part, ...]:
    """Read one expression."""
    try:
        return parse(node.value)
    except BadTemplateError as error:
        problems.append(Problem(name, _line(node), f"{node.value!r}: {error}"))
        return ()


def _bad_templates(phrases: Iterable[Phrase], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find templates that cannot be read or that refer to nothing."""
    for phrase in phrases:
        if not phrase.template:
            continue
        try:
            for missing in vocabulary.missing(parse(phrase.text)):
                yield Problem(
                    phrase.file, phrase.line, f"{phrase.text!r} names {missing}, which is not there"
                )
        except BadTemplateError as error:
            yield Problem(phrase.file, phrase.line, f"{phrase.text!r}: {error}")


def _said_twice(phrases: Iterable[Phrase]) -> Iterator[Problem]:
    """Find examples that stand, but for case, accents and digits, under two labels."""
    places: defaultdict[str, dict[str, Phrase]] = defaultdict(dict)
    for phrase in phrases:
        if not phrase.template:
            places[" ".join(tokens(phrase.text))].setdefault(phrase.label, phrase)
    for same in places.values():
        first, *others = same.values()
        for other in others:
            yield Problem(other.file, other.line, f"{other.text!r}: {_BOTH} {first.source}")
