package io.liangjiang.identity.consent;

/**
 * How data is handled.
 *
 * @param jurisdictionCode two letters
 * @param retentionDays how long data is kept after its purpose ended
 */
record Policy(String title, String textUrl, String jurisdictionCode, int retentionDays) {}
