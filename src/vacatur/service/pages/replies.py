"""Replies on pages: the block under a dossier, an act or an article, the form, reports and feeds.

A page of a subject takes `block(request, subject)` as `replies` and includes `replies_block.html`; nothing more is
needed. Everything works without JavaScript; `replies.js` only makes it quicker.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from vacatur.law.kinds import KINDS
from vacatur.news import kept
from vacatur.replies import feeds, intake, reports, store
from vacatur.replies import gate as gates
from vacatur.replies.asking import ADDRESSES
from vacatur.replies.house import House
from vacatur.replies.markdown import to_html
from vacatur.replies.model import (
    LONGEST_TEXT,
    Kind,
    Origin,
    Reply,
    ReplyError,
    State,
    Subject,
    SubjectKind,
    TooManyError,
    clean,
    read_draft,
)
from vacatur.replies.policy import Policy
from vacatur.replies.store import Thread
from vacatur.service.engine import NotFoundError
from vacatur.service.health import EngineOf
from vacatur.service.pages.rendering import environment, page

router = APIRouter()

THREADS = 25
"""Threads on a page."""

KINDS_IN_WORDS = {
    Kind.COMMENT: "A comment",
    Kind.CORRECTION: "Something here is wrong",
    Kind.DOCUMENT: "A document is missing",
}
SHORT_KINDS = {Kind.COMMENT: "comment", Kind.CORRECTION: "correction", Kind.DOCUMENT: "new document"}
STEPS = {key: kind.label for key, kind in KINDS.items() if not key.startswith("observed_")}
"""Kinds of act that a reader can name."""

environment.filters["markdown"] = lambda text: Markup(to_html(text))  # noqa: S704 - a safe subset, sanitized
environment.filters["reply_kind"] = SHORT_KINDS.__getitem__
environment.globals["reply_kinds"] = KINDS_IN_WORDS
environment.globals["reply_steps"] = STEPS
environment.globals["longest_reply"] = LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Writing:
    """A form: what stands in it, what is wrong with it, and what it answers."""

    token: str
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    answers: Reply | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What `replies_block.html` shows under a subject.

    Attributes:
        address: where its own page is, and where the form goes.
        threads: the newest ones; `older` and `newer` are addresses of the others.
        total: how many replies there are.
        feeds: addresses of the feeds, by their media type.
        measures: ids and names that a reader can choose from.
        bait: the name of the field that no person sees.
    """

    subject: Subject
    address: str
    threads: list[Thread]
    total: int
    writing: Writing
    policy: Policy
    feeds: Mapping[str, str]
    measures: list[tuple[str, str]]
    older: str | None
    newer: str | None
    bait: str = gates.BAIT


def house_of(request: Request) -> House:
    """The house of the application that the request came to."""
    house: House = request.app.state.house
    return house


def block(request: Request, subject: Subject, writing: Writing | None = None) -> Block:
    """The replies under a subject, with the form: what a page hands to `replies_block.html` as `replies`."""
    house = house_of(request)
    number = _number(request.query_params.get("replies", "1"))
    with house.register.engine.connect() as connection:
        total, heads = store.count_published(connection, subject)
        threads = store.threads(connection, subject, THREADS, (number - 1) * THREADS)
        wanted = _number(request.query_params.get("answer", "0"), least=0)
        answered = store.get(connection, wanted) if wanted else None
    if answered is not None and (answered.subject != subject or answered.state is not State.PUBLISHED):
        answered = None
    own = own_page(subject)
    query = urlencode({subject.kind.value: subject.id})
    measures = request.app.state.engine.current().snapshot.measures
    return Block(
        subject=subject,
        address=own,
        threads=threads,
        total=total,
        writing=writing or Writing(house.form_token(subject), answers=answered),
        policy=house.policy,
        feeds={
            "application/atom+xml": f"/feeds/replies.atom?{query}",
            "application/feed+json": f"/feeds/replies.json?{query}",
        },
        measures=sorted(((item.id, item.name) for item in measures.values()), key=lambda item: item[1]),
        older=f"{own}?replies={number + 1}#replies" if number * THREADS < heads else None,
        newer=f"{own}?replies={number - 1}#replies" if number > 1 else None,
    )


