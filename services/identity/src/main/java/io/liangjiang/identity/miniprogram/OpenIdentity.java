package io.liangjiang.identity.miniprogram;

/**
 * Whom a sign-in code names. The provider's session key is left behind where it arrives: nothing
 * here needs it.
 *
 * @param openId the person as this mini-program knows them
 * @param unionId the person as all mini-programs of the city know them; empty when the provider
 *     sends none
 */
public record OpenIdentity(String openId, String unionId) {}
