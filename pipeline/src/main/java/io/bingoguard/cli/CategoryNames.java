package io.bingoguard.cli;

import java.util.Map;
import java.util.Objects;

/**
 * What the codes of a model's categories mean.
 *
 * @param byCode names by code, in the order of the prompt pack
 */
record CategoryNames(Map<String, String> byCode) {
  CategoryNames {
    Objects.requireNonNull(byCode, "byCode");
  }

  /** Code and name, for people. */
  String named(String code) {
    return byCode.containsKey(code) ? code + " " + byCode.get(code) : code;
  }
}
