/** Distribution of models: one checked copy a host, of a bundle on any file system of Hadoop's. */
package io.bingoguard.cache;
