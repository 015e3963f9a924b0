package dev.rolewright.engine.postgres.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where in the order of all names those lie that differ from some names in case only.
///
/// The index on names knows no case. But whatever differs from `ada` in case begins with `A`, `aD` or `adA`, so a
/// look between a few bounds finds them all, however many other names there are. (A letter that has more than one
/// other case, like the Kelvin sign beside k, is seen when the whole target is looked at.)
///
/// @param lows where each stretch begins
/// @param highs where it has ended
record LookAlikes(List<String> lows, List<String> highs) {

    static LookAlikes of(Collection<String> names) {
        Set<String> stretches = new LinkedHashSet<>();
        names.forEach(name -> add(stretches, name));
        List<String> highs = new ArrayList<>();
        stretches.forEach(low -> highs.add(after(low)));
        return new LookAlikes(List.copyOf(stretches), highs);
    }

    private static void add(Set<String> stretches, String name) {
        int end;
        for (int i = 0; i < name.length(); i = end) {
            int letter = name.codePointAt(i);
            end = i + Character.charCount(letter);
            String before = name.substring(0, i);
            for (int other : List.of(
                    Character.toUpperCase(letter), Character.toLowerCase(letter), Character.toTitleCase(letter))) {
                if (other != letter) {
                    stretches.add(before + Character.toString(other));
                }
            }
        }
    }

    // Names are in the order of their bytes, and UTF-8 keeps the order of code points.
    private static String after(String low) {
        int last = low.codePointBefore(low.length());
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return low.substring(0, low.length() - Character.charCount(last)) + Character.toString(next);
    }
}
