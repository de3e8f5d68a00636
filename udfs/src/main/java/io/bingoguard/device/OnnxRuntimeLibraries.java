package io.bingoguard.device;

import io.bingoguard.files.ProcessFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries, unpacked into the folder of this process: ONNX Runtime itself
 * would put them into a folder that stays when the process is killed, and that is looked at by
 * nobody then. All lie in one folder, in which they look for each other.
 */
final class OnnxRuntimeLibraries {
  /** Where ONNX Runtime looks before it unpacks anything; read once, when it is loaded. */
  static final String PATH = "onnxruntime.native.path";

  private static final String RESOURCES = "/ai/onnxruntime/native/%s/%s";
  private static final List<String> ALWAYS =
      List.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared");
  private static final String CUDA = "onnxruntime_providers_cuda";
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeLibraries.class);

  private boolean loaded;
  private Optional<Path> folder = Optional.empty();

  /**
   * Does what loads the libraries, or what needs them loaded. A path that the user has set is left
   * as it is.
   */
  synchronized <T> T load(Supplier<T> user) {
    if (loaded || System.getProperty(PATH) != null) {
      return user.get();
    }
    loaded = true;
    try {
      unpackNew();
    } catch (IOException e) {
      // ONNX Runtime then tries by itself, and says what is wrong.
      LOG.debug("The libraries of ONNX Runtime cannot be unpacked", e);
    }
    try {
      return user.get();
    } finally {
      // Another ONNX Runtime, of another class loader, has libraries of its own.
      System.clearProperty(PATH);
    }
  }

  /** Large, and needed by sessions on a GPU alone. */
  synchronized void unpackCuda() {
    try {
      if (folder.isPresent()) {
        unpack(CUDA, folder.get());
      }
    } catch (IOException e) {
      // Attaching the provider then fails, and says so.
      LOG.debug("The library of the CUDA provider cannot be unpacked", e);
    }
  }

  private void unpackNew() throws IOException {
    Path fresh = ProcessFolder.newFolder("onnxruntime");
    for (String library : ALWAYS) {
      unpack(library, fresh);
    }
    // For a system of which there are no libraries, none are to be looked for there.
    if (Files.exists(fresh.resolve(System.mapLibraryName(ALWAYS.get(0))))) {
      folder = Optional.of(fresh);
      System.setProperty(PATH, fresh.toString());
    }
  }

  private static void unpack(String library, Path folder) throws IOException {
    String name = System.mapLibraryName(library);
    Path file = folder.resolve(name);
    String resource = RESOURCES.formatted(platform(), name);
    try (InputStream in = OnnxRuntimeLibraries.class.getResourceAsStream(resource)) {
      if (in != null && !Files.exists(file)) {
        Files.copy(in, file);
      }
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return name + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x64");
  }
}
