package io.bingoguard.guard;

import java.io.EOFException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What can go wrong, by the stable names that users, tables and scripts see. Codes are made into
 * errors by the factory of the package that raises them.
 */
public enum ErrorCode {
  PACK_UNREADABLE(Kind.DATA),
  PACK_INVALID(Kind.DATA),
  PACK_TOKEN_UNKNOWN(Kind.USER),
  PACK_TOKEN_NOT_SPECIAL(Kind.USER),
  PACK_TOO_MANY_BOS(Kind.USER),
  ANSWERS_AMBIGUOUS(Kind.USER),
  PROMPT_EXCEEDS_LIMIT(Kind.USER),
  TOKENIZER_UNREADABLE(Kind.DATA),
  TOKEN_FORGED(Kind.DATA),
  MODEL_FILE_MISSING(Kind.USER),
  DEMO_MODEL_NOT_UNPACKED(Kind.SYSTEM),
  MODEL_UNREACHABLE(Kind.SYSTEM),
  STORAGE_UNREACHABLE(Kind.SYSTEM),
  MODEL_MANIFEST_MISSING(Kind.DATA),
  MODEL_MANIFEST_INVALID(Kind.DATA),
  MODEL_FILE_TAMPERED(Kind.DATA),
  MODEL_NOT_COPIED(Kind.SYSTEM),
  MODEL_CACHE_UNUSABLE(Kind.SYSTEM),
  MODEL_CACHE_UNSAFE(Kind.USER),
  MODEL_CACHE_FULL(Kind.USER),
  SETTING_INVALID(Kind.USER),
  GPU_ADDRESS_UNKNOWN(Kind.USER),
  SESSION_NOT_OPENED(Kind.USER),
  MODEL_EXCEEDS_MEMORY(Kind.USER),
  CUDA_NOT_USABLE(Kind.USER),
  PRECISION_NOT_SUPPORTED(Kind.USER),
  SESSION_NOT_CLOSED(Kind.SYSTEM),
  REQUEST_NOT_MADE(Kind.SYSTEM),
  PASS_FAILED(Kind.SYSTEM),
  REQUEST_EXCEEDS_MEMORY(Kind.DATA),
  PREFIX_EXCEEDS_MEMORY(Kind.DEVICE),
  DEVICE_FAILED(Kind.DEVICE),
  SESSION_BROKEN(Kind.DEVICE),
  PASS_TIMED_OUT(Kind.DEVICE),
  SCORES_NOT_FINITE(Kind.DATA),
  MODEL_DIRECTORY_MISSING(Kind.USER),
  MODEL_FILE_UNREADABLE(Kind.SYSTEM),
  MODEL_JSON_INVALID(Kind.DATA),
  MODEL_CONFIG_INVALID(Kind.DATA),
  MODEL_UNSUPPORTED(Kind.USER),
  MODEL_WEIGHTS_INVALID(Kind.DATA),
  MODEL_WEIGHTS_AMBIGUOUS(Kind.DATA),
  MODEL_WEIGHTS_SCATTERED(Kind.DATA),
  MODEL_SHARD_MISSING(Kind.DATA),
  MODEL_TENSOR_MISSING(Kind.DATA),
  MODEL_TENSOR_SHAPE(Kind.DATA),
  MODEL_TENSOR_DTYPE(Kind.DATA),
  MODEL_TENSOR_UNUSED(Kind.USER),
  MODEL_ADAPTER_UNMERGED(Kind.USER),
  MODEL_WEIGHTS_NOT_FINITE(Kind.DATA),
  MODEL_VOCABULARY_TOO_SMALL(Kind.USER),
  SEVERITY_NOT_IN_PACK(Kind.USER),
  CATEGORY_UNKNOWN(Kind.USER),
  SOURCE_NOT_FOUND(Kind.USER),
  SOURCE_UNREADABLE(Kind.SYSTEM),
  SOURCE_HIDDEN(Kind.USER),
  SOURCE_FORMAT_UNKNOWN(Kind.USER),
  SOURCE_FORMAT_MIXED(Kind.USER),
  SOURCE_FORMAT_NOT_NAMED(Kind.USER),
  SOURCE_NOT_DELTA(Kind.USER),
  SOURCE_HOLDS_DELTA(Kind.USER),
  SOURCE_WITHIN_DELTA(Kind.USER),
  SOURCE_OF_HUDI(Kind.USER),
  SOURCE_OF_ICEBERG(Kind.USER),
  SOURCE_DISGUISED(Kind.DATA),
  SOURCE_COMPRESSION_UNREAD(Kind.USER),
  SOURCE_JSON_ARRAY(Kind.DATA),
  SOURCE_NOT_JSON_LINES(Kind.DATA),
  SOURCE_CSV_OPTION_INVALID(Kind.USER),
  SOURCE_CSV_DIALECT_UNCLEAR(Kind.USER),
  SOURCE_CSV_COLUMNS_MISSING(Kind.DATA),
  SOURCE_EMPTY(Kind.DATA),
  SOURCE_SCHEMA_UNKNOWN(Kind.USER),
  SOURCE_SCHEMA_MISFIT(Kind.USER),
  SOURCE_SCHEMA_AMBIGUOUS(Kind.USER),
  SOURCE_SCHEMA_NOT_NAMED(Kind.USER),
  SOURCE_COLUMN_ROLE_NOT_NAMED(Kind.USER),
  SOURCE_COLUMN_MISSING(Kind.USER),
  SOURCE_COLUMN_MISFIT(Kind.USER),
  SOURCE_CONTENT_UNREAD(Kind.USER),
  SOURCE_COLUMN_ROLES_CONFLICT(Kind.USER),
  SOURCE_CHANGED(Kind.USER),
  FILES_QUARANTINED(Kind.DATA),
  OUTPUT_UNREADABLE(Kind.SYSTEM),
  OUTPUT_UNSUITABLE(Kind.USER),
  OUTPUT_PATH_UNUSABLE(Kind.USER),
  OUTPUT_TEXT_LEFT_OUT(Kind.USER),
  OUTPUT_OTHER_MODEL(Kind.USER),
  OUTPUT_IN_USE(Kind.USER),
  OUTPUT_BEHIND(Kind.USER),
  OUTPUT_MISSING(Kind.USER),
  TABLE_NOT_CREATED(Kind.SYSTEM),
  TABLE_NOT_WIDENED(Kind.SYSTEM),
  TABLE_NOT_MAINTAINED(Kind.SYSTEM),
  AUDIT_SETTINGS_INVALID(Kind.USER),
  AUDIT_NOT_WRITTEN(Kind.SYSTEM),
  INPUT_READ_OTHERWISE(Kind.USER),
  OUTPUT_INSIDE_INPUT(Kind.USER),
  BUNDLE_OUTPUT_UNSUITABLE(Kind.USER),
  BUNDLE_NOT_WRITTEN(Kind.SYSTEM),
  DATASET_LAYOUT_NOT_NAMED(Kind.USER),
  DATASET_LAYOUT_UNKNOWN(Kind.USER),
  DATASET_LAYOUT_AMBIGUOUS(Kind.USER),
  DATASET_COLUMNS_MISSING(Kind.USER),
  DATASET_RECORD_UNREADABLE(Kind.DATA),
  DATASET_VALUE_INVALID(Kind.DATA),
  DATASET_EMPTY(Kind.DATA),
  VERIFY_REQUESTS_UNREADABLE(Kind.USER),
  VERIFY_REQUEST_INVALID(Kind.DATA),
  VERIFY_NOTHING_TO_ASK(Kind.DATA),
  SQL_ARGUMENT_INVALID(Kind.DATA),
  SQL_LABEL_MISPLACED(Kind.USER),
  CURATE_INPUT_UNSUITED(Kind.USER),
  CURATE_OTHER_LABELS(Kind.USER),
  CURATE_UNLABELLED(Kind.USER),
  CURATE_NOT_WHOLE(Kind.SYSTEM),
  REVIEW_NOTHING_TO_SAMPLE(Kind.USER),
  REVIEW_SAMPLE_TOO_SMALL(Kind.USER),
  REVIEW_SAMPLE_MISSING(Kind.USER),
  REVIEW_TEXTS_MISSING(Kind.USER),
  REVIEWS_UNREADABLE(Kind.DATA),
  REVIEWS_INVALID(Kind.DATA),
  REVIEWS_NOT_WRITTEN(Kind.SYSTEM),
  COMPARE_MODEL_UNCLEAR(Kind.USER),
  COMPARE_VERSION_UNKNOWN(Kind.USER),
  COMPARE_SAME_LABELS(Kind.USER),
  COMPARE_NOTHING_ALIKE(Kind.USER),
  QUERY_UNKNOWN(Kind.USER),
  QUERY_INVALID(Kind.USER),
  QUERY_TABLE_MISSING(Kind.USER),
  QUERY_CHANGES_GONE(Kind.USER),
  QUERY_FAILED(Kind.SYSTEM),
  EXECUTORS_SILENT(Kind.SYSTEM),
  OUTPUT_FILE_NOT_WRITABLE(Kind.USER),
  CONF_KEY_UNKNOWN(Kind.USER),
  UNEXPECTED(Kind.SYSTEM),
  SETTING_UNKNOWN(Kind.USER),
  RUN_FAILED(Kind.SYSTEM),
  RUN_INTERRUPTED(Kind.SYSTEM),
  RUN_TERMINATED(Kind.SYSTEM),
  TOO_MANY_ERRORS(Kind.DATA),
  NOTHING_JUDGED(Kind.DATA),
  TEXT_EMPTY(Kind.DATA),
  TEXT_TRUNCATED(Kind.DATA),
  TEXT_TOO_LONG(Kind.DATA),
  SPARK_NLP_MISSING(Kind.USER),
  TRANSFORMER_INPUT_INVALID(Kind.USER),
  LANGUAGE_UNKNOWN(Kind.USER),
  LANGUAGE_NOT_ASKED_FOR(Kind.DATA),
  ANSWER_OFF_FORMAT(Kind.DATA),
  SOURCE_CORRUPT_RECORD(Kind.DATA),
  SOURCE_EMPTY_CONVERSATION(Kind.DATA),
  SOURCE_UNKNOWN_ROLE(Kind.DATA),
  SOURCE_MALFORMED_MESSAGE(Kind.DATA),
  SOURCE_MALFORMED_CONTENT(Kind.DATA),
  SOURCE_MALFORMED_TRANSCRIPT(Kind.DATA);

