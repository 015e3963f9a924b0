package dev.rolewright.model;

import java.util.List;

/// Something about how Rolewright is set up that works and is not safe.
///
/// @param meaning what it is and what can come of it, in sentences without a secret
/// @param end the key or the page that ends it, in a sentence
public record Danger(String meaning, String end) {

    /// Somebody who knows of some. Whoever is a bean is asked at the end of the start.
    public interface Witness {

        List<Danger> dangers();
    }

    /// As it is logged, by whoever comes across it.
    public String warning() {
        return "Not safe: " + meaning + " " + end;
    }
}
