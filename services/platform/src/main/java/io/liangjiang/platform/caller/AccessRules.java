package io.liangjiang.platform.caller;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AccessProto;

/** Who may call an RPC, read from the contract. */
public final class AccessRules {
  private AccessRules() {}

  /**
   * The access option of an RPC; the default instance, which lets nobody in, when the contract has
   * none.
   */
  public static Access of(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
        ? of(supplier.getMethodDescriptor())
        : Access.getDefaultInstance();
  }

  /** The access option of an RPC's descriptor. */
  public static Access of(Descriptors.MethodDescriptor method) {
    return method.getOptions().getExtension(AccessProto.access);
  }

  /**
   * Lets the caller pass, or throws UNAUTHENTICATED, PERMISSION_DENIED, ASSURANCE_LEVEL_TOO_LOW,
   * ACTING_NOT_ALLOWED or POWER_NOT_GIVEN.
   */
  public static void check(Access access, Caller caller) {
    if (access.getAnonymous()) {
      return;
    }
    if (caller.isAnonymous()) {
      throw new ServiceException(PlatformReason.UNAUTHENTICATED, "a token is needed");
    }
    boolean holdsRole = access.getRolesList().stream().anyMatch(caller::hasRole);
    if (!holdsRole
        || (access.getOnBehalfOfCitizen() && !caller.isCitizen())
        || isOtherService(access, caller)) {
      throw new ServiceException(
          PlatformReason.PERMISSION_DENIED, "the caller may not call this method");
    }
    checkActing(access.getActingPower(), caller);
    if (caller.isCitizen()
        && caller.assuranceLevel().getNumber() < access.getMinAssuranceLevel().getNumber()) {
      throw new ServiceException(
              PlatformReason.ASSURANCE_LEVEL_TOO_LOW, "the citizen must prove who they are first")
          .with("requiredLevel", access.getMinAssuranceLevel());
    }
  }

  private static boolean isOtherService(Access access, Caller caller) {
    return caller.isService()
        && access.getServicesCount() > 0
        && !access.getServicesList().contains(caller.subject());
  }

  private static void checkActing(String power, Caller caller) {
    if (!caller.isActing()) {
      return;
    }
    if (power.isEmpty()) {
      throw new ServiceException(
          PlatformReason.ACTING_NOT_ALLOWED, "nobody may do this in another's name");
    }
    if (!caller.hasPower(power)) {
      throw new ServiceException(
              PlatformReason.POWER_NOT_GIVEN, "the delegate was not given this power")
          .with("requiredPower", power);
    }
  }
}
