/**
 * What a service keeps of a citizen: counted, exported and erased over one common contract. Each
 * service says once, in its catalogue, which tables hold personal data of which kind, how a kind is
 * read and erased, and which law holds it. Asking all services is identity's work and not here.
 */
@NullMarked
package io.liangjiang.platform.personal;

import org.jspecify.annotations.NullMarked;
