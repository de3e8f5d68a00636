/** The nightly audit: labels counted by night, compared with the nights before, and told. */
package io.bingoguard.audit;
