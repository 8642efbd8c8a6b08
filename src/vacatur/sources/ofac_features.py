"""What OFAC says of a party beyond its name: labelled features, from remarks, XML and the CSL's `ids` column alike.

One table leads from OFAC's label ("Tax ID No.") to the FollowTheMoney property; everything else here takes text
apart. Labels are those of OFAC's reference values, under the heads "Identification document type" and "Feature type".
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vacatur.sources import countries

PROPERTY = {
    "DOB": "birthDate",
    "Birthdate": "birthDate",
    "POB": "birthPlace",
    "Place of Birth": "birthPlace",
    "nationality": "nationality",
    "Nationality Country": "nationality",
    "Nationality of Registration": "country",
    "Registration Country": "country",
    "citizen": "citizenship",
    "Citizenship Country": "citizenship",
    "Gender": "gender",
    "Title": "position",
    "Location": "address",
    "Website": "website",
    "Email Address": "email",
    "Phone Number": "phone",
    "Telephone": "phone",
    "Organization Established Date": "incorporationDate",
    "Organization Type:": "sector",
    "SWIFT/BIC": "swiftBic",
    "BIK (RU)": "bikCode",
    "ISIN": "isinCode",
    "Equity Ticker": "ticker",
    "Issuer Name": "alias",
    "D-U-N-S Number": "dunsCode",
    "Legal Entity Number": "leiCode",
    "Unified Social Credit Code (USCC)": "uscCode",
    "United Social Credit Code Certificate (USCCC)": "uscCode",
    "Global Intermediary Identification Number": "giiNumber",
    "SSN": "socialSecurityNumber",
    "MMSI": "mmsi",
    "Vessel Registration Identification": "imoNumber",
    "Vessel Call Sign": "callSign",
    "VESSEL CALL SIGN": "callSign",
    "Other Vessel Call Sign": "callSign",
    "VESSEL TYPE": "type",
    "Vessel Type": "type",
    "VESSEL FLAG": "flag",
    "Vessel Flag": "flag",
    "Former Vessel Flag": "pastFlags",
    "Other Vessel Flag": "pastFlags",
    "Other Vessel Type": "pastTypes",
    "VESSEL TONNAGE": "tonnage",
    "Vessel Tonnage": "tonnage",
    "VESSEL GROSS REGISTERED TONNAGE": "grossRegisteredTonnage",
    "Vessel Gross Registered Tonnage": "grossRegisteredTonnage",
    "Vessel Year of Build": "buildDate",
    "Aircraft Manufacture Date": "buildDate",
    "Aircraft Model": "model",
    "Aircraft Tail Number": "registrationNumber",
    "Previous Aircraft Tail Number": "registrationNumber",
    "Aircraft Mode S Transponder Code": "icaoCode",
    "Aircraft Manufacturer's Serial Number (MSN)": "serialNumber",
    "Aircraft Construction Number (also called L/N or S/N or F/N)": "serialNumber",
    "Aircraft Serial Identification": "serialNumber",
    **dict.fromkeys(
        ("Passport", "Diplomatic Passport", "Stateless Person Passport", "British National Overseas Passport"),
        "passportNumber",
    ),
    **dict.fromkeys(
        (
            "Tax ID No.",
            "R.F.C.",
            "RFC",
            "NIT #",
            "RUC #",
            "RIF #",
            "C.U.I.T.",
            "C.I.F.",
            "US FEIN",
            "V.A.T. Number",
            "Fiscal Code",
            "Italian Fiscal Code",
            "Romanian Tax Registration",
            "Numero Unico de Identificacao Fiscal",
            "Paraguayan tax identification number",
            "R.T.N.",
            "Numero Unico de Identificacao Tributaria (NUIT)",
        ),
        "taxNumber",
    ),
    **dict.fromkeys(
        (
            "Registration Number",
            "Registration ID",
            "Business Registration Number",
            "Business Registration Document #",
            "Business Number",
            "Company Number",
            "UK Company Number",
            "Commercial Registry Number",
            "C.R. No.",
            "Certificate of Incorporation Number",
            "Chamber of Commerce Number",
            "Central Registration System Number",
            "Dubai Chamber of Commerce Membership No.",
            "Economic Register Number (CBLS)",
            "Enterprise Number",
            "Folio Mercantil No.",
            "Government Gazette Number",
            "Istanbul Chamber of Comm. No.",
            "Matricula Mercantil No",
            "Public Registration Number",
            "Registered Charity No.",
            "Registration Certificate Number (Dubai)",
            "Romanian C.R.",
            "Trade License No.",
            "Tourism License No.",
            "License",
            "License #",
            "LE Number",
            "Branch Unit Number",
            "File Number",
            "Organization Code",
            "Permit Number",
            "SRE Permit No.",
            "Afghan Money Service Provider License Number",
            "Russian State Individual Business Registration Number Pattern (OGRNIP)",
        ),
        "registrationNumber",
    ),
    **dict.fromkeys(
        (
            "National ID No.",
            "Cedula No.",
            "Cedula No. Residencia",
            "C.U.R.P.",
            "C.U.I.P.",
            "D.N.I.",
            "N.I.E.",
            "I.F.E.",
            "Identification Number",
            "Personal ID Card",
            "Citizen's Card Number",
            "Birth Certificate Number",
            "Bosnian Personal ID No.",
            "Cartilla de Servicio Militar Nacional",
            "Credencial electoral",
            "Driver's License No.",
            "Electoral Registry No.",
            "Immigration No.",
            "Interpol: Red Notice. File No.",
            "Kenyan ID No.",
            "Moroccan Personal ID No.",
            "National Foreign ID Number",
            "Pilot License Number",
            "Public Security and Immigration No.",
            "Refugee ID Card",
            "Residency Number",
            "Romanian Permanent Resident",
            "Seafarer's Identification Document",
            "Serial No.",
            "Stateless Person ID Card",
            "Travel Document Number",
            "Turkish Identification Number",
            "VisaNumberID",
            "Chinese Commercial Code",
            "Numero de Identidad",
            "Tazkira National ID Card",
            "UAE Identification",
            "Military Registration Number",
        ),
        "idNumber",
    ),
}
"""FollowTheMoney property by OFAC's label."""

