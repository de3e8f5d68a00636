/** Ways to answer the same requests, and what each of them costs. Runs without Spark. */
package io.bingoguard.bench;
