package io.bingoguard.bundle;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.prompt.PromptPack;
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
   * Refuses what cannot become a bundle; changes nothing.
   *
   * @param maxTokens longest request that is going to be made
   * @return what is going to be done otherwise than config or limit say, a line each
   * @throws io.bingoguard.guard.GuardException BUNDLE_OUTPUT_UNSUITABLE, or what makes the model
   *     unusable, numbers among the weights that are infinite or none included
   */
  public List<String> refuseUnfit(int maxTokens) {
    try {
      refuseUsedOutput();
    } catch (IOException e) {
      throw BundleErrors.bundleNotWritten(output.toString(), e);
    }
    Checkpoint opened = Checkpoint.open(checkpoint);
    opened.refuseNonFinite();
    return Stream.concat(
            opened.warnings().stream(),
            ModelBundle.refuseUnfit(checkpoint, PromptPack.read(prompts), maxTokens).stream())
        .toList();
  }

  /**
   * Links the checkpoint's files, or copies them where the file system cannot link, and copies the
   * pack.
   *
   * @return what was written
   * @throws io.bingoguard.guard.GuardException BUNDLE_NOT_WRITTEN, or what {@link #refuseUnfit}
   *     throws
   */
  public BundleManifest bundle(int maxTokens) {
    refuseUnfit(maxTokens);
    try {
      Files.createDirectories(output);
      for (Path file : checkpointFiles()) {
        linkOrCopy(file.toRealPath(), output.resolve(file.getFileName()));
      }
      Files.copy(prompts, output.resolve(PromptPack.FILE_NAME));
      BundleManifest manifest = BundleManifest.of(ModelBundle.open(output));
      Files.writeString(output.resolve(BundleManifest.FILE_NAME), manifest.toJson());
      return manifest;
    } catch (IOException e) {
      throw BundleErrors.bundleNotWritten(output.toString(), e);
    }
  }

  private void refuseUsedOutput() throws IOException {
    Path there = output.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    // A file has no entries to list, and nothing can be made below it.
    try (Stream<Path> entries = Files.list(there)) {
      if (there.equals(output.toAbsolutePath()) && entries.findAny().isPresent()) {
        throw BundleErrors.bundleOutputUnsuitable(output.toString());
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
                return name.equals(Checkpoint.CONFIG)
                    || name.equals(GuardTokenizer.FILE_NAME)
                    || name.endsWith(Checkpoint.WEIGHTS_SUFFIX)
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
