package io.liangjiang.sandbox.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.person.PersonRegister.Person;
import io.liangjiang.sandbox.person.PersonRegister.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonRegisterTest {
  private final PersonRegister register = new PersonRegister();

  @Test
  void everybodyHasAValidNumberOfTheirOwn() {
    List<Person> persons = register.first(PersonRegister.SIZE);

    assertThat(persons).hasSize(2_000).allMatch(person -> IdNumber.isValid(person.idNumber()));
    assertThat(persons).extracting(Person::idNumber).doesNotHaveDuplicates();
    assertThat(persons).allMatch(person -> person.idNumber().startsWith("5001"));
  }

  @Test
  void theFirstOnesAreAdultsChildrenAndAtLeastOneX() {
    List<String> numbers = register.first(24).stream().map(Person::idNumber).toList();

    assertThat(numbers).anyMatch(number -> number.endsWith("X"));
    assertThat(numbers).anyMatch(number -> number.substring(6, 10).compareTo("2015") > 0);
    assertThat(numbers).anyMatch(number -> number.substring(6, 10).compareTo("2000") < 0);
    assertThat(register.first(24)).extracting(Person::name).doesNotHaveDuplicates();
  }

  @Test
  void isTheSameAtEachStart() {
    assertThat(new PersonRegister().first(100)).isEqualTo(register.first(100));
  }

  @Test
  void tellsMatchMismatchAndUnknownApart() {
    Person person = register.first(1).getFirst();

    assertThat(register.verify(person.name(), person.idNumber())).isEqualTo(Result.MATCH);
    assertThat(register.verify("别人", person.idNumber())).isEqualTo(Result.MISMATCH);
    assertThat(register.verify(person.name(), "11010519491231002X")).isEqualTo(Result.UNKNOWN);
  }
}
