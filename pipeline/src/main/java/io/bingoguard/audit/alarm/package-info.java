/** Whether a night's figures are out of the ordinary, and how sure that is. Knows no Spark. */
package io.bingoguard.audit.alarm;
