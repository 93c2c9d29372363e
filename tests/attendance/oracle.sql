-- An independent statement of the core rules, written by hand for DuckDB: unrecorded days skipped, transfers continue.
-- It reads absences, calendar, recorded, enrolment; it makes thresholds and runs.
CREATE OR REPLACE TEMP TABLE days AS
  WITH one AS (SELECT child, school, day, session, max(share) s, max(if(unexcused = 1, share, 0)) u
               FROM absences GROUP BY ALL)
  SELECT child, school, day, (sum(u) >= 1)::INT AS unexcused FROM one GROUP BY ALL HAVING sum(s) >= 1;
CREATE OR REPLACE TEMP TABLE school_days AS
  SELECT c.school, c.day, sum((r.day IS NOT NULL)::INT) OVER w AS n, (r.day IS NOT NULL) AS counts,
         1 + (row_number() OVER w - 1) * 4 // count(*) OVER (PARTITION BY c.school) AS quarter
  FROM calendar c LEFT JOIN (SELECT school, day FROM recorded UNION SELECT school, day FROM days) r USING (school, day)
  WINDOW w AS (PARTITION BY c.school ORDER BY c.day);
CREATE OR REPLACE TEMP TABLE own_days AS
  SELECT e.child, e.school, s.day, s.quarter, row_number() OVER (PARTITION BY e.child ORDER BY s.day) AS n
  FROM enrolment e JOIN school_days s ON e.school = s.school AND s.counts
   AND s.day BETWEEN e.start AND coalesce(e."end", 999999);
CREATE OR REPLACE TEMP TABLE placed AS
  SELECT o.*, d.unexcused FROM days d JOIN own_days o USING (child, school, day);
CREATE OR REPLACE TEMP TABLE runs AS
  WITH i AS (SELECT *, n - row_number() OVER (PARTITION BY child ORDER BY n) AS island FROM placed)
  SELECT child, min(day) AS first_day, max(day) AS last_day, count(*) AS school_days, sum(unexcused) AS unexcused,
         max(day) - min(day) + 1 AS calendar_days FROM i GROUP BY child, island;
CREATE OR REPLACE TEMP TABLE thresholds AS
  WITH u AS (SELECT *, n - row_number() OVER w AS island, row_number() OVER w AS k,
                    row_number() OVER (PARTITION BY child, quarter ORDER BY n) AS q, n - lag(n, 4) OVER w AS back
             FROM placed WHERE unexcused = 1 WINDOW w AS (PARTITION BY child ORDER BY n)),
       v AS (SELECT *, row_number() OVER (PARTITION BY child, island ORDER BY n) AS r,
                    min(day) OVER (PARTITION BY child, island) AS f FROM u),
       t AS (SELECT child, min(day) FILTER (k = 11) AS over_10, min(day) FILTER (k = 10) AS from_10,
                    min(day) FILTER (r = 11) AS run_over_10, min(day) FILTER (r = 10) AS run_from_10,
                    min(day) FILTER (k = 15) AS days_15, min(day) FILTER (k = 30) AS days_30,
                    min(f + 14) FILTER (day - f + 1 >= 15) AS calendar_15, min(day) FILTER (q = 3) AS quarter_3,
                    min(day) FILTER (back < 20) AS window_5_in_20 FROM v GROUP BY child),
       a AS (SELECT child, count(*) AS absent, sum(unexcused) AS unexcused FROM placed GROUP BY child)
  SELECT * FROM a LEFT JOIN t USING (child);
