"""Who fills a role of a frame in a masked sentence: subject, object, whoever is near; and who is acting.

English word order stands in for a parse: the subject is the nearest party before the verb that is not inside an aside
(", whose tools are used by TSMC,"); the object the first one after it.
"""

import re

from vacatur.news.article import Span
from vacatur.news.frames import Agent, Frame, Role, Sign
from vacatur.news.mentions import Form, Mention, Referent
from vacatur.news.scene import Scene

_BE = r"(?:is|are|was|were|be|been|being|gets?|got|itself|himself|themselves)"
_ADVERB = (
    r"(?:also|now|not|never|later|first|then|again|just|already|long|once|both|all|likewise|soon|thus|duly|still|since|"
    r"therefore|even|previously|reportedly|\w+ly)"
)
_PASSIVE_BEFORE = re.compile(rf"\b{_BE}(?:n't)?(?: {_ADVERB}){{0,3}} $")
_COORDINATED = re.compile(
    rf"\b{_BE}(?: {_ADVERB})? (?:\w+ed|put|made|found)\b[^;]{{0,110}}(?:,| and| or| but)(?: {_ADVERB})? $"
)
_PARTICIPLE_START = re.compile(
    r"^(?:\W*(?:after|since|despite|following|once|when|before|upon))? ?(?:having been |being |been )?$"
)
_ASIDE = re.compile(
    r", (?:\w{3,}ed|led|run|known|built|made|held|now|once|formerly|previously|unlike|like|which|who|"
    r"whose|whom|where|for whom|of whom|to whom|in which|for which|an?|the|its|his|one of)\b[^,;]{3,140},"
)
_OBJECT_REACH = 130
_SOME_OF = re.compile(r"\b(?:one|two|three|four|five|none|some|few|many|most|several|neither|either) of (?:the )?$")
_SOME = re.compile(
    r"\b(?P<some>(?:\w+-odd|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|other|dozens of|"
    r"a dozen) (?:[\w'-]+ ){0,3}?"
    r"[a-z]+s|men|people|others)\b"
    r"[^.;:]{0,110}?(?P<name>:|,? (?:including|among them|among those|namely|such as|notably)) "
)
_SOME_REACH = 100
_OWNER_REACH = 16
_OWNS = re.compile(r"(?:'s?)? (?:own )?(?:[\w-]+ ){0,3}")
_OBJECT_BOUND = re.compile(r"[;:]| - |\b(?:after|because|while|although|though|but|when|unless|until|unlike|whether)\b")
_RELATIVE = re.compile(rf",? (?:which|that|whom?) [^,;]*[{Sign.AUTHORITY}{Sign.PARTY}][^,;]{{0,30}}$")
_LEADS_ON = re.compile(
    r"(?: of [a-z]+)?(?:,| -)? (?:who|which|that|(?:both|all) of (?:whom|which)) "
    r"(?:(?:was|were|is|are|has|have|had|been|himself|herself|itself|themselves|also|then|later|all|both|first) )*"
)
_BY_COURT = re.compile(rf"\bby (?:[\w'-]+ ){{0,3}}[{Sign.COURT}{Sign.APPEALS}{Sign.JUDGE}]")
_RELATIVE_AFTER = re.compile(
    rf",? (?:which|who)(?! (?:is|are|was|were) not)(?! do)\b |,? (?:both|all|two|three) of (?:which|whom) |"
    rf"(?:,| and| or) {Sign.PARTY}+,? (?:both|all|two) of (?:which|whom) |"
    r",? (?:an?|two|three|four|both) (?:[\w-]+ ){0,3}(?:compan\w+|firms?|makers?|groups?|banks?) (?:that|which|both) "
)
_HEADLINE_AFTER = re.compile(
    r" (?:to|on|from|off|under|in|by|over|after|as|amid|hours|days|weeks|months|again|for)\b|[,.]|$"
)
_COURT = re.compile(
    rf"[{Sign.COURT}{Sign.APPEALS}{Sign.JUDGE}]|"
    r"\b(?:ruling|decision|court|judges?|court order|injunction|circuit|panel|magistrate)\b"
)
_COURT_SUBJECT = re.compile(rf"[{Sign.COURT}{Sign.APPEALS}{Sign.JUDGE}][^,;]{{0,30}}$")
_AUTHORITY = re.compile(rf"{Sign.AUTHORITY}|\bthe (?:department|agency|ministry|commission)\b")
_AUTHORITY_SUBJECT = re.compile(rf"(?<!'s ){Sign.AUTHORITY} (?:(?:has|had|have|then|also|\w+ly) )*$")
_OFFICER = re.compile(r"\b(?:founder|chair(?:man|woman)|executive|ceo|president|boss|director|lawyer|partner) $")
_APPOSED_NOUN = re.compile(rf"{Sign.PARTY}, (?:an?|the|one) (?:[\w'-]+ ){{1,4}}$")
_KIN = re.compile(r"\b(?:father|mother|brother|sister|son|daughter|cousin|partner) $")
_LEADS_TO = re.compile(
    r"^.*\b(?:labell?ing|listing|naming|designating|calling|blacklisting|treating|sanctioning|"
    r"(?:designation|listing|inclusion|removal|addition|blacklisting|case|suit|lawsuit|petition|appeal|challenge|action|"
    r"claim|bid|motion|request|plea|complaint) "
    r"(?:of|by|from|against)) "
)
"""Words after which a name is the object, whatever stands between them and the trigger."""

