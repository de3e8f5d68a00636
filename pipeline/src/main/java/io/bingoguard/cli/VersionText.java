package io.bingoguard.cli;

import io.bingoguard.engine.EngineVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"bingoguard " + EngineVersion.current()};
  }
}
