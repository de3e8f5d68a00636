/** Sessions that fail as a plan says, for tests in this module and in others. */
package io.bingoguard.fault;
