"""Templates are read strictly and sampled the same way each time."""

from __future__ import annotations

import pytest

from intents.templates import BadTemplateError, Choice, Reference, Vocabulary, parse, sample

VOCABULARY = Vocabulary(
    lists={"period": ["octobre", "mars 2026"], "place": ["Namur"]},
    rules={"hello": parse("(bonjour|salut)"), "again": parse("<again> x")},
)


def test_parse_reads_choices_options_and_references() -> None:
    assert parse("[<hello>] (la|une) facture {period}") == (
        Choice(((Reference("rule", "hello"),), ())),
        " ",
        Choice((("la",), ("une",))),
        " facture ",
        Reference("list", "period"),
    )


def test_parse_reads_choices_within_choices() -> None:
    assert parse("(a [b]|c)") == (Choice((("a ", Choice((("b",), ()))), ("c",))),)


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("(a|b", "never closed"),
        ("[a", "never closed"),
        ("a)", "closes nothing"),
        ("(a]", "never closed"),
        ("a {period", "stands alone"),
        ("a > b", "stands alone"),
        ("{}", "names nothing"),
    ],
)
def test_parse_says_what_is_wrong(template: str, why: str) -> None:
    with pytest.raises(BadTemplateError, match=why):
        parse(template)


def test_missing_names_references_that_lead_nowhere() -> None:
    assert list(VOCABULARY.missing(parse("<bye> {period} ({day}|x)"))) == ["<bye>", "{day}"]


def test_sample_gives_every_reading_of_a_small_template() -> None:
    assert sorted(sample("[<hello>] facture", VOCABULARY, count=50)) == [
        "bonjour facture",
        "facture",
        "salut facture",
    ]


def test_sample_gives_at_most_the_wanted_number_and_no_sentence_twice() -> None:
    found = sample("(a|b|c) (d|e|f) {period}", VOCABULARY, count=5)
    assert len(found) == len(set(found)) == 5


def test_sample_is_the_same_each_time() -> None:
    template = "(a|b|c|d) (e|f|g|h) {period}"
    assert sample(template, VOCABULARY, count=8) == sample(template, VOCABULARY, count=8)


def test_sample_refuses_a_rule_that_leads_back_to_itself() -> None:
    with pytest.raises(BadTemplateError, match="itself"):
        sample("<again>", VOCABULARY, count=1)
