package io.bingoguard.review.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a tool takes messages to review, and gives answers back. */
public interface ReviewFormat {
  /**
   * The text of the file that the tool is given.
   *
   * @param tasks in the order in which they are to be reviewed
   */
  String tasks(List<ReviewTask> tasks);

  /**
   * Texts of further files that set the tool up, by what their names end in; none for most.
   *
   * @param categories names of the categories that may be chosen, by code
   */
  Map<String, String> settings(Map<String, String> categories);

  /**
   * The answers in a file that the tool has written.
   *
   * @throws io.bingoguard.guard.GuardException REVIEWS_UNREADABLE
   */
  List<Answer> answers(Path file);
}
