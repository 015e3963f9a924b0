package dev.rolewright.scim.filter;

/// The order of texts everywhere in Rolewright: by code point, which is also the byte order of UTF-8 and so
/// the order of the store's collation `C`. `String.compareTo` is not it: it puts `😀` before `\uFF21`.
final class CodePoints {

    private CodePoints() {}

    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                // Half a surrogate pair belongs to a code point above every single char.
                return Character.isSurrogate(l) == Character.isSurrogate(r)
                        ? Character.compare(l, r)
                        : Character.isSurrogate(l) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
