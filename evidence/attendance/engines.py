"""The engines on which the rules run: those that the toolkits share."""

from evidence.toolkit.engines import (
    INSTALL,
    NEEDS,
    Engine,
    Unavailable,
    available,
    duckdb_engine,
    engine,
    local_spark,
)

__all__ = ["INSTALL", "NEEDS", "Engine", "Unavailable", "available", "duckdb_engine", "engine", "local_spark"]
