package io.bingoguard.device;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds shared libraries as the dynamic loader does for the libraries that another one names: in
 * {@code LD_LIBRARY_PATH}, the loader's cache, and the system's folders.
 */
final class SharedLibraries {
  private static final List<String> SYSTEM_FOLDERS =
      List.of("lib64", "usr/lib64", "lib", "usr/lib", "usr/lib/x86_64-linux-gnu");

  private final Host host;
  private final Optional<String> cache;

  SharedLibraries(Host host) {
    this.host = host;
    this.cache =
        host.output(List.of("/sbin/ldconfig", "-p"))
            .or(() -> host.output(List.of("ldconfig", "-p")));
  }

  /** The file that the loader takes for a name, with symbolic links resolved. */
  Optional<Path> loaded(String name) {
    return Stream.concat(
            inFolders(paths(host.variable("LD_LIBRARY_PATH")), name),
            Stream.concat(
                cached(name).stream(),
                inFolders(SYSTEM_FOLDERS.stream().map(host.root()::resolve).toList(), name)))
        .flatMap(file -> real(file).stream())
        .findFirst();
  }

  /**
   * A file of that name where CUDA or ONNX Runtime may have been put, but where the loader does not
   * look: {@code /usr/local/cuda*} and {@code onnxruntime.native.path}. The provider's library has
   * no search path of its own.
   */
  Optional<Path> elsewhere(String name) {
    List<Path> folders = new ArrayList<>(paths(host.property("onnxruntime.native.path")));
    Path local = host.root().resolve("usr/local");
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(local, "cuda*")) {
      for (Path cuda : installed) {
        folders.add(cuda.resolve("lib64"));
        folders.add(cuda.resolve("targets/x86_64-linux/lib"));
      }
    } catch (IOException e) {
      // No such folder: nothing is installed there.
    }
    return inFolders(folders, name).sorted().reduce((earlier, later) -> later);
  }

  /** Whether a file holds some ASCII text, as a library does that has a symbol of that name. */
  static boolean holds(Path file, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[1 << 16];
      int kept = 0;
      for (int read = in.read(piece); read >= 0; read = in.read(piece, kept, piece.length - kept)) {
        int filled = kept + read;
        for (int at = 0; at + wanted.length <= filled; at++) {
          if (Arrays.equals(piece, at, at + wanted.length, wanted, 0, wanted.length)) {
            return true;
          }
        }
        kept = Math.min(filled, wanted.length - 1);
        System.arraycopy(piece, filled - kept, piece, 0, kept);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> paths(Optional<String> joined) {
    return joined.stream()
        .flatMap(list -> Arrays.stream(list.split(File.pathSeparator, -1)))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .toList();
  }

  private static Stream<Path> inFolders(List<Path> folders, String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
  }

  /** Lines read {@code libcudart.so.12 (libc6,x86-64) => /path}; those of 32 bits have no 64. */
  private Optional<Path> cached(String name) {
    Pattern line = Pattern.compile("\\s*" + Pattern.quote(name) + " \\([^)]*64[^)]*\\) => (.+)");
    return cache.stream()
        .flatMap(String::lines)
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> Path.of(found.group(1)))
        .findFirst();
  }

  private static Optional<Path> real(Path file) {
    try {
      return Optional.of(file.toRealPath());
    } catch (IOException e) {
      // A cache entry or link that leads nowhere.
      return Optional.empty();
    }
  }
}
