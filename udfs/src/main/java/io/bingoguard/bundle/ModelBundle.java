package io.bingoguard.bundle;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.guard.Sha256;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A model directory: a Llama checkpoint, its tokenizer, and the prompt pack it is asked with. */
public final class ModelBundle {
  private static final String REVISION_PREFIX = "sha256:";

  private final Path directory;
  private final Checkpoint checkpoint;
  private final PromptPack pack;

  private ModelBundle(Path directory, Checkpoint checkpoint, PromptPack pack) {
    this.directory = directory;
    this.checkpoint = checkpoint;
    this.pack = pack;
  }

  /**
   * Opens a model directory and checks that everything is there. Weights are not read.
   *
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static ModelBundle open(Path directory) {
    Checkpoint checkpoint = Checkpoint.open(directory);
    for (String file : List.of(GuardTokenizer.FILE_NAME, PromptPack.FILE_NAME)) {
      if (!Files.isRegularFile(directory.resolve(file))) {
        throw BundleErrors.modelFileMissing(directory.toString(), file);
      }
    }
    return new ModelBundle(
        directory, checkpoint, PromptPack.read(directory.resolve(PromptPack.FILE_NAME)));
  }

  /**
   * What makes requests for a model.
   *
   * @param maxTokens longest request in tokens; the model's own limit counts where it is lower
   * @throws io.bingoguard.guard.GuardException {@code MODEL_VOCABULARY_TOO_SMALL}, or what {@link
   *     RequestFactory} throws
   */
  public static RequestFactory requests(
      LlamaConfig config, GuardTokenizer tokenizer, PromptPack pack, int maxTokens) {
    if (tokenizer.highestId() >= config.vocabSize()) {
      throw BundleErrors.vocabularyTooSmall(config.vocabSize(), tokenizer.highestId());
    }
    return new RequestFactory(pack, tokenizer, Math.min(maxTokens, config.maxPositions()));
  }

  /**
   * Throws what {@link #requests} for the files of a directory would throw.
   *
   * @param directory holds the config and the tokenizer
   * @return what is going to be done otherwise than asked for, a line each
   */
  public static List<String> refuseUnfit(Path directory, PromptPack pack, int maxTokens) {
    LlamaConfig config = LlamaConfig.read(directory.resolve(Checkpoint.CONFIG));
    try (GuardTokenizer tokenizer =
        GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME))) {
      requests(config, tokenizer, pack, maxTokens);
    }
    return warnings(config, maxTokens);
  }

  /** What is done otherwise than the config and the limit say, a line each. */
  public List<String> warnings(int maxTokens) {
    return Stream.concat(
            checkpoint.warnings().stream(), warnings(checkpoint.config(), maxTokens).stream())
        .toList();
  }

  private static List<String> warnings(LlamaConfig config, int maxTokens) {
    return config.maxPositions() >= maxTokens
        ? List.of()
        : List.of(
            "max_position_embeddings is %d in config.json, below spark.bingoguard.maxTokens, %d; longer requests are cut to the lower of the two"
                .formatted(config.maxPositions(), maxTokens));
  }

  public Path directory() {
    return directory;
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public PromptPack pack() {
    return pack;
  }

  public Path tokenizerFile() {
    return directory.resolve(GuardTokenizer.FILE_NAME);
  }

  /**
   * Digest of the config, the tokenizer and every weight, so that a label can be traced to bytes.
   * The prompt pack has a digest of its own. Reads every file once.
   *
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  public String revision() {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve(Checkpoint.CONFIG));
    files.add(tokenizerFile());
    files.addAll(checkpoint.files());
    // A large checkpoint comes in shards.
    return revisionOf(files.parallelStream().map(this::digest).toList());
  }

  /**
   * The revision that digests give, for files whose digests are known already.
   *
   * @param digests 64 hexadecimal digits each, of the config, the tokenizer, and the weight files
   *     in the order of {@link Checkpoint#weightNames}
   */
  public static String revisionOf(List<String> digests) {
    return REVISION_PREFIX + Sha256.of(String.join("\n", digests) + "\n");
  }

  private String digest(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw BundleErrors.modelFileUnreadable(file, e);
    }
  }
}
