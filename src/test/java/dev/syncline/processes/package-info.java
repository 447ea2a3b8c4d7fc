/** The service as several processes on one database, started, cut off, frozen and killed: what no test in one JVM can show. */
package dev.syncline.processes;
