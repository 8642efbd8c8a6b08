"""What people decide about hits and proposed acts, and the proof of it.

A case is an open hit (customer × party). A decision is remembered with the answer it was given on and written into a
log that is chained by hashes and signed, so that any later change of it shows, to anyone, offline. Here are rules and
records; pages and addresses are the service's. A decision never changes what a party's status is.
"""
