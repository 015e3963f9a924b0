package dev.rolewright.directory;

/// Which derived attributes a reader wants; what it does not want is not looked up.
///
/// @param groups the derived `groups` of people
/// @param references where the `manager` leads to
public record View(boolean groups, boolean references) {

    public static final View PLAIN = new View(false, false);
    public static final View FULL = new View(true, true);
}
