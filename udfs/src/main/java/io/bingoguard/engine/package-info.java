/**
 * The face of the engine: a model that is loaded, a judge that takes exchanges and gives labels.
 * Knows nothing of Spark.
 */
package io.bingoguard.engine;
