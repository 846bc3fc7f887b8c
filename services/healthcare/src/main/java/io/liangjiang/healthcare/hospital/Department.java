package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.rules.BookingRule;
import io.liangjiang.healthcare.v1.Department.Kind;

/** A part of a hospital where patients are seen, and when its numbers are released. */
record Department(
    String departmentId, String hospitalId, String name, Kind kind, BookingRule bookingRule) {}
