"""The packaged dossiers: curated, documented histories of parties, and the reviewed crosswalk to the lists.

The data is YAML under `vacatur/dossiers/`; its form is that of `sources.acts_yaml`. Nothing is computed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files

from vacatur.law.acts import Act, Measure
from vacatur.parties import Entry, Party
from vacatur.sources.acts_yaml import Known, ListedAs, read_act_files, read_measures, read_parties


@dataclass(frozen=True, slots=True)
class Dossiers:
    """All that ships: measures and acts, parties, and how list entries are recognised as those parties.

    `crosswalk` maps an id that a source gives to the party it is; `version` is a digest of the content, which changes
    exactly when a file does.
    """

    measures: Mapping[str, Measure]
    parties: tuple[Party, ...]
    acts: tuple[Act, ...]
    crosswalk: Mapping[str, str]
    version: str
    printed: Mapping[tuple[str, str], tuple[tuple[ListedAs, str], ...]] = field(repr=False)

    def party_of(self, entry: Entry) -> str | None:
        """The dossier party that a list entry is: by its id, or by the exact name that its list prints."""
        known = self.crosswalk.get(entry.party.id)
        if known is not None:
            return known
        for listing in entry.listings:
            for name in entry.party.get("name"):
                for listed_as, party in self.printed.get((listing.measure, folded(name)), ()):
                    countries = entry.party.countries
                    if listed_as.country is None or not countries or listed_as.country in countries:
                        return party
        return None


def folded(name: str) -> str:
    """A printed name without differences of case and white space, and without the star of a footnote."""
    return " ".join(name.casefold().removesuffix("*").split())


@cache
def load() -> Dossiers:
    """Read the packaged dossiers.

    Raises:
        MistakesError: a packaged file is damaged.
    """
    texts = packaged_texts()
    act_texts = {name: text for name, text in texts.items() if name.startswith("acts/")}
    measures = read_measures(texts["measures.yaml"], "measures.yaml")
    records = read_parties(texts["parties.yaml"], "parties.yaml", measures)
    acts = read_act_files(act_texts, Known(measures, {record.party.id for record in records}))
    printed: dict[tuple[str, str], tuple[tuple[ListedAs, str], ...]] = {}
    for record in records:
        for listed_as in record.listed_as:
            key = (listed_as.measure, folded(listed_as.name))
            printed[key] = (*printed.get(key, ()), (listed_as, record.party.id))
    return Dossiers(
        measures=measures,
        parties=tuple(record.party for record in records),
        acts=tuple(acts),
        crosswalk={known_as: record.party.id for record in records for known_as in record.ids},
        version=digest(texts.items()),
        printed=printed,
    )


def packaged_texts() -> dict[str, str]:
    """The packaged files by name: `measures.yaml`, `parties.yaml`, `acts/….yaml`."""
    folder = files("vacatur") / "dossiers"
    act_files = sorted((f for f in (folder / "acts").iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    texts = {file.name: file.read_text("utf-8") for file in (folder / "measures.yaml", folder / "parties.yaml")}
    return texts | {f"acts/{file.name}": file.read_text("utf-8") for file in act_files}


def packaged_version() -> str:
    """The digest of the packaged files, without reading what they say."""
    return digest(packaged_texts().items())


def digest(texts: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over names and texts, in the order of the names."""
    whole = sha256()
    for name, text in sorted(texts):
        whole.update(f"{name}\0{len(text)}\0{text}".encode())
    return whole.hexdigest()
