package dev.rolewright.model;

/// Patterns in which `*` stands for any characters and `?` for one.
public final class Wildcards {

    private Wildcards() {}

    // Not a regular expression: its time would be the pattern's to choose.
    public static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int retry = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
