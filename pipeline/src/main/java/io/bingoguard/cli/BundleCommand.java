package io.bingoguard.cli;

import io.bingoguard.bundle.Bundler;
import io.bingoguard.cache.BundleManifest;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.ExitCode;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.spark.EngineSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bundle}: makes a model directory. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts a checkpoint and a prompt pack together into a model directory for --model,",
      "checks that they go together, and writes a manifest with the SHA-256 of every file."
    })
final class BundleCommand implements Callable<Integer>, CommonOptions.Holder {
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

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PipelineSettings pipeline = PipelineSettings.of(common.settings());
      pipeline.refuseUnknown();
      int maxTokens = EngineSettings.from(pipeline.given()).maxTokens();
      BundleManifest bundle = new Bundler(checkpoint, prompts, output).bundle(maxTokens);
      out.println("Model " + output + ", " + bundle.modelRevision());
      out.println("Prompts " + bundle.promptPack());
      return ExitCode.DONE;
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
  }
}
