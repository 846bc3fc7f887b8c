/**
 * Makes container images of the packaged processes, for {@code make images}: with Jib, so no
 * daemon, no Dockerfile and the same bytes from the same input. What runs inside is built by the
 * services' own modules and is only laid out here.
 */
@NullMarked
package io.liangjiang.images;

import org.jspecify.annotations.NullMarked;