  /** Whose fault it is, and so what helps. */
  public enum Kind {
    /** Options, paths, settings: the user has to name something else. */
    USER,
    /** What a corpus, a model or a row holds. */
    DATA,
    /** The device or its session: the same work may succeed elsewhere. */
    DEVICE,
    /** File systems, the network, the cluster, or this software. */
    SYSTEM
  }

  /** As the C library's EX_TEMPFAIL. */
  private static final int TRY_AGAIN = 75;

  private static final int REFUSED = 2;

  /** Control and separator characters, turns of the direction, and what has no width. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061C\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF]");

  private static final int LISTED = 40;
  private static final int SHOWN = 1000;

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * What a process returns that ends for this reason while it works: {@value #TRY_AGAIN} where the
   * same command may succeed as it is, {@value #REFUSED} where it turns out then that it has to
   * wait or to be given otherwise, 1 where something has to be mended first.
   */
  public int exitCode() {
    return switch (this) {
      case OUTPUT_IN_USE, REVIEW_SAMPLE_TOO_SMALL -> REFUSED;
      case FILES_QUARANTINED -> 3;
      case TOO_MANY_ERRORS, NOTHING_JUDGED -> 4;
      case RUN_FAILED, STORAGE_UNREACHABLE, MODEL_UNREACHABLE, MODEL_NOT_COPIED, EXECUTORS_SILENT ->
          TRY_AGAIN;
      case RUN_INTERRUPTED -> 130;
      case RUN_TERMINATED -> 143;
      default -> kind == Kind.DEVICE ? TRY_AGAIN : 1;
    };
  }

