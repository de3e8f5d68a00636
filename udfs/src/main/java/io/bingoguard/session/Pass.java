package io.bingoguard.session;

import java.util.List;

/**
 * One forward pass over packed requests that follow the same prefix.
 *
 * @param requests token ids of each request after the shared prefix; none is empty
 * @param prefixLength number of tokens in the shared prefix, 0 for none
 * @param choices for each request, the indices of its tokens after which an answer token is chosen
 * @param paddedTokens number of tokens that the device computes, at least those of all requests
 */
public record Pass(List<int[]> requests, int prefixLength, List<int[]> choices, int paddedTokens) {
  public Pass {
    requests = List.copyOf(requests);
    choices = List.copyOf(choices);
    if (requests.isEmpty() || requests.size() != choices.size()) {
      throw new IllegalArgumentException(
          requests.size() + " requests with " + choices.size() + " lists of choices");
    }
    int tokens = 0;
    for (int[] request : requests) {
      if (request.length == 0) {
        throw new IllegalArgumentException("a request without tokens");
      }
      tokens = Math.addExact(tokens, request.length);
    }
    if (paddedTokens < tokens) {
      throw new IllegalArgumentException(tokens + " tokens do not fit in " + paddedTokens);
    }
  }

  /** Number of requests, B. */
  int batch() {
    return requests.size();
  }

  /** Length of the longest request, L. */
  int longest() {
    return requests.stream().mapToInt(request -> request.length).max().orElseThrow();
  }

  long[] tokenIds() {
    long[] ids = new long[paddedTokens];
    int at = 0;
    for (int[] request : requests) {
      for (int id : request) {
        ids[at++] = id;
      }
    }
    return ids;
  }

  long[] positions() {
    long[] positions = new long[paddedTokens];
    int at = 0;
    for (int[] request : requests) {
      for (int i = 0; i < request.length; i++) {
        positions[at++] = (long) prefixLength + i;
      }
    }
    return positions;
  }

  /** Padding places repeat the first token: no real token attends to what stands after it. */
  long[] padIndex() {
    int longest = longest();
    long[] index = new long[Math.multiplyExact(batch(), longest)];
    long token = 0;
    for (int row = 0; row < batch(); row++) {
      for (int i = 0; i < requests.get(row).length; i++) {
        index[row * longest + i] = token++;
      }
    }
    return index;
  }

  long[] unpadIndex() {
    int longest = longest();
    long[] index = new long[paddedTokens];
    int token = 0;
    for (int row = 0; row < batch(); row++) {
      for (int i = 0; i < requests.get(row).length; i++) {
        index[token++] = (long) row * longest + i;
      }
    }
    return index;
  }

  long[] choiceIndex() {
    long[] index = new long[choices.stream().mapToInt(places -> places.length).sum()];
    int at = 0;
    int start = 0;
    for (int row = 0; row < batch(); row++) {
      for (int place : choices.get(row)) {
        index[at++] = (long) start + place;
      }
      start += requests.get(row).length;
    }
    return index;
  }
}
