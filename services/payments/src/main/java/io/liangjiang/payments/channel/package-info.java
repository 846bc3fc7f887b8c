/**
 * Payment channels as the rest of payments sees them: collect money, ask what became of it, give it
 * back. One interface, one implementation a protocol; call-backs land here and go on to whoever
 * listens. Nothing here books money.
 */
@NullMarked
package io.liangjiang.payments.channel;

import org.jspecify.annotations.NullMarked;
