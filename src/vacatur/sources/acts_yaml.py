"""Acts, measures and parties as a lawyer writes them in YAML: the form of the packaged dossiers and of `acts import`.

`docs/acts.md` describes the form. Reading is strict: an unknown key, word, party, measure or target is a mistake, named
with its line, and a file with a mistake gives nothing. No file is opened here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import yaml

from vacatur.law.acts import Act, Checked, Consequence, Document, Measure, OwnershipRule, PublishedBasis, Span
from vacatur.law.kinds import KINDS, Effect
from vacatur.law.moments import place
from vacatur.law.rule import find_cycle
from vacatur.parties import Party, make_party
from vacatur.sources.base import SourceError
from vacatur.sources.yaml_reading import Fields, Mistakes, MistakesError, compose, line_of, nearest

ALL = "all"
"""The word for an act that reaches everyone."""

TARGETED = frozenset(
    {"stay_lifted", "injunction_dissolved", "license_revoked", "mandate_recalled", "judgment_reversed", "withdrawn"}
)
"""Kinds that undo an earlier step rather than a listing: without a target they would end every listing in sight."""


@dataclass(frozen=True, slots=True)
class ListedAs:
    """A name under which a measure's list prints a party, held to be that party by a person who compared them."""

    measure: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party with what ties it to the lists: ids it has in sources, and names under which lists print it."""

    party: Party
    ids: tuple[str, ...] = ()
    listed_as: tuple[ListedAs, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What an act may refer to. `parties` None: any id will do; `acts`: ids in the register already."""

    measures: Mapping[str, Measure]
    parties: Collection[str] | None = None
    acts: Collection[str] = ()


def read_acts(
    text: str,
    document: str,
    measures: Mapping[str, Measure],
    parties: Collection[str] | None = None,
    acts: Collection[str] = (),
) -> list[Act]:
    """Read one file of acts.

    Args:
        text: the YAML.
        document: the file's name, for messages.
        measures: the measures that acts may concern, by id.
        parties: ids that acts may reach; None when any will do.
        acts: ids recorded elsewhere, which acts may target and may not bear.

    Raises:
        MistakesError: with every mistake of the file.
    """
    return read_act_files({document: text}, Known(measures, parties, acts))


def read_act_files(texts: Mapping[str, str], known: Known) -> list[Act]:
    """Read files of acts that may target one another's acts; `texts` is {name: YAML}.

    Raises:
        MistakesError: with every mistake of every file.
    """
    acts: list[Act] = []
    where: dict[str, tuple[Mistakes, yaml.Node]] = {}
    reports: list[Mistakes] = []
    for document, text in texts.items():
        mistakes = Mistakes(document)
        reports.append(mistakes)
        try:
            root = compose(text, document)
        except MistakesError as error:
            mistakes.found.extend(error.mistakes)
            continue
        for node, act in _acts_of(root, mistakes, known):
            if act.id in where or act.id in known.acts:
                mistakes.add(node, f"act {act.id}: this id is taken", _taken_where(where, act.id))
                continue
            where[act.id] = mistakes, node
            acts.append(act)
    for act in acts:
        mistakes, node = where[act.id]
        for target in act.targets:
            if target not in where and target not in known.acts:
                mistakes.add(node, f"act {act.id}: no such target {target!r}", nearest(target, [*where, *known.acts]))
    cycle = find_cycle(acts)
    if cycle:
        mistakes, node = where[cycle[0]]
        mistakes.add(node, f"acts that target one another in a circle: {' → '.join(cycle)}")
    found = [mistake for report in reports for mistake in report.found]
    if found:
        raise MistakesError(found)
    return acts


def read_measures(text: str, document: str) -> dict[str, Measure]:
    """Read a file of measures, by id.

    Raises:
        MistakesError: with every mistake of the file.
    """
    mistakes = Mistakes(document)
    measures: dict[str, Measure] = {}
    nodes: dict[str, yaml.Node] = {}
    for node in _entries(compose(text, document), mistakes, "a list of measures"):
        measure = read_measure(Fields(node, mistakes, "measure"))
        if measure is None:
            continue
        if measure.id in measures:
            mistakes.add(node, f"measure {measure.id}: this id is taken", f"First on line {line_of(nodes[measure.id])}")
        measures[measure.id], nodes[measure.id] = measure, node
    for measure in measures.values():
        if measure.rests_on is not None and measure.rests_on not in measures:
            mistakes.add(nodes[measure.id], f"measure {measure.id}: rests on {measure.rests_on!r}, which is no measure")
    mistakes.raise_any()
    return measures


