package io.bingoguard.maintain;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.table.TableFiles;
import java.util.List;
import java.util.Locale;

/** What was done for the tables of an output, for people and for programs. */
public final class MaintenanceText {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROW = "  %-12s %s%n";
  private static final double MIB = 1 << 20;

  private MaintenanceText() {}

  /** A line for each table. */
  public static String done(List<TableMaintenance> tables) {
    StringBuilder text = new StringBuilder();
    for (TableMaintenance table : tables) {
      String files =
          table.before().equals(table.after())
              ? files(table.after()) + ", nothing to compact"
              : files(table.before()) + " compacted to " + files(table.after());
      text.append(ROW.formatted(table.table(), files + "; deleted " + files(table.deleted())));
    }
    return text.toString();
  }

  /** The same for a plan. */
  public static String planned(List<TableMaintenance> tables) {
    StringBuilder text = new StringBuilder("Plan; nothing was changed%n".formatted());
    for (TableMaintenance table : tables) {
      String compacted = table.before().count() > 1 ? " to compact" : ", nothing to compact";
      text.append(
          ROW.formatted(
              table.table(),
              files(table.before()) + compacted + "; to delete " + files(table.deleted())));
    }
    return text.toString();
  }

  /**
   * An object with an entry for each table.
   *
   * @param planned whether nothing was changed
   */
  public static String json(List<TableMaintenance> tables, boolean planned) {
    ObjectNode json = JSON.createObjectNode();
    json.put("planned", planned);
    ObjectNode byTable = json.putObject("tables");
    for (TableMaintenance table : tables) {
      ObjectNode entry = byTable.putObject(table.table());
      entry.put("files_before", table.before().count());
      entry.put("bytes_before", table.before().bytes());
      if (!planned) {
        entry.put("files_after", table.after().count());
        entry.put("bytes_after", table.after().bytes());
      }
      entry.put("deleted_files", table.deleted().count());
      entry.put("deleted_bytes", table.deleted().bytes());
    }
    return json.toPrettyString();
  }

  private static String files(TableFiles files) {
    return String.format(
        Locale.ROOT,
        "%,d file%s (%.1f MiB)",
        files.count(),
        files.count() == 1 ? "" : "s",
        files.bytes() / MIB);
  }
}
