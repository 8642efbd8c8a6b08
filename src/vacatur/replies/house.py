"""The house that takes replies: its register, its policy, its secret, its clock, and whom it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from vacatur.register.register import Register
from vacatur.replies.akismet import Akismet
from vacatur.replies.asking import Asker
from vacatur.replies.model import Subject
from vacatur.replies.policy import Policy
from vacatur.replies.signing import Signer, signer_of

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """Everything that taking and keeping replies needs; `asker` is None while Akismet is off."""

    register: Register
    policy: Policy
    signer: Signer
    clock: Clock
    asker: Asker | None

    @classmethod
    def open(
        cls, register: Register, policy: Policy, *, akismet: Akismet | None = None, clock: Clock = utc_now
    ) -> "House":
        """The house over a register; `akismet` defaults to the service under the policy's key, if it has one."""
        if akismet is None and policy.akismet:
            akismet = Akismet(policy.akismet_key, policy.site)
        return cls(register, policy, signer_of(register), clock, Asker(akismet) if akismet is not None else None)

    def form_token(self, subject: Subject) -> str:
        """The signed time at which a form was handed out, for this subject only."""
        return self.signer.sign(f"form {subject.kind} {subject.id}", str(int(self.clock().timestamp() * 1000)))

    def form_age(self, subject: Subject, token: str) -> float | None:
        """Seconds since the form of `token` was handed out; None when it is not a form of this subject."""
        read = self.signer.read(f"form {subject.kind} {subject.id}", token)
        return None if read is None else max(0.0, self.clock().timestamp() - int(read[0]) / 1000)

    def client(self, address: str) -> str:
        """The keyed hash by which an address is recognised without being known."""
        return self.signer.hash("client", address)
