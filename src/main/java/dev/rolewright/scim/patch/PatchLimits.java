package dev.rolewright.scim.patch;

import dev.rolewright.scim.filter.FilterLimits;

/// How much one PATCH request may ask for.
///
/// @param operations how many operations it may hold
/// @param members how many members all its operations may name together
/// @param paths what each path, with its selector, may cost
public record PatchLimits(int operations, int members, FilterLimits paths) {

    public PatchLimits {
        if (operations < 1 || members < 1) {
            throw new IllegalArgumentException("a limit of a PATCH is below one");
        }
    }
}
