"""The derived figures of the book, declared part by part: label, formula, inputs."""

from evidence.derivations import conclusions, norms, out_of_school, oversight, resources, services  # noqa: F401  (declare)
