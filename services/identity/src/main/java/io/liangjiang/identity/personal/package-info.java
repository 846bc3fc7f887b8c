/**
 * Which tables of identity keep personal data, how a kind is exported and erased, and which law has
 * it kept. The platform serves it; deciding when to erase belongs to erasure and not here.
 */
@NullMarked
package io.liangjiang.identity.personal;

import org.jspecify.annotations.NullMarked;
