/** How right and how fast the engine is on one GPU. */
package io.bingoguard.bench.gpu;
