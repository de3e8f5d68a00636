package io.bingoguard.spark.sql;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.guard.TextSplitter;
import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.GuardSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that a session's settings name, or else the demo model; on the driver.
 *
 * @param model where it is
 * @param settings settings of this project
 * @param hadoop file systems and how to reach them
 */
public record SessionModel(ModelRef model, GuardSettings settings, Configuration hadoop) {
  private static final Logger LOG = LoggerFactory.getLogger(SessionModel.class);

  /** A model is taken not to change while this process lives, as engines take it. */
  private static final Map<ModelRef, ModelIdentity> IDENTITIES = new ConcurrentHashMap<>();

  private static final Map<ModelRef, Map<String, String>> NAMES = new ConcurrentHashMap<>();
  private static final Set<ModelRef> NOTICED = ConcurrentHashMap.newKeySet();

  /**
   * The model of a session as it is set now.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_UNKNOWN or SETTING_INVALID
   */
  static SessionModel of(SparkSession session) {
    return of(session, Map.of());
  }

  /**
   * The same where some settings are others.
   *
   * @param instead of those of the session, by full key
   */
  public static SessionModel of(SparkSession session, Map<String, String> instead) {
    Map<String, String> all = new HashMap<>();
    session.conf().getAll().foreach(entry -> all.put(entry._1(), entry._2()));
    all.putAll(instead);
    GuardSettings settings = GuardSettings.of(all);
    settings.refuseInvalid();
    Configuration hadoop = session.sessionState().newHadoopConf();
    return new SessionModel(ModelRef.of(settings.model(), hadoop), settings, hadoop);
  }

  /** Names of categories by code. */
  Map<String, String> categoryNames() {
    return NAMES.computeIfAbsent(
        model,
        ref -> {
          Map<String, String> names = new HashMap<>();
          LoadedModel.categories(ref, settings.engine(), settings.modelCache(hadoop))
              .forEach(category -> names.put(category.code(), category.name()));
          return Map.copyOf(names);
        });
  }

  /** What tasks need to judge; says once that a model is not to be relied on. */
  LabellingOptions labelling() {
    return labelling(SeverityMode.FLAGGED);
  }

  /** The same. */
  public LabellingOptions labelling(SeverityMode severity) {
    model
        .notice()
        .filter(notice -> NOTICED.add(model))
        .ifPresent(
            notice ->
                LOG.warn(
                    "{}: {} In a session the setting spark.bingoguard.model does.",
                    LabelCall.NAME,
                    notice));
    ModelIdentity identity =
        IDENTITIES.computeIfAbsent(
            model,
            ref -> LoadedModel.identify(ref, settings.engine(), settings.modelCache(hadoop)));
    return new LabellingOptions(
        model,
        settings.given(),
        severity,
        new TextHandling(ExchangeStep.NONE, settings.longTexts(() -> TextSplitter.NONE)),
        RunStamp.of(identity),
        false);
  }
}
