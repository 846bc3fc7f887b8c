package io.liangjiang.identity.staff;

import java.util.List;
import java.util.UUID;

/**
 * Somebody who works in the city.
 *
 * @param username unique
 * @param roles what they may do
 * @param organisationId for whom they work; empty for the city itself
 */
public record StaffMember(UUID id, String username, List<String> roles, String organisationId) {}