_COPULAS = (" is", " are", " was", " were", " include", " includes", " included")
"""Ends of a trigger after which names follow that are the subject: "Also named were X and Y"."""

_PASSIVE_VERB = re.compile(rf"^{_BE} ")


def is_passive(masked: str, start: int, verb: str) -> bool:
    """Whether the verb at `start` is passive: a form of "be" before it, its own or that of the verb it is joined to."""
    if verb.endswith("ing"):
        return False
    before = masked[max(0, start - 150) : start]
    return bool(_PASSIVE_BEFORE.search(before) or _PASSIVE_VERB.match(verb) or _COORDINATED.search(before))


def has_agent(frame: Frame, masked: str, start: int, end: int, verb: str) -> bool:
    """Whether one of the frame's agents acts: a court or judge before an active verb, or after "by"."""
    if not frame.agent:
        return True
    before, after = masked[:start], masked[end : end + 150]
    passive = is_passive(masked, start, verb)
    if Agent.PASSIVE in frame.agent and (passive or verb.endswith("ing")):
        return True
    by_authority = _AUTHORITY_SUBJECT.search(before) and not passive
    if Agent.COURT in frame.agent and ((_COURT.search(before) and not by_authority) or _BY_COURT.search(after)):
        return True
    return Agent.AUTHORITY in frame.agent and bool(_AUTHORITY.search(before))


def acts_by_court(masked: str, start: int, end: int) -> bool:
    """Whether a court does it: as the subject of an active verb, or after the "by" of a passive one."""
    if is_passive(masked, start, masked[start:end]):
        return bool(_BY_COURT.search(masked[end : end + 100]))
    return bool(_COURT_SUBJECT.search(masked[:start]))


