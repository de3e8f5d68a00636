package io.bingoguard.source;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What users are told of errors in this package. */
final class SourceErrors {
  private static final String FORMATS =
      "Parquet (.parquet), Delta (a folder with _delta_log), JSON Lines (.jsonl, .json, .ndjson) or CSV (.csv, .tsv), the last two plain or packed (.gz, .bz2, .zst)";

  private SourceErrors() {}

  static GuardException sourceNotFound(String path) {
    return ErrorCode.SOURCE_NOT_FOUND.error(
        "Input %s does not exist. Expected a file or a folder of %s. Check the path.",
        path, FORMATS);
  }

  static GuardException sourceUnreadable(String path, Throwable cause) {
    return ErrorCode.SOURCE_UNREADABLE.error(
        "Input %s cannot be read: %s. Check the path, its scheme and the permissions, and that its files are whole.",
        path, cause);
  }

  static GuardException fileUnreadable(String file, Throwable cause) {
    return ErrorCode.SOURCE_UNREADABLE
        .error(
            "Input file %s cannot be read: %s. Write the file again or move it out of the input; what was committed stays. Of a Delta table from which VACUUM has removed it, label into a new output.",
            file, cause)
        .about(file);
  }

  static GuardException nameNotSpelt(String path, String name) {
    return ErrorCode.SOURCE_UNREADABLE.error(
        "Input %s holds %s, whose name cannot be spelt in the character set of this locale, so Java cannot open it. Expected names in UTF-8, and a locale that has it (LC_ALL=C.UTF-8); set that, or rename the file.",
        path, name);
  }

  static GuardException linkLost(String link) {
    return ErrorCode.SOURCE_UNREADABLE
        .error(
            "Input file %s is a link that leads nowhere, or to what this user may not see. Expected a file. Bring back what it led to, or remove the link.",
            link)
        .about(link);
  }

  static GuardException linkLoop(String path, String link) {
    return ErrorCode.SOURCE_UNREADABLE.error(
        "Input %s holds the link %s, which leads back to a folder around it, so that all of it would be read again and again. Expected a tree. Remove the link, or name the folders one by one.",
        path, link);
  }

  static GuardException columnTwice(String role, String first, String second) {
    return ErrorCode.SOURCE_COLUMN_ROLES_CONFLICT.error(
        "--column %s is named twice, %s and %s. Expected one column for a role, but for response; leave one out.",
        role, first, second);
  }

  static GuardException fileColumnUnreadable(String file, String column) {
    return ErrorCode.SOURCE_UNREADABLE.error(
        "Input file %s has column '%s' in a type that Spark cannot read. Write the column as text, or name another one with --column ROLE=NAME.",
        file, column);
  }

  static GuardException sourceHidden(String path) {
    return ErrorCode.SOURCE_HIDDEN.error(
        "Input %s has a name that Spark leaves out (it starts with '_' or '.'). Rename the file.",
        path);
  }

  static GuardException sourceFormatUnknown(String path, List<String> names) {
    return ErrorCode.SOURCE_FORMAT_UNKNOWN.error(
        "Input %s: no file has a name that tells a supported format; seen: %s. Expected %s. Rename the files or pass --format parquet|delta|json|csv.",
        path, names, FORMATS);
  }

  static GuardException sourceFormatMixed(String path, List<String> formats) {
    return ErrorCode.SOURCE_FORMAT_MIXED.error(
        "Input %s holds files of several formats: %s. Expected one. Pass --format to read only one of them, or a folder for each.",
        path, formats);
  }

  static GuardException sourceFormatNotNamed(String name, List<String> names) {
    return ErrorCode.SOURCE_FORMAT_NOT_NAMED.error(
        "There is no format '%s'. Expected one of %s.", name, names);
  }

  static GuardException sourceNotDelta(String path) {
    return ErrorCode.SOURCE_NOT_DELTA.error(
        "Input %s is no Delta table: it has no _delta_log folder. Pass the table's own folder, or leave --format out.",
        path);
  }

  static GuardException sourceHoldsDelta(String path, String table) {
    return ErrorCode.SOURCE_HOLDS_DELTA.error(
        "Input %s has a Delta table below it: %s. Its files cannot be read apart from the table. Pass the table's own folder.",
        path, table);
  }

