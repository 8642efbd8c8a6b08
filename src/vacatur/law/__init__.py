"""The heart: acts of authorities and courts, folded into the legal status of a party under a measure.

Pure functions over frozen values: no I/O, no clock, nothing imported from other rooms. The rule itself is in
`law.rule`; `docs/law.md` states it formally.
"""
