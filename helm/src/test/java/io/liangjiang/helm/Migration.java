package io.liangjiang.helm;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration as pods of the version before live through it: during an upgrade they go on with the
 * schema that it leaves, and after a rollback they begin with it.
 *
 * @param file service and name
 * @param sql its text
 */
record Migration(String file, String sql) {
  private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*");

  /** What a migration must say to take away what an earlier one has replaced. */
  private static final Pattern CONTRACT = Pattern.compile("(?m)^-- contract: since V(\\d+), .+");

  private static final Pattern STATEMENT = Pattern.compile(";");
  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");
  private static final Pattern BODY = Pattern.compile("(?s)(\\$[a-z]*\\$).*?\\1");

  private static final List<Pattern> TAKES_AWAY =
      Stream.of(
              "\\bdrop (table|column|view|function|procedure|type|domain|schema|sequence)\\b",
              "\\brename (to|column|constraint)?\\b.*",
              "\\balter column \\w+ (set data )?type\\b",
              "\\balter column \\w+ set not null\\b",
              "\\balter column \\w+ drop default\\b",
              "\\brevoke\\b",
              "\\btruncate\\b")
          .map(Pattern::compile)
          .toList();

  private static final Pattern ADDED = Pattern.compile("\\badd column [^,]*");

  static Migration of(Path file, String sql) {
    String service = file.toString().replaceAll(".*services/([a-z]+)/.*", "$1");
    return new Migration(service + "/" + file.getFileName(), sql);
  }

  int version() {
    Matcher name = VERSION.matcher(file.substring(file.indexOf('/') + 1));
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
  }

  /** Statements that break the version before; none where the migration says since when it may. */
  List<String> breaks(Set<Integer> versions) {
    Matcher contract = CONTRACT.matcher(sql);
    if (contract.find()) {
      int since = Integer.parseInt(contract.group(1));
      return since < version() && versions.contains(since)
          ? List.of()
          : List.of(file + ": there is no V" + since + " before it");
    }
    String plain = COMMENT.matcher(BODY.matcher(sql).replaceAll("")).replaceAll("");
    return STATEMENT
        .splitAsStream(plain)
        .map(statement -> statement.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip())
        .filter(Migration::breaks)
        .map(statement -> file + ": " + statement)
        .toList();
  }

  private static boolean breaks(String statement) {
    return TAKES_AWAY.stream().anyMatch(pattern -> pattern.matcher(statement).find())
        || (statement.startsWith("alter table")
            && ADDED
                .matcher(statement)
                .results()
                .map(java.util.regex.MatchResult::group)
                .anyMatch(
                    column ->
                        column.contains("not null")
                            && !column.contains("default")
                            && !column.contains("generated")));
  }
}
