/** The ONNX graph of a checkpoint, and sessions over it. */
package io.bingoguard.session;
