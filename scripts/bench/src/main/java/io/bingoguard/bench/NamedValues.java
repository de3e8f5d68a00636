package io.bingoguard.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A benchmark's arguments of the form {@code NAME=VALUE}. */
public final class NamedValues {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads arguments.
   *
   * @param names those that are known
   * @throws IllegalArgumentException for any other argument
   */
  public NamedValues(Set<String> names, String... arguments) {
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2 || !names.contains(pair[0])) {
        throw new IllegalArgumentException(
            "Unknown argument " + argument + "; expected NAME=VALUE with one of " + names);
      }
      values.put(pair[0], pair[1]);
    }
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public String text(String name, String defaultValue) {
    return values.getOrDefault(name, defaultValue);
  }

  public int number(String name, int defaultValue) {
    return numbers(name, Integer.toString(defaultValue)).get(0);
  }

  /** Whole numbers, none negative, with commas between them. */
  public List<Integer> numbers(String name, String defaultValue) {
    String text = text(name, defaultValue);
    try {
      List<Integer> numbers = Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
      if (numbers.stream().noneMatch(number -> number < 0)) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(unexpected(name, text), e);
    }
    throw new IllegalArgumentException(unexpected(name, text));
  }

  private static String unexpected(String name, String text) {
    return name + "=" + text + " is not what is expected: whole numbers from 0";
  }
}
