"""The lists that OFAC publishes, as (label, measure), and which of them an entry of the non-SDN files is on.

The labels are ours and the same for every format and year, because presences of successive vintages are compared by
them. Which list an entry of the old non-SDN files belongs to is only told by its programme tags and remarks; the
rules are those of OFAC's list pages and agree with the `sanctionsLists` of the enhanced files (held by a test).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from vacatur.parties import Listing
from vacatur.sources.ofac_features import Feature, read_day


class OfacList(NamedTuple):
    """One list: its label, and the measure that it stands for."""

    label: str
    measure: str


SDN = OfacList("Specially Designated Nationals (SDN)", "ofac-sdn")
SSI = OfacList("Sectoral Sanctions Identifications List (SSI)", "ofac-ssi")
FSE = OfacList("Foreign Sanctions Evaders (FSE)", "ofac-fse")
PLC = OfacList("Palestinian Legislative Council List (PLC)", "ofac-ns-plc")
CAPTA = OfacList("CAPTA List (CAP)", "ofac-capta")
MBS = OfacList("Non-SDN Menu-Based Sanctions List (MBS)", "ofac-mbs")
CMIC = OfacList("Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)", "eo-14032")
EO13599 = OfacList("List of Persons Blocked Solely Pursuant to E.O. 13599", "ofac-eo13599")
OTHER = OfacList("Non-SDN lists, list not stated", "ofac-nonsdn")

NON_SDN = (SSI, FSE, PLC, CAPTA, MBS, CMIC, EO13599)

BY_WORD = (
    ("consolidated", None),
    ("sectoral", SSI),
    ("ssi", SSI),
    ("fse", FSE),
    ("foreign sanctions evaders", FSE),
    ("palestinian", PLC),
    ("ns-plc", PLC),
    ("capta", CAPTA),
    ("561", CAPTA),
    ("menu-based", MBS),
    ("mbs", MBS),
    ("cmic", CMIC),
    ("military-industrial", CMIC),
    ("13599", EO13599),
)
"""Words of OFAC's own list names in its XML files; None for the name of the non-SDN file as a whole."""

BY_PROGRAM = {
    "NS-PLC": PLC,
    "UKRAINE-EO13662": SSI,
    "FSE-IR": FSE,
    "FSE-SY": FSE,
    "FSE-WMD": FSE,
    "561-Related": CAPTA,
    "561List": CAPTA,
    "CMIC-EO13959": CMIC,
    "CAATSA - RUSSIA": MBS,
    "BURMA-EO14014": MBS,
    "ILLICIT-DRUGS-EO14059": MBS,
}
"""Lists that a programme tag names by itself, in the non-SDN files."""

DIRECTIVE = r"(?:EO 14024|Executive Order 14024 Directive Information:? Subject to) Directive "
CAPTA_DIRECTIVE = re.compile(DIRECTIVE + "2", re.I)
MENU_DIRECTIVE = re.compile(DIRECTIVE + "[134]", re.I)
BLOCKED_SINCE = "Section 11 of Executive Order 14024"
"""In the remarks of those whom E.O. 14024 blocks outright: their directive dates are history, the SDN list binds."""


def published_list(name: str) -> OfacList | None:
    """The list that OFAC's XML files call `name`; None for "Consolidated List", which is all of the non-SDN lists."""
    plain = name.lower()
    if plain == "sdn list":
        return SDN
    for word, item in BY_WORD:
        if word in plain:
            return item
    return OTHER


def non_sdn_lists(programs: Sequence[str], remarks: str) -> list[OfacList]:
    """The lists of an entry in the non-SDN files, by its programme tags and its remarks."""
    found = [BY_PROGRAM[tag] for tag in programs if tag in BY_PROGRAM]
    if "RUSSIA-EO14024" in programs and BLOCKED_SINCE not in remarks:
        if CAPTA_DIRECTIVE.search(remarks):
            found.append(CAPTA)
        if MENU_DIRECTIVE.search(remarks):
            found.append(MBS)
    if not found and "IRAN" in programs:
        found.append(EO13599)
    return list(dict.fromkeys(found)) or [OTHER]


DATED = {CMIC: re.compile(r"CMIC"), CAPTA: re.compile(r"Directive 2"), MBS: re.compile(r"Directive [134]")}
"""Which features on dates ("Listing Date (EO 14024 Directive 3)") are about which list."""


def listing_on(
    item: OfacList,
    programs: tuple[str, ...],
    remarks: str,
    features: Iterable[Feature],
    listed_on: date | None = None,
) -> Listing:
    """A place on one list, dated by OFAC's "Listing Date (…)" and "Effective Date (…)" where the list has them."""
    effective = None
    if about := DATED.get(item):
        for feature in features:
            if about.search(feature.label):
                day = whole_day(feature.value)
                if feature.label.startswith("Listing Date"):
                    listed_on = listed_on or day
                elif feature.label.startswith("Effective Date"):
                    effective = effective or day
    return Listing(item.measure, item.label, listed_on, effective, programs=programs, remarks=remarks or None)


def whole_day(text: str) -> date | None:
    """A day as OFAC writes it (`24 Feb 2022`, `2022-02-24`); None when it is no whole day."""
    try:
        return date.fromisoformat(read_day(text))
    except ValueError:
        return None
