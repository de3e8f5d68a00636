/** What people say about labels: samples for them to review, their answers, and what these tell. */
package io.bingoguard.review;
