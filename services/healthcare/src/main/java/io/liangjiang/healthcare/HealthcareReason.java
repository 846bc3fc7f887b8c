package io.liangjiang.healthcare;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why this service refuses. The names are part of the contract and never change. */
public enum HealthcareReason implements ErrorReason {
  /** No hospital of that id. */
  HOSPITAL_NOT_FOUND(Code.NOT_FOUND),
  /** No department of that id. */
  DEPARTMENT_NOT_FOUND(Code.NOT_FOUND),
  /** No slot of that id. */
  SLOT_NOT_FOUND(Code.NOT_FOUND),
  /** Neither the caller nor one of the caller's dependants. */
  PATIENT_NOT_FOUND(Code.NOT_FOUND),
  /** No appointment of that id that the caller may see. */
  APPOINTMENT_NOT_FOUND(Code.NOT_FOUND),
  /** The slot's numbers are not released yet; "opensAt" says when they are. */
  BOOKING_NOT_OPEN(Code.FAILED_PRECONDITION),
  /** The slot is over, or too near. */
  BOOKING_CLOSED(Code.FAILED_PRECONDITION),
  /** All numbers of the slot are held or booked. */
  SLOT_BUSY(Code.FAILED_PRECONDITION),
  /**
   * The patient has appointments in as many departments on that day as the hospital allows
   * ("limit").
   */
  TOO_MANY_DEPARTMENTS(Code.FAILED_PRECONDITION),
  /** The patient has an appointment with a doctor of that department on that day. */
  DEPARTMENT_ALREADY_BOOKED(Code.FAILED_PRECONDITION),
  /**
   * The patient missed too many appointments; "blockedUntil" is the first day on which booking
   * works again.
   */
  PATIENT_BLOCKED(Code.FAILED_PRECONDITION),
  /** It is booked, and the hospital takes it back no more; "deadline" says until when it did. */
  CANCELLATION_TOO_LATE(Code.FAILED_PRECONDITION),
  /** It has been used or missed. */
  APPOINTMENT_NOT_CANCELLABLE(Code.FAILED_PRECONDITION),
  /** Only a booked appointment can be checked in; "state" says where it stands. */
  APPOINTMENT_NOT_BOOKED(Code.FAILED_PRECONDITION),
  /** Too early; "opensAt" says from when. */
  CHECK_IN_NOT_OPEN(Code.FAILED_PRECONDITION),
  /** Too late: the session, or for the desk the day, is over. */
  CHECK_IN_CLOSED(Code.FAILED_PRECONDITION),
  /** Identity could not be asked about the patient; the same request may be repeated. */
  IDENTITY_UNAVAILABLE(Code.UNAVAILABLE),
  /** The number is held, but its payment order could not be made; repeat the same request. */
  PAYMENTS_UNAVAILABLE(Code.UNAVAILABLE);

  private final Code code;

  HealthcareReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
