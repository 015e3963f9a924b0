package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import java.util.Optional;

/// The condition of a row rule: text from a contract that becomes part of a statement, and must stay one condition.
///
/// It is refused when it could end where we do not end it: with a bracket too many, a second statement, a quote left
/// open, a comment, a dollar quote or a backslash inside of a text.
final class Condition {

    private Condition() {}

    static String check(String condition) {
        int depth = 0;
        int at = 0;
        while (at < condition.length()) {
            char sign = condition.charAt(at);
            if (sign == '\'' || sign == '"') {
                at = end(condition, at, sign);
            } else if (sign == ';' || sign == '$' || startsComment(condition, at)) {
                throw refused();
            } else if (sign == '(') {
                depth++;
            } else if (sign == ')' && --depth < 0) {
                throw refused();
            }
            at++;
        }
        if (depth != 0) {
            throw refused();
        }
        return condition;
    }

    // A doubled quote closes and opens again, which comes to the same.
    private static int end(String condition, int start, char quote) {
        int end = condition.indexOf(quote, start + 1);
        if (end < 0 || condition.substring(start, end).indexOf('\\') >= 0) {
            throw refused();
        }
        return end;
    }

    private static boolean startsComment(String condition, int at) {
        return condition.startsWith("--", at) || condition.startsWith("/*", at);
    }

    private static EngineFailure refused() {
        return new EngineFailure(
                Kind.UNSAFE,
                "",
                "The condition of a row rule must be one whole expression, without comments, dollar quotes and"
                        + " backslashes.",
                Optional.empty());
    }
}
