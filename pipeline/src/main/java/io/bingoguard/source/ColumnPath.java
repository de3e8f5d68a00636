package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of columns, which may lead into nested fields: {@code request.body.messages}, or {@code
 * choices.0} for an element of a list. JSON text on the way is read as what it holds. A column
 * whose own name has dots comes first.
 */
final class ColumnPath {
  private static final String INDEX = "\\d{1,9}";

  private ColumnPath() {}

  /** The value that a path leads to in a record; empty where there is none, or null. */
  static Optional<Object> value(Map<String, Object> fields, String path) {
    return Optional.ofNullable(fields.containsKey(path) ? fields.get(path) : nested(fields, path));
  }

  /**
   * Whether a record has what a path names, even if it is null; a null on the way counts as one.
   */
  static boolean has(Map<String, Object> fields, String path) {
    if (fields.containsKey(path)) {
      return true;
    }
    int last = path.lastIndexOf('.');
    String step = path.substring(last + 1);
    Object outer = last < 0 ? fields : nested(fields, path.substring(0, last));
    if (outer == null) {
      return last >= 0 && has(fields, path.substring(0, last));
    }
    Object value = outer instanceof String text ? ofJson(text) : outer;
    return value instanceof Map<?, ?> inner
        ? inner.containsKey(step)
        : value instanceof List<?> list
            && step.matches(INDEX)
            && Integer.parseInt(step) < list.size();
  }

  private static Object nested(Object outer, String path) {
    Object value = outer;
    for (String step : path.split("\\.", -1)) {
      if (value instanceof String text) {
        value = ofJson(text);
      }
      if (value instanceof Map<?, ?> fields) {
        value = fields.get(step);
      } else if (value instanceof List<?> list && step.matches(INDEX)) {
        int index = Integer.parseInt(step);
        value = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return value;
  }

  private static Object ofJson(String text) {
    return text.stripLeading().startsWith("[")
        ? Json.list(text).orElse(null)
        : Json.object(text).orElse(null);
  }

  /** The columns of a corpus that hold what some paths lead to, each once. */
  static List<String> columns(Collection<String> paths, Collection<String> known) {
    return paths.stream().map(path -> known.contains(path) ? path : top(path)).distinct().toList();
  }

  /** The names of fields that paths may begin with, whether or not dots are part of the name. */
  static Set<String> beginnings(Collection<String> paths) {
    Set<String> names = new HashSet<>(paths);
    paths.forEach(path -> names.add(top(path)));
    return names;
  }

  /** Every path to a field of records, in order, as deep as objects are nested. */
  static List<String> all(Map<String, Object> fields) {
    List<String> paths = new ArrayList<>();
    add("", fields, paths);
    return paths;
  }

  private static void add(String prefix, Map<?, ?> fields, List<String> paths) {
    fields.forEach(
        (name, value) -> {
          paths.add(prefix + name);
          if (value instanceof Map<?, ?> inner) {
            add(prefix + name + ".", inner, paths);
          }
        });
  }

  private static String top(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }
}
