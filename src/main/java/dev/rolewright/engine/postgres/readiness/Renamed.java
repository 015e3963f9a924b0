package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.engine.postgres.words.OwnRoles;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A role of our own that somebody gave another name. A new one in its place would lead to none of the keepers that it
/// made, nor to what it granted.
final class Renamed {

    private Renamed() {}

    /// The statement that gives it its name back, where there is no doubt which one it is.
    ///
    /// @param missing those of our own that make roles and are not there
    static Optional<String> remedy(OwnRoles own, Marks marks, Catalogue catalogue, List<RoleName> missing) {
        List<String> found = new ArrayList<>();
        if (missing.size() == 1) {
            catalogue.read(
                    "renamed",
                    row -> found.add(row.getString(1)),
                    marks.own(),
                    own.all().stream().map(RoleName::value).toList());
        }
        return found.size() == 1
                ? Optional.of("ALTER ROLE " + Quoting.name(found.getFirst()) + " RENAME TO "
                        + Quoting.name(missing.getFirst()) + ";")
                : Optional.empty();
    }
}
