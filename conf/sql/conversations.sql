-- What became of each conversation, in three-valued logic: harmful if any message is; null if none is and one could
-- not be judged; else false. A message that is missing is nothing unknown: then the label is whole without its verdict.
-- Needs the view current_labels. The same text serves Spark and DuckDB.
CREATE OR REPLACE TEMPORARY VIEW conversations AS
WITH known AS (
  SELECT
    *,
    label_status IN ('ok', 'truncated') OR prompt_harmful IS NOT NULL AS prompt_known,
    label_status IN ('ok', 'truncated') OR response_harmful IS NOT NULL AS response_known
  FROM current_labels
)
SELECT
  conversation_id,
  count(*) AS exchanges,
  CASE
    WHEN bool_or(prompt_harmful) OR bool_or(response_harmful) THEN true
    WHEN bool_and(prompt_known AND response_known) THEN false
  END AS harmful,
  CASE WHEN bool_or(prompt_harmful) THEN true WHEN bool_and(prompt_known) THEN false END AS prompts_harmful,
  CASE WHEN bool_or(response_harmful) THEN true WHEN bool_and(response_known) THEN false END AS responses_harmful,
  max(severity) AS max_severity,
  max(prompt_probability) AS max_prompt_probability,
  max(response_probability) AS max_response_probability,
  sum(CASE WHEN prompt_harmful OR response_harmful THEN 1 ELSE 0 END) AS harmful_exchanges,
  sum(CASE WHEN prompt_known AND response_known THEN 0 ELSE 1 END) AS unknown_exchanges,
  min(occurred_at) AS occurred_at,
  max(source) AS source,
  max(language) AS language
FROM known
GROUP BY conversation_id;
