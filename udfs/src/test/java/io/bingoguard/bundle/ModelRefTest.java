package io.bingoguard.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.cache.CountedFileSystem;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ModelRefTest {
  private final Configuration hadoop = CountedFileSystem.configuration(Path.of("reads.log"));

  @Test
  void whoNamesNoneGetsTheDemoModelWithItsNotice() {
    ModelRef demo = ModelRef.of(Optional.empty(), hadoop);

    assertThat(demo).isEqualTo(new ModelRef.Demo());
    assertThat(demo.name()).isEqualTo(DemoModel.ID);
    assertThat(demo.notice()).contains(DemoModel.NOTICE);
  }

  @Test
  void aPathOnThisMachineBecomesAbsolute() {
    String absolute = Path.of("src/test").toAbsolutePath().toString();

    for (String named : new String[] {"src/test", "./src/main/../test/", absolute}) {
      assertThat(at(named)).isEqualTo(new ModelRef.Local(absolute));
    }
    assertThat(at("file://" + absolute)).isEqualTo(new ModelRef.Local(absolute));
    assertThat(at("absent/guard"))
        .isEqualTo(new ModelRef.Local(Path.of("absent/guard").toAbsolutePath().toString()));
    assertThat(at("src/test").name()).isEqualTo("test");
    assertThat(at("src/test").notice()).isEmpty();
  }

  @Test
  void aPathOnAnotherFileSystemKeepsIt() {
    ModelRef model = at("counted:/models/guard/");

    assertThat(model).isInstanceOf(ModelRef.Remote.class).hasToString("counted:/models/guard");
    assertThat(model.name()).isEqualTo("guard");
  }

  @Test
  void aFileSystemThatNobodyKnowsIsLeftToWhoeverOpensTheModel() {
    assertThat(at("nowhere://host/guard")).isEqualTo(new ModelRef.Remote("nowhere://host/guard"));
  }

  private ModelRef at(String path) {
    return ModelRef.of(Optional.of(path), hadoop);
  }
}
