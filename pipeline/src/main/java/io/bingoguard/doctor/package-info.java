/** What a run needs, looked at before there is one: on the driver and on every executor. */
package io.bingoguard.doctor;
