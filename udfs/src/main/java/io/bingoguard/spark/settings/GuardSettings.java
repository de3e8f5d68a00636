package io.bingoguard.spark.settings;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.CacheSettings;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.engine.EngineSettings;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.LongText;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.TextSplitter;
import io.bingoguard.session.Precision;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** The {@code spark.bingoguard.*} settings in force, with typed access. */
public final class GuardSettings {
  private final Map<String, String> given;
  private final SettingReader reader;

  private GuardSettings(Map<String, String> given) {
    this.given = given;
    this.reader = new SettingReader(given);
  }

  /**
   * The settings of this project among others.
   *
   * @param all Spark's settings by full key
   */
  public static GuardSettings of(Map<String, String> all) {
    Map<String, String> given = new TreeMap<>(all);
    given.keySet().removeIf(key -> !key.startsWith(Setting.PREFIX));
    return new GuardSettings(Map.copyOf(given));
  }

  /** The settings of this project among those that Spark was started with. */
  public static GuardSettings of(SparkConf conf) {
    Map<String, String> all = new TreeMap<>();
    for (Tuple2<String, String> entry : conf.getAll()) {
      all.put(entry._1(), entry._2());
    }
    return of(all);
  }

  /** Every setting of this project that was given, by full key. */
  public Map<String, String> given() {
    return given;
  }

  /**
   * The settings, given or not, that decide what a label says and are in no column beside it, by
   * full key.
   */
  public Map<String, String> deciding() {
    Map<String, String> deciding = new TreeMap<>();
    for (Setting setting :
        List.of(
            Setting.DEVICE,
            Setting.PRECISION,
            Setting.MAX_TOKENS,
            Setting.LONG_TEXT,
            Setting.MAX_WINDOWS,
            Setting.PREPARE,
            Setting.SESSION_FACTORY)) {
      deciding.put(setting.key(), reader.text(setting));
    }
    return deciding;
  }

  /** The given settings in the order of their keys. */
  @Override
  public String toString() {
    return new TreeMap<>(given).toString();
  }

  /**
   * How engines work.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public EngineSettings engine() {
    String precision = reader.word(Setting.PRECISION, List.of("auto", "fp32", "fp16", "bf16"));
    String device = reader.word(Setting.DEVICE, List.of("auto", "cpu", "cuda"));
    return new EngineSettings(
        EngineSettings.DeviceChoice.valueOf(device.toUpperCase(Locale.ROOT)),
        Arrays.stream(Precision.values()).filter(p -> p.key().equals(precision)).findFirst(),
        reader.number(Setting.THREADS, 0, 1024),
        reader.number(Setting.MAX_TOKENS, 16, 131072),
        reader.numberOrAuto(Setting.PACK_TOKENS, 1, 131072),
        reader.numberOrAuto(Setting.PACK_BUCKET, 1, 8192),
        reader.number(Setting.BATCH_EXCHANGES, 1, 65536),
        reader.number(Setting.BATCHES_IN_FLIGHT, 1, 64),
        reader.time(Setting.PASS_TIMEOUT),
        reader.bytesOrAuto(Setting.DEVICE_MEMORY, "1t"),
        Optional.of(reader.text(Setting.SESSION_FACTORY))
            .filter(name -> !List.of("", Setting.SESSION_FACTORY.defaultValue()).contains(name)));
  }

  /**
   * How texts are judged that do not fit into a request.
   *
   * @param splitter asked for where windows may begin and end, if there are to be any
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public LongTexts longTexts(Supplier<TextSplitter> splitter) {
    List<String> modes = Arrays.stream(LongText.values()).map(LongText::key).toList();
    String mode = reader.word(Setting.LONG_TEXT, modes);
    LongText longText = LongText.valueOf(mode.toUpperCase(Locale.ROOT));
    return new LongTexts(
        longText,
        longText == LongText.WINDOW ? splitter.get() : TextSplitter.NONE,
        reader.number(Setting.MAX_WINDOWS, 1, 1_000_000));
  }

  /**
   * Steps that texts go through before they are judged.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public List<String> prepare() {
    return reader.words(Setting.PREPARE, List.of("invisible", "markup", "nfc", "nfkc"));
  }

  /** Languages that are judged, as they were named; none for all. */
  public List<String> languages() {
    return reader.list(Setting.LANGUAGES);
  }

  /**
   * Days over which exchanges without a time are spread; 0 for none.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public int spreadDates() {
    return reader.number(Setting.SPREAD_DATES, 0, 3650);
  }

  /**
   * What brings models to a host.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID
   */
  public ModelCache modelCache(Configuration hadoop) {
    return new ModelCache(cache(), hadoop);
  }

  CacheSettings cache() {
    return new CacheSettings(
        cacheDirectory(),
        reader.bytes(Setting.CACHE_MAX_SIZE, "1p"),
        reader.number(Setting.CACHE_COPY_THREADS, 1, 256));
  }

  private Path cacheDirectory() {
    String value = reader.text(Setting.CACHE_DIRECTORY);
    try {
      Path path = Path.of(value);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw SettingErrors.invalid(Setting.CACHE_DIRECTORY, value, "an absolute path on the hosts");
    }
    throw SettingErrors.invalid(Setting.CACHE_DIRECTORY, value, "an absolute path on the hosts");
  }

  /** The model of a command that names none, and of the plugin; absent for the demo model. */
  public Optional<String> model() {
    return Optional.of(reader.text(Setting.MODEL)).filter(path -> !path.isEmpty());
  }

  /** Spark settings by which executors open a model when they start. */
  public Map<String, String> warmingUp(ModelRef model) {
    return Map.of(Setting.MODEL.key(), model.toString());
  }

  /** Whether the plugin opens the model when an executor starts. */
  public boolean warmUp() {
    return reader.flag(Setting.WARM_UP);
  }

  /** Most input files of one micro-batch. */
  public int maxFilesPerBatch() {
    return reader.number(Setting.SOURCE_MAX_FILES_PER_BATCH, 1, Integer.MAX_VALUE);
  }

  /** Time between progress lines where standard error is no terminal. */
  public Duration progressInterval() {
    return reader.time(Setting.PROGRESS_INTERVAL);
  }

  /** Settings that do not exist, which would do nothing, and values that are none. */
  public List<GuardException> problems() {
    List<GuardException> problems = new ArrayList<>();
    given.keySet().stream()
        .filter(key -> Setting.of(key).isEmpty())
        .sorted()
        .forEach(key -> problems.add(SettingErrors.unknown(key)));
    List<Runnable> readings =
        List.of(
            this::engine,
            () -> longTexts(() -> TextSplitter.NONE),
            this::prepare,
            this::cache,
            this::warmUp,
            this::maxFilesPerBatch,
            this::progressInterval);
    for (Runnable reading : readings) {
      try {
        reading.run();
      } catch (GuardException e) {
        problems.add(e);
      }
    }
    return problems;
  }

  /** The same without what the {@link #problems} are about. */
  public GuardSettings withoutInvalid() {
    Map<String, String> valid = new TreeMap<>(given);
    valid.entrySet().removeIf(each -> !of(Map.ofEntries(each)).problems().isEmpty());
    return of(valid);
  }

  /**
   * Refuses the first of the {@link #problems}.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_UNKNOWN or SETTING_INVALID
   */
  public void refuseInvalid() {
    List<GuardException> problems = problems();
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
  }
}
