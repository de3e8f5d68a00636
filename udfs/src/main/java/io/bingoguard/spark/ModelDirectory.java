package io.bingoguard.spark;

import io.bingoguard.guard.GuardErrors;
import io.bingoguard.model.DemoModel;
import java.nio.file.Path;
import java.util.Optional;

/** Where this machine has a model's files. */
public final class ModelDirectory {
  private ModelDirectory() {}

  /**
   * The directory of a model.
   *
   * @param model the model directory, as a path or a {@code file:} URI; absent for the bundled demo
   *     model
   * @throws io.bingoguard.guard.GuardException when the model is on another file system
   */
  public static Path of(Optional<String> model) {
    if (model.isEmpty()) {
      return DemoModel.directory();
    }
    String path = model.get();
    if (path.startsWith("file:")) {
      path = path.replaceFirst("^file:(//)?", "");
    } else if (path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      throw GuardErrors.modelNotLocal(path);
    }
    return Path.of(path);
  }
}
