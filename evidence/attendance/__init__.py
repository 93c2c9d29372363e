"""Attendance: the monitoring rules of the out-of-school study, from one school's files to a country's.

It knows nothing of the book. Each rule is a :class:`~evidence.attendance.rules.Rule` with its place, its parameters and
its text, beside a function that takes a frame and gives one of the caller's kind: pandas, Polars, PyArrow, DuckDB or
Spark.

- data: ``days`` (school days, days absent, transfers), ``reading`` (files of every kind), ``engines``, ``frames``
- definitions and categories: ``definitions``
- episodes, thresholds and what moves between them: ``thresholds``, ``explorer``, ``counts``
- the register of long absences, intervals, parts of a change: ``register``, ``intervals``
- two lists of children: ``letters``, ``census``; two rolls: ``disappearance``
- risk, early warning, self-assessment: ``risk``, ``early_warning``, ``protocol``
- indicators: ``indicator_list``, ``indicators``
- from a folder to a report: ``analysis``, ``suppression``, ``publishing``, ``page``, ``report``; ``demo`` makes files
- every rule in one list: ``rulebook``; the command line: ``commands``, ``one_table``, ``listing``
"""
