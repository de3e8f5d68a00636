package io.bingoguard.review.tool;

import io.bingoguard.review.sample.ExchangeKey;
import io.bingoguard.source.CsvTable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table to be filled in, as RFC 4180 has it, with a byte order mark, by which spreadsheets know
 * UTF-8. What a spreadsheet would take for a formula has an apostrophe before it; only ids, which
 * none is, and answers are read again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
 */
final class CsvFormat implements ReviewFormat {
  static final String ITEM = "item_id";
  static final String VERDICT = "verdict";
  private static final String CATEGORY = "category";
  private static final String REVIEWER = "reviewer";
  private static final String REVIEWED_AT = "reviewed_at";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final List<String> COLUMNS =
      List.of(
          ITEM,
          "side",
          "conversation_id",
          "turn_index",
          "input_file",
          "input_row",
          "question",
          "context",
          "message",
          VERDICT,
          CATEGORY,
          REVIEWER,
          REVIEWED_AT);

  @Override
  public String tasks(List<ReviewTask> tasks) {
    StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
    line(text, COLUMNS);
    for (ReviewTask task : tasks) {
      ExchangeKey exchange = task.item().exchange();
      line(
          text,
          List.of(
              task.item().id(),
              task.item().side().key(),
              exchange.conversationId(),
              Integer.toString(exchange.turnIndex()),
              exchange.file().orElse(""),
              exchange.row().map(row -> Long.toString(row)).orElse(""),
              task.question(),
              task.context(),
              task.message(),
              "",
              "",
              "",
              ""));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> values) {
    text.append(values.stream().map(CsvFormat::field).collect(Collectors.joining(",", "", "\r\n")));
  }

  private static String field(String value) {
    boolean formula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    return safe.matches("[\\w ./:-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  @Override
  public Map<String, String> settings(Map<String, String> categories) {
    return Map.of();
  }

  @Override
  public List<Answer> answers(Path file) {
    CsvTable table = read(file);
    List<String> missing =
        Stream.of(ITEM, VERDICT).filter(name -> !table.columns().contains(name)).toList();
    if (!missing.isEmpty()) {
      throw ToolErrors.columnsMissing(file.toString(), missing);
    }
    List<Answer> answers = new ArrayList<>();
    for (Map<String, String> record : table.records()) {
      answers.add(
          new Answer(
              "record " + (answers.size() + 1),
              value(record, ITEM),
              value(record, REVIEWER),
              value(record, VERDICT),
              value(record, CATEGORY),
              value(record, REVIEWED_AT)));
    }
    return answers;
  }

  private static CsvTable read(Path file) {
    try {
      return CsvTable.read(file);
    } catch (CharacterCodingException e) {
      throw ToolErrors.notUtf8(file.toString());
    } catch (IOException e) {
      throw ToolErrors.unreadable(file.toString(), e);
    }
  }

  private static Optional<String> value(Map<String, String> record, String name) {
    return Optional.ofNullable(record.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }
}
