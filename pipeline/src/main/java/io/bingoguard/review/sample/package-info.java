/** Draws messages for people to review, most of them where that lowers the uncertainty. */
package io.bingoguard.review.sample;
