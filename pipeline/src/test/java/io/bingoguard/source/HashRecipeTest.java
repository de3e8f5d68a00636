package io.bingoguard.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.bingoguard.guard.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of the hashes in pipeline/README.md against the hashes themselves. */
class HashRecipeTest {
  private static final String CALLS =
      """
      print(content_hash("q", "a"))
      print(content_hash("", None))
      print(content_hash(None, "caf\\u00e9 \\U0001f600\\n"))
      print(conversation_id([("CONTEXT", "be brief"), ("USER", "caf\\u00e9"), ("ASSISTANT", "")]))
      print(conversation_id([]))
      """;

  @TempDir private Path folder;

  @Test
  void givesTheHashesOfTheTable() throws Exception {
    assumeThat(run("print(1)")).as("python3").contains(List.of("1"));

    assertThat(run(recipe() + CALLS))
        .contains(
            List.of(
                hash(Optional.of("q"), Optional.of("a")),
                hash(Optional.of(""), Optional.empty()),
                hash(Optional.empty(), Optional.of("caf\u00e9 \ud83d\ude00\n")),
                ConversationHash.of(
                    List.of(
                        List.of(
                            new Turn.Message(MessageRole.CONTEXT, "be brief"),
                            new Turn.Message(MessageRole.USER, "caf\u00e9"),
                            new Turn.Message(MessageRole.ASSISTANT, "")))),
                ConversationHash.of(List.of())));
  }

  private static String hash(Optional<String> prompt, Optional<String> response) {
    return new Exchange(prompt, response).contentHash();
  }

  private static String recipe() throws IOException {
    Matcher block =
        Pattern.compile("(?s)```python\n(import hashlib\n.*?)```")
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  /** The lines that a program prints; empty where there is no Python. */
  private Optional<List<String>> run(String program) throws InterruptedException, IOException {
    Path file = Files.writeString(folder.resolve("recipe.py"), program);
    Path output = folder.resolve("output");
    try {
      Process python =
          new ProcessBuilder("python3", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      python.waitFor();
    } catch (IOException missing) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllLines(output, StandardCharsets.UTF_8));
  }
}
