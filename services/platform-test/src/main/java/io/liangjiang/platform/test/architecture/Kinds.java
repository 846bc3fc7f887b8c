package io.liangjiang.platform.test.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The kinds of classes that the rules tell apart, by name and form. A nested class is of the kind
 * of its outermost.
 */
final class Kinds {
  // "Base64" is an encoding and "Database" a thing; "AccountBase" is neither.
  private static final Pattern VAGUE_WORD =
      Pattern.compile(
          "(Manager|Helper|Utils?|Impl|Base(?![0-9])|Abstract|DTO|Dto|Info|Common)(?![a-z])");

  static final DescribedPredicate<JavaClass> PLAIN_DOMAIN =
      kind(
          "the plain domain",
          c -> c.isTopLevelClass() && (c.isRecord() || c.isEnum() || endsWith(c, "Rules")));

  static final DescribedPredicate<JavaClass> GRPC_SERVICE =
      kind("gRPC services", c -> endsWith(c, "GrpcService"));

  static final DescribedPredicate<JavaClass> REPOSITORY =
      kind("repositories", c -> ours(c) && endsWith(c, "Repository"));

  static final DescribedPredicate<JavaClass> EDGE_OR_STORE =
      kind(
          "edges, mappers, stores and the plain domain",
          c ->
              endsWith(c, "GrpcService")
                  || endsWith(c, "Resource")
                  || endsWith(c, "Repository")
                  || endsWith(c, "Proto")
                  || PLAIN_DOMAIN.test(c));

  static final DescribedPredicate<JavaClass> SYSTEM_CLOCK =
      kind("the system clock", c -> c.getSimpleName().equals("SystemClock"));

  static final DescribedPredicate<JavaClass> START =
      kind("where a start waits", c -> c.getName().equals("io.liangjiang.platform.data.StartWait"));

  static final DescribedPredicate<JavaClass> BANNED_NAME =
      kind(
          "called Manager, Helper, Util, Impl, Base, Abstract, DTO, Info or Common",
          c -> VAGUE_WORD.matcher(c.getSimpleName()).find());

  static final DescribedPredicate<JavaClass> CHILD_OF_OUR_OWN =
      kind(
          "a child of another class of ours",
          c -> c.getRawSuperclass().map(Kinds::ours).orElse(false));

  static final DescribedPredicate<JavaClass> WITH_STATIC_STATE =
      kind("with static state", c -> c.getFields().stream().anyMatch(Kinds::isStaticState));

  private Kinds() {}

  static ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> kind) {
    return new ArchCondition<>("be " + kind.getDescription()) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        var is = kind.test(item);
        events.add(
            new SimpleConditionEvent(
                item, is, item.getName() + (is ? " is " : " is not ") + kind.getDescription()));
      }
    };
  }

  /** True for what people write here: not for what is generated from a contract. */
  private static boolean ours(JavaClass c) {
    return c.getPackageName().startsWith("io.liangjiang.")
        && !c.getPackageName().matches(".*\\.v[0-9]+");
  }

  private static boolean endsWith(JavaClass c, String suffix) {
    return outermost(c).getSimpleName().endsWith(suffix);
  }

  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(Kinds::outermost).orElse(c);
  }

  private static boolean isStaticState(JavaField field) {
    var modifiers = field.getModifiers();
    if (!modifiers.contains(JavaModifier.STATIC) || modifiers.contains(JavaModifier.SYNTHETIC)) {
      return false;
    }
    return !modifiers.contains(JavaModifier.FINAL) || holdsState(field.getRawType());
  }

  /**
   * A constant list or map is declared by its interface and built by its `of`, which cannot change.
   */
  private static boolean holdsState(JavaClass type) {
    var isConcreteCollection =
        !type.isInterface()
            && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
    return isConcreteCollection
        || type.getPackageName().equals("java.util.concurrent.atomic")
        || type.getName().equals("java.lang.ThreadLocal")
        || type.getName().startsWith("java.util.concurrent.Concurrent")
        || type.isAssignableTo(Lock.class);
  }

  private static DescribedPredicate<JavaClass> kind(String description, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(description, test);
  }
}
