-- Whose labels are these, and what share did each model call harmful?
-- All labels, not only those that count; a share is of the messages that the model could judge.
SELECT
  model_id,
  count(*) AS exchanges,
  CAST(sum(CASE WHEN prompt_harmful THEN 1 ELSE 0 END) AS DOUBLE) / nullif(count(prompt_harmful), 0) AS harmful_prompts,
  CAST(sum(CASE WHEN response_harmful THEN 1 ELSE 0 END) AS DOUBLE) / nullif(count(response_harmful), 0)
    AS harmful_replies,
  CAST(sum(CASE WHEN label_status IN ('ok', 'truncated') THEN 0 ELSE 1 END) AS BIGINT) AS not_judged,
  min(labelled_at) AS first_at,
  max(labelled_at) AS last_at,
  model_revision,
  prompt_pack
FROM labels
GROUP BY model_id, model_revision, prompt_pack
ORDER BY last_at DESC, model_id, model_revision, prompt_pack;
