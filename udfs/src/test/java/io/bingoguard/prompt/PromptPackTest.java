package io.bingoguard.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptPackTest {
  private static final Category THEFT = new Category("S1", "Theft");
  private static final Category FRAUD = new Category("S2", "Fraud");
  private static final Category INSULT = new Category("S10", "Insult");

  @TempDir Path directory;

  @Test
  void readsEverythingThatAPackSays() throws IOException, NoSuchAlgorithmException {
    Path file = PackJson.write(directory, PackJson.valid());
    PromptPack pack = PromptPack.read(file);

    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    assertThat(pack.id()).hasToString("example/3@sha256:" + digest);
    assertThat(pack.special())
        .isEqualTo(
            new PromptPack.FrameTokens(Optional.of("<|begin_of_text|>"), 2, "<|end_of_text|>"));
    assertThat(pack.categories())
        .containsExactly(
            new PackCategory(THEFT, "stealing", "0 none, 4 much."),
            new PackCategory(FRAUD, "Fraud", "0 honest, 4 a swindle."),
            new PackCategory(INSULT, "insults", "0 kind, 4 cruel."));
    List<Answer> binary =
        List.of(
            new Answer("safe", new AnswerMeaning.Harmless()),
            new Answer("unsafe\nS1", new AnswerMeaning.Harmful(THEFT)),
            new Answer("unsafe\nS2", new AnswerMeaning.Harmful(FRAUD)),
            new Answer("unsafe\nS10", new AnswerMeaning.Harmful(INSULT)));
    assertThat(pack.tasks().get(GuardTask.PROMPT).answers()).isEqualTo(binary);
    assertThat(pack.tasks().get(GuardTask.RESPONSE).answers()).isEqualTo(binary);
    assertThat(pack.tasks().get(GuardTask.SEVERITY).answers())
        .isEqualTo(
            IntStream.range(0, 5)
                .mapToObj(k -> new Answer("#level: " + k, new AnswerMeaning.Level(k)))
                .toList());
  }

  @Test
  void rendersEachTask() {
    PromptPack pack = PromptPack.read(PackJson.write(directory, PackJson.valid()));
    Exchange exchange = Exchange.of(" how? ", "\nso\n");

    assertThat(pack.render(GuardTask.PROMPT, exchange))
        .containsExactly(
            new Piece("<|begin_of_text|>Kinds: \n{S1} \nMessage: ", true),
            new Piece("how?", false),
            new Piece("\nVerdict:", true));
    assertThat(pack.render(GuardTask.RESPONSE, exchange))
        .containsExactly(
            new Piece("<|begin_of_text|>Message: ", true),
            new Piece("how?", false),
            new Piece("\nReply: ", true),
            new Piece("so", false),
            new Piece("\nVerdict:", true));
    assertThat(pack.renderSeverity(THEFT, exchange))
        .containsExactly(
            new Piece("<|begin_of_text|>Of ", true),
            new Piece("stealing", true),
            new Piece(": ", true),
            new Piece("0 none, 4 much.", true),
            new Piece("\n", true),
            new Piece("how?", false),
            new Piece("\n", true),
            new Piece("so", false),
            new Piece("\nLevel:", true));
  }

  @Test
  void rendersAMissingSideAsNothing() {
    PromptPack pack = PromptPack.read(PackJson.write(directory, PackJson.valid()));

    assertThat(pack.render(GuardTask.RESPONSE, new Exchange(Optional.empty(), Optional.of("so"))))
        .containsExactly(
            new Piece("<|begin_of_text|>Message: ", true),
            new Piece("\nReply: ", true),
            new Piece("so", false),
            new Piece("\nVerdict:", true));
  }
}
