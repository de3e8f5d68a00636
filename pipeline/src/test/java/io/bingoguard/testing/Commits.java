package io.bingoguard.testing;

import io.bingoguard.table.InputFiles;
import io.bingoguard.table.LabelCommit;
import java.util.List;
import java.util.OptionalLong;

/** Commits to a labels table. */
public final class Commits {
  private Commits() {}

  /** The commit of a run that read no file. */
  public static LabelCommit of(String run, long batch) {
    return new LabelCommit(
        FakeLabeller.stamp(run),
        batch,
        new InputFiles("file:/corpus", "json pairs", OptionalLong.empty(), List.of()));
  }
}
