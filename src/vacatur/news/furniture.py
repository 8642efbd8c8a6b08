"""Page furniture in flat text: related headlines, comment forms, sharing bars, company boilerplate.

Says which lines of a text are the article. Nothing is removed: what is furniture only goes unread.
"""

import re

from vacatur.news.article import Span
from vacatur.news.text import lines

_LINE = re.compile(
    r"""(?ix)^\W*(?:
      this\ site\ uses\ akismet\b.* | learn\ how\ your\ comment.* | back\ to\ top(?:\ button)? |
      your\ email\ address\ will\ not.*
    | required\ fields\ are\ marked.* | advertisement | sponsored(?:\ content)? | skip\ to\ (?:main\ )?content
    | share(?:\ this)?(?:\ article|\ story|\ post|\ on)?\b(?::.*|(?:\W+(?:facebook|twitter|x|linkedin|whatsapp|
      telegram|email|reddit))*)
    | tweet | print | (?:click\ to\ )?(?:share|follow\ us)\ on\b.* | follow\ us\b.*
    | (?:also\ read|read\ also|read\ more|read\ next|see\ also|more\ on\ this|related(?:\ story)?|recommended|
      watch|don't\ miss)\s*[:|>-].*
    | (?:sign\ up|subscribe)\b.{0,120} | (?:photo|image|picture)(?:\ credits?|\ by)?\s*:.* | (?:tags|
      filed\ under|topics|categories)\s*:.*
    | (?:copyright|©|all\ rights\ reserved)\b.* | (?:we\ use|this\ (?:web)?site\ uses)\ cookies.* |
      cookie\ (?:policy|settings).*
    | (?:previous|next)\ (?:post|article)\b.* | \d+\ (?:comments?|shares?|min(?:ute)?s?\ read)
    | (?:media|press|investor)\ contacts?\b.* | posted\ from\ my\b.* | sent\ from\ my\b.* | loading\.*
    )$"""
)
"""One line that is furniture by itself."""

_SECTION = re.compile(
    r"""(?ix)^\W*(?:
      also\ read | read\ also | read\ more | read\ next | see\ also | related(?:\ (?:articles?|posts?|stories|
      news|content|topics|reading|coverage))?
    | you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in) | (?:more|most)\ (?:read|popular|viewed|from|
      stories|news|in)\b.{0,40}
    | recommended(?:\ (?:for\ you|articles?|stories|reading))? | trending(?:\ now)? | popular\ (?:posts|stories|
      now) | latest(?:\ (?:news|posts|stories|headlines))?
    | editors?'?s?\ picks? | what\ to\ read\ next | don't\ miss | around\ the\ web | from\ the\ web |
      in\ other\ news | top\ stories
    | recent\ (?:posts|comments|articles) | other\ (?:news|stories)
    )\W*$"""
)
"""A heading over headlines: the lines below it are furniture while they look like headlines."""

_END = re.compile(
    r"""(?ix)^\W*(?:
      leave\ a\ (?:reply|comment) | (?:post|add|write)\ a\ comment | (?:\d+\ )?comments? |
      join\ the\ (?:conversation|discussion)
    | safe\ harbou?r\ statement.* | forward-looking\ statements? | cautionary\ (?:note|statement)\b.* |
      about\ the\ author
    | notes?\ to\ editors | about\ us
    )\W*$"""
)
"""A heading after which an article does not come back."""

_BOILERPLATE = re.compile(r"^\W*About (?:the )?[A-Z][\w&.,+'’ -]{1,80}$")
_PROSE_LENGTH = 90


def main_text(text: str) -> tuple[Span, ...]:
    """The spans of `text` that are the article itself, in order; adjacent lines are one span.

    A text that is all furniture by these rules is read whole: better to read too much than nothing.
    """
    kept: list[Span] = []
    below_heading = False
    for line in lines(text):
        content = line.of(text)
        short = content if len(content) <= 200 else ""
        if kept and (_END.match(short) or _BOILERPLATE.match(short)):
            break
        if _SECTION.match(short):
            below_heading = True
            continue
        if below_heading and not _is_prose(content):
            continue
        below_heading = False
        if _LINE.match(short):
            continue
        if kept and not text[kept[-1].end : line.start].strip():
            kept[-1] = Span(kept[-1].start, line.end)
        else:
            kept.append(line)
    return tuple(kept) if kept else (Span(0, len(text)),)


def _is_prose(content: str) -> bool:
    return len(content) >= _PROSE_LENGTH and content.rstrip("\"'”’)").endswith((".", "!", "?"))
