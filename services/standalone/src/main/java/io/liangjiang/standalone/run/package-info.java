/**
 * The programs behind {@code make run} and {@code make demo}: they read the command line, raise the
 * city, print what a person needs to know, and end it. The city itself is in the neighbouring
 * package. Nothing else in the tree depends on this package.
 */
@NullMarked
package io.liangjiang.standalone.run;

import org.jspecify.annotations.NullMarked;
