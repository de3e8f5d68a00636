package io.bingoguard.cli;

import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.Bundler;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bundle}: makes a model directory. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a model directory of checkpoint and prompt pack.",
      "Checks that they go together, and writes a manifest with the SHA-256 of every file."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bingoguard bundle --checkpoint DIR --prompts prompt-pack.json --output MODEL"})
final class BundleCommand extends GuardCommand<Integer> {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face Llama checkpoint with its tokenizer.json.")
  private Path checkpoint;

  @Option(
      names = "--prompts",
      required = true,
      paramLabel = "FILE",
      description = "Prompt pack, for example from scripts/import-prompts.")
  private Path prompts;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "New or empty directory; on the checkpoint's file system its files are linked.")
  private Path output;

  @Override
  Integer prepare(CommandContext context) {
    int maxTokens = context.settings().engine().maxTokens();
    bundler().refuseUnfit(maxTokens);
    return maxTokens;
  }

  @Override
  Outcome execute(CommandContext context, Integer maxTokens) {
    Bundler bundler = bundler();
    List<String> warnings = bundler.refuseUnfit(maxTokens);
    BundleManifest bundle = bundler.bundle(maxTokens);
    String text =
        "Model %s, %s%nPrompts %s%n".formatted(output, bundle.modelRevision(), bundle.promptPack())
            + warnings.stream().map("Warning: %s%n"::formatted).collect(Collectors.joining());
    return Outcome.done(text, bundle.toJson());
  }

  private Bundler bundler() {
    return new Bundler(checkpoint, prompts, output);
  }
}
