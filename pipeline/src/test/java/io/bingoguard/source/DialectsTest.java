package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.json;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Exchange;
import io.bingoguard.source.CorpusFixture.Cells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** However a conversation is spelled and stored, it comes to the same exchanges. */
class DialectsTest {
  private static final int CONVERSATIONS = 12;
  private static final List<String> PIECES =
      List.of(
          "one",
          "two words",
          "\"quoted\"",
          "back\\slash",
          "comma, semicolon;",
          "line\nbreak",
          "\ttab",
          "[1]",
          "{\"a\":1}",
          "'",
          "Ωμέγα",
          "\uD83D\uDE00",
          "<|eot_id|>",
          "#",
          "null");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void agreeInEveryFormat(Dialect dialect) {
    Random random = new Random(dialect.name().hashCode());
    List<Map<String, Object>> records = new ArrayList<>();
    List<Cells> expected = new ArrayList<>();
    for (int number = 0; number < CONVERSATIONS; number++) {
      String id = "c%02d".formatted(number);
      List<Exchange> talk = talk(random);
      Map<String, Object> fields = record("id", id);
      fields.putAll(dialect.fields(talk));
      records.add(fields);
      for (int turn = 0; turn < talk.size(); turn++) {
        Exchange exchange = talk.get(turn);
        expected.add(
            cell(
                id,
                turn,
                exchange.prompt().orElseThrow(),
                exchange.response().orElseThrow(),
                null));
      }
    }
    for (CorpusFormat format : CorpusFormat.values()) {
      Corpus corpus = open(written(format, records));
      assertThat(cells(corpus.batch().collectAsList()))
          .as("%s, %s", format, corpus.describe())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"WITH_IMAGES, 2", "ROLE_CONTENT, 0", "TOOL_BLOCKS, 0"})
  void countWhatIsNoText(Dialect dialect, int unreadParts) {
    List<Map<String, Object>> records = List.of(dialect.fields(List.of(Exchange.of("q", "a"))));
    assertThat(
            open(written(CorpusFormat.JSON_LINES, records))
                .batch()
                .first()
                .<Integer>getAs("unread_parts"))
        .isEqualTo(unreadParts);
  }

  private Path written(CorpusFormat format, List<Map<String, Object>> records) {
    return switch (format) {
      case PARQUET -> writeTable(folder.resolve("parquet"), "parquet", records);
      case DELTA -> writeTable(folder.resolve("delta"), "delta", records);
      case JSON_LINES -> writeLines(folder.resolve("m.jsonl"), records);
      case CSV -> {
        List<String> header = List.copyOf(new TreeSet<>(records.get(0).keySet()));
        yield writeCsv(
            folder.resolve("m.csv"),
            header,
            records.stream()
                .map(
                    fields ->
                        header.stream()
                            .map(fields::get)
                            .map(value -> value instanceof String text ? text : json(value))
                            .toList())
                .toList());
      }
    };
  }

  private static List<Exchange> talk(Random random) {
    List<Exchange> talk = new ArrayList<>();
    for (int turn = 0; turn <= random.nextInt(3); turn++) {
      talk.add(Exchange.of("q" + turn + " " + text(random), "a" + turn + " " + text(random)));
    }
    return talk;
  }

  private static String text(Random random) {
    List<String> pieces = new ArrayList<>();
    for (int piece = 0; piece <= random.nextInt(5); piece++) {
      pieces.add(PIECES.get(random.nextInt(PIECES.size())));
    }
    return String.join(" ", pieces);
  }
}
