"""One module a publisher: bytes of a list or document become entries (parties with listings) and acts.

Reading is pure over bytes and streams; fetching is apart, in `sources.fetch`. No module here may import the register.
"""
