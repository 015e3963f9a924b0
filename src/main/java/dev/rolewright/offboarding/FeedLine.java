package dev.rolewright.offboarding;

import java.util.Optional;

/// A row of a feed as far as it can be understood.
///
/// @param number of the line where it begins
/// @param statement empty when it cannot be understood, or says nothing that is for us
/// @param problem why it cannot be understood, in a sentence that repeats nothing of it
public record FeedLine(int number, Optional<Statement> statement, Optional<String> problem) {

    public static FeedLine says(int number, Statement statement) {
        return new FeedLine(number, Optional.of(statement), Optional.empty());
    }

    public static FeedLine unreadable(int number, String problem) {
        return new FeedLine(number, Optional.empty(), Optional.of(problem));
    }

    public static FeedLine silent(int number) {
        return new FeedLine(number, Optional.empty(), Optional.empty());
    }
}
