"""Attendance: the monitoring rules of the out-of-school study, from one school's files to a country's."""
