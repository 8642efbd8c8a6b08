"""The one place that fetches lists over HTTP: an address becomes a file, or a clear reason why not.

It knows addresses, conditions, redirects, patience and limits; what the file says is none of its business. The guard
of addresses (`addresses`) is shared with whoever else fetches what comes from outside.
"""
