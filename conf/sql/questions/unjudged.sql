-- What could not be judged, and why?
-- By label_status and error_code; first_conversation is one of them.
SELECT
  label_status,
  error_code,
  count(*) AS exchanges,
  count(DISTINCT conversation_id) AS conversations,
  min(conversation_id) AS first_conversation
FROM current_labels
WHERE label_status NOT IN ('ok', 'truncated')
GROUP BY label_status, error_code
ORDER BY exchanges DESC, label_status, error_code NULLS LAST;
