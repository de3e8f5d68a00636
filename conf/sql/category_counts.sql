-- Of every category of every prompt pack how many messages and replies have it, and replies by their severity.
-- Needs the view current_labels and a view of the table categories. The same text serves Spark and DuckDB.
CREATE OR REPLACE TEMPORARY VIEW category_counts AS
WITH messages AS (
  SELECT prompt_pack, prompt_category AS code, 1 AS prompts, 0 AS replies, CAST(NULL AS INT) AS severity
  FROM current_labels
  WHERE prompt_category IS NOT NULL
  UNION ALL
  SELECT prompt_pack, response_category AS code, 0 AS prompts, 1 AS replies, severity
  FROM current_labels
  WHERE response_category IS NOT NULL
)
SELECT
  categories.prompt_pack,
  categories.category_order,
  categories.code,
  categories.name,
  sum(coalesce(messages.prompts, 0)) AS prompts,
  sum(coalesce(messages.replies, 0)) AS replies,
  sum(CASE WHEN messages.severity = 0 THEN 1 ELSE 0 END) AS severity_0,
  sum(CASE WHEN messages.severity = 1 THEN 1 ELSE 0 END) AS severity_1,
  sum(CASE WHEN messages.severity = 2 THEN 1 ELSE 0 END) AS severity_2,
  sum(CASE WHEN messages.severity = 3 THEN 1 ELSE 0 END) AS severity_3,
  sum(CASE WHEN messages.severity = 4 THEN 1 ELSE 0 END) AS severity_4
FROM categories
LEFT JOIN messages ON messages.prompt_pack = categories.prompt_pack AND messages.code = categories.code
GROUP BY categories.prompt_pack, categories.category_order, categories.code, categories.name;
