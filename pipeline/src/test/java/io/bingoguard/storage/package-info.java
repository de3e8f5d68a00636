/** Corpora, tables and models on object storage and HDFS: real servers, and what breaks them. */
package io.bingoguard.storage;
