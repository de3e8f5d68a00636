package io.bingoguard.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NvidiaSmiTest {
  @TempDir private Path folder;

  @Test
  void readsNameDriverAndMemoryOfTheDevice() throws IOException {
    NvidiaSmi smi = smi("echo \"Some GPU $3, 580.1, 81559, 81000\"");

    assertThat(smi.status())
        .isEqualTo(new NvidiaSmi.Status("Some GPU --id=7", "580.1", 81_559, 81_000));
  }

  @Test
  void wordsInPlaceOfFiguresAreRefusedWithWhatWasSaid() throws IOException {
    NvidiaSmi smi = smi("echo 'No devices were found'; exit 6");

    assertThatThrownBy(smi::status)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No devices were found");
  }

  @Test
  void aMissingProgramIsNamed() {
    NvidiaSmi smi = new NvidiaSmi(folder.resolve("absent").toString(), "0");

    assertThatThrownBy(smi::status)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("absent")
        .hasMessageContaining("device=cpu");
  }

  @Test
  void samplesKeepTheHighestFigureAndSkipWords() throws Exception {
    NvidiaSmi smi = smi("printf '100\\n900\\n[N/A]\\n300\\n'; exec sleep 60");

    try (NvidiaSmi.Sampler sampler = smi.sample()) {
      while (sampler.peakMib() < 900) {
        Thread.sleep(5);
      }
      assertThat(sampler.peakMib()).isEqualTo(900);
    }
  }

  @Test
  void countsAsCudaDoesWhereDevicesAreHidden() {
    assertThat(NvidiaSmi.ofOrdinal(1, "").id()).isEqualTo("1");
    assertThat(NvidiaSmi.ofOrdinal(1, "3, GPU-55").id()).isEqualTo("GPU-55");
  }

  private NvidiaSmi smi(String body) throws IOException {
    Path program = folder.resolve("smi");
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new NvidiaSmi(program.toString(), "7");
  }
}
