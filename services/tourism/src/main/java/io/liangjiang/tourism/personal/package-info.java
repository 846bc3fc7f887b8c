/**
 * Which tables of tourism keep personal data, how a kind is exported and erased, and which law has
 * it kept. The platform serves it; deciding when to erase is identity's work and not here.
 */
@NullMarked
package io.liangjiang.tourism.personal;

import org.jspecify.annotations.NullMarked;
