package io.bingoguard.files;

import io.bingoguard.bundle.DemoModel;
import io.bingoguard.device.OnnxRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that has a folder for temporary files, with all that a judge puts there. */
final class FolderHolder implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private FolderHolder(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts a process and waits until it has its folder. */
  static FolderHolder start(Path temporary, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FolderHolder.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new FolderHolder(process, Path.of(out.readLine()));
  }

  Path folder() {
    return folder;
  }

  /** Kills it without any warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to end, as by a signal. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Lets it end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Path folder = ProcessFolder.path();
    Path unpacked = DemoModel.directory();
    String version = OnnxRuntime.version();
    if (!unpacked.startsWith(folder) || version.isEmpty()) {
      throw new IllegalStateException(unpacked + " is not in " + folder);
    }
    Files.writeString(folder.resolve("note"), "of this process");
    System.out.println(folder);
    while (System.in.read() >= 0) {
      // Until the parent closes the pipe.
    }
  }
}
