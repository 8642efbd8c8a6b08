"""Find the party behind a name: an index over every version of every name, and a score that a person can follow.

Small interface: `build_index` writes one file, `Index` opens it and answers `Query` with `Match`es, `compare` scores
two names. Legal status is not known here.
"""
