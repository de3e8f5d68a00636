/** The files of the tools that people review with. */
package io.bingoguard.review.tool;