def read_parties(text: str, document: str, measures: Mapping[str, Measure]) -> list[PartyRecord]:
    """Read a file of parties with their crosswalk.

    Raises:
        MistakesError: with every mistake of the file.
    """
    mistakes = Mistakes(document)
    records: list[PartyRecord] = []
    owner: dict[str, str] = {}
    for node in _entries(compose(text, document), mistakes, "a list of parties"):
        record = _party(Fields(node, mistakes, "party"), measures)
        if record is None:
            continue
        for known_as in (record.party.id, *record.ids):
            if known_as in owner:
                mistakes.add(node, f"party {record.party.id}: {known_as!r} is already the id of {owner[known_as]}")
            owner[known_as] = record.party.id
        records.append(record)
    mistakes.raise_any()
    return records


def _acts_of(root: yaml.Node | None, mistakes: Mistakes, known: Known) -> list[tuple[yaml.Node, Act]]:
    if root is None:
        mistakes.found.append(SourceError(mistakes.document, "no acts in it"))
        return []
    shared: dict[str, Document] = {}
    nodes = [root]
    if isinstance(root, yaml.MappingNode):
        file = Fields(root, mistakes, "file")
        shared = _shared_documents(file, mistakes)
        nodes = file.items("acts", needed=True)
        file.close()
    elif isinstance(root, yaml.SequenceNode):
        nodes = list(root.value)
    read = [(node, _act(Fields(node, mistakes, "act"), shared, known)) for node in nodes]
    return [(node, act) for node, act in read if act is not None]


def _act(fields: Fields, shared: Mapping[str, Document], known: Known) -> Act | None:
    before = len(fields.mistakes.found)
    own_id = fields.text("id", needed=True)
    fields.what = f"act {own_id}"
    measures = fields.known("measures", known.measures, "measure", needed=True)
    kind = fields.known("kind", KINDS, "kind", needed=True)
    kinds = {one.kind for name in measures for one in known.measures[name].consequences}
    targets = fields.texts("target")
    published = fields.moment("published")
    values = {
        "parties": _reached(fields, known),
        "effective": fields.moment("effective", needed=True),
        "zone": _zone(fields) or (known.measures[measures[0]].zone if measures else None),
        "until": fields.moment("until"),
        "published": published,
        "published_basis": PublishedBasis.ASSUMED if published is None else PublishedBasis.STATED,
        "effect": fields.choice("effect", Effect),
        "sequence": fields.integer("sequence"),
        "annulled_from": fields.moment("annulled_from"),
        "only": frozenset(fields.known("only", kinds, "consequence")),
        "spans": tuple(_span(Fields(node, fields.mistakes, fields.what), kinds) for node in fields.items("spans")),
        "documents": tuple(_documents(fields, shared)),
        "refs": fields.texts("refs"),
        **{name: fields.text(name) for name in ("authority", "court", "judge", "case", "citation", "scope", "note")},
        "summary": fields.text("summary", needed=True) or "",
    }
    fields.close()
    if kind and kind[0] in TARGETED and not targets and values["effect"] is None:
        fields.mistakes.add(fields.node, f"{fields.what}: {kind[0]!r} needs a target", "Name the act that it undoes")
    if len(fields.mistakes.found) > before:
        return None
    try:
        return Act(id=str(own_id), kind=kind[0], measures=measures, targets=targets, **values)  # type: ignore[arg-type]
    except ValueError as error:
        fields.mistakes.add(fields.node, str(error))
        return None


def _reached(fields: Fields, known: Known) -> frozenset[str] | None:
    if fields.texts("parties", needed=True) == (ALL,):
        return None
    if known.parties is None:
        return frozenset(fields.texts("parties"))
    return frozenset(fields.known("parties", known.parties, "party"))


def _zone(fields: Fields) -> str | None:
    zone = fields.text("zone")
    try:
        return zone and place(zone).key
    except ValueError as error:
        fields.mistakes.add(fields.nodes["zone"], f"{fields.what}: {error}")
        return None


def _span(fields: Fields, kinds: Iterable[str]) -> Span:
    kind = fields.known("kind", kinds, "consequence", needed=True)
    span = Span(kind[0] if kind else "", fields.moment("starts"), fields.moment("until"), fields.text("note"))
    fields.close()
    return span


def _shared_documents(file: Fields, mistakes: Mistakes) -> dict[str, Document]:
    node = file.get("documents")
    if node is None:
        return {}
    named = Fields(node, mistakes, "documents")
    return {name: _document(Fields(one, mistakes, f"document {name}")) for name, one in named.nodes.items()}


def _documents(fields: Fields, shared: Mapping[str, Document]) -> Iterable[Document]:
    for node in fields.items("documents"):
        if isinstance(node, yaml.ScalarNode):
            if node.value in shared:
                yield shared[node.value]
            else:
                fields.mistakes.add(
                    node, f"{fields.what}: no document called {node.value!r}", nearest(node.value, shared)
                )
        else:
            yield _document(Fields(node, fields.mistakes, f"{fields.what}, document"))


