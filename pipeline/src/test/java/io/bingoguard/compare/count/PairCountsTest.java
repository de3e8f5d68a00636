package io.bingoguard.compare.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.compare.statistic.Share;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts of random label sets against SQL that counts groups of equal contents instead of pairing
 * rows. Equal contents have equal labels on a side, so it does not matter which are paired.
 */
class PairCountsTest {
  private static final SparkSession SPARK = SharedSpark.session();

  /** What the same key has on both sides, one row a key, {@code n} times each. */
  private static final String MATCHED =
      """
      WITH b AS (SELECT conversation_id, turn_index, content_hash, count(*) AS n, first(struct(*)) AS l
        FROM before GROUP BY ALL),
      a AS (SELECT conversation_id, turn_index, content_hash, count(*) AS n, first(struct(*)) AS l
        FROM after GROUP BY ALL)
      SELECT conversation_id, turn_index, b.l AS b, a.l AS a, least(b.n, a.n) AS n
      FROM a JOIN b USING (conversation_id, turn_index, content_hash)
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void areThoseOfSqlThatCountsContents(int seed) {
    held(labels(seed, 0)).createOrReplaceTempView("before");
    held(labels(seed, 1)).createOrReplaceTempView("after");
    PairCounts counts = PairCounts.of(SPARK.table("before"), SPARK.table("after"), step -> {});
    held(SPARK.sql(MATCHED)).createOrReplaceTempView("matched");

    Coverage coverage = counts.coverage();
    long before = number("SELECT count(*) FROM before");
    long after = number("SELECT count(*) FROM after");
    assertThat(coverage.matched()).isEqualTo(number("SELECT sum(n) FROM matched")).isPositive();
    assertThat(coverage.matched() + coverage.unmatchedBefore()).isEqualTo(before);
    assertThat(coverage.matched() + coverage.unmatchedAfter()).isEqualTo(after);
    assertThat(coverage.repeated())
        .isEqualTo(number("SELECT sum(n - 1) FROM matched"))
        .isPositive();
    assertThat(coverage.onlyBefore()).isPositive();
    assertThat(coverage.otherContent()).isPositive();

    for (SideCounts side : counts.sides()) {
      verdicts(side);
      categoriesAndSeverities(side);
      shifts(side);
      sources(side);
      flips(side);
    }
    assertThat(counts.sides()).extracting(SideCounts::side).containsExactly("response", "prompt");
  }

  private static void verdicts(SideCounts side) {
    String verdict =
        "CASE WHEN %1$s.%2$s_harmful THEN 'harmful' WHEN NOT %1$s.%2$s_harmful THEN 'harmless' ELSE 'unknown' END";
    assertThat(cells(side.verdicts()))
        .isEqualTo(
            cells(
                "SELECT %s AS f, %s AS t, sum(n) FROM matched WHERE %s GROUP BY ALL"
                    .formatted(
                        verdict.formatted("b", side.side()),
                        verdict.formatted("a", side.side()),
                        present(side))));
    assertThat(side.harmful().gained())
        .isEqualTo(
            number(
                "SELECT sum(n) FROM matched WHERE NOT b.%1$s_harmful AND a.%1$s_harmful"
                    .formatted(side.side())));
  }

  private static void categoriesAndSeverities(SideCounts side) {
    assertThat(cells(side.categories()))
        .isEqualTo(
            cells(
                "SELECT b.%1$s_category, a.%1$s_category, sum(n) FROM matched WHERE b.%1$s_category IS NOT NULL AND a.%1$s_category IS NOT NULL GROUP BY ALL"
                    .formatted(side.side())));
    assertThat(side.recategorized().count()).isPositive().isLessThan(side.categories().all());
    Map<String, Long> severities =
        side.side().equals("prompt")
            ? Map.of()
            : cells(
                "SELECT coalesce(string(b.severity), 'unknown'), coalesce(string(a.severity), 'unknown'), sum(n) FROM matched WHERE b.severity IS NOT NULL OR a.severity IS NOT NULL GROUP BY ALL");
    assertThat(cells(side.severities())).isEqualTo(severities);
  }

  private static void shifts(SideCounts side) {
    Row told =
        SPARK
            .sql(
                "SELECT sum(n), sum(n * s) / sum(n), sum(n * abs(s)) / sum(n), sum(if(s >= 0.1 AND s < 0.25, n, 0)) FROM (SELECT n, a.%1$s_probability - b.%1$s_probability AS s FROM matched) WHERE s IS NOT NULL"
                    .formatted(side.side()))
            .first();
    Shifts shifts = side.shifts();
    assertThat(shifts.messages()).isEqualTo(told.getLong(0));
    assertThat(shifts.mean()).isCloseTo(told.getDouble(1), within(1e-12));
    assertThat(shifts.meanSize()).isCloseTo(told.getDouble(2), within(1e-12));
    assertThat(shifts.histogram().get(Shifts.EDGES.indexOf(0.1))).isEqualTo(told.getLong(3));
    assertThat(shifts.histogram().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(shifts.messages());
    assertThat(shifts.quantiles()).isSorted().hasSameSizeAs(Shifts.LEVELS);
  }

  private static void sources(SideCounts side) {
    Map<String, Long> flips = new TreeMap<>();
    side.groups()
        .get(0)
        .first()
        .forEach(group -> flips.put(group.value().orElse("none"), group.flips().count()));
    Map<String, Long> expected = new TreeMap<>();
    SPARK
        .sql(
            "SELECT coalesce(a.source, 'none'), sum(n) FROM matched WHERE %s AND NOT a.%2$s_harmful <=> b.%2$s_harmful GROUP BY ALL"
                .formatted(present(side), side.side()))
        .collectAsList()
        .forEach(row -> expected.put(row.getString(0), row.getLong(1)));
    assertThat(flips).isEqualTo(expected).hasSize(4);
    assertThat(side.groups().get(0).flips().count())
        .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(side.flipped().count());
  }

  private static void flips(SideCounts side) {
    assertThat(side.flips()).hasSize(Flip.NAMED);
    assertThat(
            side.flips().get(0).after().probability().orElseThrow()
                - side.flips().get(0).before().probability().orElseThrow())
        .satisfies(
            shift ->
                assertThat(Math.abs(shift))
                    .isEqualTo(
                        SPARK
                            .sql(
                                "SELECT max(abs(a.%1$s_probability - b.%1$s_probability)) FROM matched WHERE NOT a.%1$s_harmful <=> b.%1$s_harmful"
                                    .formatted(side.side()))
                            .first()
                            .getDouble(0)));
  }

  @Test
  void aSmallGroupDoesNotLeadByNoise() {
    // One of three messages of each of many sources flips, and a twentieth of a large one.
    Dataset<Row> drawn =
        SPARK.sql(
            "SELECT 'small ' || int(id / 3) AS source, id, id < 3 AS flips FROM range(150)"
                + " UNION ALL SELECT 'large', 1000 + id, id < 100 FROM range(2000)"
                + " UNION ALL SELECT 'calm', 10000 + id, id < 10 FROM range(10000)");
    Dataset<Row> before = rows(drawn, Map.of("response_harmful", "false"));
    Dataset<Row> after = rows(drawn, Map.of("response_harmful", "flips"));

    List<Group> first =
        PairCounts.of(before, after, step -> {}).sides().get(0).groups().get(0).first();

    assertThat(first.get(0).value()).isEqualTo(Optional.of("large"));
    assertThat(first.get(0).beyondChance()).isTrue();
    assertThat(first.get(0).flips().value()).isEqualTo(0.05);
    assertThat(first.get(1).value()).isEqualTo(Optional.of("small 0"));
    assertThat(first.get(1).flips().value()).isEqualTo(1);
    assertThat(first)
        .filteredOn(group -> group.value().equals(Optional.of("calm")))
        .singleElement()
        .returns(false, Group::beyondChance);
  }

  @Test
  void messagesThatChangeTogetherTellLess() {
    // All four turns of a tenth of the conversations, or as many turns of any.
    Dataset<Row> together =
        SPARK.sql("SELECT id, 'web' AS source, id % 40 < 4 AS flips FROM range(4000)");
    Dataset<Row> apart =
        SPARK.sql("SELECT id, 'web' AS source, pmod(hash(id), 10) = 0 AS flips FROM range(4000)");

    assertThat(ofConversations(together).designEffect()).isCloseTo(4, within(0.01));
    assertThat(ofConversations(apart).designEffect()).isCloseTo(1, within(0.15));
    assertThat(width(ofConversations(together))).isGreaterThan(1.8 * width(ofConversations(apart)));
  }

  private static double width(Share share) {
    return share.interval().high() - share.interval().low();
  }

  private static Share ofConversations(Dataset<Row> drawn) {
    Map<String, String> places =
        Map.of("conversation_id", "string(int(id / 4))", "turn_index", "int(id % 4)");
    Map<String, String> before = new TreeMap<>(places);
    before.put("response_harmful", "false");
    Map<String, String> after = new TreeMap<>(places);
    after.put("response_harmful", "flips");
    return PairCounts.of(rows(drawn, before), rows(drawn, after), step -> {})
        .sides()
        .get(0)
        .flipped();
  }

  /** Labels drawn by hashes: some contents several times, some missing, some changed. */
  private static Dataset<Row> labels(int seed, int side) {
    Dataset<Row> drawn =
        SPARK.sql(
            """
            SELECT id, c, t, CASE WHEN %2$d = 1 AND pmod(hash(id, %1$d, 'changed'), 20) = 0 THEN 'h' || id || 'x' ELSE 'h' || id END AS h,
              pmod(xxhash64(id, %1$d, %2$d, 'p'), 1000) / 999.0D AS p,
              pmod(xxhash64(id, %1$d, %2$d, 'r'), 1000) / 999.0D AS r,
              pmod(hash(id, %1$d, %2$d, 'k'), 3) AS k,
              pmod(hash(id, %1$d, %2$d, 'unknown'), 10) = 0 AS u
            FROM (SELECT id, 'c' || int(id / 3) AS c, int(id %% 3) AS t FROM range(600))
            LATERAL VIEW explode(sequence(1, 1 + pmod(hash(id, %1$d, %2$d, 'copies'), 3) * int(id %% 5 = 0))) AS copy
            WHERE pmod(hash(id, %1$d, %2$d, 'missing'), 10) > 0
            """
                .formatted(seed, side));
    // Every seventh exchange has no reply.
    return rows(
        drawn,
        Map.ofEntries(
            Map.entry("conversation_id", "c"),
            Map.entry("turn_index", "t"),
            Map.entry("content_hash", "h"),
            Map.entry("source", "element_at(array('web', 'api', 'batch', null), int(id % 4) + 1)"),
            Map.entry("label_status", "if(u, 'error', 'ok')"),
            Map.entry("prompt_harmful", "if(u, null, p > 0.5)"),
            Map.entry("prompt_probability", "if(u, null, p)"),
            Map.entry("prompt_category", "if(u OR p <= 0.5, null, 'S' || k)"),
            Map.entry("response_harmful", "if(u OR id % 7 = 0, null, r > 0.5)"),
            Map.entry("response_probability", "if(u OR id % 7 = 0, null, r)"),
            Map.entry("response_category", "if(u OR id % 7 = 0 OR r <= 0.5, null, 'S' || k)"),
            Map.entry("severity", "if(u OR id % 7 = 0, null, if(r > 0.5, 1 + k, 0))")));
  }

  /** Whether the message is there: where one label is whole without a verdict it is not. */
  private static String present(SideCounts side) {
    return side.side().equals("prompt")
        ? "true"
        : "NOT ((b.label_status = 'ok' AND b.response_harmful IS NULL) OR (a.label_status = 'ok' AND a.response_harmful IS NULL))";
  }

  private static Dataset<Row> rows(Dataset<Row> drawn, Map<String, String> values) {
    Map<String, String> all = new TreeMap<>(values);
    all.putIfAbsent("conversation_id", "string(id)");
    all.putIfAbsent("turn_index", "0");
    all.putIfAbsent("content_hash", "string(id)");
    all.putIfAbsent("source", "source");
    all.putIfAbsent("label_status", "'ok'");
    return drawn.select(
        Arrays.stream(LabelRow.schema(false).fields())
            .map(
                field ->
                    functions
                        .expr(all.getOrDefault(field.name(), "null"))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }

  /** Not computed again by every query. */
  private static Dataset<Row> held(Dataset<Row> rows) {
    return SPARK.createDataFrame(rows.collectAsList(), rows.schema());
  }

  private static Map<String, Long> cells(Transitions transitions) {
    Map<String, Long> cells = new TreeMap<>();
    transitions
        .cells()
        .forEach(cell -> cells.put(cell.before() + " " + cell.after(), cell.count()));
    return cells;
  }

  private static Map<String, Long> cells(String query) {
    Map<String, Long> cells = new TreeMap<>();
    SPARK
        .sql(query)
        .collectAsList()
        .forEach(row -> cells.put(row.getString(0) + " " + row.getString(1), row.getLong(2)));
    return cells;
  }

  private static long number(String query) {
    return SPARK.sql(query).first().getLong(0);
  }
}
