package dev.rolewright.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What somebody may have meant who wrote a name that does not exist.
public final class Suggestion {

    private Suggestion() {}

    /// "Did you mean …?" when one is near, else what there is to choose from.
    public static String of(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElseGet(() -> known.isEmpty()
                        ? "Nothing can stand here."
                        : "Possible is " + known.stream().sorted().limit(12).collect(Collectors.joining(", "))
                                + (known.size() > 12 ? " …" : "") + ".");
    }

    /// The one that is at most a few letters away.
    public static Optional<String> nearest(String written, Collection<String> known) {
        String wanted = written.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, wanted.length() / 3));
        return wanted.length() > 100
                ? Optional.empty()
                : known.stream()
                        .filter(name -> Math.abs(name.length() - wanted.length()) <= limit)
                        .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= limit)
                        .min(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Letters to add, drop or change.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