  static GuardException sourceWithinDelta(String path, String table) {
    return ErrorCode.SOURCE_WITHIN_DELTA.error(
        "Input %s belongs to the Delta table %s. Its files also hold rows that were deleted or replaced, so they cannot be read apart from the table. Pass the table's own folder.",
        path, table);
  }

  static GuardException sourceOfHudi(String path, String table) {
    return ErrorCode.SOURCE_OF_HUDI.error(
        "Input %s holds files of a Hudi table: %s. They also hold older versions of its rows, so they cannot be read apart from the table. Export its rows with Spark and Hudi's jar, for example spark.read.format(\"hudi\").load(TABLE).write.parquet(FOLDER), and pass that folder.",
        path, table);
  }

  static GuardException sourceOfIceberg(String path, String table) {
    return ErrorCode.SOURCE_OF_ICEBERG.error(
        "Input %s holds files of an Iceberg table: %s. They also hold rows that were deleted or replaced, so they cannot be read apart from the table. Export its rows through its catalog, for example with Spark and Iceberg's jar spark.table(\"CATALOG.DATABASE.TABLE\").write.parquet(FOLDER), and pass that folder.",
        path, table);
  }

  static GuardException sourceDisguised(String path, FileSignature kind) {
    return ErrorCode.SOURCE_DISGUISED
        .error(
            "Input file %s is %s, which its name does not tell. Expected %s. %s.",
            path, kind.title(), FORMATS, kind.remedy())
        .about(path);
  }

  static GuardException sourceCompressionUnread(String path, String name, String ending) {
    return ErrorCode.SOURCE_COMPRESSION_UNREAD.error(
        "Input %s: file %s is packed as .%s, which is not read. Expected %s. Unpack it, or pack it as .gz or .zst.",
        path, name, ending, FORMATS);
  }

  static GuardException sourceJsonArray(String path) {
    return ErrorCode.SOURCE_JSON_ARRAY
        .error(
            "Input file %s holds one JSON array. Expected JSON Lines, one object a line. Convert it: jq -c '.[]' FILE > FILE.jsonl",
            path)
        .about(path);
  }

  static GuardException sourceNotJsonLines(String path, int lines) {
    return ErrorCode.SOURCE_NOT_JSON_LINES.error(
        "Input %s: none of the first %d lines is a JSON object. Expected JSON Lines, one object a line. Convert indented JSON: jq -c . FILE > FILE.jsonl",
        path, lines);
  }

  static GuardException csvOptionInvalid(String key, String value) {
    return ErrorCode.SOURCE_CSV_OPTION_INVALID.error(
        "There is no --csv %s=%s. Expected delimiter=comma|tab|semicolon|pipe or another character, quote=none or a character other than the delimiter, escape=doubled|backslash.",
        key, value);
  }

  static GuardException csvDialectUnclear(List<String> files) {
    GuardException unclear =
        ErrorCode.SOURCE_CSV_DIALECT_UNCLEAR.error(
            "CSV files cannot be read in one dialect: in %s quotes within fields are written in more than one way, or not closed. Name the dialect, --csv escape=doubled|backslash (records that are written otherwise then become rows with status error), or give files of each dialect a folder of their own. Where quotes are letters like others: --csv quote=none",
            files);
    return files.size() == 1 ? unclear.about(files.get(0)) : unclear;
  }

  static GuardException csvColumnsMissing(String file, List<String> wanted, List<String> header) {
    return ErrorCode.SOURCE_CSV_COLUMNS_MISSING.error(
        "CSV file %s has none of the columns that are read, %s; its header is: %s. Give it this header, or move it out of the input.",
        file, wanted, header);
  }

  static GuardException sourceEmpty(String path) {
    return ErrorCode.SOURCE_EMPTY.error(
        "Input %s holds no record, so its schema cannot be found. Pass --column, for example --column messages=messages, if records will come later.",
        path);
  }

  static GuardException schemaUnknown(String path, List<String> columns, List<String> passedOver) {
    return ErrorCode.SOURCE_SCHEMA_UNKNOWN.error(
        "Input %s fits no known corpus schema; its columns are: %s.%s Expected a list of messages (role and content, or from and value), a prompt with or without a response, a transcript with Human: and Assistant: turns, or message rows (message_id, parent_id, text, role, message_tree_id). Name the columns, for example --column prompt=NAME --column response=NAME, or --column messages=NAME, or --column transcript=NAME.",
        path,
        columns,
        passedOver.isEmpty() ? "" : " What they hold is none: %s.".formatted(passedOver));
  }

