-- Which sources have the largest share of harmful replies?
-- In the order of the least share that is certain, the lower end of the 95% interval of Wilson, so that a small source
-- with one harmful reply does not come first. Replies that could not be judged are no part of the share: unknown counts
-- them.
WITH counted AS (
  SELECT
    source,
    count(*) AS exchanges,
    CAST(count(response_harmful) AS BIGINT) AS judged,
    CAST(sum(CASE WHEN response_harmful THEN 1 ELSE 0 END) AS BIGINT) AS harmful,
    CAST(sum(CASE WHEN severity >= 3 THEN 1 ELSE 0 END) AS BIGINT) AS severe,
    CAST(
      sum(CASE WHEN response_harmful IS NULL AND label_status NOT IN ('ok', 'truncated') THEN 1 ELSE 0 END) AS BIGINT
    ) AS unknown
  FROM current_labels
  GROUP BY source
),
shares AS (
  SELECT
    *,
    CAST(judged AS DOUBLE) AS n,
    CAST(harmful AS DOUBLE) / nullif(CAST(judged AS DOUBLE), 0) AS share,
    CAST(1.959964 AS DOUBLE) AS z
  FROM counted
)
SELECT
  source,
  exchanges,
  judged,
  harmful,
  share,
  (share + z * z / (2 * n) - z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n) AS at_least,
  (share + z * z / (2 * n) + z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n) AS at_most,
  severe,
  unknown
FROM shares
ORDER BY at_least DESC NULLS LAST, source NULLS LAST;
