package io.bingoguard.cli;

import io.bingoguard.engine.LoadedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the codes of a model's categories mean.
 *
 * @param all the categories, in the order of the prompt pack
 */
record CategoryNames(List<LoadedModel.Category> all) {
  CategoryNames {
    all = List.copyOf(all);
  }

  /** Names by code, in the order of the prompt pack. */
  Map<String, String> byCode() {
    Map<String, String> names = new LinkedHashMap<>();
    all.forEach(category -> names.put(category.code(), category.name()));
    return names;
  }

  /** Code and name, for people. */
  String named(String code) {
    return all.stream()
        .filter(category -> category.code().equals(code))
        .findFirst()
        .map(category -> code + " " + category.name())
        .orElse(code);
  }
}
