package dev.rolewright.scim.filter;

import dev.rolewright.scim.filter.Bound.And;
import dev.rolewright.scim.filter.Bound.Constant;
import dev.rolewright.scim.filter.Bound.Element;
import dev.rolewright.scim.filter.Bound.Not;
import dev.rolewright.scim.filter.Bound.Or;
import java.util.ArrayList;
import java.util.List;

/// Joins bound filters so that chains are flat and constants do not survive inside them.
final class Connectives {

    static final Bound TRUE = new Constant(true);
    static final Bound FALSE = new Constant(false);

    private Connectives() {}

    static Bound and(List<Bound> parts) {
        List<Bound> flat = new ArrayList<>();
        for (Bound part : parts) {
            if (part instanceof And(List<Bound> inner)) {
                flat.addAll(inner);
            } else if (!part.equals(TRUE)) {
                flat.add(part);
            }
        }
        if (flat.contains(FALSE)) {
            return FALSE;
        }
        return switch (flat.size()) {
            case 0 -> TRUE;
            case 1 -> flat.getFirst();
            default -> new And(flat);
        };
    }

    static Bound or(List<Bound> parts) {
        List<Bound> flat = new ArrayList<>();
        for (Bound part : parts) {
            if (part instanceof Or(List<Bound> inner)) {
                flat.addAll(inner);
            } else if (!part.equals(FALSE)) {
                flat.add(part);
            }
        }
        if (flat.contains(TRUE)) {
            return TRUE;
        }
        return switch (flat.size()) {
            case 0 -> FALSE;
            case 1 -> flat.getFirst();
            default -> new Or(flat);
        };
    }

    static Bound not(Bound inner) {
        if (inner instanceof Constant(boolean value)) {
            return value ? FALSE : TRUE;
        }
        return inner instanceof Not(Bound twice) ? twice : new Not(inner);
    }

    /// An element that would have to satisfy the impossible does not exist.
    static Bound element(Resolved path, Bound inner) {
        return inner.equals(FALSE) ? FALSE : new Element(path, inner);
    }
}
