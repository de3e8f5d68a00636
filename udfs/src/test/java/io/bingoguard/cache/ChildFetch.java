package io.bingoguard.cache;

import io.bingoguard.bundle.ModelRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Another process that fetches a model, in several threads at once, and keeps it open. */
final class ChildFetch implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildFetch(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a process, which says {@code calling} and then fetches. */
  static ChildFetch start(
      CacheSettings settings, Configuration hadoop, String model, long rangeBytes, int callers)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildFetch.class.getName(),
                settings.directory().toString(),
                Long.toString(settings.maxBytes()),
                Integer.toString(settings.copyThreads()),
                model,
                Long.toString(rangeBytes),
                Integer.toString(callers)));
    for (Map.Entry<String, String> entry : hadoop) {
      command.add(entry.getKey() + "=" + entry.getValue());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ChildFetch(process);
  }

  /** The next line that it says. */
  String says() throws IOException {
    return out.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it without any warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Lets it close its models and end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Waits until a file exists. */
  static void awaitFile(Path file) throws IOException {
    try {
      while (!Files.exists(file)) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public static void main(String[] args) throws Exception {
    CacheSettings settings =
        new CacheSettings(Path.of(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]));
    int callers = Integer.parseInt(args[5]);
    Configuration hadoop = new Configuration(false);
    for (String entry : List.of(args).subList(6, args.length)) {
      String[] parts = entry.split("=", 2);
      hadoop.set(parts[0], parts[1]);
    }
    ModelCache cache = new ModelCache(settings, hadoop, Long.parseLong(args[4]));
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    say("calling");
    List<Callable<LocalModel>> calls = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      calls.add(() -> cache.fetch(new ModelRef.Remote(args[3])));
    }
    List<LocalModel> models = new ArrayList<>();
    for (Future<LocalModel> call : pool.invokeAll(calls)) {
      models.add(call.get());
      say(call.get().origin() + " " + call.get().bytesCopied());
    }
    while (System.in.read() >= 0) {
      // Until the parent closes the pipe.
    }
    models.forEach(LocalModel::close);
    pool.shutdown();
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
  }
}
