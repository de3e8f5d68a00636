package io.bingoguard.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views of {@code conf/sql}, as they are written there; check-tables runs them in DuckDB. */
class ViewsTest {
  private static final Path SQL = Path.of("..", "conf", "sql");

  private final SparkSession spark = SharedSpark.session();

  @BeforeEach
  void makeTables() throws IOException {
    view(
        "labels",
        """
        SELECT c AS conversation_id, t AS turn_index, concat(c, t) AS content_hash, 'f' AS input_file,
          'm' AS model_revision, 'p' AS prompt_pack, cast(null AS boolean) AS source_deleted,
          cast(null AS timestamp) AS occurred_at, s AS source, 'en' AS language, st AS label_status,
          ph AS prompt_harmful, rh AS response_harmful,
          if(ph, 0.9D, if(ph IS NULL, null, 0.1D)) AS prompt_probability,
          if(rh, 0.8D, if(rh IS NULL, null, 0.2D)) AS response_probability,
          if(ph, 'S1', null) AS prompt_category, if(rh, 'S2', null) AS response_category, sev AS severity
        FROM VALUES
          ('harmful', 0, 'ok', false, false, 0, 'web'), ('harmful', 1, 'off_format', null, true, 3, 'web'),
          ('unknown', 0, 'ok', false, false, 0, null), ('unknown', 1, 'error', null, null, null, null),
          ('harmless', 0, 'ok', false, null, null, null), ('harmless', 1, 'truncated', false, false, 0, null),
          ('reply unknown', 0, 'off_format', true, null, null, null),
          ('severity unknown', 0, 'off_format', false, true, null, null)
          AS l(c, t, st, ph, rh, sev, s)
        """);
    view("runs", "SELECT 'm' AS model_revision, 'p' AS prompt_pack, now() AS started_at");
    view(
        "categories",
        "SELECT int(n) AS category_order, 'S' || n AS code, 'Name ' || n AS name, 'p' AS prompt_pack FROM VALUES (1), (2), (3) AS c(n)");
    for (String file : List.of("current_labels", "conversations", "category_counts")) {
      var unused =
          spark.sql(Files.readString(SQL.resolve(file + ".sql")).strip().replaceFirst(";$", ""));
    }
  }

  private void view(String name, String query) {
    spark.sql(query).createOrReplaceTempView(name);
  }

  @Test
  void conversationsAreRolledUpInThreeValuedLogic() {
    assertThat(
            rows(
                "SELECT conversation_id, harmful, prompts_harmful, responses_harmful, max_severity,"
                    + " exchanges, harmful_exchanges, unknown_exchanges FROM conversations ORDER BY 1"))
        .containsExactly(
            "[harmful,true,null,true,3,2,1,1]",
            "[harmless,false,false,false,0,2,0,0]",
            "[reply unknown,true,true,null,null,1,1,1]",
            "[severity unknown,true,false,true,null,1,1,0]",
            "[unknown,null,null,null,0,2,0,1]");
  }

  @Test
  void everyCategoryIsCountedThoseOfNoMessageToo() {
    assertThat(
            rows(
                "SELECT code, name, prompts, replies, severity_3, severity_0 FROM category_counts ORDER BY category_order"))
        .containsExactly("[S1,Name 1,1,0,0,0]", "[S2,Name 2,0,2,1,0]", "[S3,Name 3,0,0,0,0]");
  }

  private List<String> rows(String query) {
    return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
  }
}
