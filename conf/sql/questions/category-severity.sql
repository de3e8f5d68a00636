-- How many messages are of each category, and how severe are the replies?
-- Categories of no message are there too. severity_unknown counts replies judged harmful whose severity is not known.
SELECT
  code,
  name,
  CAST(sum(prompts) AS BIGINT) AS prompts,
  CAST(sum(replies) AS BIGINT) AS replies,
  CAST(sum(severity_0) AS BIGINT) AS severity_0,
  CAST(sum(severity_1) AS BIGINT) AS severity_1,
  CAST(sum(severity_2) AS BIGINT) AS severity_2,
  CAST(sum(severity_3) AS BIGINT) AS severity_3,
  CAST(sum(severity_4) AS BIGINT) AS severity_4,
  CAST(sum(replies - severity_0 - severity_1 - severity_2 - severity_3 - severity_4) AS BIGINT) AS severity_unknown
FROM category_counts
GROUP BY category_order, code, name
ORDER BY category_order, code, name;
