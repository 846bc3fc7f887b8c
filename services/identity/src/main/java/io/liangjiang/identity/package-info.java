/**
 * Identity: sessions and tokens, citizens and who they are, their family, staff. This package holds
 * what every feature of the service reads: its reasons and its settings. Behaviour belongs to the
 * feature packages.
 */
@NullMarked
package io.liangjiang.identity;

import org.jspecify.annotations.NullMarked;
