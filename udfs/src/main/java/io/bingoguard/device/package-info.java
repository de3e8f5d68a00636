/** Devices, and what CUDA needs on a machine. */
package io.bingoguard.device;
