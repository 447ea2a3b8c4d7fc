/** The benchmark behind docs/benchmarks.md: {@code ./mvnw -Pbench verify}. Not a test; nothing runs it otherwise. */
package dev.syncline.bench;
