package dev.rolewright.contract;

import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleKind;
import java.util.Set;

/// What a role of each kind may do, whatever else its contract says.
///
/// A kind may do what the one before it may: read-only and backup read; read-write changes rows; maintenance empties
/// tables, looks after them and refers to them; admin creates things and hangs code on them.
final class Promises {

    private static final Set<String> CHANGES_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "TEMPORARY");
    private static final Set<String> MAINTAINS = Set.of("TRUNCATE", "REFERENCES", "MAINTAIN");

    private Promises() {}

    /// The weakest kind that may have a privilege on such an object.
    static RoleKind needed(ObjectRef object, PrivilegeName privilege) {
        String name = privilege.value();
        if (isSequence(object) && !name.equals("SELECT")) {
            return RoleKind.READ_WRITE;
        }
        return switch (name) {
            case "SELECT", "USAGE", "CONNECT", "EXECUTE" -> RoleKind.READ_ONLY;
            default ->
                CHANGES_ROWS.contains(name)
                        ? RoleKind.READ_WRITE
                        : MAINTAINS.contains(name) ? RoleKind.MAINTENANCE : RoleKind.ADMIN;
        };
    }

    static boolean allows(RoleKind promised, RoleKind needed) {
        return rank(needed) <= rank(promised);
    }

    private static int rank(RoleKind kind) {
        return switch (kind) {
            case READ_ONLY, BACKUP -> 0;
            case READ_WRITE -> 1;
            case MAINTENANCE -> 2;
            case ADMIN -> 3;
        };
    }

    private static boolean isSequence(ObjectRef object) {
        return object instanceof ObjectRef.Sequence || object instanceof ObjectRef.EverySequence;
    }
}
