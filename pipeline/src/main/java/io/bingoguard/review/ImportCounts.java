package io.bingoguard.review;

import java.util.List;

/**
 * What became of the answers in a file. Every answer is one of these but for the last number, which
 * counts answers that are among the others.
 *
 * @param answers in the file
 * @param added answers that nobody knew
 * @param changed answers in the place of others of the same person about the same item
 * @param known answers that say what is known
 * @param older answers that the same person has changed since
 * @param unanswered items that a person was shown and has not answered
 * @param unfit where and why answers fit nothing
 * @param categoriesUnused answers with a category beside another verdict than harmful
 */
public record ImportCounts(
    long answers,
    long added,
    long changed,
    long known,
    long older,
    long unanswered,
    List<UnfitAnswer> unfit,
    long categoriesUnused) {
  public ImportCounts {
    unfit = List.copyOf(unfit);
  }
}