def fill(
    frame: Frame, scene: Scene, sentence: Span, masked: str, verb: Span
) -> tuple[tuple[Mention, ...], Role | None]:
    """The mentions that fill the frame's party, and the role that they were found in."""
    present = [
        mention
        for mention in scene.mentions
        if sentence.covers(mention.span)
        and (mention.parties or mention.candidates)
        and not _SOME_OF.search(masked[: mention.span.start - sentence.start])
        and (not mention.side or _RELATIVE_AFTER.match(masked[mention.span.end - sentence.start :]))
    ]
    owners = [m for m in scene.mentions if m.form is Form.POSSESSIVE and sentence.covers(m.span)]
    spelt = _spelt_out(present, sentence, masked, verb)
    if spelt is not None:
        return tuple(m for m in scene.groups.get(spelt.span.start, (spelt,)) if m in present) or (spelt,), Role.OBJECT
    for role in frame.party:
        if role is Role.POSSESSOR:
            found = next((m for m in owners if 0 < m.span.start - verb.end <= _OWNER_REACH), None)
        elif role is Role.OWNER:
            found = _owner(scene, sentence, masked, verb)
        else:
            found = _fill(role, present, sentence, masked, verb)
        if found is not None:
            return _with_group(scene, found, role, sentence, masked, verb, present), role
    return (), (Role.TOPIC if Role.TOPIC in frame.party else None)


def _spelt_out(present: list[Mention], sentence: Span, masked: str, verb: Span) -> Mention | None:
    """Who "two firms" are that a sentence names later: "Two firms sued: DJI and Hesai"."""
    at = verb.start - sentence.start
    for match in _SOME.finditer(masked):
        if match.start("name") > at and (match.start() >= at or at - match.end("some") <= _SOME_REACH):
            return next((m for m in present if match.end() <= m.span.start - sentence.start <= match.end() + 60), None)
    return None


def referents(mentions: tuple[Mention, ...]) -> tuple[Referent, ...]:
    """The parties of several mentions, each once."""
    return tuple({who.key: who for mention in mentions for who in mention.parties}.values())


def _fill(role: Role, present: list[Mention], sentence: Span, masked: str, verb: Span) -> Mention | None:
    at, to = verb.start - sentence.start, verb.end - sentence.start
    match role:
        case Role.INSIDE:
            return next((mention for mention in present if verb.covers(mention.span)), None)
        case Role.OBJECT:
            return _object(present, sentence, masked, at, to)
        case Role.NEAR:
            return _near(present, sentence, masked, at, to)
        case Role.THEME:
            return _theme(present, sentence, masked, at, to)
    if role is Role.SUBJECT or (role is Role.PASSIVE and _is_participle(masked, at, masked[at:to])):
        return _subject(present, sentence, masked, at)
    return None


def _owner(scene: Scene, sentence: Span, masked: str, verb: Span) -> Mention | None:
    """Whose the trigger's noun is: "DJI's 2020 blacklisting", "its lawsuit"."""
    to = verb.start - sentence.start
    for mention in reversed([m for m in scene.mentions if sentence.covers(m.span) and m.span.end <= verb.start]):
        gap = masked[mention.span.end - sentence.start : to]
        own = mention.form is Form.POSSESSIVE or gap.startswith(("'s ", "' "))
        if mention.parties and own and _OWNS.fullmatch(gap):
            return mention
    return None


def _theme(present: list[Mention], sentence: Span, masked: str, at: int, to: int) -> Mention | None:
    """Whom the verb happens to: subject of a passive, object of an active, or what a relative clause hangs on."""
    if _is_participle(masked, at, masked[at:to]):
        if _PARTICIPLE_START.match(masked[:at]):
            return _after_comma(present, sentence, masked, to)
        return _subject(present, sentence, masked, at)
    found = _object(present, sentence, masked, at, to)
    if found is None and _RELATIVE.search(masked[:at]):
        return _subject(present, sentence, masked, at, relative=True)
    return found


def _is_participle(masked: str, at: int, verb: str) -> bool:
    """Passive with "be", or a bare participle after its noun ("DJI, listed in 2020") or at the head of the sentence."""
    if is_passive(masked, at, verb):
        return True
    before = masked[:at]
    if _APPOSED_NOUN.search(before) and re.match(r" (?:in|on|by|last|for|over) ", masked[at + len(verb) :]):
        return not verb.endswith("ing")
    if before.endswith((f"{Sign.PARTY} ", f"{Sign.PARTY}: ")) and _HEADLINE_AFTER.match(masked[at + len(verb) :]):
        return verb != "added" or masked[at + len(verb) :].startswith(" to ")
    return bool(_PARTICIPLE_START.match(before)) or (
        bool(re.search(rf"{Sign.PARTY},(?: (?:first|later|once|also|\w+ly))? $", before)) and not verb.endswith("ing")
    )


