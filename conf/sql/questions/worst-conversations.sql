-- Which conversations are harmful, the most severe first?
-- Rolled up from their exchanges in three-valued logic: harmful is null where no message is known to be harmful and one
-- could not be judged. Harmful ones come first, then unknown ones, then harmless ones.
SELECT
  conversation_id,
  harmful,
  max_severity,
  exchanges,
  CAST(harmful_exchanges AS BIGINT) AS harmful_exchanges,
  CAST(unknown_exchanges AS BIGINT) AS unknown_exchanges,
  max_prompt_probability,
  max_response_probability,
  source,
  occurred_at
FROM conversations
ORDER BY
  CASE WHEN harmful THEN 0 WHEN harmful IS NULL THEN 1 ELSE 2 END,
  max_severity DESC NULLS LAST,
  max_response_probability DESC NULLS LAST,
  max_prompt_probability DESC NULLS LAST,
  conversation_id;
