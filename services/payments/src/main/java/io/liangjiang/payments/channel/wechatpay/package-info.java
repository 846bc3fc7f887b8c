/**
 * WeChat Pay API v3: one implementation of a payment channel, set up once for the real one and once
 * for the sandbox, which speaks the same protocol. The rest of payments uses it through {@link
 * io.liangjiang.payments.channel.PaymentChannel}. Signing, checking and opening messages is the
 * official SDK's work; what the answers mean for the books is the callers'.
 */
@NullMarked
package io.liangjiang.payments.channel.wechatpay;

import org.jspecify.annotations.NullMarked;