def _object(present: list[Mention], sentence: Span, masked: str, at: int, to: int) -> Mention | None:
    bound = _OBJECT_BOUND.search(masked, to, to + _OBJECT_REACH)
    limit = sentence.start + (bound.start() if bound else min(len(masked), to + _OBJECT_REACH))
    inside = [m for m in present if sentence.start + at <= m.span.start and m.span.end <= limit]
    following = [
        mention
        for mention in inside
        if mention.span.end > sentence.start + to or mention.span.start >= sentence.start + at
    ]
    for mention in following:
        if mention.sure or masked[at:to].endswith(_COPULAS) or _adjacent(masked, to, mention, sentence):
            return mention
    if bound and bound.group() == ":":
        return next((m for m in present if 0 < m.span.start - limit <= 40), None)
    return None


def _adjacent(masked: str, to: int, mention: Mention, sentence: Span) -> bool:
    """Whether a name that may be no party directly follows the verb, but for a short description."""
    gap = masked[to : mention.span.start - sentence.start]
    gap = _LEADS_TO.sub(" ", gap)
    gap = re.sub(rf"^.*[{Sign.MEASURE}{Sign.ORDER}] (?:on|against|from|of|for) ", " ", gap)
    return bool(re.fullmatch(r" (?:also )?(?:[a-z'-]+ ){0,5}", gap)) and not re.search(
        r"\b(?:on|in|to|by|at|for|that)\b", gap
    )


def _subject(present: list[Mention], sentence: Span, masked: str, at: int, *, relative: bool = False) -> Mention | None:
    before = [mention for mention in present if mention.span.end <= sentence.start + at]
    asides = [] if relative else [match.span() for match in _ASIDE.finditer(masked[:at])]
    for mention in reversed(before):
        place = mention.span.start - sentence.start
        if any(start < place < end for start, end in asides):
            continue
        if not mention.sure and not _begins_clause(masked, mention, sentence, at):
            continue
        return mention
    return None


def _begins_clause(masked: str, mention: Mention, sentence: Span, at: int) -> bool:
    """Whether a name that may be no party stands where a subject does: before its verb, or first of its clause."""
    between = _ASIDE.sub(" ", masked[mention.span.end - sentence.start : at])
    if _LEADS_ON.fullmatch(between):
        return True
    lead = masked[max(0, mention.span.start - sentence.start - 30) : mention.span.start - sentence.start]
    return (
        len(between) < 60
        and bool(re.search(r"(?:^|[,;:.] |\w's |\b(?:and|that|but|while|as|when|after) )(?:[^\s,;:.]+ ){0,3}$", lead))
        and (Sign.PARTY not in between)
    )


def _after_comma(present: list[Mention], sentence: Span, masked: str, to: int) -> Mention | None:
    comma = masked.find(", ", to)
    while comma >= 0:
        for mention in present:
            gap = masked[comma + 2 : mention.span.start - sentence.start]
            if mention.span.start >= sentence.start + comma and len(gap) < 40 and mention.sure:
                return mention
        comma = masked.find(", ", comma + 2)
    return next((mention for mention in present if mention.span.start >= sentence.start + to and mention.sure), None)


def _near(present: list[Mention], sentence: Span, masked: str, at: int, to: int) -> Mention | None:
    sure = [m for m in present if m.sure and not _OFFICER.search(masked[: m.span.start - sentence.start])]
    named = [mention for mention in sure if mention.form is not Form.PRONOUN] or sure
    after = [mention for mention in named if mention.span.start >= sentence.start + to]
    if after and after[0].span.start - sentence.start - to <= _OBJECT_REACH:
        return after[0]
    before = [mention for mention in named if mention.span.end <= sentence.start + at]
    return before[-1] if before else (after[0] if after else None)


