/** Whole clusters as processes: what happens when executors, devices, sessions and files fail. */
package io.bingoguard.cluster;
