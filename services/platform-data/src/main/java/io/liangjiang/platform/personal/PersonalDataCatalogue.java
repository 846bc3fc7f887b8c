package io.liangjiang.platform.personal;

import java.util.List;

/** What a service keeps of citizens; every bean of this type adds its kinds. */
public interface PersonalDataCatalogue {
  /** In the order in which they are exported and erased. */
  List<PersonalDataKind> kinds();

  /** What must end first. */
  default List<PersonalDataBlocker> blockers() {
    return List.of();
  }
}