def own_page(subject: Subject) -> str:
    """The address of the page that holds nothing but a subject's replies."""
    return f"/replies/to/{subject.kind}/{quote(subject.id, safe='')}"


def page_of(subject: Subject) -> str:
    """The address of the page that the subject has."""
    return f"/{ADDRESSES[subject.kind]}/{quote(subject.id, safe='')}"


# -------------------------------------------------------------------- the page of a subject's replies


@router.get("/replies/to/{kind}/{id:path}")
def of_subject(request: Request, engine: EngineOf, kind: SubjectKind, id: str) -> Response:
    """All the replies under a subject, on a page of their own."""
    return _subject_page(request, _known(engine, Subject(kind, id)))


@router.post("/replies/to/{kind}/{id:path}")
def submit(  # noqa: PLR0913, PLR0917 - one a field
    request: Request,
    engine: EngineOf,
    kind: SubjectKind,
    id: str,
    text: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    link: Annotated[str, Form()] = "",
    reply_kind: Annotated[str, Form(alias="kind")] = Kind.COMMENT.value,
    act_kind: Annotated[str, Form()] = "",
    measure: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    parent: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    bait: Annotated[str, Form(alias=gates.BAIT)] = "",
) -> Response:
    """Take a reply in; with something wrong, the form comes back with all that was written."""
    house, subject = house_of(request), _known(engine, Subject(kind, id))
    given = {
        "text": text,
        "name": name,
        "email": email,
        "link": link,
        "kind": reply_kind,
        "act_kind": act_kind,
        "measure": measure if measure in engine.current().snapshot.measures else "",
        "day": day,
        "parent": parent,
    }
    try:
        form = gates.Form(bait, house.form_age(subject, token))
        receipt = intake.submit(house, subject, read_draft(given), origin_of(request), form)
    except (ReplyError, TooManyError) as error:
        problems = error.problems if isinstance(error, ReplyError) else {"": str(error)}
        status = 429 if isinstance(error, TooManyError) else 422
        return _subject_page(request, subject, status, _writing(house, subject, given, problems, token))
    if receipt.reply is None:
        refused = {"": "Akismet, which helps us against spam, refuses this text. Nothing was kept of it."}
        return _subject_page(request, subject, 422, _writing(house, subject, given, refused, token))
    return RedirectResponse(f"/replies/yours/{receipt.token}#main", 303)  # else the form's own fragment would stay


@router.post("/replies/preview")
def preview(text: Annotated[str, Form()] = "") -> Response:
    """How a text will look; nothing is kept."""
    return Response(to_html(clean(text[:LONGEST_TEXT])), media_type="text/html")


@router.get("/replies/{reply:int}")
def one(request: Request, reply: int) -> Response:
    """The place of one reply on the page of its subject."""
    with house_of(request).register.engine.connect() as connection:
        found = store.get(connection, reply)
    if found is None or found.state is not State.PUBLISHED:
        raise NotFoundError(f"there is no reply {reply} to be seen")
    return RedirectResponse(f"{own_page(found.subject)}#reply-{reply}", 303)


@router.get("/replies/{reply:int}/report")
def report_form(request: Request, reply: int) -> Response:
    """Ask why a reader finds a reply wrong here."""
    return page(request, "reply_report.html", reply=_seen(request, reply), problem="", reported=False)


@router.post("/replies/{reply:int}/report")
def report(request: Request, reply: int, reason: Annotated[str, Form()] = "") -> Response:
    """Note a reader's report."""
    found = _seen(request, reply)
    try:
        reports.report(house_of(request), reply, origin_of(request), reason)
    except TooManyError as error:
        return page(request, "reply_report.html", status=429, reply=found, problem=str(error), reported=False)
    return page(request, "reply_report.html", reply=found, problem="", reported=True)


