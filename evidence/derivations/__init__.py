"""The derived figures of the book, declared part by part: label, formula, inputs."""

from evidence.derivations import norms, out_of_school  # noqa: F401  (declare)
