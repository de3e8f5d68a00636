-- Which messages should a person read first?
-- Those of whose verdict the model was least sure. What could not be judged is no part of it: ask unjudged.
WITH messages AS (
  SELECT
    conversation_id, turn_index, source, 'prompt' AS side, prompt_harmful AS harmful, prompt_probability AS probability,
    prompt_category AS category, CAST(NULL AS INT) AS severity, input_file, input_row
  FROM current_labels
  UNION ALL
  SELECT
    conversation_id, turn_index, source, 'response' AS side, response_harmful AS harmful,
    response_probability AS probability, response_category AS category, severity, input_file, input_row
  FROM current_labels
)
SELECT conversation_id, turn_index, side, harmful, probability, category, severity, source, input_file, input_row
FROM messages
WHERE probability IS NOT NULL
ORDER BY abs(probability - 0.5), conversation_id, turn_index, side, input_file NULLS LAST, input_row NULLS LAST;
