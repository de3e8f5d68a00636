package io.bingoguard.bundle;

import io.bingoguard.cache.BundleManifest;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.pipeline.PipelineErrors;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a bundle: a model directory with a manifest of its files. The manifest is written last, so
 * that a directory that has one is whole.
 */
public final class Bundler {
  private final Path checkpoint;
  private final Path prompts;
  private final Path output;

  /**
   * A bundler.
   *
   * @param checkpoint directory of a Hugging Face checkpoint, a cache of symbolic links included
   * @param prompts prompt pack
   * @param output new or empty directory
   */
  public Bundler(Path checkpoint, Path prompts, Path output) {
    this.checkpoint = checkpoint;
    this.prompts = prompts;
    this.output = output;
  }

  /**
   * Links the checkpoint's files, or copies them where the file system cannot link, copies the
   * pack, and checks that both go together.
   *
   * @param maxTokens longest request that is going to be made
   * @return what was written
   * @throws io.bingoguard.guard.GuardException BUNDLE_OUTPUT_UNSUITABLE, BUNDLE_NOT_WRITTEN, or
   *     what makes the model unusable
   */
  public BundleManifest bundle(int maxTokens) {
    try {
      refuseUsedOutput();
      Files.createDirectories(output);
      for (Path file : checkpointFiles()) {
        linkOrCopy(file.toRealPath(), output.resolve(file.getFileName()));
      }
      Files.copy(prompts, output.resolve(PromptPack.FILE_NAME));
      ModelBundle bundle = ModelBundle.open(output);
      try (GuardTokenizer tokenizer = GuardTokenizer.open(bundle.tokenizerFile())) {
        // Throws what the executors' own would throw.
        new RequestFactory(bundle.pack(), tokenizer, maxTokens);
      }
      BundleManifest manifest = BundleManifest.of(bundle);
      Files.writeString(output.resolve(BundleManifest.FILE_NAME), manifest.toJson());
      return manifest;
    } catch (IOException e) {
      throw PipelineErrors.bundleNotWritten(output.toString(), e);
    }
  }

  private void refuseUsedOutput() throws IOException {
    if (Files.exists(output)) {
      try (Stream<Path> there = Files.list(output)) {
        if (there.findAny().isPresent()) {
          throw PipelineErrors.bundleOutputUnsuitable(output.toString());
        }
      }
    }
  }

  private List<Path> checkpointFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> there = Files.list(checkpoint)) {
      there
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.equals("config.json")
                    || name.equals(GuardTokenizer.FILE_NAME)
                    || name.endsWith(".safetensors")
                    || name.endsWith(".safetensors.index.json");
              })
          .forEach(files::add);
    }
    return files;
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
