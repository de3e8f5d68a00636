/** What all packages of this module share. */
package io.bingoguard.pipeline;
