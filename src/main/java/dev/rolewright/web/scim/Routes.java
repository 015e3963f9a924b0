package dev.rolewright.web.scim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which methods the addresses below `/scim` know (RFC 7644 §3.2).
///
/// It goes by the shape of an address alone: which sources and resource types there are is told only to who has come
/// through the guard.
final class Routes {

    private static final String VERSION = "v2";
    private static final String SEARCH = ".search";

    private static final List<String> NONE = List.of();
    private static final List<String> GET = List.of("GET", "HEAD");
    private static final List<String> POST = List.of("POST");
    private static final List<String> COLLECTION = List.of("GET", "HEAD", "POST");
    private static final List<String> RESOURCE = List.of("GET", "HEAD", "PUT", "PATCH", "DELETE");

    private static final Map<String, List<String>> RESERVED = Map.of(
            SEARCH, POST, "Bulk", POST, "Me", GET, "ServiceProviderConfig", GET, "Schemas", GET, "ResourceTypes", GET);

    private static final Set<String> LISTED = Set.of("Schemas", "ResourceTypes");

    private Routes() {}

    /// The methods of an address; none when nothing is there.
    ///
    /// @param path normalised, beginning with `/scim`
    static List<String> methods(String path) {
        return below(path).map(Routes::known).orElse(NONE);
    }

    /// What follows the SCIM root, be it the default source's or a named one's.
    private static Optional<String[]> below(String path) {
        String[] segments = path.split("/", -1);
        int root = 2;
        if (segments.length > root && !segments[root].equals(VERSION)) {
            root++;
        }
        if (segments.length <= root || !segments[root].equals(VERSION)) {
            return Optional.empty();
        }
        int end = segments.length;
        if (end > root + 1 && segments[end - 1].isEmpty()) {
            end--;
        }
        return Optional.of(Arrays.copyOfRange(segments, root + 1, end));
    }

    private static List<String> known(String[] segments) {
        for (String segment : segments) {
            // What stands behind a semicolon would be overlooked further on.
            if (segment.isEmpty() || segment.indexOf(';') >= 0) {
                return NONE;
            }
        }
        return switch (segments.length) {
            case 0 -> GET;
            case 1 -> RESERVED.getOrDefault(segments[0], COLLECTION);
            case 2 -> second(segments[0], segments[1]);
            default -> NONE;
        };
    }

    private static List<String> second(String first, String second) {
        if (RESERVED.containsKey(first)) {
            return LISTED.contains(first) ? GET : NONE;
        }
        return second.equals(SEARCH) ? POST : RESOURCE;
    }
}
