"""The vocabulary of acts: each kind of legal step, what it does to its target, and how it is called in prose.

This is the one reviewed table from `kind` to `Effect`. An act may carry an effect of its own where its kind's usual
effect would be wrong for it (a licence that gave back all that was taken); the act then says why in its note.
"""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What an operative act does to what it works on."""

    CREATE = "create"
    SUSPEND = "suspend"
    END = "end"
    PERMIT = "permit"
    DEFER = "defer"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act: its usual effect and its name in a sentence ("2021-03-12 preliminary injunction")."""

    effect: Effect
    label: str


KINDS: dict[str, Kind] = {
    # designations
    "designated": Kind(Effect.CREATE, "designated"),
    "redesignated": Kind(Effect.CREATE, "designated anew"),
    "relisted": Kind(Effect.CREATE, "listed again"),
    "statute_enacted": Kind(Effect.CREATE, "named by statute"),
    "order_imposed": Kind(Effect.CREATE, "order imposed"),
    "order_activated": Kind(Effect.CREATE, "suspended order activated"),
    "rule_made": Kind(Effect.CREATE, "rule takes effect"),
    # relief while a case runs
    "temporary_restraining_order": Kind(Effect.SUSPEND, "temporary restraining order"),
    "preliminary_injunction_granted": Kind(Effect.SUSPEND, "preliminary injunction"),
    "permanent_injunction": Kind(Effect.SUSPEND, "permanent injunction"),
    "stay_granted": Kind(Effect.SUSPEND, "stay"),
    "rule_suspended": Kind(Effect.SUSPEND, "suspended by the authority"),
    # the end of a listing, or of an order against one
    "delisted": Kind(Effect.END, "removed"),
    "revoked": Kind(Effect.END, "revoked"),
    "vacated": Kind(Effect.END, "vacated"),
    "annulled": Kind(Effect.END, "annulled"),
    "order_lifted": Kind(Effect.END, "order lifted"),
    "stay_lifted": Kind(Effect.END, "stay lifted"),
    "injunction_dissolved": Kind(Effect.END, "injunction dissolved"),
    "license_revoked": Kind(Effect.END, "licence revoked"),
    "withdrawn": Kind(Effect.END, "withdrawn by the authority"),
    "mandate_recalled": Kind(Effect.END, "mandate recalled"),
    "judgment_reversed": Kind(Effect.END, "judgment reversed"),
    "divested": Kind(Effect.END, "qualified divestiture"),
    # permissions and deferrals
    "general_license": Kind(Effect.PERMIT, "general licence"),
    "specific_license": Kind(Effect.PERMIT, "specific licence"),
    "enforcement_deferred": Kind(Effect.DEFER, "enforcement deferred"),
    # steps that change no status by themselves
    "announced": Kind(Effect.NONE, "announced"),
    "posted": Kind(Effect.NONE, "posted"),
    "continued": Kind(Effect.NONE, "carried on"),
    "corrected": Kind(Effect.NONE, "corrected"),
    "initial_designation": Kind(Effect.NONE, "designated at first instance"),
    "amended": Kind(Effect.NONE, "amended"),
    "name_dropped": Kind(Effect.NONE, "a name dropped"),
    "reasons_given": Kind(Effect.NONE, "reasons given"),
    "complaint_filed": Kind(Effect.NONE, "complaint filed"),
    "appeal_filed": Kind(Effect.NONE, "appeal filed"),
    "removal_requested": Kind(Effect.NONE, "removal requested"),
    "delisting_refused": Kind(Effect.NONE, "delisting refused"),
    "preliminary_injunction_denied": Kind(Effect.NONE, "preliminary injunction refused"),
    "stay_denied": Kind(Effect.NONE, "stay refused"),
    "settled": Kind(Effect.NONE, "settlement"),
    "dismissed": Kind(Effect.NONE, "case dismissed"),
    "remanded": Kind(Effect.NONE, "remanded without vacatur"),
    "affirmed": Kind(Effect.NONE, "affirmed"),
    "summary_judgment_for_government": Kind(Effect.NONE, "judgment for the government"),
    "summary_judgment_for_plaintiff": Kind(Effect.NONE, "judgment for the plaintiff"),
    "mandate_issued": Kind(Effect.NONE, "mandate issued"),
    "expired": Kind(Effect.NONE, "expired"),
    # read off the lists, never from a document
    "observed_listed": Kind(Effect.CREATE, "seen on the list"),
    "observed_removed": Kind(Effect.END, "no longer on the list"),
}
