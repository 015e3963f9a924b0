package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.RowPolicy;

/// The condition of a row rule: text from a contract that becomes part of a statement, and must stay one condition.
///
/// The contract was held to the same rule when it was read; nothing is left to whoever made the step.
final class Condition {

    private Condition() {}

    static String check(String condition) {
        if (!RowPolicy.isOneExpression(condition)) {
            throw new EngineFailure(
                    Kind.UNSAFE,
                    "The condition of a row rule must be one whole expression, without comments, dollar quotes and"
                            + " backslashes.");
        }
        return condition;
    }
}
