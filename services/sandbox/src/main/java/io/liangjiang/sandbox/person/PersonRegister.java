package io.liangjiang.sandbox.person;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everybody the register knows. All are invented by a fixed rule, so that they are the same in
 * every city and after every restart.
 */
@Singleton
public final class PersonRegister {
  static final int SIZE = 2_000;

  private static final String[] REGIONS = {
    "500103", "500105", "500106", "500107", "500108", "500112", "500119", "500156"
  };
  private static final String[] FAMILY_NAMES = {
    "陈", "李", "王", "张", "刘", "杨", "周", "吴", "徐", "何", "罗", "谭", "冉", "向", "蒋", "唐", "邓", "彭", "曾",
    "秦"
  };
  private static final String[] GIVEN_NAMES = {
    "雨桐", "子涵", "嘉陵", "明月", "建国", "淑芬", "思远", "晓梅", "志强", "佳怡", "山城", "浩然", "若溪", "国庆", "春燕", "文博",
    "诗雅", "永川", "小江", "桂兰", "天乐", "婉清", "江涛", "梓萱", "一诺"
  };

  /** Years of birth in turn: of every six persons two are children. */
  private static final int[] BIRTH_YEARS = {1985, 2018, 1962, 1993, 2021, 1978};

  private static final int FIRST_YEAR_OF_CHILDREN = 2018;
  private static final int FIRST_ORDER = 900;
  private static final int DAYS_A_YEAR = 365;

  private final Map<String, Person> byNumber = new LinkedHashMap<>();

  /** Number of the parent by number of the child. */
  private final Map<String, String> parents = new HashMap<>();

  PersonRegister() {
    Person before = null;
    for (int i = 0; byNumber.size() < SIZE; i++) {
      Person person = invent(i);
      if (byNumber.putIfAbsent(person.idNumber(), person) == null) {
        if (before != null && isChild(i)) {
          parents.put(person.idNumber(), before.idNumber());
        }
        before = person;
      }
    }
  }

  private static boolean isChild(int i) {
    return BIRTH_YEARS[i % BIRTH_YEARS.length] >= FIRST_YEAR_OF_CHILDREN;
  }

  /** Somebody the register knows. */
  record Person(String name, String idNumber) {}

  /** What the register says of a name and a number. */
  enum Result {
    /** They belong together. */
    MATCH,
    /** The number belongs to somebody else. */
    MISMATCH,
    /** Nobody has the number. */
    UNKNOWN
  }

  List<Person> first(int count) {
    List<Person> persons = new ArrayList<>(byNumber.values());
    return Collections.unmodifiableList(persons.subList(0, Math.min(count, persons.size())));
  }

  /** Whether somebody has the number. */
  public boolean knows(String idNumber) {
    return byNumber.containsKey(idNumber);
  }

  /** Whether the name belongs to the number. */
  public boolean isPerson(String name, String idNumber) {
    return verify(name, idNumber) == Result.MATCH;
  }

  Result verify(String name, String idNumber) {
    Person person = byNumber.get(idNumber);
    if (person == null) {
      return Result.UNKNOWN;
    }
    return person.name().equals(name) ? Result.MATCH : Result.MISMATCH;
  }

  /** Whether the child of that name and number is the parent's: of the person before it. */
  boolean isParent(String parentIdNumber, String childName, String childIdNumber) {
    return verify(childName, childIdNumber) == Result.MATCH
        && parentIdNumber.equals(parents.get(childIdNumber));
  }

  private static Person invent(int i) {
    String name =
        FAMILY_NAMES[i % FAMILY_NAMES.length]
            + GIVEN_NAMES[(i * 7 + i / FAMILY_NAMES.length) % GIVEN_NAMES.length];
    int year = BIRTH_YEARS[i % BIRTH_YEARS.length] + i / 6 % 4;
    LocalDate birth = LocalDate.ofYearDay(year, 1 + (i * 37) % DAYS_A_YEAR);
    int order = FIRST_ORDER + i % 100;
    return new Person(name, IdNumber.of(REGIONS[i % REGIONS.length], birth, order));
  }
}
