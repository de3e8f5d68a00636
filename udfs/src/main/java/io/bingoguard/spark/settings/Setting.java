package io.bingoguard.spark.settings;

import java.util.Arrays;
import java.util.Optional;

/** Every setting of this project: key, default and meaning. {@link GuardSettings} reads them. */
public enum Setting {
  DEVICE("device", "auto", "`cpu`, `cuda`, or the GPU that Spark gave the task, else the CPU"),
  PRECISION(
      "precision",
      "auto",
      "`fp32`, `fp16`, `bf16`; auto is fp32 on a CPU and the stored type on a GPU"),
  THREADS("threads", "0", "CPU threads of one forward pass; 0 for one a core of the executor"),
  MAX_TOKENS(
      "maxTokens",
      "4096",
      "longest request in tokens, answer included; see `longText` for longer texts"),
  LONG_TEXT(
      "longText",
      "window",
      "`window`, `truncate`, `skip`: texts that do not fit into a request are judged window by window, lose their middle, or are not judged; of `label`"),
  MAX_WINDOWS(
      "maxWindows", "512", "windows of one text that are judged; what comes behind them is told"),
  PREPARE(
      "prepare",
      "",
      "steps that texts go through before they are judged, separated by commas: `invisible`, `markup`, `nfc` or `nfkc`; of `label`"),
  LANGUAGES(
      "languages",
      "",
      "languages that are judged, ISO 639 codes separated by commas, and what is in none that can be told; empty for all; of `label`"),
  SPREAD_DATES(
      "spreadDates",
      "0",
      "days before today over which exchanges without a time are spread, for trying out `audit`; 0 for none; of `label`"),
  PACK_TOKENS(
      "packTokens",
      "auto",
      "tokens of a full forward pass; auto is 2048 on a CPU, on a GPU what its memory allows"),
  PACK_BUCKET(
      "packBucket",
      "auto",
      "a forward pass computes a multiple of this many tokens; auto is 64 on a CPU, a sixteenth of `packTokens` on a GPU"),
  BATCH_EXCHANGES("batchExchanges", "128", "exchanges that a partition prepares at a time"),
  BATCHES_IN_FLIGHT(
      "batchesInFlight", "3", "batches of a partition that are prepared or being scored at once"),
  PASS_TIMEOUT(
      "passTimeout", "10min", "a pass that takes longer ends the executor: its device hangs"),
  DEVICE_MEMORY(
      "deviceMemory",
      "auto",
      "memory of a GPU that weights and passes may take, for example `40g`; auto is what is free"),
  SESSION_FACTORY(
      "sessionFactory",
      "onnxruntime",
      "class that opens sessions, a `SessionFactory`; for other runtimes, and for tests that inject faults"),
  MODEL("model", "", "the model of commands without `--model`, and the one that is warmed up"),
  WARM_UP("warmUp", "true", "whether the plugin opens the model when an executor starts"),
  /**
   * Not in {@code java.io.tmpdir}: YARN gives each container one of its own and removes it with the
   * container, so that each executor would copy the model again.
   */
  CACHE_DIRECTORY(
      "cache.directory",
      "/tmp/bingoguard-models-" + System.getProperty("user.name"),
      "where a host keeps copies of models; an absolute path"),
  CACHE_MAX_SIZE("cache.maxSize", "64g", "most that all copies may take"),
  CACHE_COPY_THREADS("cache.copyThreads", "8", "ranges of a model that are copied at once"),
  SOURCE_MAX_FILES_PER_BATCH(
      "source.maxFilesPerBatch",
      "32",
      "most input files of one micro-batch; a run that stops goes on after the last full batch"),
  PROGRESS_INTERVAL(
      "progress.interval", "5s", "time between progress lines where standard error is no terminal");

  /** All keys begin so. */
  public static final String PREFIX = "spark.bingoguard.";

  private final String name;
  private final String defaultValue;
  private final String meaning;

  Setting(String name, String defaultValue, String meaning) {
    this.name = name;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** The full key. */
  public String key() {
    return PREFIX + name;
  }

  /** What counts where nothing is given; empty for nothing. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, as documents say it. */
  public String meaning() {
    return meaning;
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }
}
