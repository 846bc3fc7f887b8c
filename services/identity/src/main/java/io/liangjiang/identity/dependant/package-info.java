/**
 * The people for whom a citizen acts. Citizens keep their family here, tourism and healthcare ask
 * whether somebody belongs to it. What may be done for a dependant belongs to those services.
 */
@NullMarked
package io.liangjiang.identity.dependant;

import org.jspecify.annotations.NullMarked;