ISSUED = frozenset({"passportNumber", "taxNumber", "registrationNumber", "idNumber", "uscCode", "leiCode", "imoNumber"})
"""Properties whose values OFAC prints with the issuing country and days: `X1234567 (Russia) issued 01 Oct 2001`."""

DIGITAL_CURRENCY = "Digital Currency Address"
"""Head of a family of labels, one a currency: "Digital Currency Address - XBT"."""

LEGAL_LABELS = (
    "Secondary sanctions risk",
    "Additional Sanctions Information",
    "Transactions Prohibited For Persons",
    "Executive Order ",
    "CAATSA Section",
    "For more information",
    "for more information",
    "IFCA Determination",
    "Listing Date",
    "Effective Date",
    "Purchase/Sales For Divestment Date",
    "Target Type",
    "Subject to Directive",
)
"""Heads of statements on the law, not on the party; they stay in the listing's remarks."""

COUNTRY_OF_REGISTER = frozenset({"registrationNumber", "taxNumber", "ogrnCode", "innCode", "uscCode"})
"""Properties whose issuing country is the organisation's own."""

LABEL = re.compile(
    r"(?:alt\. )?(?P<label>"
    + "|".join(re.escape(label) for label in sorted(PROPERTY, key=len, reverse=True))
    + r"|Digital Currency Address - \w+|(?:Listing|Effective|Purchase/Sales For Divestment) Date \([^)]+\))"
    r"(?=[ :])[: ]*(?P<rest>\S.*)",
    re.S,
)
TAIL = re.compile(
    r"^(?P<value>.+?)(?: \((?P<country>[^()]+(?:\([^()]*\)[^()]*)?)\))?"
    r"(?: (?:issued|expires)\b.*)?$",
    re.S,
)
FULL_STOP = re.compile(r"(?<!\.\w)\.$")
WEAK_NAME = re.compile(r"^(?P<kind>[afn]\.k\.a\.),? '(?P<name>.*)'$", re.S)


