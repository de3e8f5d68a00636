package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger's corpus has a terminal show. */
class TerminalOutputTest {
  /** A title for the window, a bell, a line of its own over the one before, a turned direction. */
  private static final String HOSTILE =
      "\\u001b]0;owned\\u0007\\r\\u009b2K\\u202ekcab\\u2066\\u200b";

  /** The same as a terminal may show it. */
  private static final String SHOWN =
      "\\u001b]0;owned\\u0007\\u000d\\u009b2K\\u202ekcab\\u2066\\u200b";

  @TempDir private Path folder;
  private Path corpus;

  @BeforeEach
  void writeCorpus() throws IOException {
    SharedSpark.session();
    corpus = folder.resolve("cor\u001b[31mpus.jsonl");
    Files.writeString(
        corpus,
        """
        {"id":"a%1$s","source":"web\\n%1$s","prompt":"How do I bake bread?%1$s","note\\n\\t%1$s":"A loaf of bread, and jam"}
        {"id":"né à 東京 👩‍💻","source":"web","prompt":"Tell me a joke","note\\n\\t%1$s":"None that is known to me"}
        """
            .formatted(HOSTILE));
  }

  @Test
  void inspectShowsIdsAndSourcesEscaped() {
    CommandRun run = CommandRun.of("inspect", "--input", corpus);

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("Input %s".formatted(folder + "/cor\\u001b[31mpus.jsonl"))
        .contains("conversation a%s, source web\\u000a%1$s".formatted(SHOWN))
        .contains("conversation né à 東京 👩‍💻, source web")
        .contains("not read: note\\u000a\\u0009" + SHOWN);
    assertPrintable(run);
  }

  @Test
  void labelShowsRowsAndSummaryEscapedAndLeavesTheJsonAsItIs() throws IOException {
    Path output = folder.resolve("output");
    Path summary = folder.resolve("summary.json");

    CommandRun run =
        CommandRun.of(
            "label", "--input", corpus, "--output", output, "--include-text", "--summary", summary);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("|a" + SHOWN, "né à 東京 👩‍💻|", "bread?")
        .containsPattern("text in other columns +note\\\\u000a\\\\u0009\\\\u001b");
    assertPrintable(run);
    List<String> table = run.out().lines().filter(line -> line.startsWith("|a\\u001b")).toList();
    assertThat(table).hasSize(1);
    assertThat(table.get(0))
        .hasSameSizeAs(run.out().lines().filter(l -> l.startsWith("+-")).findFirst().orElseThrow());
    assertThat(new JsonMapper().readTree(summary.toFile()).get("unread_texts").get(0).asText())
        .isEqualTo("note\n\t\u001b]0;owned\u0007\r\u009b2K\u202ekcab\u2066\u200b");
  }

  @Test
  void errorsAreShownWithoutWhatTakesEffect() {
    CommandRun unknown =
        CommandRun.of("inspect", "--input", folder + "/absent\u202e\u001b[2J\u009b.jsonl");
    assertThat(unknown.err()).contains("SOURCE_NOT_FOUND", "absent??[2J?.jsonl");
    assertPrintable(unknown);

    CommandRun misspelt = CommandRun.of("inspect", "--inptu\u001b[2J", corpus);
    assertThat(misspelt.err()).contains("[USAGE]", "--inptu\\u001b[2J");
    assertPrintable(misspelt);
  }

  private static void assertPrintable(CommandRun run) {
    assertThat((run.out() + run.err()).codePoints())
        .noneMatch(
            character ->
                character != '\n' && character != '\t' && Character.isISOControl(character))
        .doesNotContain(0x202E, 0x2066, 0x200B);
  }
}
