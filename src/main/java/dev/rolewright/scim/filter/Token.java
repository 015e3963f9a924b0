package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;

/// The smallest meaningful piece of a filter; `column` counts from 1.
///
/// How a token is named in an error says its kind only: what a client typed may be a value nobody should log.
sealed interface Token {

    int column();

    String kind();

    /// A path, an operator, `and`, `or`, `not`, `true`, `false` or `null`: only its place tells which.
    record Word(String text, int column) implements Token {

        @Override
        public String kind() {
            return "a word";
        }
    }

    /// A quoted string or a number.
    record Literal(JsonNode value, int column) implements Token {

        @Override
        public String kind() {
            return value.isTextual() ? "a quoted string" : "a number";
        }
    }

    /// One of `( ) [ ] .`
    record Mark(char sign, int column) implements Token {

        @Override
        public String kind() {
            return "\"" + sign + "\"";
        }
    }

    record End(int column) implements Token {

        @Override
        public String kind() {
            return "the end";
        }
    }
}
