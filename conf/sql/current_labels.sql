-- Of every exchange the label of the model and prompt pack that was last at work; where that has not labelled it (yet),
-- of the one before; without labels of what the corpus no longer holds, as far as source_deleted tells. Needs two views
-- of an output's tables, labels and runs. The same text serves Spark and DuckDB.
CREATE OR REPLACE TEMPORARY VIEW current_labels AS
WITH models AS (
  SELECT model_revision, prompt_pack, max(started_at) AS last_run
  FROM runs
  GROUP BY model_revision, prompt_pack
),
dated AS (
  SELECT
    labels.conversation_id,
    labels.turn_index,
    labels.content_hash,
    labels.input_file,
    coalesce(models.last_run, TIMESTAMP '1970-01-01 00:00:00') AS last_run
  FROM labels
  LEFT JOIN models
    ON models.model_revision = labels.model_revision AND models.prompt_pack = labels.prompt_pack
),
newest AS (
  SELECT conversation_id, turn_index, content_hash, input_file, max(last_run) AS last_run
  FROM dated
  GROUP BY conversation_id, turn_index, content_hash, input_file
)
SELECT labels.*
FROM labels
LEFT JOIN models
  ON models.model_revision = labels.model_revision AND models.prompt_pack = labels.prompt_pack
JOIN newest
  ON newest.conversation_id = labels.conversation_id
  AND newest.turn_index = labels.turn_index
  AND newest.content_hash = labels.content_hash
  AND newest.input_file IS NOT DISTINCT FROM labels.input_file
  AND newest.last_run = coalesce(models.last_run, TIMESTAMP '1970-01-01 00:00:00')
WHERE labels.source_deleted IS NULL OR NOT labels.source_deleted;
