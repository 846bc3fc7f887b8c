package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An invented person whom the simulated register knows.
 *
 * @param name full name
 * @param idNumber citizen identification number
 */
record TestPerson(String name, String idNumber) {
  private static final int ADULT_YEARS = 18;
  private static final int PERSONS = 2_000;

  LocalDate birthDate() {
    return LocalDate.parse(idNumber.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE);
  }

  boolean isAdult(LocalDate today) {
    return ChronoUnit.YEARS.between(birthDate(), today) >= ADULT_YEARS;
  }

  static List<TestPerson> all(Phone sandbox, Story story) {
    Answer answer = story.good("test persons", sandbox.get("/testPersons?count=" + PERSONS));
    List<TestPerson> persons = new ArrayList<>();
    for (var person : answer.body().path("testPersons")) {
      persons.add(new TestPerson(person.path("name").asText(), person.path("idNumber").asText()));
    }
    story.holds("the register knows people", persons.size() > 1, answer);
    return persons;
  }

  static TestPerson anyOf(List<TestPerson> persons, RandomGenerator random) {
    return persons.get(random.nextInt(persons.size()));
  }
}
