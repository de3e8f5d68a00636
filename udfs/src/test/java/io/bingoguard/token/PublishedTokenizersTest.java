package io.bingoguard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ids beside those of the Python library, for the types of tokenizers that people publish. They are
 * made by a script, so this runs by scripts/check-tokenizers only.
 */
@Tag("published")
class PublishedTokenizersTest {
  private static final String DIRECTORY = "bingoguard.published.tokenizers";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @MethodSource
  void haveTheIdsOfThePythonLibraryOrAreRefused(Path directory) throws IOException {
    JsonNode about = MAPPER.readTree(directory.resolve("cases.json").toFile());
    Path file = directory.resolve(GuardTokenizer.FILE_NAME);
    if (about.path("refused").booleanValue()) {
      assertThatThrownBy(() -> GuardTokenizer.open(file))
          .isInstanceOfSatisfying(
              GuardException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.TOKENIZER_UNREADABLE);
                report(directory, "refused: " + e.getMessage().replace(file.toString(), ""));
              });
      return;
    }
    int compared = 0;
    try (GuardTokenizer guard = GuardTokenizer.open(file)) {
      for (JsonNode entry : about.path("cases")) {
        assertThat(guard.encode(pieces(entry)))
            .as("%s: %s", directory.getFileName(), entry.path("pieces"))
            .isEqualTo(ids(entry));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(500);
    report(directory, compared + " texts have the ids of the Python library");
  }

  static Stream<Path> haveTheIdsOfThePythonLibraryOrAreRefused() throws IOException {
    String directory = Objects.requireNonNull(System.getProperty(DIRECTORY), DIRECTORY);
    try (Stream<Path> there = Files.list(Path.of(directory))) {
      return there.sorted().toList().stream();
    }
  }

  private static List<Piece> pieces(JsonNode entry) {
    List<Piece> pieces = new ArrayList<>();
    for (JsonNode piece : entry.path("pieces")) {
      pieces.add(new Piece(piece.path(0).textValue(), piece.path(1).booleanValue()));
    }
    return pieces;
  }

  private static int[] ids(JsonNode entry) {
    JsonNode ids = entry.path("ids");
    return IntStream.range(0, ids.size()).map(i -> ids.get(i).intValue()).toArray();
  }

  private static void report(Path directory, String outcome) {
    System.out.println(directory.getFileName() + ": " + outcome);
  }
}