  /** What a process returns that ends for this reason before it works. */
  public int exitCodeOfRefusal() {
    return kind == Kind.SYSTEM && exitCode() == TRY_AGAIN ? TRY_AGAIN : REFUSED;
  }

  /**
   * An error of this code.
   *
   * @param message a format; names the subject, what was seen, what was expected, and the remedy
   * @param arguments of the format: texts, which may come from a stranger's file, are shown on one
   *     line and cut short, collections as lists, failures by the reason at their root or, of
   *     storage, by what it means and what helps; a failure among them is the error's cause
   */
  public GuardException error(String message, Object... arguments) {
    Object[] shown = Arrays.stream(arguments).map(ErrorCode::shown).toArray();
    Throwable cause =
        Arrays.stream(arguments)
            .filter(Throwable.class::isInstance)
            .map(Throwable.class::cast)
            .findFirst()
            .orElse(null);
    return new GuardException(this, message.formatted(shown), cause);
  }

  private static Object shown(Object argument) {
    if (argument instanceof Throwable failure) {
      return printable(StorageFailure.explained(failure).orElseGet(() -> reason(failure)));
    }
    if (argument instanceof Collection<?> values) {
      return listed(values);
    }
    return argument instanceof Number ? argument : printable(String.valueOf(argument));
  }

  private static String listed(Collection<?> values) {
    String shown =
        values.stream()
            .limit(LISTED)
            .map(value -> printable(String.valueOf(value)))
            .collect(Collectors.joining(", "));
    int more = values.size() - LISTED;
    return values.isEmpty() ? "none" : more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static String printable(String text) {
    String piece = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return UNPRINTABLE.matcher(piece).replaceAll("?");
  }

  /** Frameworks wrap what went wrong in sentences about jobs, tasks and threads. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    if (root instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    // The message of these is only a path, or says little.
    return root instanceof FileSystemException || root instanceof EOFException
        ? root.getClass().getSimpleName() + ": " + message
        : message.strip().lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}
