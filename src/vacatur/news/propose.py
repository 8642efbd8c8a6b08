"""What an article tells and the register lacks, as proposed acts for a person to accept or reject.

Nothing is recorded here, and a proposed act counts in no status.
"""

from datetime import date
from hashlib import sha256

from vacatur.law.acts import Act, Checked, Document, PublishedBasis
from vacatur.law.kinds import KINDS
from vacatur.news.article import Article
from vacatur.news.claim import Claim
from vacatur.news.modality import Modality
from vacatur.news.verdict import CheckedClaim, Outcome

_ACT_KINDS = {
    "upheld": "summary_judgment_for_government",
    "appealed": "appeal_filed",
    "denied": "delisting_refused",
    "agreed_to_delist": "settled",
    "announced_intent_to_delist": "announced",
    "announced_intent_to_sue": "announced",
    "reversed_on_appeal": "judgment_reversed",
}
"""Kinds of claim whose act is called otherwise in `law.kinds`; a state (`remains_listed`) is no act."""


def proposed_acts(article: Article, checked: list[CheckedClaim]) -> list[Act]:
    """Acts that the article reports and the register does not have, each with its sentence and source.

    Only what is told as fact, by a definite day, of a known party under a definite measure can be proposed.
    """
    found: dict[str, Act] = {}
    for item in checked:
        act = _act(article, item) if item.now.outcome is Outcome.UNKNOWN else None
        if act is not None:
            found.setdefault(act.id, act)
    return list(found.values())


def _act(article: Article, item: CheckedClaim) -> Act | None:
    claim = item.claim
    kind = _ACT_KINDS.get(claim.kind, claim.kind)
    day = _day(article, claim)
    if kind not in KINDS or claim.negated or (claim.modality is Modality.INTENDED and kind != "announced"):
        return None
    if claim.party.id is None or claim.measure is None or day is None:
        return None
    sentence = claim.sentence.of(article.text)
    published = article.published.last if article.published else None
    return Act(
        id=f"news-{claim.party.id}-{kind}-{day}-{sha256(sentence.encode()).hexdigest()[:8]}",
        kind=kind,
        measures=(claim.measure,),
        effective=day,
        parties=frozenset({claim.party.id}),
        published=published,
        published_basis=PublishedBasis.STATED if published else PublishedBasis.ASSUMED,
        court=claim.court,
        judge=claim.judge,
        summary=sentence,
        note="proposed from an article: check it against the document before accepting",
        documents=(Document(article.title or "article", article.url, Checked.RECALLED),),
        proposed=True,
    )


def _day(article: Article, claim: Claim) -> date | None:
    """The day of the act: the one stated, else the last day that it can be."""
    if claim.date is not None:
        return claim.date.first if claim.date.first == claim.date.last else claim.date.last
    return article.published.last if article.published else None
