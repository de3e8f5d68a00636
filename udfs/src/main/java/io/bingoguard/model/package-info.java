/** Checkpoints, their ONNX graph, and sessions over it. */
package io.bingoguard.model;
