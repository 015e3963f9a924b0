package dev.rolewright.scim.dialect;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Repairs the text of a filter, or of a PATCH path with one, before the parser sees it.
///
/// It follows the sequence *path, operator, value* from left to right, reading each character once. Where that sequence
/// breaks off, the rest is left as it is: the parser says what is wrong with it.
final class FilterDialect {

    private static final Set<String> OPERATORS = Set.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
    private static final Set<String> CONNECTIVES = Set.of("and", "or", "not");
    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private final String text;
    private final Noted noted;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private FilterDialect(String text, Noted noted) {
        this.text = text;
        this.noted = noted;
    }

    static String repair(String text, Noted noted) {
        FilterDialect dialect = new FilterDialect(text, noted);
        while (dialect.clause()) {
            dialect.copySpace();
        }
        return dialect.out.append(text, dialect.at, text.length()).toString();
    }

    /// Copies one mark, one connective or one comparison; false when there is nothing left to repair.
    private boolean clause() {
        copySpace();
        if (at == text.length()) {
            return false;
        }
        if ("()[]".indexOf(text.charAt(at)) >= 0) {
            out.append(text.charAt(at++));
            return true;
        }
        boolean behindSelector = text.charAt(at) == '.' && at > 0 && text.charAt(at - 1) == ']';
        String path = copyWord();
        if (path.isEmpty()) {
            return false;
        }
        if (CONNECTIVES.contains(path.toLowerCase(Locale.ROOT))) {
            return true;
        }
        copySpace();
        if (at == text.length() || text.charAt(at) == '[') {
            return at < text.length();
        }
        String operator = copyWord().toLowerCase(Locale.ROOT);
        if (behindSelector && (OPERATORS.contains(operator) || operator.equals("pr"))) {
            noted.add(Quirk.SUB_AFTER_SELECTOR);
        }
        if (!OPERATORS.contains(operator)) {
            return operator.equals("pr");
        }
        copySpace();
        return value();
    }

    private boolean value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return copyString();
        }
        String word = word();
        String lower = word.toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.indexOf('"') >= 0 || word.indexOf('\\') >= 0) {
            return false;
        }
        at += word.length();
        if (LITERALS.contains(lower)) {
            if (!word.equals(lower)) {
                noted.add(Quirk.FILTER_LITERAL_CASE);
            }
            out.append(lower);
        } else if (NUMBER.matcher(word).matches()) {
            out.append(word);
        } else {
            noted.add(Quirk.UNQUOTED_FILTER_VALUE);
            out.append('"').append(word).append('"');
        }
        return true;
    }

    private boolean copyString() {
        int from = at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
        out.append(text, from, at);
        return true;
    }

    private String copyWord() {
        String word = word();
        out.append(word);
        at += word.length();
        return word;
    }

    /// What runs from here to the next space, bracket or parenthesis.
    private String word() {
        int end = at;
        while (end < text.length() && " \t\r\n()[]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(at, end);
    }

    private void copySpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            out.append(text.charAt(at++));
        }
    }
}
