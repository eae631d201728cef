"""Find the numbers of companies and people that must not be taken for ours: VAT, IBAN, payment, telephone."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.be import ogm_vcs, vat

from intents.entities.findings import Findings

COMMUNICATION = re.compile(
    r"[+*]{3} ?([0-9]{3})[ /]?([0-9]{4})[ /]?([0-9]{5}) ?[+*]{3}"
    r"|(?<![0-9/])([0-9]{3})/([0-9]{4})/([0-9]{5})(?![0-9/])"
)
IBAN = re.compile(r"(?<![a-z0-9])be[0-9]{2}(?:[ .-]?[0-9]{4}){3}(?![0-9])")
ENTERPRISE = re.compile(
    r"(?<![0-9a-z+])(be[ .-]?)?([01]?[0-9]{3}[. ][0-9]{3}[. ][0-9]{3}|[01][0-9]{9}|[0-9]{9})(?![0-9]|[.][0-9])"
)
ENTERPRISE_NAME = re.compile(
    r"(?:tva|btw|vat|mwst|kbo|bce|ondernemingsn|entreprise|unternehmensn|enterprise|company n)"
)
NAME_BEFORE = 30
TELEPHONE = re.compile(
    r"(?<![0-9a-z])(?:"
    r"(?:\+|00)[1-9][0-9](?:[ ./()-]{0,2}[0-9]){7,10}"
    r"|04[0-9]{2}[ ./]{0,2}(?:[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2}|[0-9]{3}[ .]?[0-9]{3})"
    r"|0[1-9][ ./]{1,2}[0-9]{3}[ .]?[0-9]{2}[ .]?[0-9]{2}"
    r"|0[1-9][0-9][ ./]{1,2}[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2}"
    r"|0[1-9][0-9]{7})(?![0-9])"
)


def find_company_numbers(found: Findings) -> None:
    """Add enterprise numbers, accounts, structured communications and telephone numbers."""
    _find_communications(found)
    _find_accounts(found)
    _find_enterprises(found)
    for match in TELEPHONE.finditer(found.folded.plain):
        digits = "".join(character for character in match.group() if character.isdigit() or character == "+")
        found.add("phone", digits, match.span())


def _find_communications(found: Findings) -> None:
    for match in COMMUNICATION.finditer(found.folded.plain):
        digits = "".join(part for part in match.groups() if part)
        value = f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"
        fault = None if ogm_vcs.is_valid(digits) else "check_digit"
        found.add("structured_communication", value, match.span(), fault=fault)


def _find_accounts(found: Findings) -> None:
    for match in IBAN.finditer(found.folded.plain):
        value = iban.compact(match.group().replace(".", ""))
        found.add(
            "iban",
            value,
            match.span(),
            fault=None if iban.is_valid(value, check_country=False) else "check_digit",
        )


def _find_enterprises(found: Findings) -> None:
    plain = found.folded.plain
    for match in ENTERPRISE.finditer(plain):
        country, written = match.groups()
        digits = "".join(character for character in written if character.isdigit())
        before = plain[max(0, match.start() - NAME_BEFORE) : match.start()]
        named = country is not None or ENTERPRISE_NAME.search(before) is not None
        if not named and (len(digits) == 9 or digits.startswith(("1046", "1406"))):
            continue
        value = vat.compact(digits)
        if vat.is_valid(value):
            found.add("enterprise_number", value, match.span())
        elif named:
            found.add("enterprise_number", value, match.span(), fault="check_digit")