def _document(fields: Fields) -> Document:
    document = Document(
        fields.text("title", needed=True) or "",
        fields.text("url"),
        fields.choice("checked", Checked) or Checked.SEEN,
    )
    if document.url is not None and not document.url.startswith(("https://", "http://")):
        fields.mistakes.add(fields.nodes["url"], f"{fields.what}: not a web address: {document.url!r}")
    fields.close()
    return document


def read_measure(fields: Fields) -> Measure | None:
    """One measure from its `key: value` lines; None, with its mistakes noted, when it is wrong."""
    before = len(fields.mistakes.found)
    own_id = fields.text("id", needed=True)
    fields.what = f"measure {own_id}"
    measure = Measure(
        id=own_id or "",
        name=fields.text("name", needed=True) or "",
        authority=fields.text("authority", needed=True) or "",
        zone=_zone(fields) or "UTC",
        legal_basis=fields.text("legal_basis"),
        rests_on=fields.text("rests_on"),
        covered_from=fields.day("covered_from"),
        consequences=tuple(
            _consequence(Fields(node, fields.mistakes, f"{fields.what}, consequence"))
            for node in fields.items("consequences")
        ),
        ownership=tuple(
            _ownership(Fields(node, fields.mistakes, f"{fields.what}, ownership")) for node in fields.items("ownership")
        ),
        url=fields.text("url"),
        documents=tuple(_documents(fields, {})),
        note=fields.text("note"),
    )
    if fields.get("zone") is None:
        fields.mistakes.add(fields.node, f"{fields.what}: 'zone' is missing")
    fields.close()
    return measure if len(fields.mistakes.found) == before else None


class Owners(StrEnum):
    """Whether the shares of several listed owners are added up."""

    TOGETHER = "together"
    EACH = "each"


def _ownership(fields: Fields) -> OwnershipRule:
    at_least, more_than = fields.decimal("at_least"), fields.decimal("more_than")
    if (at_least is None) == (more_than is None):
        fields.mistakes.add(fields.node, f"{fields.what}: give 'at_least' or 'more_than', in per cent")
    rule = OwnershipRule(
        percent=at_least or more_than or Decimal(0),
        exactly=more_than is None,
        together=fields.choice("owners", Owners) is not Owners.EACH,
        starts=fields.day("starts"),
        until=fields.day("until"),
        under=fields.text("under"),
        documents=tuple(_documents(fields, {})),
    )
    fields.close()
    return rule


def _consequence(fields: Fields) -> Consequence:
    consequence = Consequence(
        kind=fields.text("kind", needed=True) or "",
        forbids=fields.text("forbids", needed=True) or "",
        binds=fields.text("binds", needed=True) or "",
        starts=fields.moment("starts"),
        until=fields.moment("until"),
        delay_days=fields.integer("delay_days"),
        note=fields.text("note"),
        part_of=fields.text("part_of"),
    )
    fields.close()
    return consequence


def _party(fields: Fields, measures: Mapping[str, Measure]) -> PartyRecord | None:
    before = len(fields.mistakes.found)
    own_id = fields.text("id", needed=True)
    fields.what = f"party {own_id}"
    schema = fields.text("schema", needed=True)
    node = fields.get("properties", needed=True)
    properties: dict[str, tuple[str, ...]] = {}
    if node is not None:
        inner = Fields(node, fields.mistakes, fields.what)
        properties = {name: inner.texts(name) for name in inner.nodes}
        if "name" not in properties:
            fields.mistakes.add(node, f"{fields.what}: has no name")
    ids, listed_as = _crosswalk(fields, measures)
    fields.close()
    if len(fields.mistakes.found) > before or own_id is None or schema is None:
        return None
    return PartyRecord(make_party(own_id, schema, properties), ids, listed_as)


def _crosswalk(fields: Fields, measures: Mapping[str, Measure]) -> tuple[tuple[str, ...], tuple[ListedAs, ...]]:
    node = fields.get("crosswalk")
    if node is None:
        return (), ()
    crosswalk = Fields(node, fields.mistakes, f"{fields.what}, crosswalk")
    ids = crosswalk.texts("ids")
    listed_as = []
    for item in crosswalk.items("listed_as"):
        one = Fields(item, fields.mistakes, f"{fields.what}, listed_as")
        measure = one.known("measure", measures, "measure", needed=True)
        name = one.text("name", needed=True)
        country = one.text("country")
        one.close()
        if measure and name:
            listed_as.append(ListedAs(measure[0], name, country))
    crosswalk.close()
    return ids, tuple(listed_as)


def _entries(root: yaml.Node | None, mistakes: Mistakes, what: str) -> list[yaml.Node]:
    if isinstance(root, yaml.SequenceNode):
        return list(root.value)
    mistakes.found.append(SourceError(mistakes.document, f"this should be {what}", line=1))
    return []


def _taken_where(where: Mapping[str, tuple[Mistakes, yaml.Node]], id: str) -> str:
    if id not in where:
        return "It is in the register already"
    mistakes, node = where[id]
    return f"First in {mistakes.document}, line {line_of(node)}"
