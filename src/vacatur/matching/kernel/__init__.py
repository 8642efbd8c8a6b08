"""The native kernel of the index: a small C library, and what it takes to talk to it.

The C files say the same as the plain Python beside them (`names/`, `matching/`), which tests hold against them. Python
maps the index file, cuts names that are not ASCII, and explains hits; everything else of a search happens in C, which
lets other threads run meanwhile.
"""
