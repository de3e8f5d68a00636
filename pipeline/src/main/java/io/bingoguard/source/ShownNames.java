package io.bingoguard.source;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names that a corpus gives, of columns and files, as a line for the user shows them. */
final class ShownNames {
  private static final int MOST = 20;

  private ShownNames() {}

  /** A name without what would end the line; everything else is for whoever prints it. */
  static String of(String name) {
    return name.replace("\n", "\\u000a").replace("\t", "\\u0009");
  }

  /** The first of some names, and how many more there are. */
  static String first(Collection<String> names) {
    String first = names.stream().limit(MOST).map(ShownNames::of).collect(Collectors.joining(", "));
    return names.size() <= MOST ? first : first + " and %d more".formatted(names.size() - MOST);
  }
}
