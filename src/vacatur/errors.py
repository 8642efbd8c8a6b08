"""The one kind of error that a user can mend: commands and pages show its message, anything else is our mistake."""


class UserError(ValueError):
    """Something given by a user can't be used; the message says what, where, what was kept and what to do."""
