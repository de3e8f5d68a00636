package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
  private static final Map<String, String> DATABRICKS = Map.of(ProcessEnd.DATABRICKS, "16.4");

  private final List<Integer> exits = new ArrayList<>();

  @Test
  void endsTheJvmWithTheExitCodeWhateverItIs() {
    ProcessEnd.with(ExitCode.DONE, Map.of("HOME", "/"), exits::add);
    ProcessEnd.with(4, Map.of(), exits::add);

    assertThat(exits).containsExactly(0, 4);
  }

  @Test
  void leavesTheJvmOfDatabricksRunning() {
    ProcessEnd.with(ExitCode.DONE, DATABRICKS, exits::add);

    assertThat(exits).isEmpty();
  }

  @Test
  void failsOnDatabricksByAnErrorThatNamesTheExitCode() {
    assertThatThrownBy(() -> ProcessEnd.with(4, DATABRICKS, exits::add))
        .isInstanceOfSatisfying(
            GuardException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RUN_FAILED))
        .hasMessageContaining("exit code 4");
    assertThat(exits).isEmpty();
  }
}
