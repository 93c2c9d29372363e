"""The same steps on frames of any engine, for corpora of millions of posts."""
