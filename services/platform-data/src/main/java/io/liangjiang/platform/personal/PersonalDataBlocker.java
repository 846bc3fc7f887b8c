package io.liangjiang.platform.personal;

/**
 * Something open that must end before a citizen's data can be erased.
 *
 * @param reason stable, for example "WALLET_BALANCE"
 * @param query counts what is open; {@code $1} is the citizen's id, {@code $2} the time
 */
public record PersonalDataBlocker(String reason, String query) {}
