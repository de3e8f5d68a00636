-- How many messages are harmful at other thresholds, and how many of those wrongly?
-- expected_false_positives is what calibrated probabilities promise: the sum of 1 - P(harmful) of what is flagged;
-- expected_misses that of P(harmful) of what is not. Whether they are calibrated only a review tells.
WITH thresholds AS (
  SELECT CAST(tenths AS DOUBLE) / 10 AS threshold
  FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS steps(tenths)
),
messages AS (
  SELECT 'prompt' AS side, prompt_probability AS probability FROM current_labels
  UNION ALL
  SELECT 'response' AS side, response_probability AS probability FROM current_labels
)
SELECT
  side,
  threshold,
  count(*) AS judged,
  CAST(sum(CASE WHEN probability >= threshold THEN 1 ELSE 0 END) AS BIGINT) AS flagged,
  CAST(sum(CASE WHEN probability >= threshold THEN 1 ELSE 0 END) AS DOUBLE) / count(*) AS share,
  sum(CASE WHEN probability >= threshold THEN 1 - probability ELSE 0 END) AS expected_false_positives,
  sum(CASE WHEN probability < threshold THEN probability ELSE 0 END) AS expected_misses
FROM messages
CROSS JOIN thresholds
WHERE probability IS NOT NULL
GROUP BY side, threshold
ORDER BY side, threshold;
