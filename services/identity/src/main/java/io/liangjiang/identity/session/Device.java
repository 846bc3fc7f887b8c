package io.liangjiang.identity.session;

/**
 * By what the list of sessions tells one from another.
 *
 * @param label what the client called its device at sign-in; may be empty
 * @param place where tokens were last given out for it, a city and never finer; empty when that is
 *     not known
 */
record Device(String label, String place) {}
