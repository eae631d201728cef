"""The check of the catalogue tells a designer what a change has done."""

from benchmarks.catalogue import Verdict, report

STRAY = Verdict("une annexe", "fr", "invoice.annex", "faq:cs.annex", 0.8, "fr/invoice.annex.yaml:3")
SOUND = Verdict("mes factures", "fr", "invoice.search", "invoice.search", 0.9, "fr/invoice.search.yaml:2")


def test_report_names_each_phrase_that_goes_astray_where_nothing_is_known_before() -> None:
    assert list(report([STRAY, SOUND], {})) == [
        "50.0% of 2 examples go to their own intent without having been learnt",
        "   1  invoice.annex taken for faq:cs.annex",
        "fr/invoice.annex.yaml:3: 'une annexe' would be taken for faq:cs.annex (0.80)",
    ]


def test_report_tells_what_the_last_change_has_harmed_and_mended() -> None:
    before = {STRAY.key: "invoice.annex", SOUND.key: "invoice.export"}
    lines = list(report([STRAY, SOUND], before))
    assert "since the last run: 1 more go astray, 1 no longer do" in lines
    assert lines[-1] == str(STRAY)


def test_report_is_silent_about_phrases_that_went_astray_before() -> None:
    lines = list(report([STRAY, SOUND], {STRAY.key: "faq:cs.annex"}))
    assert str(STRAY) not in lines
    assert str(STRAY) in report([STRAY, SOUND], {STRAY.key: "faq:cs.annex"}, everything=True)
