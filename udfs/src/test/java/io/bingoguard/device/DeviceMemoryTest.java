package io.bingoguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceMemoryTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path root;

  private FakeHost host;

  @BeforeEach
  void twoGpusOfOneKind() {
    host = new FakeHost(root).gpus("H100", "H100");
    memory(0, "79641, 81559\n");
    memory(1, "17, 81559\n");
  }

  @Test
  void readsFreeAndTotalBytes() {
    assertThat(DeviceMemory.of(0, host))
        .contains(new DeviceMemory(79641 * MEBIBYTE, 81559 * MEBIBYTE));
  }

  @Test
  void asksForTheGpuThatTheOrdinalStandsFor() {
    host.variable("CUDA_VISIBLE_DEVICES", "1,0");
    assertThat(free(0)).isEqualTo(17);
    assertThat(free(1)).isEqualTo(79641);

    host.variable("CUDA_VISIBLE_DEVICES", "GPU-b000-1");
    assertThat(free(0)).isEqualTo(17);
    assertThat(DeviceMemory.of(1, host)).isEmpty();
  }

  @Test
  void gpusOfSeveralKindsAreToldApartOnlyWhereTheOrderIsKnown() {
    host.gpus("T4", "H100");
    assertThat(DeviceMemory.of(0, host)).isEmpty();

    host.variable("CUDA_VISIBLE_DEVICES", "GPU-b000-1,0");
    assertThat(free(0)).isEqualTo(17);
    assertThat(DeviceMemory.of(1, host)).isEmpty();

    host.variable("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    assertThat(free(1)).isEqualTo(79641);
  }

  @Test
  void whatCannotBeKnownIsNotGuessed() {
    memory(0, "[N/A], [N/A]\n");
    assertThat(DeviceMemory.of(0, host)).isEmpty();
    assertThat(DeviceMemory.of(2, host)).isEmpty();
    assertThat(DeviceMemory.of(0, new FakeHost(root))).isEmpty();

    memory(0, "40000, 81559\n");
    host.output(
        "nvidia-smi -L",
        "GPU 0: H100 (UUID: GPU-a000-1)\n  MIG 3g.40gb Device 0: (UUID: MIG-c000)\n");
    assertThat(DeviceMemory.of(0, host)).isEmpty();
  }

  private long free(int ordinal) {
    return DeviceMemory.of(ordinal, host).orElseThrow().freeBytes() / MEBIBYTE;
  }

  private void memory(int index, String output) {
    host.output(
        "nvidia-smi --query-gpu=memory.free,memory.total --format=csv,noheader,nounits -i " + index,
        output);
  }
}
