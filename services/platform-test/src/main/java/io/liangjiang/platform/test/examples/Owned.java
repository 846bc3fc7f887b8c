package io.liangjiang.platform.test.examples;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AccessProto;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ids of a conversation that are somebody's: those that an answer gave out first, unless
 * everybody may read that answer. What a caller names first, and what everybody may read, is
 * everybody's.
 */
final class Owned {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern READS = Pattern.compile("(Get|List|Download)[A-Z].*");
  private static final Pattern ENDS = Pattern.compile("(Cancel|Settle|Withdraw)[A-Z].*");

  private final Set<String> everybodys = new HashSet<>();
  private final Set<String> somebodys = new HashSet<>();

  /** Takes note of what was asked and answered. */
  void learn(MethodDescriptor<?, ?> method, Message request, Message answer) {
    asked(request).stream().filter(id -> !somebodys.contains(id)).forEach(everybodys::add);
    boolean open = access(method).getAnonymous() && matches(READS, method);
    shown(answer).stream()
        .filter(id -> !everybodys.contains(id) && !somebodys.contains(id))
        .forEach(open ? everybodys::add : somebodys::add);
  }

  /** What a request is about that is not everybody's: owned ids, and the caller's organisation. */
  Set<String> objects(String caller, Message request) {
    Set<String> found = texts(request);
    found.removeIf(text -> !somebodys.contains(text) && !text.equals(organisation(caller)));
    return found;
  }

  /** The ids of a message that are somebody's, and the caller's own. */
  Set<String> owned(String caller, Message answer) {
    Stream<String> ids = shown(answer).stream();
    return ids.filter(id -> somebodys.contains(id) || id.equals(caller.split(" ", -1)[1]))
        .collect(Collectors.toSet());
  }

  /**
   * Whether the example, which succeeded and is learnt, is one that others fail at or see nothing
   * of: it names an object, or shows something of the caller's, or ends what is theirs unnamed, or
   * makes something of theirs, which a copy of the request does not show to others.
   */
  boolean holds(String caller, MethodDescriptor<?, ?> method, Message request, Message answer) {
    return !objects(caller, request).isEmpty()
        || (matches(ENDS, method) && asked(request).isEmpty())
        || (matches(READS, method) && !owned(caller, answer).isEmpty())
        || makes(caller, method, request, answer);
  }

  /** Whether the example, which succeeded and is learnt, made something that is the caller's. */
  boolean makes(String caller, MethodDescriptor<?, ?> method, Message request, Message answer) {
    return request.getDescriptorForType().findFieldByName(Ownership.REQUEST_ID) != null
        && !isHarmless(method)
        && objects(caller, request).isEmpty()
        && !owned(caller, answer).isEmpty();
  }

  /** Whether a call that names no object can be made by others without taking anything. */
  static boolean isHarmless(MethodDescriptor<?, ?> method) {
    return isRead(method) || matches(ENDS, method);
  }

  static boolean isRead(MethodDescriptor<?, ?> method) {
    return matches(READS, method);
  }

  static Access access(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
        ? supplier.getMethodDescriptor().getOptions().getExtension(AccessProto.access)
        : Access.getDefaultInstance();
  }

  /** The organisation of the caller; empty for none. */
  static String organisation(String caller) {
    String[] words = caller.split(" ", -1);
    return words[0].equals("staff") && words.length > 2 ? words[2] : "";
  }

  private static Set<String> asked(Message request) {
    return texts(request).stream().filter(Violations::isUuid).collect(Collectors.toSet());
  }

  /** Also those within a text or a file. */
  private static Set<String> shown(Message answer) {
    return ID.matcher(answer.toString())
        .results()
        .map(java.util.regex.MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** All that a request says, but for the id that makes it one request. */
  private static Set<String> texts(Message request) {
    var field = request.getDescriptorForType().findFieldByName(Ownership.REQUEST_ID);
    Set<String> found = new HashSet<>();
    UnaryOperator<String> collect =
        text -> {
          found.add(text);
          return text;
        };
    Message bare = field == null ? request : request.toBuilder().clearField(field).build();
    var unused = Rewriting.of(bare, collect, time -> time);
    found.remove("");
    return found;
  }

  private static boolean matches(Pattern names, MethodDescriptor<?, ?> method) {
    return names.matcher(String.valueOf(method.getBareMethodName())).matches();
  }
}
