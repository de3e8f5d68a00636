package io.bingoguard.bundle;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.files.ProcessFolder;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The model that comes with the project, for trying things out: a small trained Llama that goes
 * through everything a real model does. The resource {@code demo/MODEL_CARD.md} says what it was
 * trained on and how good it is, which is not good enough to moderate anything.
 */
public final class DemoModel {
  /** Model id in tables and reports. */
  public static final String ID = "bingoguard-mini";

  /** What every output of the demo model has to say. */
  public static final String NOTICE =
      "The bundled demo model "
          + ID
          + " is tiny, for demonstration and tests only, and must not be used to moderate anything: name a real one with --model.";

  private static final List<String> FILES =
      List.of(
          Checkpoint.CONFIG, "model.safetensors", GuardTokenizer.FILE_NAME, PromptPack.FILE_NAME);

  private static Path directory;

  private DemoModel() {}

  /**
   * A directory with the model's files, unpacked once in each JVM and removed when it ends. Weights
   * have to be a file: ONNX Runtime maps them.
   */
  public static synchronized Path directory() {
    if (directory == null) {
      try {
        directory = unpack();
      } catch (IOException e) {
        throw BundleErrors.demoModelNotUnpacked(e);
      }
    }
    return directory;
  }

  private static Path unpack() throws IOException {
    Path target = ProcessFolder.newFolder("demo");
    for (String name : FILES) {
      try (InputStream in = DemoModel.class.getResourceAsStream("demo/" + name)) {
        if (in == null) {
          throw new IOException("the jar holds no demo/" + name);
        }
        Files.copy(in, target.resolve(name));
      }
    }
    return target;
  }
}
