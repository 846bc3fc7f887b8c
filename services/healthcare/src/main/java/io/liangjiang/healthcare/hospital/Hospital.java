package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.rules.HospitalRules;

/**
 * A hospital.
 *
 * @param hospitalId also the id of its merchant and of its desk staff's organisation
 * @param timeZone IANA name of the zone of its days and hours
 */
record Hospital(
    String hospitalId, String name, String address, String timeZone, HospitalRules rules) {}
