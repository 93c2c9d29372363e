-- The rules up to the days absent in each child's own sequence, by hand, over a full daily register; the rest is the
-- oracle of the tests. It reads register, calendar and enrolment, and makes placed.
CREATE OR REPLACE TEMP TABLE days AS
  SELECT child, school, day, max((status = 'U')::INT) AS unexcused FROM register WHERE status IN ('U', 'E') GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE school_days AS
  SELECT c.school, c.day, sum((r.day IS NOT NULL)::INT) OVER w AS n, (r.day IS NOT NULL) AS counts,
         1 + (row_number() OVER w - 1) * 4 // count(*) OVER (PARTITION BY c.school) AS quarter
  FROM calendar c LEFT JOIN (SELECT DISTINCT school, day FROM register WHERE status IS NOT NULL) r USING (school, day)
  WINDOW w AS (PARTITION BY c.school ORDER BY c.day);
CREATE OR REPLACE TEMP TABLE moved AS
  WITH s AS (SELECT e.*, min(n) AS first, max(n) - min(n) + 1 AS length
             FROM (SELECT * FROM enrolment QUALIFY count(*) OVER (PARTITION BY child) > 1) e
             JOIN school_days d ON d.school = e.school AND d.counts AND d.day BETWEEN e.start AND coalesce(e."end", 999999)
             GROUP BY ALL)
  SELECT *, sum(length) OVER (PARTITION BY child ORDER BY start) - length - first + 1 AS move FROM s;
CREATE OR REPLACE TEMP TABLE placed AS
  SELECT d.child, d.school, d.day, c.quarter, c.n + coalesce(m.move, 0) AS n, d.unexcused
  FROM days d JOIN school_days c USING (school, day) LEFT JOIN moved m ON m.child = d.child AND m.school = d.school
  WHERE m.move IS NULL OR d.day BETWEEN m.start AND coalesce(m."end", 999999);
