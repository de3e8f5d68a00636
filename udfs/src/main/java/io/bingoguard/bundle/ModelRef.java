package io.bingoguard.bundle;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Which model is meant; says once and for all where it is. */
public sealed interface ModelRef extends Serializable {
  /** Its name in tables and reports. */
  String name();

  /** What every output of the model has to say; empty for a model that can be relied on. */
  default Optional<String> notice() {
    return Optional.empty();
  }

  /** The bundled demo model. */
  record Demo() implements ModelRef {
    @Override
    public String name() {
      return DemoModel.ID;
    }

    @Override
    public Optional<String> notice() {
      return Optional.of(DemoModel.NOTICE);
    }

    @Override
    public String toString() {
      return DemoModel.ID + " (demo)";
    }
  }

  /**
   * A directory that every host of the cluster has under the same path, and that is used in place.
   *
   * @param directory absolute path
   */
  record Local(String directory) implements ModelRef {
    public Local {
      Objects.requireNonNull(directory, "directory");
    }

    @Override
    public String name() {
      return new Path(directory).getName();
    }

    @Override
    public String toString() {
      return directory;
    }
  }

  /**
   * A directory on another file system, which every host copies once.
   *
   * @param uri qualified with its scheme, unless its file system is not known
   */
  record Remote(String uri) implements ModelRef {
    public Remote {
      Objects.requireNonNull(uri, "uri");
    }

    @Override
    public String name() {
      return new Path(uri).getName();
    }

    @Override
    public String toString() {
      return uri;
    }
  }

  /**
   * The model that a user means.
   *
   * @param named path of a model directory, on any file system of Hadoop's; absent for the demo
   *     model
   * @param hadoop file systems and how to reach them
   */
  static ModelRef of(Optional<String> named, Configuration hadoop) {
    return named.map(path -> at(absolute(path), hadoop)).orElseGet(Demo::new);
  }

  private static ModelRef at(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      Path qualified = files.makeQualified(path);
      return "file".equals(files.getUri().getScheme())
          ? new Local(qualified.toUri().getPath())
          : new Remote(qualified.toString());
    } catch (IOException | RuntimeException e) {
      // Whoever opens the model says why it cannot be reached.
      return new Remote(location);
    }
  }

  /** Executors work in other directories than this process. */
  private static String absolute(String path) {
    try {
      java.nio.file.Path local = java.nio.file.Path.of(path);
      return Files.exists(local) ? local.toAbsolutePath().normalize().toString() : path;
    } catch (InvalidPathException e) {
      return path;
    }
  }
}
