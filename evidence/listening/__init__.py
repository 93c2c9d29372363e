"""The social media listening study, to run on exports of your own; it knows nothing of this book."""
