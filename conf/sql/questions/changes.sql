-- What has changed in the labels since the last night, by source?
-- Needs the view changes: the change data feed of labels, each row with _change_type. Of a label that was changed the
-- row as it is now counts. A message that could not be judged is neither harmful nor harmless: not_judged counts the
-- exchanges that have one.
SELECT
  CASE _change_type WHEN 'insert' THEN 'added' WHEN 'delete' THEN 'deleted' ELSE 'changed' END AS change,
  source,
  count(*) AS exchanges,
  CAST(sum(CASE WHEN prompt_harmful THEN 1 ELSE 0 END) AS BIGINT) AS harmful_prompts,
  CAST(sum(CASE WHEN response_harmful THEN 1 ELSE 0 END) AS BIGINT) AS harmful_replies,
  CAST(sum(CASE WHEN severity >= 3 THEN 1 ELSE 0 END) AS BIGINT) AS severe_replies,
  CAST(sum(CASE WHEN label_status IN ('ok', 'truncated') THEN 0 ELSE 1 END) AS BIGINT) AS not_judged,
  CAST(sum(CASE WHEN source_deleted THEN 1 ELSE 0 END) AS BIGINT) AS gone_from_corpus
FROM changes
WHERE _change_type <> 'update_preimage'
GROUP BY 1, 2
ORDER BY exchanges DESC, change, source NULLS LAST;
