package io.bingoguard.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster of real processes on this machine: one master, workers, and the
 * executors that workers start. Everything it writes stays in its directory. Closing it kills all
 * processes, and so does the end of this JVM, unless that is killed by force.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern PAGE = Pattern.compile("MasterWebUI.* at http://\\S+:(\\d+)");
  // These processes live for seconds, in which the second compiler costs more than it saves.
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
  private static final List<String> SMALL_SERVER = List.of("-Xmx192m", QUICK_START);
  private static final List<String> SMALL_DRIVER = List.of("-Xmx1g", QUICK_START);

  private final ClusterShape shape;
  private final Path directory;
  private final SparkHome home;
  private final List<ServerProcess> workers = new CopyOnWriteArrayList<>();
  private final List<Submission> submissions = new CopyOnWriteArrayList<>();
  private final ServerProcess master;
  private String masterUrl = "";

  private StandaloneCluster(ClusterShape shape, Path directory) throws IOException {
    this.shape = shape;
    this.directory = directory;
    this.home = SparkHome.create(directory);
    this.master =
        startServer("master", "org.apache.spark.deploy.master.Master", List.of(), List.of());
  }

  /**
   * Starts a cluster and returns when all workers are registered.
   *
   * @param directory a new or empty folder for the installation, logs and work
   */
  static StandaloneCluster start(ClusterShape shape, Path directory) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(shape, directory.toAbsolutePath());
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close-cluster"));
    try {
      cluster.masterUrl = cluster.master.awaitLogged("the master's address", MASTER);
      for (int worker = 0; worker < shape.workers(); worker++) {
        cluster.startWorker();
      }
      cluster.awaitWorkers(shape.workers());
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  String masterUrl() {
    return masterUrl;
  }

  /** Starts one more worker of the cluster's shape and returns its number. */
  int startWorker() throws IOException {
    List<String> jvm = new ArrayList<>();
    if (shape.gpus() > 0) {
      jvm.add("-Dspark.worker.resource.gpu.amount=" + shape.gpus());
      jvm.add("-Dspark.worker.resource.gpu.discoveryScript=" + FakeGpus.script(home, shape.gpus()));
    }
    int worker = workers.size();
    List<String> arguments =
        List.of(
            "--cores",
            Integer.toString(shape.cores()),
            "--memory",
            "16g",
            "--work-dir",
            workFolder(worker).toString(),
            masterUrl);
    workers.add(
        startServer("worker-" + worker, "org.apache.spark.deploy.worker.Worker", jvm, arguments));
    return worker;
  }

  /** Workers that the master counts on; one that died counts until the master has noticed. */
  int registeredWorkers() {
    return page().aliveWorkers();
  }

  /** Waits until the master counts on exactly this many workers. */
  void awaitWorkers(int count) {
    Waiting.until(
        count + " registered workers", LIMIT, () -> registeredWorkers() == count, this::logs);
  }

  /** The master's page as JSON: workers, applications and what it gave them. */
  MasterPage page() {
    return new MasterPage(Integer.parseInt(master.awaitLogged("the master's page", PAGE)));
  }

  /**
   * Runs a bingoguard command by spark-submit, from the packed jar, in client mode.
   *
   * @param conf settings, each {@code KEY=VALUE}; by default executors have 600 MB of heap
   * @param arguments the command and its options; paths have to be absolute
   */
  Submission submit(List<String> conf, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(List.of("--conf", "spark.executor.memory=600m"));
    conf.forEach(setting -> options.addAll(List.of("--conf", setting)));
    return start(options, arguments);
  }

  /** The same with a settings file, of which {@code conf} changes what it names. */
  Submission submit(Path settings, List<String> conf, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--properties-file", settings.toAbsolutePath().toString()));
    conf.forEach(setting -> options.addAll(List.of("--conf", setting)));
    return start(options, arguments);
  }

  /**
   * Runs a program of the tests by spark-submit, with the packed jar.
   *
   * @param program a class by itself, without inner ones
   */
  Submission submit(Class<?> program, String... arguments) throws IOException {
    String file = program.getName().replace('.', '/') + ".class";
    Path jar = directory.resolve(program.getSimpleName() + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = program.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new JarEntry(file));
      in.transferTo(out);
    }
    List<String> options =
        List.of("--conf", "spark.executor.memory=600m", "--jars", jar.toString());
    return start(program.getName(), options, List.of(arguments));
  }

  private Submission start(List<String> options, List<String> arguments) throws IOException {
    return start("io.bingoguard.cli.BingoGuard", options, arguments);
  }

  private Submission start(String program, List<String> options, List<String> arguments)
      throws IOException {
    List<String> submit = new ArrayList<>(List.of("--master", masterUrl));
    submit.addAll(List.of("--class", program));
    submit.addAll(List.of("--conf", "spark.ui.enabled=false"));
    submit.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    submit.addAll(List.of("--conf", "spark.executor.defaultJavaOptions=" + QUICK_START));
    submit.addAll(options);
    submit.add(SparkHome.packedJar().toString());
    submit.addAll(arguments);
    Submission submission =
        Submission.start(
            home.java(SMALL_DRIVER, "org.apache.spark.deploy.SparkSubmit", submit),
            directory.resolve("submission-" + submissions.size()));
    submissions.add(submission);
    return submission;
  }

  /** The executor processes that run now, of all workers. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.children().stream()).toList();
  }

  /** The executor processes of one worker. */
  List<ProcessHandle> executors(int worker) {
    return workers.get(worker).children();
  }

  /** Waits until at least this many executors run, and returns them. */
  List<ProcessHandle> awaitExecutors(int count) {
    Waiting.until(count + " executors", LIMIT, () -> executors().size() >= count, this::logs);
    return executors();
  }

  /** Kills an executor at once, as a crash of native code or the kernel would. */
  void killExecutor(ProcessHandle executor) {
    Processes.kill(executor);
  }

  /** Kills a worker alone, at once; its executors go when they notice it. */
  void killWorker(int worker) {
    workers.get(worker).kill();
  }

  /** Kills a worker with its executors at once, as the loss of a host would. */
  void killHost(int worker) {
    workers.get(worker).close();
  }

  /** Logs of the master, the workers and all executors so far. */
  String logs() {
    return Stream.concat(Stream.of(master), workers.stream())
            .map(ServerProcess::log)
            .collect(Collectors.joining("\n"))
        + executorLogs();
  }

  /** What all executors so far have written to standard error, those that are gone included. */
  String executorLogs() {
    StringBuilder logs = new StringBuilder();
    for (int worker = 0; worker < workers.size(); worker++) {
      logs.append(LogFiles.below(workFolder(worker), "stderr"));
    }
    return logs.toString();
  }

  @Override
  public void close() {
    submissions.forEach(Submission::close);
    workers.forEach(ServerProcess::close);
    master.close();
    Processes.killAllOf(home.path());
  }

  private Path workFolder(int worker) {
    return directory.resolve("work-" + worker);
  }

  private ServerProcess startServer(
      String name, String mainClass, List<String> jvm, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(SMALL_SERVER);
    options.addAll(jvm);
    List<String> all =
        new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    all.addAll(arguments);
    return ServerProcess.start(
        home.java(options, mainClass, all), directory.resolve(name + ".log"));
  }
}
