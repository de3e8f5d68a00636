package io.bingoguard.session;

import io.bingoguard.checkpoint.Checkpoint;

/**
 * Opens checkpoints. An implementation other than {@link GuardSession#open} needs a public
 * constructor without parameters and is named by a setting.
 */
@FunctionalInterface
public interface SessionFactory {
  /**
   * Opens a session.
   *
   * @throws io.bingoguard.guard.GuardException when the checkpoint cannot be opened so
   */
  LlamaSession open(Checkpoint checkpoint, SessionSettings settings);
}
