package dev.rolewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A condition becomes part of a statement and must stay a condition there.
class RowPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region = 'EU'",
                "owner = current_user and (region in ('EU', 'it''s', ');--'))",
                "\"odd)name\" > 1",
                "a - -1 > b / 2",
            })
    void oneExpressionStaysOne(String condition) {
        assertThat(RowPolicy.isOneExpression(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true); drop table x",
                "true) or (true",
                ") or (true",
                "(true",
                "a = 'x",
                "a = \"x",
                "true -- and",
                "true /* and",
                "a = $$x$$",
                "a = $1",
                "a = E'\\') or true or (''='",
                "true; select 1",
            })
    void whatCouldEndElsewhereIsNone(String condition) {
        assertThat(RowPolicy.isOneExpression(condition)).isFalse();
    }
}
