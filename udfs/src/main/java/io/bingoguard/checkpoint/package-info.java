/** Hugging Face Llama checkpoints: config, weight files, and where each tensor is. */
package io.bingoguard.checkpoint;
