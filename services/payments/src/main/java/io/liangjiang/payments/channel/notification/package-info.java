/**
 * Where the call-backs of the channels come in: checked, kept in a durable inbox, answered, then
 * taken through. What a call-back says is never believed: the channel is asked, and its answer goes
 * to the {@link io.liangjiang.payments.channel.ChannelListener}s. A call-back that cannot be taken
 * through now is tried again, a limited number of times.
 */
@NullMarked
package io.liangjiang.payments.channel.notification;

import org.jspecify.annotations.NullMarked;
