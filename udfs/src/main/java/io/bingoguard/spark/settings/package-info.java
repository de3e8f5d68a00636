/** Every setting of this project, and how it is read. */
package io.bingoguard.spark.settings;
