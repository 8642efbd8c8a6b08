"""A client of Akismet's web service, versions 1.1 and 1.2 (https://akismet.com/developers/).

Every documented parameter can be sent, every documented header is read. Only the words `true` and `false` are a
verdict: anything else, an outage or a slow answer is an `AkismetError`, never a pass. HTTPS only, no redirects; an
answer has `SECONDS` in all, however slowly it drips.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from vacatur import __version__
from vacatur.errors import UserError

if TYPE_CHECKING:
    import httpx

ADDRESS = "https://rest.akismet.com"
SECONDS = 4.0
LONGEST_ANSWER = 65_536
THANKS = "Thanks for making the web a better place."


@dataclass(frozen=True, slots=True)
class Alert:
    """What Akismet wants its customer to know: a code (https://akismet.com/developers/errors/) and words."""

    code: str
    message: str


class AkismetError(UserError):
    """Akismet gave no verdict; says why. `alert` and `debug` are what it said beside."""

    def __init__(self, message: str, alert: Alert | None = None, debug: str = "") -> None:
        super().__init__(message)
        self.alert = alert
        self.debug = debug


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict.

    Attributes:
        spam: whether it is spam.
        discard: blatant spam, which need not be kept (`X-akismet-pro-tip: discard`).
        recheck_after: seconds after which to ask again; the verdict is provisional until then.
        guid: Akismet's id of this check.
        alert: trouble with the key or its plan.
        debug: help for the one who made the call.
    """

    spam: bool
    discard: bool = False
    recheck_after: int | None = None
    guid: str = ""
    alert: Alert | None = None
    debug: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Calls in the current month: the plan's limit (None: without one), those made, per cent, and whether slowed."""

    limit: int | None
    usage: int
    percentage: float
    throttled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What is asked about; each attribute is a parameter of the service, and empty ones are not sent.

    Attributes:
        user_ip: address of the author; the one parameter without which nothing can be asked.
        comment_type: `comment`, `reply`, `forum-post`, `blog-post`, `contact-form`, `signup`, `message` or a word of
            one's own.
        comment_context: words that say what the page is about, each sent as `comment_context[]`.
        honeypot_field_name: the name of the form's bait; `honeypot_value` is sent under that name.
        recheck_reason: why it is asked about again: `edit`, `recheck` …
        server: variables of the request, sent by their names.
    """

    user_ip: str
    user_agent: str = ""
    referrer: str = ""
    permalink: str = ""
    comment_type: str = ""
    comment_author: str = ""
    comment_author_email: str = ""
    comment_author_url: str = ""
    comment_content: str = ""
    comment_date_gmt: datetime | None = None
    comment_post_modified_gmt: datetime | None = None
    comment_context: Sequence[str] = ()
    blog_lang: str = ""
    blog_charset: str = "UTF-8"
    user_role: str = ""
    is_test: bool = False
    recheck_reason: str = ""
    honeypot_field_name: str = ""
    honeypot_value: str = ""
    server: Mapping[str, str] | None = None

    def parameters(self) -> dict[str, str | list[str]]:
        """The parameters as they are sent."""
        sent: dict[str, str | list[str]] = dict(self.server or {})
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in ("server", "honeypot_value") or not value:
                continue
            if item.name == "comment_context":
                sent["comment_context[]"] = list(value)
            elif isinstance(value, datetime):
                sent[item.name] = value.isoformat(timespec="seconds")
            else:
                sent[item.name] = "1" if value is True else value
        if self.honeypot_field_name:
            sent[self.honeypot_field_name] = self.honeypot_value
        return sent


class Akismet:
    """The service under one key, for one site.

    Raises:
        UserError: the address of the service is not an https one.
    """

    def __init__(self, key: str, site: str, *, address: str = ADDRESS, client: "httpx.Client | None" = None) -> None:
        import httpx  # noqa: PLC0415 - Akismet is off by default

        if not address.startswith("https://"):
            raise UserError(f"Akismet is asked over HTTPS only, not at {address}")
        self.key = key
        self.site = site
        self.address = address.rstrip("/")
        self._client = client or httpx.Client(timeout=httpx.Timeout(SECONDS, connect=2.0))

    def verify_key(self) -> bool:
        """Whether the key is good for the site.

        Raises:
            AkismetError: no answer, or none that says so.
        """
        text, headers = self._post("1.1/verify-key", {"key": self.key})
        if text not in ("valid", "invalid"):
            raise _unexpected("verify-key", text, headers)
        return text == "valid"

    def check(self, comment: Comment) -> Check:
        """Whether a comment is spam.

        Raises:
            AkismetError: no answer, or one that is neither `true` nor `false`.
        """
        text, headers = self._post("1.1/comment-check", comment.parameters())
        if text not in ("true", "false"):
            raise _unexpected("comment-check", text, headers)
        after = headers.get("x-akismet-recheck-after", "")
        return Check(
            spam=text == "true",
            discard=text == "true" and headers.get("x-akismet-pro-tip") == "discard",
            recheck_after=int(after) if after.isascii() and after.isdigit() and len(after) < 8 else None,
            guid=headers.get("x-akismet-guid", ""),
            alert=_alert(headers),
            debug=headers.get("x-akismet-debug-help", ""),
        )

    def submit_spam(self, comment: Comment) -> None:
        """Tell that a comment was spam. Raises `AkismetError` when it was not heard."""
        self._submit("1.1/submit-spam", comment)

    def submit_ham(self, comment: Comment) -> None:
        """Tell that a comment was no spam. Raises `AkismetError` when it was not heard."""
        self._submit("1.1/submit-ham", comment)

    def usage(self) -> Usage:
        """The calls of this month.

        Raises:
            AkismetError: no answer, or none of this form.
        """
        import json  # noqa: PLC0415 - only here

        text, headers = self._post("1.2/usage-limit", {})
        try:
            told = json.loads(text)
            limit = told["limit"]
            return Usage(
                None if limit in (None, "none") else int(limit),
                int(told["usage"]),
                float(told["percentage"]),
                bool(told["throttled"]),
            )
        except (ValueError, KeyError, TypeError):
            raise _unexpected("usage-limit", text, headers) from None

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()

    def _submit(self, call: str, comment: Comment) -> None:
        text, headers = self._post(call, comment.parameters())
        if text != THANKS:
            raise _unexpected(call, text, headers)

    def _post(self, call: str, parameters: Mapping[str, str | list[str]]) -> tuple[str, Mapping[str, str]]:
        import httpx  # noqa: PLC0415 - Akismet is off by default

        form = {"api_key": self.key, "blog": self.site, **parameters}
        deadline = time.monotonic() + SECONDS
        body = bytearray()
        try:
            with self._client.stream(
                "POST",
                f"{self.address}/{call}",
                data=form,
                headers={"User-Agent": f"Vacatur/{__version__}", "Accept-Encoding": "identity"},
                follow_redirects=False,
            ) as answer:
                for piece in answer.iter_raw():
                    body += piece
                    if len(body) > LONGEST_ANSWER or time.monotonic() > deadline:
                        raise AkismetError(f"Akismet's answer to {call} was too long or too slow")
        except httpx.HTTPError as error:
            raise AkismetError(f"Akismet could not be asked ({call}): {type(error).__name__}") from None
        text = body.decode("utf-8", "replace")
        if answer.status_code != 200:
            raise _unexpected(call, f"status {answer.status_code}", answer.headers)
        return text, answer.headers


def _alert(headers: Mapping[str, str]) -> Alert | None:
    code = headers.get("x-akismet-alert-code", "")
    return Alert(code[:20], headers.get("x-akismet-alert-msg", "")[:500]) if code else None


def _unexpected(call: str, said: str, headers: Mapping[str, str]) -> AkismetError:
    alert, debug = _alert(headers), headers.get("x-akismet-debug-help", "")[:500]
    beside = "".join(
        f"; {words}" for words in (debug, f"alert {alert.code}: {alert.message}" if alert else "") if words
    )
    return AkismetError(f"Akismet answered {said[:100]!r} to {call}{beside}", alert, debug)
