"""Pages for people: rendered on the server, usable without JavaScript, nothing fetched from elsewhere.

A page asks the same rooms as the API and shows what they answer; it decides nothing. Templates escape everything;
scripts and styles are files of `static/`, as the content security policy allows nothing inline.
One module a subject; each has a `router` and is added to `ROUTERS`.
"""

from fastapi import APIRouter

from vacatur.service.pages import (
    act,
    api_docs,
    article,
    changes,
    measures,
    moderation,
    party,
    privacy,
    replies,
    reply_yours,
    review,
    screening,
    search,
    sign_in,
    sources,
    static,
)

ROUTERS = (
    static.router,
    sign_in.router,
    search.router,
    party.router,
    act.router,
    article.router,
    measures.router,
    changes.router,
    sources.router,
    review.router,
    screening.router,
    replies.router,
    reply_yours.router,
    moderation.router,
    privacy.router,
    api_docs.router,
)

router = APIRouter(include_in_schema=False)
for subject in ROUTERS:
    router.include_router(subject)
