package io.bingoguard.review;

import io.bingoguard.review.tool.Answer;
import io.bingoguard.review.tool.ReviewTool;
import io.bingoguard.review.tool.ToolFinder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file of answers, and how they are taken.
 *
 * @param path the file
 * @param tool that wrote it; found out where empty
 * @param reviewer who answered where the file does not tell
 * @param skipUnfit whether answers that fit nothing are left out, and not the whole file refused
 */
public record ReviewFile(
    Path path, Optional<ReviewTool> tool, Optional<String> reviewer, boolean skipUnfit) {
  public ReviewFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(reviewer, "reviewer");
  }

  /**
   * The answers.
   *
   * @throws io.bingoguard.guard.GuardException REVIEWS_UNREADABLE or REVIEWS_INVALID
   */
  Answers read(Map<String, String> sampleOfItem, Set<String> categories, Instant at) {
    ReviewTool known = tool.orElseGet(() -> ToolFinder.find(path));
    Answers answers = new Answers(sampleOfItem, categories, reviewer, known.key(), at);
    List<Answer> given = known.format().answers(path);
    given.forEach(answers::add);
    if (!answers.unfit().isEmpty() && !skipUnfit) {
      throw ReviewErrors.unfit(path.toString(), answers.unfit(), given.size());
    }
    return answers;
  }
}
