package dev.rolewright.contract;

import java.util.OptionalInt;

/// What people see of a text. Marks that turn the direction of writing, line ends that only some programs know and
/// characters without a shape let a reviewer read something else than we do.
public final class Visible {

    private static final int LONGEST = 400;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private Visible() {}

    /// Where a file has its first character that nobody sees; a mark of the byte order may begin it.
    static OptionalInt hiddenInFile(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            boolean lineEnd = point == '\r' && text.startsWith("\n", at + 1);
            if (isHidden(point) && !lineEnd && !(at == 0 && point == BYTE_ORDER_MARK)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /// The first character of a value that nobody sees. Joiners, which some languages need, are seen in the file,
    /// because they can be in it as an escape only.
    static OptionalInt hiddenInValue(String text) {
        return text.codePoints()
                .filter(point -> isHidden(point) && point != JOINER && point != NON_JOINER)
                .findFirst();
    }

    /// Whether people see nothing at all, whatever kind of space it is.
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point));
    }

    /// Whether people see every character of the name of a file.
    public static boolean isWhole(String name) {
        return name.codePoints().noneMatch(point -> point < ' ' || isHidden(point));
    }

    /// A text as it can be shown: what nobody sees is spelt, and the end of what nobody reads is left out.
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (point < ' ' || isHidden(point)) {
                shown.append(spelt(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
    }

    static String spelt(int point) {
        return String.format("U+%04X", point);
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
