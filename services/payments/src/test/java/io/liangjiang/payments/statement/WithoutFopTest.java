package io.liangjiang.payments.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.FopGlyphProcessor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A native program without a method of the class that it replaces fails where that is called. */
class WithoutFopTest {
  @Test
  void hasEveryMethodOfTheClassThatItReplaces() {
    assertThat(signatures(WithoutFop.class))
        .containsExactlyInAnyOrderElementsOf(signatures(FopGlyphProcessor.class).toList());
  }

  @Test
  void saysThatFopIsNotThereAsTheClassItselfDoes() {
    assertThat(WithoutFop.isFopSupported()).isEqualTo(FopGlyphProcessor.isFopSupported());
  }

  private static Stream<String> signatures(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .map(WithoutFopTest::signature);
  }

  private static String signature(Method method) {
    return method.getReturnType().getName()
        + " "
        + method.getName()
        + Arrays.toString(method.getParameterTypes());
  }
}
