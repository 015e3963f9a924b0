package dev.rolewright.deploy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What Prometheus finds.
///
/// @param labels of each metric
/// @param counters those that only rise
record Exposition(Map<String, Set<String>> labels, Set<String> counters) {

    static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:]\\w*)(?:\\{(.*)\\})? (\\S+)$");
    static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

    /// What Prometheus adds to whatever it scrapes.
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

    static Exposition read(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        labels.put("up", new HashSet<>(OF_THE_SCRAPE));
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            Set<String> known = labels.computeIfAbsent(sample.group(1), _ -> new HashSet<>(OF_THE_SCRAPE));
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> known.add(label.group(1)));
            }
        }
        Map<String, String> types = TYPE.matcher(text)
                .results()
                .collect(Collectors.toMap((MatchResult it) -> it.group(1), it -> it.group(2), (one, _) -> one));
        return new Exposition(
                labels,
                labels.keySet().stream().filter(name -> isCounter(name, types)).collect(Collectors.toSet()));
    }

    private static boolean isCounter(String name, Map<String, String> types) {
        String family = name.replaceFirst("_(total|count|sum|bucket)$", "");
        return "counter".equals(types.get(name))
                || "counter".equals(types.get(family))
                || (!family.equals(name) && Set.of("summary", "histogram").contains(types.getOrDefault(family, "")));
    }
}