def _after_colon(
    scene: Scene, run: tuple[Mention, ...], sentence: Span, masked: str, present: list[Mention]
) -> tuple[Mention, ...]:
    """Those whom "and six companies that support it: X, Y and Z" spells out after the names already found."""
    counted = _AND_SOME.search(masked, run[-1].span.end - sentence.start)
    if counted is None:
        return ()
    first = next((m for m in present if 0 <= m.span.start - sentence.start - counted.end() <= _OWNER_REACH * 3), None)
    return tuple(m for m in scene.groups.get(first.span.start, (first,)) if m not in run) if first else ()


def _after_semicolons(
    run: tuple[Mention, ...], sentence: Span, masked: str, present: list[Mention]
) -> tuple[Mention, ...]:
    """The first names of the later parts of a list with semicolons: "X of Greece; Y, which makes it; and Z"."""
    start = run[-1].span.end - sentence.start
    if "; and " not in masked[start:]:
        return ()
    found: list[Mention] = []
    at = masked.find(";", start)
    while at >= 0:
        later = [m for m in present if m.span.start - sentence.start > at and m not in run]
        first = next(iter(later), None)
        if first is None or first.span.start - sentence.start - at > _OBJECT_REACH // 2:
            break
        if not _INSIDE_PHRASE.search(masked[at : first.span.start - sentence.start]):
            found.append(first)
        at = masked.find(";", first.span.end - sentence.start)
    return tuple(found)


_INSIDE_PHRASE = re.compile(r"\b(?:of|by|for|with|that|which|who|in|at|from)\b")
_AND_SOME = re.compile(
    r"\band (?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|some) (?:[\w'-]+ ){0,3}[a-z]+s\b"
    r"[^.;:,]{0,80}[:,] "
)
_TAIL_BOUND = re.compile(rf"{_OBJECT_BOUND.pattern}|\b(?:that|who|whose)\b")
_TAIL_GROUP = re.compile(
    r"(?:alongside|along with|together with|as well as|"
    r",? as (?:did|does|do|was|were|is|are|had|has|have)|in addition to|and also|"
    r"and so (?:do|does|did|was|were|is|are)|next to|joined by|followed by) "
    r"(?:[^\s;.]+,? ){0,6}$"
)


def _with_group(
    scene: Scene, mention: Mention, role: Role, sentence: Span, masked: str, verb: Span, present: list[Mention]
) -> tuple[Mention, ...]:
    """The mention with those enumerated with it, and those that a later "along with" adds."""
    run = tuple(m for m in scene.groups.get(mention.span.start, (mention,)) if m in present) or (mention,)
    run = (*run, *_after_semicolons(run, sentence, masked, present))
    run = (*run, *_after_colon(scene, run, sentence, masked, present))
    if role in (Role.SUBJECT, Role.PASSIVE, Role.THEME) and mention.span.end <= verb.start:
        run = tuple(m for m in run if m.span.end <= verb.start) or (mention,)
    if role in (Role.SUBJECT, Role.PASSIVE, Role.THEME, Role.OBJECT):
        after = max(verb.end, run[-1].span.end)
        for later in present:
            gap = masked[max(0, later.span.start - sentence.start - 60) : later.span.start - sentence.start]
            tail = _TAIL_GROUP.search(gap)
            to = later.span.start - sentence.start - len(gap) + (tail.start() if tail else 0)
            between = masked[after - sentence.start : max(0, to)]
            if later.span.start > after and tail and not _TAIL_BOUND.search(between):
                run = (*run, *scene.groups.get(later.span.start, (later,)))
                break
    return tuple(m for m in run if m.sure or m is mention or not _KIN.search(scene.folded[: m.span.start][-20:]))
