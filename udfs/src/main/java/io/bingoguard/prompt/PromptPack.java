package io.bingoguard.prompt;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that makes a language model a guard model: the prompts of its tasks, their legal
 * answers and its categories. The file format is described in udfs/README.md.
 *
 * @param id name, version and digest of the file it was read from
 * @param special the tokens that frame a request
 * @param categories every category that an answer can name
 * @param tasks prompt and answers of each task; the severity task may be missing
 */
public record PromptPack(
    PackId id,
    FrameTokens special,
    List<PackCategory> categories,
    Map<GuardTask, TaskPrompt> tasks) {

  /** File name of the pack inside a model directory. */
  public static final String FILE_NAME = "prompt-pack.json";

  public PromptPack {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(special, "special");
    categories = List.copyOf(categories);
    tasks = Map.copyOf(tasks);
    for (GuardTask task : List.of(GuardTask.PROMPT, GuardTask.RESPONSE)) {
      if (!tasks.containsKey(task)) {
        throw new IllegalArgumentException("no prompt for task " + task.key());
      }
    }
  }

  /**
   * Reads a pack and checks everything that can be checked without a tokenizer.
   *
   * @throws io.bingoguard.guard.GuardException {@code PACK_UNREADABLE} or {@code PACK_INVALID}
   */
  public static PromptPack read(Path file) {
    return PackReader.read(file);
  }

  /**
   * Renders a prompt of a binary task.
   *
   * @param task {@link GuardTask#PROMPT} or {@link GuardTask#RESPONSE}
   * @param exchange a missing side is rendered as empty text
   */
  public List<Piece> render(GuardTask task, Exchange exchange) {
    return tasks.get(task).template().render(conversationTexts(exchange));
  }

  /**
   * An exchange as the prompt of a task has it: stripped where the pack says so, a side that is
   * missing or that the prompt has no slot for as empty text. Rendering it gives the same prompt.
   */
  public Exchange asPut(GuardTask task, Exchange exchange) {
    Template template = tasks.get(task).template();
    return Exchange.of(
        template.filling(Slot.PROMPT, exchange.prompt().orElse("")),
        template.filling(Slot.RESPONSE, exchange.response().orElse("")));
  }

  /** Whether the model can be asked for severities. */
  public boolean grades() {
    return tasks.containsKey(GuardTask.SEVERITY);
  }

  /** The category that has a code, if there is one. */
  public Optional<Category> category(String code) {
    return categories.stream()
        .map(PackCategory::category)
        .filter(category -> category.code().equals(code))
        .findFirst();
  }

  /** Renders the severity prompt for one category, of a pack that {@link #grades}. */
  public List<Piece> renderSeverity(Category category, Exchange exchange) {
    PackCategory described =
        categories.stream()
            .filter(candidate -> candidate.category().equals(category))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no category " + category.code()));
    Map<Slot, String> texts = conversationTexts(exchange);
    texts.put(Slot.CATEGORY, described.severityName());
    texts.put(Slot.RUBRIC, described.rubric());
    return tasks.get(GuardTask.SEVERITY).template().render(texts);
  }

  private static Map<Slot, String> conversationTexts(Exchange exchange) {
    Map<Slot, String> texts = new EnumMap<>(Slot.class);
    texts.put(Slot.PROMPT, exchange.prompt().orElse(""));
    texts.put(Slot.RESPONSE, exchange.response().orElse(""));
    return texts;
  }

  /**
   * Identity of a pack.
   *
   * @param name the pack's name
   * @param version the pack's version
   * @param sha256 digest of the file's bytes, 64 hexadecimal digits
   */
  public record PackId(String name, String version, String sha256) {
    public PackId {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(sha256, "sha256");
    }

    /** As stored with every label: {@code name/version@sha256:digest}. */
    @Override
    public String toString() {
      return name + "/" + version + "@sha256:" + sha256;
    }
  }

  /**
   * Tokens that frame every request.
   *
   * @param bos spelling of the token that begins a request; absent when there is none
   * @param bosCount how many of it are sent in all, a literal one in the template included
   * @param end spelling of the token that ends the model's answer
   */
  public record FrameTokens(Optional<String> bos, int bosCount, String end) {
    public FrameTokens {
      Objects.requireNonNull(bos, "bos");
      Objects.requireNonNull(end, "end");
      if (bosCount < 0 || (bosCount > 0 && bos.isEmpty())) {
        throw new IllegalArgumentException("bos_count " + bosCount + " without a bos_token");
      }
    }
  }
}
