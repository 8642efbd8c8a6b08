"""Asking Akismet about replies, so that neither its slowness nor its absence is felt by a reader.

At most `AT_ONCE` questions are open at a time, and after an outage none is asked for `PAUSE_SECONDS`: what could not
be asked is judged by the other layers, marked as pending, and asked later.
"""

import threading
import time
from dataclasses import dataclass

from vacatur.replies.akismet import Akismet, AkismetError, Alert, Comment
from vacatur.replies.gate import BAIT, Finding, Layer
from vacatur.replies.model import Reply, SubjectKind
from vacatur.replies.policy import Policy

AT_ONCE = 4
PAUSE_SECONDS = 30.0
SPAM_POINTS = 6.0
HAM_POINTS = -0.5
PROVISIONAL_POINTS = 2.0
"""What a provisional pass counts until it is confirmed: enough to hold."""

ADDRESSES = {SubjectKind.PARTY: "parties", SubjectKind.ACT: "acts", SubjectKind.ARTICLE: "articles"}
"""Where the pages of subjects are."""

SENT = {
    "blog": "the address of this site",
    "user_ip": "your IP address",
    "user_agent": "the name that your browser gives itself",
    "referrer": "the page that your browser came from",
    "permalink": "the page that you reply to",
    "comment_type": "whether it is a comment or an answer to one",
    "comment_author": "the name that you gave",
    "comment_author_email": "the e-mail address that you gave",
    "comment_content": "your text, with the address of the document that you gave",
    "comment_date_gmt": "when you sent it",
    "comment_context": "what this site is about",
    "blog_lang": "the language of this site",
    "blog_charset": "the encoding of the text",
    "recheck_reason": "why it is checked again",
    "honeypot_field_name": "what a program wrote into a field that people do not see",
}
"""What may be sent to Akismet about a reply, by parameter, in words for its author; the notice lists this."""

CONTEXT = ("sanctions", "export control", "court decisions")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Attributes:
        finding: for the verdict.
        discard: it is blatant spam.
        again_after: seconds after which to ask again; None: there is nothing more to ask.
    """

    finding: Finding
    discard: bool = False
    again_after: int | None = None


class Asker:
    """Akismet, with patience of a limited kind; `alert` and `trouble` are the last that it said."""

    def __init__(self, akismet: Akismet) -> None:
        self.akismet = akismet
        self.alert: Alert | None = None
        self.trouble = ""
        self._open = threading.BoundedSemaphore(AT_ONCE)
        self._paused_until = 0.0

    def ask(self, comment: Comment) -> Asked:
        """The verdict on a comment, or why there is none yet."""
        if time.monotonic() < self._paused_until:
            return _unasked("Akismet is not answering at present")
        if not self._open.acquire(blocking=False):
            return _unasked("too many replies are waiting for Akismet")
        try:
            check = self.akismet.check(comment)
        except AkismetError as error:
            self.alert, self.trouble = error.alert, str(error)
            self._paused_until = time.monotonic() + PAUSE_SECONDS
            return _unasked(str(error))
        finally:
            self._open.release()
        self.alert, self.trouble = check.alert, ""
        if check.spam:
            words = "Akismet calls it spam" + (" of the worst kind" if check.discard else "")
            return Asked(Finding(Layer.AKISMET, SPAM_POINTS, words), discard=check.discard)
        if check.recheck_after is not None:
            words = f"Akismet is still looking: it asks to be asked again after {check.recheck_after} seconds"
            return Asked(Finding(Layer.AKISMET, PROVISIONAL_POINTS, words), again_after=check.recheck_after)
        return Asked(Finding(Layer.AKISMET, HAM_POINTS, "Akismet does not call it spam"))


def comment_of(reply: Reply, policy: Policy, *, referrer: str = "", bait: str = "", reason: str = "") -> Comment:
    """What Akismet is told about a reply; only what `SENT` lists."""
    return Comment(
        user_ip=reply.address or "",
        user_agent=reply.agent or "",
        referrer=referrer,
        permalink=f"{policy.site.rstrip('/')}/{ADDRESSES[reply.subject.kind]}/{reply.subject.id}",
        comment_type="comment" if reply.parent is None else "reply",
        comment_author=reply.name,
        comment_author_email=reply.email,
        comment_content="\n\n".join(part for part in (reply.text, reply.link) if part),
        comment_date_gmt=reply.made,
        comment_context=CONTEXT,
        blog_lang="en",
        recheck_reason=reason,
        honeypot_field_name=BAIT if bait else "",
        honeypot_value=bait,
    )


def _unasked(why: str) -> Asked:
    return Asked(Finding(Layer.AKISMET, 0, f"pending: {why}"), again_after=int(PAUSE_SECONDS) * 2)
