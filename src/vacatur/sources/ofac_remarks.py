"""The remarks of OFAC's classic files, and what they say of a party.

Remarks are one text of parts between semicolons: `DOB 1966; POB Tehran, Iran; nationality Iran; Passport A123 (Iran)`.
The form is described in OFAC's data specification (dat_spec.txt); the words for documents are those that occur.
"""

import re
from collections import defaultdict

from vacatur.sources.countries import country_code

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}

DOCUMENTS = (
    ("passport", "passportNumber"),
    ("vessel registration identification imo", "imoNumber"),
    ("identification number imo", "imoNumber"),
    ("imo", "imoNumber"),
    ("mmsi", "mmsi"),
    ("maritime mobile service identity", "mmsi"),
    ("legal entity number", "leiCode"),
    ("unified social credit code (uscc)", "uscCode"),
    ("unified social credit code", "uscCode"),
    ("swift/bic", "swiftBic"),
    ("isin", "isin"),
    ("equity ticker", "ticker"),
    ("d-u-n-s number", "dunsCode"),
    ("tax id no.", "taxNumber"),
    ("r.f.c.", "taxNumber"),
    ("nit #", "taxNumber"),
    ("nit", "taxNumber"),
    ("ruc #", "taxNumber"),
    ("vat registration number", "taxNumber"),
    ("rif #", "taxNumber"),
    ("cuit #", "taxNumber"),
    ("c.u.i.t.", "taxNumber"),
    ("c.u.i.", "taxNumber"),
    ("primary state registration number", "registrationNumber"),
    ("registration number", "registrationNumber"),
    ("registration id", "registrationNumber"),
    ("company number", "registrationNumber"),
    ("commercial registry number", "registrationNumber"),
    ("business registration number", "registrationNumber"),
    ("business number", "registrationNumber"),
    ("enterprise number", "registrationNumber"),
    ("c.r. no.", "registrationNumber"),
    ("folio mercantil no.", "registrationNumber"),
    ("matricula mercantil no", "registrationNumber"),
    ("chamber of commerce number", "registrationNumber"),
    ("trade license no.", "registrationNumber"),
    ("government gazette number", "registrationNumber"),
    ("cedula no.", "idNumber"),
    ("c.u.r.p.", "idNumber"),
    ("national id no.", "idNumber"),
    ("personal id card", "idNumber"),
    ("identification number", "idNumber"),
    ("d.n.i.", "idNumber"),
    ("ssn", "socialSecurityNumber"),
    ("driver's license no.", "idNumber"),
    ("digital currency address - ", "publicKey"),
    ("website", "website"),
    ("email address", "email"),
    ("phone number", "phone"),
    ("gender", "gender"),
    ("nationality", "nationality"),
    ("citizen", "citizenship"),
    ("dob", "birthDate"),
    ("pob", "birthPlace"),
    ("organization established date", "incorporationDate"),
    ("aircraft tail number", "registrationNumber"),
    ("aircraft model", "model"),
    ("aircraft manufacturer's serial number (msn)", "serialNumber"),
    ("aircraft manufacture date", "buildDate"),
    ("vessel year of build", "buildDate"),
)
"""What a part begins with, and the FollowTheMoney property that holds the rest; the first that fits counts."""

COUNTRY_KINDS = ("nationality", "citizenship")
DATE_KINDS = ("birthDate", "incorporationDate", "buildDate")
PLAIN_KINDS = ("website", "email", "phone", "birthPlace", "model")

_DATE = re.compile(r"(?:circa\s+)?(?:(?:(\d{1,2})\s+)?([A-Za-z]{3})[a-z]*\s+)?(\d{4})(?!\d)", re.IGNORECASE)
_AKA = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)\s*[\"'“‘]+(.+?)[\"'”’]+\.?$")
_AKA_KINDS = {"a.k.a.": "weakAlias", "f.k.a.": "previousName", "n.k.a.": "alias"}


def read_remarks(remarks: str) -> dict[str, list[str]]:
    """{FollowTheMoney property: values} of what remarks state; parts of no known form are left to the raw text."""
    found: dict[str, list[str]] = defaultdict(list)
    for raw in remarks.rstrip(".").split(";"):
        part = raw.strip().rstrip(".").removeprefix("alt. ").removeprefix("Alt. ").strip("()")
        alias = _AKA.match(part)
        if alias:
            found[_AKA_KINDS[alias.group(1)]].append(alias.group(2))
            continue
        lowered = part.lower()
        for beginning, kind in DOCUMENTS:
            if lowered.startswith(beginning):
                rest = part[len(beginning) :].lstrip(" :#")
                if kind == "publicKey":
                    rest = rest.partition(" ")[2]
                if value := _value(kind, rest):
                    found[kind].append(value)
                break
    return dict(found)


def _value(kind: str, text: str) -> str | None:
    """The value of a property from the text that follows its name."""
    if kind in DATE_KINDS:
        return read_date(text)
    if kind in COUNTRY_KINDS:
        return country_code(text)
    if kind == "gender":
        word = text.lower()
        return word if word in ("male", "female") else None
    if kind in PLAIN_KINDS:
        return text
    number = re.split(r"\s*\(|\s+(?:issued|expires)\b", text, maxsplit=1)[0].strip()
    if kind == "imoNumber":
        digits = "".join(c for c in number if c.isdigit())
        return f"IMO{digits}" if len(digits) == 7 else None
    return number if any(c.isdigit() for c in number) or kind in ("ticker", "swiftBic") else None


def read_date(text: str) -> str | None:
    """An OFAC date ("02 Mar 1966", "Mar 1966", "circa 1966") as an ISO date of the same precision."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    day, month, year = match.groups()
    number = MONTHS.get(month.lower()) if month else None
    if number is None:
        return year
    return f"{year}-{number:02d}-{int(day):02d}" if day else f"{year}-{number:02d}"