# -------------------------------------------------------------------- feeds


@router.get("/feeds/replies.{form}")
def feed(request: Request, engine: EngineOf, form: str, party: str = "", act: str = "", article: str = "") -> Response:
    """The replies under a subject as a feed: Atom (RFC 4287) or JSON Feed 1.1."""
    named = {SubjectKind.PARTY: party, SubjectKind.ACT: act, SubjectKind.ARTICLE: article}
    given = [Subject(kind, name) for kind, name in named.items() if name]
    if form not in feeds.MEDIA_TYPES or len(given) != 1:
        raise NotFoundError("a feed of replies is /feeds/replies.atom or .json, with ?party=, ?act= or ?article=")
    house, subject = house_of(request), _known(engine, given[0])
    with house.register.engine.connect() as connection:
        found = store.newest_published(connection, subject, feeds.ENTRIES)
    site = house.policy.site.rstrip("/")
    title = f"Replies to {caption(request, subject)}"
    made = feeds.atom if form == "atom" else feeds.json_feed
    return Response(
        made(found, title, site + page_of(subject), f"{site}{request.url.path}?{request.url.query}", site),
        media_type=feeds.MEDIA_TYPES[form],
    )


# -------------------------------------------------------------------- behind them


def origin_of(request: Request) -> Origin:
    """Where a request comes from."""
    return Origin(
        request.client.host if request.client else "local",
        request.headers.get("user-agent", ""),
        request.headers.get("referer", ""),
    )


def caption(request: Request, subject: Subject) -> str:
    """How a subject is called; its id where the register has nothing of that id any more."""
    edition = request.app.state.engine.current()
    found: str | None = None
    if subject.kind is SubjectKind.PARTY and (party := edition.snapshot.party(subject.id)):
        found = party.caption
    elif subject.kind is SubjectKind.ACT and (item := edition.acts_by_id.get(subject.id)):
        found = f"{item.act.label}, {item.act.effective}"
    elif subject.kind is SubjectKind.ARTICLE and (article := kept.find(edition.register, subject.id)):
        found = article.article.title
    return found or subject.id


def _known(engine: EngineOf, subject: Subject) -> Subject:
    """The subject under the id that it goes by.

    Raises:
        NotFoundError: there is nothing of that id to reply to.
    """
    snapshot = engine.current().snapshot
    if subject.kind is SubjectKind.PARTY:
        canonical = snapshot.canonical(subject.id)
        if snapshot.seen((canonical, *snapshot.referents(canonical))):
            return Subject(subject.kind, canonical)
    elif subject.kind is SubjectKind.ACT:
        if snapshot.act_history(subject.id):
            return subject
    elif kept.find(engine.register, subject.id):
        return subject
    raise NotFoundError(f"there is no {subject.kind} {subject.id[:100]!r} to reply to")


def _subject_page(request: Request, subject: Subject, status: int = 200, writing: Writing | None = None) -> Response:
    return page(
        request,
        "replies.html",
        status=status,
        replies=block(request, subject, writing),
        title=caption(request, subject),
        back=page_of(subject),
    )


def _writing(
    house: House, subject: Subject, given: Mapping[str, str], problems: Mapping[str, str], token: str
) -> Writing:
    """The form as it came, with its own age where it has one: correcting a slip is no haste."""
    kept = token if house.form_age(subject, token) is not None else house.form_token(subject)
    return Writing(kept, {name: value[: LONGEST_TEXT * 2] for name, value in given.items()}, problems)


def _seen(request: Request, reply: int) -> Reply:
    with house_of(request).register.engine.connect() as connection:
        found = store.get(connection, reply)
    if found is None or found.state is not State.PUBLISHED:
        raise NotFoundError(f"there is no reply {reply} to be seen")
    return found


def _number(text: str, least: int = 1) -> int:
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else least
