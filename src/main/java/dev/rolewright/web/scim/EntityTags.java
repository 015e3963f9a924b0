package dev.rolewright.web.scim;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entity tags of an `If-Match` or `If-None-Match` header, or of a bulk operation's `version` (RFC 9110 §13.1).
///
/// SCIM's tags are weak (RFC 7644 §3.14), so `W/` makes no difference here. A tag that is not one of
/// ours names a version that never was; it is kept as one that matches nothing, so that a garbled header
/// can only ever refuse a write.
///
/// @param any `*`: whatever the version
/// @param versions the versions named
record EntityTags(boolean any, Set<Long> versions) {

    private static final Long NEVER = -1L;

    EntityTags {
        versions = Set.copyOf(versions);
    }

    /// Our tag for a version, as it stands in headers and in `meta.version`.
    static String of(long version) {
        return "W/\"" + version + '"';
    }

    /// Reads header lines; empty when the header is not there at all.
    static Optional<EntityTags> parse(@Nullable List<String> lines) {
        if (lines == null || lines.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> versions = new HashSet<>();
        for (String line : lines) {
            if (line.strip().equals("*")) {
                return Optional.of(new EntityTags(true, Set.of()));
            }
            tags(line, versions);
        }
        return Optional.of(new EntityTags(false, versions));
    }

    boolean match(long version) {
        return any || versions.contains(version);
    }

    /// A tag may hold commas between its quotes, so the line is walked, not split.
    private static void tags(String line, Set<Long> into) {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            if (line.startsWith("W/", at) || line.startsWith("w/", at)) {
                at += 2;
            }
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            int start = quoted ? at + 1 : at;
            int end = line.indexOf(quoted ? '"' : ',', start);
            if (end < 0) {
                end = line.length();
            }
            into.add(version(line.substring(start, end).strip()));
            at = quoted ? end + 1 : end;
        }
    }

    private static Long version(String opaque) {
        boolean ours = !opaque.isEmpty()
                && opaque.length() <= 18
                && opaque.chars().allMatch(c -> c >= '0' && c <= '9')
                && (opaque.length() == 1 || opaque.charAt(0) != '0');
        return ours ? Long.valueOf(opaque) : NEVER;
    }
}