class Feature(NamedTuple):
    """One labelled statement; `country` is the issuer's name or code as printed."""

    label: str
    value: str
    country: str = ""


def split_remarks(remarks: str) -> Iterator[str]:
    """The statements of a remarks field, without the full stop that ends it (but "S.A." keeps its own)."""
    for part in FULL_STOP.sub("", remarks.strip()).split("; "):
        statement = part.strip().removeprefix("alt. ")
        if statement:
            yield statement


def read_feature(statement: str) -> Feature | None:
    """A labelled statement taken apart: `Passport 1084010 (Egypt)`; None when it has no known label."""
    match = LABEL.match(statement)
    if match is None:
        return None
    label, rest = match["label"], match["rest"].strip()
    if PROPERTY.get(label) in ISSUED:
        tail = TAIL.match(rest)
        if tail:
            return Feature(label, tail["value"].strip(), (tail["country"] or "").strip())
    return Feature(label, rest)


def property_of(feature: Feature) -> tuple[str, tuple[str, ...]] | None:
    """The FollowTheMoney property and values of a feature; None when OFAC's label means nothing there."""
    label, value = feature.label, feature.value
    if label.startswith(DIGITAL_CURRENCY):
        return "publicKey", (value,)
    name = PROPERTY.get(label)
    if name is None:
        return None
    imo = IMO.fullmatch(value)
    if imo and (name == "imoNumber" or value.startswith("IMO")):
        return "imoNumber", (f"IMO{imo[1]}",)
    if name in {"birthDate", "incorporationDate", "buildDate"}:
        return name, read_span(value)
    if name in {"nationality", "citizenship", "flag", "pastFlags", "country"}:
        return name, tuple(filter(None, [country_code(value)]))
    if name == "gender":
        value = value.lower()
    elif (name == "leiCode" and not LEI.fullmatch(value)) or name == "imoNumber":
        name = "registrationNumber"
    return name, (value,)


def russian_number(name: str, value: str) -> str | None:
    """`innCode` or `ogrnCode` for a Russian tax or registration number of the right length."""
    digits = value if value.isdigit() else ""
    if name == "taxNumber" and len(digits) in {10, 12}:
        return "innCode"
    if name in {"registrationNumber", "idNumber"} and len(digits) in {13, 15}:
        return "ogrnCode"
    return None


MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
SPAN = re.compile(r" to |(?<=\d{4})\s*-\s*(?=\d{4}$)")
IMO = re.compile(r"(?:IMO)?\s*(\d{7})")
LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
DAY = re.compile(r"(?:(?P<day>\d{1,2}) )?(?P<month>[A-Za-z]{3})[a-z]* (?P<year>\d{4})")


def read_day(text: str) -> str:
    """OFAC's dates as ISO prefixes: `10 Dec 1948` → 1948-12-10, `Dec 1948` → 1948-12, `circa 1951` → 1951."""
    plain = text.strip().removeprefix("circa ").strip()
    match = DAY.fullmatch(plain)
    if match is None or (month := MONTHS.get(match["month"].lower())) is None:
        return plain
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return f"{match['year']}-{month:02}{day}"


def read_span(text: str) -> tuple[str, ...]:
    """A date, or both ends of a span as years: `01 Jan 1961 to 31 Dec 1963` → 1961, 1963."""
    ends = SPAN.split(text.strip())
    if len(ends) == 1:
        return (read_day(text),)
    return tuple(dict.fromkeys(read_day(end)[:4] for end in ends))


def country_code(name: str) -> str | None:
    """The code of a country that OFAC names ("Korea, North" → kp); None for none or unknown."""
    return countries.country_code(name.partition(".  Previously")[0])


def legal_remarks(remarks: str, features: Iterable[Feature]) -> str:
    """The remarks, and after them those features that speak of the law, as OFAC's csv files have them."""
    law = (f"{item.label} {item.value}".strip() for item in features if item.label.startswith(LEGAL_LABELS))
    return "; ".join(filter(None, [remarks, *law]))
