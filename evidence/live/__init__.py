"""The authors' loop: builds as one saves, and shows what is wrong on the page it concerns.

A supervisor serves the pages and watches the files; it imports nothing that an author can break. A warm worker checks
and builds in forks. What is wrong with either is a list of notes, which the pages get by server-sent events.
"""
