package io.bingoguard.storage;

import io.bingoguard.cluster.ServerProcess;
import io.bingoguard.cluster.SparkHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HDFS on free ports of this machine: a name node and a data node, each a process. Both run from
 * the jars of Spark's distribution, whose Hadoop client they share, and keep all in their folder.
 */
final class HdfsServer implements AutoCloseable {
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
  private static final Pattern FORMATTED = Pattern.compile("(SHUTDOWN_MSG)");
  private static final Pattern LISTENING = Pattern.compile("NameNode RPC up at: \\S+?:(\\d+)");
  private static final Pattern REGISTERED = Pattern.compile("(successfully registered) with NN");

  private final Path folder;
  private final List<ServerProcess> processes = new ArrayList<>();
  private String uri = "";

  private HdfsServer(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts both and returns when files can be written.
   *
   * @param folder a new or empty folder for data and logs
   */
  static HdfsServer start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("log4j2.properties"),
        """
        appender.err.type = Console
        appender.err.name = err
        appender.err.target = SYSTEM_ERR
        appender.err.layout.type = PatternLayout
        appender.err.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
        rootLogger.level = info
        rootLogger.appenderRef.err.ref = err
        """);
    HdfsServer server = new HdfsServer(folder);
    try {
      server.startNodes();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The file system's address: {@code hdfs://127.0.0.1:PORT}. */
  String uri() {
    return uri;
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::close);
  }

  private void startNodes() throws IOException {
    Map<String, String> names =
        Map.of(
            "fs.defaultFS", "hdfs://127.0.0.1:0",
            "dfs.namenode.name.dir", folder.resolve("names").toString(),
            "dfs.namenode.http-address", "127.0.0.1:0");
    run("format", NAME_NODE, names, "-format", "-nonInteractive").awaitLogged("its end", FORMATTED);
    String port = run("name-node", NAME_NODE, names).awaitLogged("the name node's port", LISTENING);
    uri = "hdfs://127.0.0.1:" + port;
    Map<String, String> blocks =
        Map.of(
            "fs.defaultFS", uri,
            "dfs.datanode.data.dir", folder.resolve("blocks").toString(),
            "dfs.datanode.address", "127.0.0.1:0",
            "dfs.datanode.http.address", "127.0.0.1:0",
            "dfs.datanode.ipc.address", "127.0.0.1:0");
    run("data-node", DATA_NODE, blocks).awaitLogged("the data node's registration", REGISTERED);
  }

  private ServerProcess run(
      String name, String mainClass, Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-cp", classPath(), mainClass));
    settings.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
    command.addAll(List.of(arguments));
    ServerProcess process =
        ServerProcess.start(
            new ProcessBuilder(command).directory(folder.toFile()), folder.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  private String classPath() throws IOException {
    return Stream.concat(Stream.of(folder, ServerJar.hdfs()), SparkHome.distribution().stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
