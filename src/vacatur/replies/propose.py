"""A reader's correction as a proposed act: the way by which it can come to count, once a person accepts it.

The register forgets nothing, so nothing that belongs to a person goes there: the act names the reply by its number as
its source, and the document that its author gave. What the reader left open, a reviewer completes first: until then
the reply is a lead.
"""

from urllib.parse import urlsplit

from vacatur.law.acts import Act, Checked, Document, PublishedBasis
from vacatur.law.moments import day_of, starts
from vacatur.register.register import Register
from vacatur.register.review import propose
from vacatur.replies.model import Claim, Kind, Reply, ReplyError, SubjectKind
from vacatur.sources.proposals import UNIDENTIFIED

ORIGIN = "replies"
ZONE = "America/New_York"
"""The zone of days that a reader gives: that of most authorities."""


def is_complete(claim: Claim) -> bool:
    """Whether a claim says enough for an act: what happened, and when."""
    return claim.kind is not None and claim.day is not None


def proposed_act(register: Register, reply: Reply, claim: Claim, site: str) -> Act:
    """The act that a reply reports.

    It reaches the party under whose dossier it stands, or the parties and measures of the act under which it stands;
    under an article, nobody until its reviewer says whom.

    Raises:
        ReplyError: the claim does not say what happened, or when.
    """
    if claim.kind is None or claim.day is None:
        raise ReplyError("say what happened and on which day: an act can't be proposed without them")
    measures, parties = _reach(register, reply)
    own = f"{site.rstrip('/')}/replies/{reply.id}"
    documents = [Document("a reader's reply", own, Checked.RECALLED)]
    if reply.link:
        documents.insert(0, Document(f"document given by a reader ({_host(reply.link)})", reply.link, Checked.RECALLED))
    return Act(
        id=f"reply-{reply.id}",
        kind=claim.kind,
        measures=(claim.measure,) if claim.measure else measures,
        effective=claim.day,
        zone=ZONE,
        parties=parties,
        published=day_of(starts(reply.made), ZONE),
        published_basis=PublishedBasis.ASSUMED,
        summary="reported by a reader",
        note=f"proposed from reply {reply.id}: check it against the document before accepting",
        documents=tuple(documents),
        proposed=True,
    )


def propose_from(register: Register, reply: Reply, claim: Claim, site: str) -> str:
    """Record the act that a reply reports as proposed, its author as the source; the act's id.

    Raises:
        ReplyError: it is a comment, or the claim says too little.
        ReviewError: an act accepted already stands under its id.
    """
    if reply.kind is Kind.COMMENT:
        raise ReplyError("a comment reports no act")
    act = proposed_act(register, reply, claim, site)
    propose(register, [act], origin=ORIGIN, actor=source_of(reply), reason=f"reported by a reader in reply {reply.id}")
    return act.id


def source_of(reply: Reply) -> str:
    """How the author of a reply is called in the register, which keeps no reader's name."""
    return f"reader of reply {reply.id}"


def _reach(register: Register, reply: Reply) -> tuple[tuple[str, ...], frozenset[str] | None]:
    if reply.subject.kind is SubjectKind.PARTY:
        return (UNIDENTIFIED,), frozenset({reply.subject.id})
    if reply.subject.kind is SubjectKind.ACT:
        for item in register.snapshot().acts():
            if item.act.id == reply.subject.id:
                return item.act.measures, item.act.parties
    return (UNIDENTIFIED,), frozenset()


def _host(link: str) -> str:
    return urlsplit(link).hostname or "no host"
