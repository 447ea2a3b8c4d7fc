/**
 * What a developer's machine has instead of the world outside: an embedded MongoDB, stand-ins, samples. Never packaged;
 * see docs/adr/0003-dev-code-leaves-the-package.md.
 */
@NullMarked
package dev.syncline.dev;

import org.jspecify.annotations.NullMarked;
