package io.bingoguard.token;

import java.util.Arrays;

/** A growing list of token ids without boxes. */
final class TokenIds {
  private int[] ids = new int[256];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
