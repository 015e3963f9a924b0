package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.StorableText;
import dev.rolewright.scim.filter.Token.End;
import dev.rolewright.scim.filter.Token.Literal;
import dev.rolewright.scim.filter.Token.Mark;
import dev.rolewright.scim.filter.Token.Word;
import org.jspecify.annotations.Nullable;

/// Cuts a text into tokens, lazily and looking at each character once.
///
/// Space is needed only where two words would run together, so `not(` and `not (` are the same (RFC 7644
/// §3.4.2.2 has the first in its grammar and the second in its examples, erratum 7319).
final class Tokens {

    private final String text;
    private final String what;
    private ScimProblem.Type type;
    private int at;
    private @Nullable Token next;

    /// @param what how an error calls the text: a filter or a path
    Tokens(String text, String what, ScimProblem.Type type) {
        this.text = text;
        this.what = what;
        this.type = type;
    }

    /// From the next token on, errors carry this keyword.
    void blame(ScimProblem.Type keyword) {
        type = keyword;
    }

    Token peek() {
        if (next == null) {
            next = read();
        }
        return next;
    }

    Token take() {
        Token token = peek();
        next = null;
        return token;
    }

    /// Takes the next token if it is that sign.
    boolean accept(char sign) {
        if (peek() instanceof Mark mark && mark.sign() == sign) {
            next = null;
            return true;
        }
        return false;
    }

    /// Takes the next token if it is that keyword, in any case.
    boolean accept(String keyword) {
        if (peek() instanceof Word word && word.text().equalsIgnoreCase(keyword)) {
            next = null;
            return true;
        }
        return false;
    }

    void expect(char sign, String meaning) {
        if (!accept(sign)) {
            throw expected(meaning, peek());
        }
    }

    ScimProblem expected(String wanted, Token found) {
        return problem(found.column(), "expected " + wanted + ", found " + found.kind());
    }

    ScimProblem problem(int column, String sentence) {
        return ScimProblem.of(type, what + ", column " + column + ": " + sentence);
    }

    private Token read() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int column = at + 1;
        if (at == text.length()) {
            return new End(column);
        }
        char first = text.charAt(at);
        if ("()[].".indexOf(first) >= 0) {
            at++;
            return new Mark(first, column);
        }
        if (first == '"') {
            return new Literal(TextNode.valueOf(string()), column);
        }
        if (first == '-' || AttributePath.digit(first)) {
            return number(column);
        }
        if (AttributePath.nameStart(first)) {
            return new Word(run(), column);
        }
        throw problem(column, "a character that cannot stand outside a quoted string");
    }

    private Token number(int column) {
        String digits = run();
        return Literals.number(digits)
                .map(value -> new Literal(value, column))
                .orElseThrow(() -> problem(column, "expected a JSON number of at most 308 digits either side"));
    }

    private String run() {
        int from = at;
        while (at < text.length() && AttributePath.pathCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /// A JSON string (RFC 8259 §7). Half a surrogate pair and U+0000 are refused: no stored text
    /// can hold them.
    private String string() {
        int start = at + 1;
        at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw problem(start, "this string has no closing quote");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw problem(at, "a control character in a string is written as an escape");
            }
            value.append(c == '\\' ? escape() : c);
        }
        if (!StorableText.is(value)) {
            throw problem(start, "this string holds U+0000 or half a surrogate pair");
        }
        return value.toString();
    }

    private char escape() {
        int column = at;
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(column);
            default ->
                throw problem(
                        column,
                        "expected one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits");
        };
    }

    private char unicode(int column) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? hex(text.charAt(at)) : -1;
            if (digit < 0) {
                throw problem(column, "expected four hexadecimal digits after \\u");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    /// Not `Character.digit`, which also takes the digits of other scripts.
    private static int hex(char c) {
        return "0123456789abcdef".indexOf(c >= 'A' && c <= 'F' ? (char) (c + ('a' - 'A')) : c);
    }
}