  static GuardException schemaMisfit(
      String path, String schema, String expected, List<String> columns) {
    return ErrorCode.SOURCE_SCHEMA_MISFIT.error(
        "Input %s does not fit schema %s, which needs %s; its columns are: %s. Name the columns with --column ROLE=NAME, or leave --schema out.",
        path, schema, expected, columns);
  }

  /**
   * An input can be read in several ways.
   *
   * @param ways the options that name each
   */
  static GuardException schemaAmbiguous(String path, List<List<String>> ways) {
    return ErrorCode.SOURCE_SCHEMA_AMBIGUOUS
        .error(
            "Input %s can be read in more than one way. Say which: %s.",
            path,
            ways.stream().map(way -> String.join(" ", way)).collect(Collectors.joining(" or ")))
        .sparedBy(ways.get(0));
  }

  static GuardException schemaNotNamed(String name, List<String> names) {
    return ErrorCode.SOURCE_SCHEMA_NOT_NAMED.error(
        "There is no corpus schema '%s'. Expected one of %s.", name, names);
  }

  static GuardException columnRoleNotNamed(String name, List<String> names) {
    return ErrorCode.SOURCE_COLUMN_ROLE_NOT_NAMED.error(
        "There is no column role '%s'. Expected --column ROLE=NAME with ROLE one of %s.",
        name, names);
  }

  static GuardException columnMissing(
      String path, String role, String column, List<String> columns) {
    return ErrorCode.SOURCE_COLUMN_MISSING.error(
        "Input %s has no column '%s', which --column %s=%s names; its columns are: %s.",
        path, column, role, column, columns);
  }

  static GuardException columnsLost(
      String path, List<String> lost, long version, List<String> columns) {
    return ErrorCode.INPUT_READ_OTHERWISE.error(
        "Input %s was labelled in version %d, when it had the columns: %s; now its columns are: %s. Expected those whose text is judged to stay, since without them part of each conversation would be left out. Give them their names again, or name the columns as they are now with --column ROLE=NAME: all of the table is then compared with its labels.",
        path, version, lost, columns);
  }

  static GuardException columnAdapted(String file, String column) {
    return ErrorCode.CURATE_INPUT_UNSUITED.error(
        "Input file %s has column '%s' in a type that Spark cannot read, so it cannot be written again as it is. Expected one that Spark has: write the file again with the column as microseconds (timestamp[us]) where it counts nanoseconds, or as text.",
        file, column);
  }

  static GuardException columnsNotMerged(
      String column, String first, String type, String second, String other) {
    return ErrorCode.CURATE_INPUT_UNSUITED.error(
        "Column '%s' is of type %s in input file %s, but %s in %s. Expected one type in all of them (Arrow writes a column without any value as whole numbers): write one of these files again with the type of the other, or curate them in a folder of their own.",
        column, type, first, other, second);
  }

  static GuardException columnMisfit(String path, String column, String role, int sampled) {
    return ErrorCode.SOURCE_COLUMN_MISFIT.error(
        "Input %s: none of the %d sampled values of column '%s' can be read as %s. Expected for messages a list of objects or its JSON text, for transcript text that starts with Human: or Assistant:, for prompt and response text. Name another column with --column ROLE=NAME.",
        path, sampled, column, role);
  }

  static GuardException contentUnread(
      String path, String column, int messages, Collection<String> fields) {
    return ErrorCode.SOURCE_CONTENT_UNREAD.error(
        "Input %s: none of the %d sampled messages of column '%s' shows any text; their fields are: %s. Expected one of content, value, text, parts, message or refusal, and a known speaker in role or from. Rename the fields, or name other columns with --column.",
        path, messages, column, fields);
  }

  static GuardException columnRolesConflict(String roles, String expected) {
    return ErrorCode.SOURCE_COLUMN_ROLES_CONFLICT.error(
        "The column roles %s do not belong to one schema. %s.", roles, expected);
  }
}
