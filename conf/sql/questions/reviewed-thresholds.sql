-- How many messages are wrongly flagged or missed at other thresholds, by what people answered?
-- From the newest sample that has answers. Each item stands for the messages of its stratum, by those of it that were
-- reviewed; where people differ, the share that says harmful counts. precision and recall are null where nothing is
-- flagged or nothing is harmful.
WITH answers AS (
  SELECT sample_id, item_id, avg(CASE WHEN harmful THEN 1 ELSE 0 END) AS human
  FROM reviews
  WHERE harmful IS NOT NULL
  GROUP BY sample_id, item_id
),
newest AS (
  SELECT max(sampled_at) AS sampled_at
  FROM review_sample
  WHERE sample_id IN (SELECT sample_id FROM answers)
),
items AS (
  SELECT
    item.side,
    item.probability,
    answers.human,
    CAST(item.stratum_messages AS DOUBLE) / count(*) OVER (PARTITION BY item.sample_id, item.stratum) AS weight
  FROM review_sample AS item
  JOIN answers ON answers.sample_id = item.sample_id AND answers.item_id = item.item_id
  JOIN newest ON newest.sampled_at = item.sampled_at
),
thresholds AS (
  SELECT CAST(tenths AS DOUBLE) / 10 AS threshold
  FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS steps(tenths)
),
counted AS (
  SELECT
    side,
    threshold,
    count(*) AS reviewed,
    sum(CASE WHEN probability >= threshold THEN weight ELSE 0 END) AS flagged,
    sum(CASE WHEN probability >= threshold THEN weight * (1 - human) ELSE 0 END) AS false_positives,
    sum(CASE WHEN probability < threshold THEN weight * human ELSE 0 END) AS missed
  FROM items
  CROSS JOIN thresholds
  GROUP BY side, threshold
)
SELECT
  side,
  threshold,
  reviewed,
  flagged,
  false_positives,
  missed,
  (flagged - false_positives) / nullif(flagged, 0) AS precision,
  (flagged - false_positives) / nullif(flagged - false_positives + missed, 0) AS recall
FROM counted
ORDER BY side, threshold;
